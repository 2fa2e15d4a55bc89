"""TeX as tokens of markdown-it-py: `math_inline` and `math_block`, by the judgement of `delimiters`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from notesite.markdown.delimiters import block_at, formula_at


def tex_plugin(md: MarkdownIt) -> None:
    """Add `math_inline` and `math_block` tokens: `content` is the TeX, `markup` the opening delimiter.

    `is_display` tells a display in the line of text from other `math_inline`.
    """
    md.inline.ruler.before("escape", "math_inline", _inline_rule)
    ends = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.before("table", "math_block", _block_rule, {"alt": ends})
    md.core.ruler.after("block", "math_fence", _fence_rule)


def is_display(token: Token) -> bool:
    """Whether the formula of this token is set as a display."""
    return token.type == "math_block" or token.meta["display"] is True


def formulas(tokens: Sequence[Token]) -> Iterator[tuple[Token, int]]:
    """Yield every formula's token with the 0-based line on which it begins."""
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
        token = state.push("math_inline", "", 0)
        token.content, token.markup = formula.tex, formula.markup
        token.meta = {"display": formula.display, "line": state.src.count("\n", 0, state.pos)}
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
    """Yield the lines from `start` on that stand in the same container."""
    for line in range(start, end):
        if state.sCount[line] < state.blkIndent and not state.isEmpty(line):
            return
        yield state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _fence_rule(state: StateCore) -> None:
    """Make GitHub's ```` ```math ```` a formula."""
    for token in state.tokens:
        if token.type == "fence" and token.info.split()[:1] == ["math"] and token.content.strip():
            token.type, token.content = "math_block", token.content.strip()
