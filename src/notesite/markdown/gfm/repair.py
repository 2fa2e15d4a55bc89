"""Lists that Markdown does not see but every reader does: bullets without space, `->` bullets, bullets too far in.

Only lines of paragraphs are looked at, so code, formulas, tables and HTML stay as they are.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARK: Final = r"(?:[-*+]|\d{1,9}[.)])[ \t]"
_CANDIDATE: Final = re.compile(
    r"\n(?:[ \t]*(?:->|•|-[^\W\d_]|-[\[*_`\"“'‘(])"  # a bullet without space, or an arrow
    rf"|(?![ \t]*{_MARK})[ \t]*\S[^\n]*\n[ \t]*(?: {{4}}|\t){_MARK}"  # a bullet far in, under a line of text
    rf"|([ \t]*){_MARK}[^\n]*\n\1[ \t]*(?: {{6}}|\t\t){_MARK})"  # and under another bullet
)
"""A quick look, before paragraphs are sought: most texts need no repair."""
_BARE: Final = re.compile(r"([ \t]*)(?:(->)[ \t]*|(-)(?=\[)|(-)(?=[^\W\d_][^\W\d_]|[*_`\"“'‘(])|(•)[ \t]*)(?=\S)")
_BULLET: Final = re.compile(r"([ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]+\S")
_ALONE: Final = 3
"""The group of `_BARE` that is a bullet wherever it stands: `-[`. The others need a second line of the kind beside
them, for a lone line that starts with an arrow or a dash is more likely prose."""
_TOO_FAR: Final = 4
"""Columns of indentation from which Markdown sees a continued paragraph in what looks like a bullet."""


def repair(text: str, parser: MarkdownIt) -> str:
    """Make such lists lists."""
    if not _CANDIDATE.search(f"\n{text}"):
        return text
    lines = text.split("\n")
    for first, last, column in _paragraphs(text, parser):
        _add_spaces(lines, first, last)
        _pull_back(lines, first, last, column)
    return "\n".join(lines)


def _paragraphs(text: str, parser: MarkdownIt) -> Iterator[tuple[int, int, int]]:
    """The first line of each paragraph, the line behind its last, and the column in which its text begins."""
    lines = text.split("\n")
    tokens: list[Token] = []
    parser.block.parse(text, parser, {}, tokens)
    for opening, inline in itertools.pairwise(tokens):
        if opening.type == "paragraph_open" and opening.map and "$$" not in inline.content:
            first, last = opening.map
            yield first, last, max(lines[first].find(inline.content.partition("\n")[0]), 0)


def _add_spaces(lines: list[str], first: int, last: int) -> None:
    """Give bullets that lack it their space, and make arrows bullets."""
    bare = [_BARE.match(line) for line in lines[first:last]]
    for index, match in enumerate(bare):
        if match is None:
            continue
        beside = [other for other in (*bare[max(index - 1, 0) : index], *bare[index + 1 : index + 2]) if other]
        if match.lastindex == _ALONE or any(other.lastindex == match.lastindex for other in beside):
            lines[first + index] = f"{match[1]}- {lines[first + index][match.end() :]}"


def _pull_back(lines: list[str], first: int, last: int, column: int) -> None:
    """Move bullets that are indented too far under a paragraph, and what stands with them, back to its column."""
    bullets = [_indent(lines[index]) for index in range(first + 1, last) if _BULLET.match(lines[index])]
    far = [indent for indent in bullets if indent >= column + _TOO_FAR]
    if not far:
        return
    for index in range(first + 1, last):
        line = lines[index].expandtabs(4)
        if _indent(line) >= min(far):
            lines[index] = line[min(far) - column :]


def _indent(line: str) -> int:
    line = line.expandtabs(4)
    return len(line) - len(line.lstrip())
