"""TeX as tokens of markdown-it-py: `math_inline` and `math_block`, by the judgement of `delimiters`."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from notesite.markdown.delimiters import OPENER, Occurrence, block_at, formula_at

_IN_HTML: Final = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<tag>pre|code|kbd|samp|tt|script|style|textarea|svg|math)\b.*?(?:</(?P=tag)\s*>|\Z)"
    rf"|(?P<opener>{OPENER.pattern})",
    re.DOTALL | re.IGNORECASE,
)
"""What holds no formulas, and what a formula can begin with."""
_TAG: Final = re.compile(r"</?[A-Za-z][\w-]*(?:\s[^<>]*)?/?>|<!--")


def tex_plugin(md: MarkdownIt) -> None:
    """Add `math_inline` and `math_block` tokens: `content` is the TeX, `markup` the opening delimiter.

    `is_display` tells a display in the line of text from other `math_inline`.
    """
    md.inline.ruler.before("escape", "math_inline", _inline_rule)
    ends = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.before("table", "math_block", _block_rule, {"alt": ends})
    md.core.ruler.after("block", "math_fence", _fence_rule)
    md.core.ruler.after("block", "math_html", _html_rule)


def is_display(token: Token) -> bool:
    """Whether the formula of this token is set as a display."""
    return token.type == "math_block" or token.meta["display"] is True


def formulas(tokens: Sequence[Token]) -> Iterator[tuple[Token, int]]:
    """Every formula's token with the 0-based line on which it begins."""
    for token in tokens:
        line = token.map[0] if token.map else 0
        if token.type == "math_block":
            yield token, line
        for child in token.children or ():
            if child.type == "math_inline":
                yield child, line + child.meta["line"]


def _inline_rule(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] not in "$\\":
        return False
    formula = formula_at(state.src, state.pos, state.posMax)
    if formula is None:
        return False
    if not silent:
        _inline_token(state.push("math_inline", "", 0), formula, state.src.count("\n", 0, state.pos))
    state.pos = formula.end
    return True


def _block_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    begin = state.bMarks[start] + state.tShift[start]
    if state.src[begin : begin + 1] not in ("$", "\\") or state.is_code_block(start):
        return False
    formula = block_at(_lines(state, start, end))
    if formula is None:
        return False
    if not silent:
        token = state.push("math_block", "", 0)
        token.content, token.markup, token.block = formula.tex, formula.markup, True
        token.map = [start, start + formula.end]
        state.line = start + formula.end
    return True


def _lines(state: StateBlock, start: int, end: int) -> Iterator[str]:
    """The lines from `start` on that stand in the same container."""
    for line in range(start, end):
        if state.sCount[line] < state.blkIndent and not state.isEmpty(line):
            return
        yield state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _fence_rule(state: StateCore) -> None:
    """Make GitHub's ```` ```math ```` a formula."""
    for token in state.tokens:
        if token.type == "fence" and token.info.split()[:1] == ["math"] and token.content.strip():
            token.type, token.content = "math_block", token.content.strip()


def _html_rule(state: StateCore) -> None:
    """Give a block of HTML with formulas in it the children `html_inline` and `math_inline`, as on GitHub."""
    for token in state.tokens:
        if token.type == "html_block":
            parts = list(_parts(token.content))
            token.children = parts if len(parts) > 1 else None


def _parts(source: str) -> Iterator[Token]:
    """The pieces of a block of HTML, each formula on its own."""
    end = 0
    for found in _IN_HTML.finditer(source):
        start = found.start()
        formula = formula_at(source, start) if found["opener"] and start >= end else None
        if formula is None or _TAG.search(formula.tex):
            continue
        yield Token("html_inline", "", 0, content=source[end:start])
        formula = replace(formula, tex=html.unescape(formula.tex))
        yield _inline_token(Token("math_inline", "", 0), formula, source.count("\n", 0, start))
        end = formula.end
    yield Token("html_inline", "", 0, content=source[end:])


def _inline_token(token: Token, formula: Occurrence, line: int) -> Token:
    """Fill the token of a formula in running text, which begins so many lines behind the first of its block."""
    token.content, token.markup = formula.tex, formula.markup
    token.meta = {"display": formula.display, "line": line}
    return token
