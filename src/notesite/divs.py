"""Lines of colons, as Pandoc, Quarto, VuePress and Docusaurus have them around a box: as a callout, else not shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

FENCE: Final = re.compile(r"[ \t]*(?:[-*+>][ \t]+)*(`{3,}|~{3,})")
OPEN: Final = re.compile(r" {0,3}:{3,}[ \t]*(?:\{([^{}]*)\}|([A-Za-z][\w-]*))[ \t]*\[?([^\[\]{}]*?)\]?[ \t]*:*[ \t]*$")
CLOSE: Final = re.compile(r" {0,3}:{3,}[ \t]*$")
BOX: Final = re.compile(
    r"(?:^|[\s.])(?:callout-)?(note|tip|warning|important|caution|info|danger|details|hint|question|example)(?=[\s]|$)"
)
"""What a box is called, in braces or bare."""
DEEPEST: Final = 10
"""Boxes in boxes; deeper ones are text."""
HEADING: Final = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)[ \t#]*$")


def without_divs(lines: Sequence[str], start: int) -> list[str]:
    """The lines with each box behind `> [!note]`, its heading as its title; from the line `start` on."""
    closed_by = dict(pairs(lines, start))
    ends = set(closed_by.values())
    found = list(lines)
    depths: list[int] = []
    named = -1
    for index in range(start, len(lines)):
        quote = "> " * sum(depths)
        if index in closed_by and (match := OPEN.match(lines[index])):
            box = BOX.search(match[1] or match[2])
            fold = "-" if box and (box[1] == "details" or 'collapse="true"' in (match[1] or "")) else ""
            found[index] = f"{quote}> [!{box[1]}]{fold} {match[3]}".rstrip() if box else quote.rstrip()
            named = index if box and not match[3] else -1
            depths.append(1 if box else 0)
        elif index in ends:
            depths.pop()
            found[index] = ("> " * sum(depths)).rstrip()
        elif quote:
            heading = HEADING.match(lines[index]) if named >= 0 else None
            if heading:
                found[named] += f" {heading[1]}"
            found[index] = quote.rstrip() if heading else (quote + lines[index]).rstrip()
            named = -1 if lines[index].strip() else named
    return found


def pairs(lines: Sequence[str], start: int) -> Iterator[tuple[int, int]]:
    """The lines that open something and those that close it, outside code; what never ends opens nothing."""
    opened: list[int] = []
    fence = ""
    for index in range(start, len(lines)):
        before, fence = fence, fence_after(lines[index], fence)
        if before or fence:
            continue
        if len(opened) < DEEPEST and OPEN.match(lines[index]):
            opened.append(index)
        elif opened and CLOSE.match(lines[index]):
            yield opened.pop(), index


def fence_after(line: str, fence: str) -> str:
    """The fence of the code that goes on behind a line, empty outside code; `fence` is the one before the line."""
    mark = FENCE.match(line)
    if not fence:
        return mark[1] if mark else ""
    return "" if mark and mark[1].startswith(fence) and not line[mark.end() :].strip() else fence
