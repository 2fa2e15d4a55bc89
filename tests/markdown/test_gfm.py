"""Notes look as on GitHub, and where the policies say so, as their author meant them."""

import re
from pathlib import Path

import markdown
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from gfm_shape import normal, words
from notesite.markdown.gfm import Dialect, commonmark_parser, prepare

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared"
GITHUB = {"unknown_tags": False, "callouts": False, "link_lines": False, "repairs": False}
PARSER = commonmark_parser(Dialect())


def render(text: str, *more: str, **options: object) -> str:
    configs = {"notesite.markdown.gfm": options}
    return markdown.markdown(text, extensions=["notesite.markdown.gfm", *more], extension_configs=configs)


def cases(name: str) -> list[object]:
    return [pytest.param(case, id=case["name"]) for case in yaml.safe_load((HERE / name).read_text("utf-8"))]


@pytest.mark.parametrize("case", cases("gfm_github.yml"))
def test_as_github_shows_it(case: dict[str, str]) -> None:
    options = GITHUB | {"unknown_tags": True}
    assert normal(render(case["md"], **options)) == normal(case["html"])


@pytest.mark.parametrize("before", ["", "word\n\n", "- a\nb\n\n"])
def test_a_footnote_ends_like_a_paragraph(before: str) -> None:
    """Of the numbered lists only one that begins with 1 ends it, whatever was read before."""
    *_, last = PARSER.parse(before + "[^1]: A footnote\ngoes on\n2. e")
    assert last.content == "[^1]: A footnote\ngoes on\n2. e"


@pytest.mark.parametrize("case", cases("gfm_notes.yml"))
def test_as_the_author_meant_it(case: dict[str, str]) -> None:
    assert normal(render(case["md"])) == normal(case["html"])


@pytest.mark.skipif(
    not SHARED.is_dir(), reason="the shared cases stand beside the repository only where it is developed"
)
def test_lines_of_the_seeds_that_are_mended() -> None:
    texts = [path.read_text("utf-8") for path in sorted((SHARED / "seeds").glob("*.md"))]
    mended = [
        before.strip()[:2]
        for text in texts
        for before, after in zip(text.split("\n"), prepare(text, PARSER, jekyll=False).split("\n"), strict=True)
        if before != after
    ]
    assert {mark: mended.count(mark) for mark in set(mended)} == {"->": 23, "-[": 5, "- ": 3}


def test_anchors_are_githubs() -> None:
    html = render("# A & B\n\n# A & B\n\n## `c` *d*: [e](f)!\n\n## Über_x\n\n## own { #mine }\n\n# 🎉\n", "toc")
    assert re.findall(r'<h\d id="([^"]*)"', html) == ["a--b", "a--b-1", "c-d-e", "über_x", "mine", "_1"]


def test_formulas_wait_for_an_extension_that_sets_them() -> None:
    text = "a $x_1$ and *b $y_2$*\n"
    assert normal(render(text)) == "<p>a $x_1$ and <i>b $y_2$</i></p>"
    options = {"pymdownx.arithmatex": {"generic": True}}
    html = markdown.markdown(
        text, extensions=["pymdownx.arithmatex", "notesite.markdown.gfm"], extension_configs=options
    )
    assert '<span class="arithmatex">\\(x_1\\)</span> and <em>b <span' in html


@pytest.mark.parametrize("order", [1, -1])
def test_formulas_are_set_by_the_math_extension_in_any_order(order: int) -> None:
    text = "# $x_1$\n\na `b`$_{\\theta}$ for $5\n\n$$\ny^2\n$$\n\n| $a|b$ |\n|---|\n"
    html = markdown.markdown(text, extensions=["notesite.markdown.gfm", "notesite.markdown.math", "toc"][::order])
    assert html.count('class="ns-tex') == 4
    assert "$5" in html


def test_formulas_in_a_block_of_html() -> None:
    text = """<details>
<summary>The $\\alpha$ of <code>$HOME</code></summary>
<table><tr><td>$a&lt;b$</td><td title="$x$">$5</td><td>$6</td></tr></table> <!-- $c$ and $d$ -->
<pre>$e$ and $f$</pre>
</details>
"""
    html = markdown.markdown(text, extensions=["notesite.markdown.gfm", "notesite.markdown.math"])
    assert re.findall(r'annotation encoding="application/x-tex">(.*?)<', html) == ["\\alpha", "a&lt;b"]
    assert '<td title="$x$">$5</td><td>$6</td>' in html.replace("\n", "")
    assert "$e$ and $f$" in html


def test_one_instance_renders_many_documents() -> None:
    md = markdown.Markdown(extensions=["notesite.markdown.gfm", "toc"])
    pages = [md.reset().convert(text) for text in ("# A\n\n[x]\n\n[x]: y\n", "# A\n\n[x]\n")]
    assert 'id="a"' in pages[0]
    assert 'id="a"' in pages[1]
    assert "[x]" in pages[1]


MARKDOWN = st.text(
    st.sampled_from("ab <>/*_`[]()!#-+>\n\t .:|~$\\{}&;=\"'@^1•") | st.characters(codec="utf-8"), max_size=80
)


@given(MARKDOWN)
@settings(max_examples=300, deadline=None)
def test_any_text_renders_and_every_line_stays_on_its_line(text: str) -> None:
    render(text, "toc", "admonition", "pymdownx.superfences")
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    assert prepare(lines, PARSER).count("\n") == lines.count("\n")


@given(st.lists(st.text("-*+>#_()! \n\t\"'.:^", min_size=1, max_size=8), min_size=1, max_size=30))
@settings(max_examples=200, deadline=None)
def test_no_word_is_lost(marks: list[str]) -> None:
    """Leaves out what hides words on GitHub too: definitions, tags, surplus table cells, a fence's language."""
    text = "".join(f"{mark}word{index}" for index, mark in enumerate(marks))
    html = render(text, "toc", "admonition", "pymdownx.superfences")
    assert [f"word{index}" for index in range(len(marks))] == re.findall(r"word\d+", " ".join(words(html)))


def test_texts_deeper_than_the_parser_goes_are_kept() -> None:
    html = render("> " * 300 + "deep\n\n" + "\n".join("  " * level + f"- w{level}" for level in range(150)))
    assert "deep" in words(html)
    assert {f"w{level}" for level in range(150)} <= set(words(html))


def test_blocks_deep_inside_each_other_are_kept() -> None:
    text = "core"
    for _ in range(40):
        text = "!!! note\n" + "\n".join(f"    {line}" for line in f"{'> ' * 40}{text}".split("\n"))
    assert "core" in words(render(text, "admonition"))
