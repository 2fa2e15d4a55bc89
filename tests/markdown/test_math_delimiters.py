"""What is a formula: golden cases, for Python-Markdown alone and for markdown-it-py."""

import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import markdown
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from notesite.markdown.delimiters import OPENER, block_at, formula_at, pieces
from notesite.markdown.katex import Formula
from notesite.markdown.tex import formulas, is_display, tex_plugin

DATA = Path(__file__).parent / "data"
CASES = [case for name in ("delimiters.yml", "more.yml") for case in yaml.safe_load((DATA / name).read_text())]
FORMULA = re.compile(r'<(span|div) class="ns-tex" data-display="(\w+)">(.*?)</\1>', re.DOTALL)
TEXT_ONLY = {"details"}
"""Cases whose HTML Python-Markdown handles by an extension of its own."""


class Verbatim:
    """An engine that sets TeX as itself."""

    def set(self, wanted: list[Formula]) -> list[str]:
        return [html.escape(formula.tex, quote=False) for formula in wanted]


def with_python_markdown(text: str) -> str:
    extensions = ["tables", "fenced_code", "footnotes", "md_in_html", "attr_list", "toc", "notesite.markdown.math"]
    return markdown.markdown(
        text, extensions=extensions, extension_configs={"notesite.markdown.math": {"engine": Verbatim()}}
    )


def with_markdown_it(text: str) -> str:
    parser = MarkdownIt("gfm-like", {"linkify": False}).use(footnote_plugin).use(tex_plugin)
    for kind, tag in (("math_inline", "span"), ("math_block", "div")):
        parser.add_render_rule(kind, element(tag))
    return str(parser.render(text))


def element(tag: str) -> Callable[..., str]:
    def render(_: Any, tokens: Any, at: int, *__: Any) -> str:
        display = str(is_display(tokens[at])).lower()
        return f'<{tag} class="ns-tex" data-display="{display}">{html.escape(tokens[at].content, quote=False)}</{tag}>'

    return render


def shown(page: str) -> str:
    """The page's text without its formulas, white space made one blank."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", FORMULA.sub("", page))).split())


@pytest.mark.parametrize("render", [with_python_markdown, with_markdown_it])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case: dict[str, Any], render: Callable[[str], str]) -> None:
    page = render(case["md"])
    found = [
        f"{dollars}{' '.join(html.unescape(tex).split())}{dollars}"
        for _, display, tex in FORMULA.findall(page)
        for dollars in ("$$" if display == "true" else "$",)
    ]
    assert found == case["formulas"], page
    for text in case.get("text", ()):
        assert " ".join(text.split()) in shown(page)
    for part in case.get("html", ()):
        assert part in page.replace("&amp;", "&")
    for part in case.get("not", ()):
        assert part not in page


@given(st.text(alphabet="$\\()[]{}ab1 \n`_"))
def test_a_formula_ends_behind_its_beginning_and_holds_what_stood_there(text: str) -> None:
    for opener in OPENER.finditer(text):
        formula = formula_at(text, opener.start())
        if formula:
            assert opener.end() < formula.end <= len(text)
            assert formula.tex.strip() == formula.tex != ""
            if not formula.markup.startswith("\\\\"):
                assert formula.tex in text[opener.start() : formula.end]


@given(st.lists(st.text(alphabet="$\\[]ab= ", max_size=6)))
def test_a_block_takes_no_more_lines_than_there_are(lines: list[str]) -> None:
    formula = block_at(lines)
    assert formula is None or 0 < formula.end <= len(lines)


@given(st.text(alphabet="$\\()[]{}ab \n_"))
def test_no_text_is_lost(text: str) -> None:
    page = with_markdown_it(text)
    assert sorted(c for c in text if c in "ab") == sorted(c for c in re.sub(r"<[^>]*>|&\w+;", "", page) if c in "ab")


@given(st.text(alphabet="$\\()[]{}ab1 \n`_"))
def test_the_pieces_of_a_title_are_the_title(text: str) -> None:
    assert "".join(piece for piece, _ in pieces(text)) == text


def test_a_title_with_prices_has_no_formula() -> None:
    assert list(pieces("From $5 to $10")) == [("From $5 to $10", False)]
    assert list(pieces("$O(n)$ for $5")) == [("", False), ("$O(n)$", True), (" for $5", False)]


def test_lines_of_formulas() -> None:
    tokens = MarkdownIt().use(tex_plugin).parse("# $a$\n\ntext\nand $b$\n\n- $$\n  c\n  $$\n")
    assert [(token.content, line) for token, line in formulas(tokens)] == [("a", 0), ("b", 3), ("c", 5)]
