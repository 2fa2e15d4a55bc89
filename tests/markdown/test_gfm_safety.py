"""Nothing that runs reaches the page."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import markdown
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from notesite.markdown.gfm.safety import safe_url

ATTACKS = yaml.safe_load((Path(__file__).parent / "gfm_attacks.yml").read_text("utf-8"))
EXTENSIONS = (
    "abbr admonition attr_list footnotes md_in_html tables toc pymdownx.blocks.admonition pymdownx.blocks.html "
    "pymdownx.details pymdownx.highlight pymdownx.inlinehilite pymdownx.superfences pymdownx.tabbed "
    "notesite.markdown.gfm"
).split()
PLACES = ["{}", "text {}", "<div>\n{}\n</div>", "<b>{}</b>", "# {}"]
INDENTED = ["- x\n\n  {}", "> {}", "!!! note\n    {}"]
FORBIDDEN = frozenset(
    "applet base body button embed form frame frameset html iframe isindex link marquee math meta noembed noframes "
    "noscript object option plaintext script select style svg template textarea title xmp".split()
)


class Harm(HTMLParser):
    """Collects what could run or cover the page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in FORBIDDEN or (tag == "input" and dict(attrs).get("type") not in ("checkbox", "radio")):
            self.found.append(tag)
        for name, value in attrs:
            address = re.sub(r"[\x00-\x20\u200b]", "", value or "").lower()
            runs = re.match(r"(?:javascript|vbscript|data|view-source):", address)
            styled = name == "style" and re.search(r"position|z-index|\(|\\", address)
            if (
                name.startswith("on")
                or name in ("action", "background", "formaction", "srcdoc", "xlink:href")
                or runs
                or styled
            ):
                self.found.append(f"{tag} {name}={value}")

    handle_startendtag = handle_starttag

    def handle_comment(self, data: str) -> None:
        self.found.append(f"comment {data}")


def harm(text: str, extensions: list[str]) -> list[str]:
    parser = Harm()
    md = markdown.Markdown(extensions=extensions)
    parser.feed(md.convert(text))
    for names in headings(getattr(md, "toc_tokens", [])):  # themes write them into the page as they are
        parser.feed(f"<p>{names}</p>")
    parser.close()
    return parser.found


def headings(tokens: list[dict[str, Any]]) -> Iterator[str]:
    for token in tokens:
        yield token["name"]
        yield from headings(token["children"])


@pytest.mark.parametrize("extensions", [EXTENSIONS, ["notesite.markdown.gfm"]], ids=["material", "alone"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_attack_reaches_no_page(attack: str, extensions: list[str]) -> None:
    for place in PLACES:
        assert harm(place.format(attack), extensions) == []
    for place in INDENTED:
        margin = place.rpartition("\n")[2].removesuffix("{}")
        margin = margin if margin.strip() == ">" else " " * len(margin)
        assert harm(place.format(attack.replace("\n", f"\n{margin}")), extensions) == []


def test_attacks_together_reach_no_page() -> None:
    assert harm("\n\n".join(ATTACKS), EXTENSIONS) == []
    assert harm("\n".join(ATTACKS), EXTENSIONS) == []


PIECES = [*ATTACKS, "<div>", "</div>", "<b title='", '"', "'", ">", "<", "<!--", "-->", "\n\n", " ", "`", "<a href="]


@given(st.lists(st.sampled_from(PIECES), max_size=8))
@settings(max_examples=200, deadline=None)
def test_no_mixture_of_attacks_reaches_the_page(pieces: list[str]) -> None:
    assert harm("".join(pieces), EXTENSIONS) == []


def test_harmless_html_stays() -> None:
    text = '<p align="center"><img src="a.png" width="300" alt="x"></p>\n\nH<sub>2</sub>O <font color="red">r</font>'
    html = markdown.markdown(text, extensions=EXTENSIONS)
    assert '<p align="center"><img alt="x" src="a.png" width="300" /></p>' in html
    assert 'H<sub>2</sub>O <font color="red">r</font>' in html


def test_owner_may_allow_all_html() -> None:
    options = {"notesite.markdown.gfm": {"html": "raw"}}
    html = markdown.markdown(
        "<script>x()</script>\n\na <b onclick=y()>b</b>", extensions=EXTENSIONS, extension_configs=options
    )
    assert "<script>x()</script>" in html
    assert "<b onclick=y()>b</b>" in html


@pytest.mark.parametrize(
    "url", ["a.md", "../a b.md#x", "https://a.b", "mailto:a@b.c", "zotero://select/x", "#a:b", "x/a:b", ""]
)
def test_harmless_address(url: str) -> None:
    assert safe_url(url)
