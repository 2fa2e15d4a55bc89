"""Block syntaxes of Python-Markdown's extensions inside a GitHub document: where each begins and ends.

An island becomes one `island` token: `info` is its kind, `content` its lines without the indentation of their
container. The extension that owns the syntax writes it; what stands inside is GitHub Markdown again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import Final

from markdown_it.rules_block import StateBlock

_BlockRule = Callable[[StateBlock, int, int, bool], bool]

_WORDS: Final = r"[\w-]+(?: +[\w-]+)*"
STARTS: Final = {
    "admonition": re.compile(rf'!!! ?{_WORDS}(?: +".*?")? *\Z'),
    "details": re.compile(rf'\?{{3}}\+? ?(?:(?:{_WORDS})?(?: +".*?")|{_WORDS}) *\Z'),
    "tabbed": re.compile(r'={3}(?:\+!?|!\+?)? +".*?" *\Z'),
    "footnote": re.compile(r"\[\^[^\]\s]+\]:(?= |\Z)"),
    "abbr": re.compile(r"\*\[[^\\\]]+\] ?: *\S"),
    "blocks": re.compile(r"(/{3,}) *[\w-]+ *(?:\|.*)?\Z"),
    "markdown_block": re.compile(r"<([A-Za-z][\w-]*)(?=[\s/])[^>]*\smarkdown(?=[\s=>])"),
}
"""How the first line of each kind reads; the kinds are the names of the extensions' block processors."""
_SIGNS: Final = tuple("!?=[*/<")
"""What they begin with."""


def island_rule(kinds: frozenset[str]) -> _BlockRule:
    """The block rule for these kinds."""
    starts = [(kind, start) for kind, start in STARTS.items() if kind in kinds]

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if not state.src.startswith(_SIGNS, state.bMarks[start] + state.tShift[start]) or state.is_code_block(start):
            return False
        line = _line(state, start)
        for kind, pattern in starts:
            match = pattern.match(line)
            if match and silent and kind not in _CLOSED:
                return True
            if match and (last := _END[kind](state, start, end, match)):
                return silent or _push(state, kind, start, last)
        return False

    return rule


def _push(state: StateBlock, kind: str, start: int, end: int) -> bool:
    token = state.push("island", "", 0)
    token.map, token.info = [start, end], kind
    token.content = state.getLines(start, end, state.sCount[start], False)
    state.line = end
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _contained(state: StateBlock, start: int, end: int) -> Iterator[int]:
    """The lines from `start` on that stand in the same container."""
    inside = (state.isEmpty(line) or state.sCount[line] >= state.blkIndent for line in range(start, end))
    return (line for line, _ in zip(range(start, end), takewhile(bool, inside), strict=False))


def _indented(state: StateBlock, start: int, end: int, _: re.Match[str]) -> int:
    """Lines that are indented by four or blank belong to the line above them."""
    last = line = start
    while (line := line + 1) < end:
        if state.isEmpty(line):
            continue
        if state.sCount[line] < state.sCount[start] + 4:
            break
        last = line
    return last + 1


def _footnote(state: StateBlock, start: int, end: int, match: re.Match[str]) -> int:
    """As `_indented`, and the lines that merely continue the first paragraph."""
    ends = state.md.block.ruler.getRules("paragraph")
    outer, state.parentType = state.parentType, "paragraph"
    line = start + 1
    while line < end and not state.isEmpty(line) and not any(rule(state, line, end, True) for rule in ends):
        line += 1
    state.parentType = outer
    return max(line, _indented(state, start, end, match))


def _fenced(state: StateBlock, start: int, end: int, match: re.Match[str]) -> int:
    """Up to a line that is only as many slashes; no island without one."""
    closing = (line + 1 for line in _contained(state, start + 1, end) if _line(state, line).rstrip() == match[1])
    return next(closing, 0)


def _element(state: StateBlock, start: int, end: int, match: re.Match[str]) -> int:
    """Up to the line of the closing tag that belongs to the first one; no island without one."""
    tag = re.compile(rf"<(/?){re.escape(match[1])}\b[^>]*?(/?)>")
    depth = 0
    for line in _contained(state, start, end):
        for found in tag.finditer(_line(state, line)):
            depth += -1 if found[1] else not found[2]
        if depth <= 0:
            return line + 1
    return 0


def _one_line(_state: StateBlock, start: int, _end: int, _: re.Match[str]) -> int:
    return start + 1


_END: Final = {
    "admonition": _indented,
    "details": _indented,
    "tabbed": _indented,
    "footnote": _footnote,
    "abbr": _one_line,
    "blocks": _fenced,
    "markdown_block": _element,
}
_CLOSED: Final = frozenset({"blocks", "markdown_block"})
"""Kinds that are no island unless they are closed."""
