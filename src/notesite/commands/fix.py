"""`notesite check --fix`: fix what can only have been meant in one way."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from notesite.commands.advice import mended_url
from notesite.compose import open_end
from notesite.errors import NotesiteError, unwritten
from notesite.model import Block, Section, Site, Source

GLUED: Final = re.compile(r"([ \t]*[-*+])(?=\[[^\]\n]+\]\()")
"""A bullet that misses the space before its link."""


class Edit(NamedTuple):
    """Text that takes the place of what stands between two columns of a line."""

    line: int
    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A file before and after it is fixed."""

    path: str
    before: str
    after: str

    def diff(self) -> Iterator[str]:
        """What changes, as a unified diff."""
        before, after = (text.splitlines() for text in (self.before, self.after))
        return difflib.unified_diff(before, after, f"a/{self.path}", f"b/{self.path}", lineterm="")


def fixes(site: Site, folder: Path) -> Iterator[Fix]:
    """A fix for each file that needs one; files that are not UTF-8 throughout are left alone."""
    edits: defaultdict[str, list[Edit]] = defaultdict(list)
    for section in site.sections:
        edits[section.path] += section_edits(section, site)
    for source in site.sources:
        before = written(source, folder)
        if before is not None and edits[source.path]:
            yield Fix(source.path, before, edited(before, edits[source.path]))


def written(source: Source, folder: Path) -> str | None:
    """The file as it is on disk; None where its lines are not those of the source."""
    try:
        text = (folder / source.path).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    return text if text.removeprefix("\ufeff").replace("\r\n", "\n") == source.text else None


def section_edits(section: Section, site: Site) -> Iterator[Edit]:
    """What to change in a section."""
    for link in section.links:
        mended = mended_url(section, link, site) if link.start >= 0 else None
        if mended:
            yield Edit(link.line, link.start, link.end, mended)
    for block in section.blocks:
        if block.kind in ("paragraph", "item") and not re.search(r"`{3}|~{3}|\$\$", block.text):
            for number, line in enumerate(block.text.split("\n"), block.start):
                if found := GLUED.match(line):
                    yield Edit(number, found.end(), found.end(), " ")
    yield from closing_edits(section.blocks, site, section.path)


def closing_edits(blocks: Sequence[Block], site: Site, path: str) -> Iterator[Edit]:
    """Close the fence that a file ends in; where one swallows more than its author meant, nobody knows its end."""
    lines = next(len(source.lines) for source in site.sources if source.path == path)
    for block in blocks[-1:]:
        closing = open_end(block) if block.kind == "code" else None
        if closing and block.end == lines:
            end = len(block.text.rpartition("\n")[2])
            yield Edit(block.end, end, end, f"\n{closing}")


def edited(text: str, edits: Sequence[Edit]) -> str:
    """The text with all edits, from right to left so that columns stay true."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.removeprefix(mark).replace("\r\n", "\n").split("\n")
    for at, first, last, new in sorted(edits, reverse=True):
        lines[at - 1] = lines[at - 1][:first] + new + lines[at - 1][last:]
    return mark + "\n".join(lines).replace("\n", end)


def write(fix: Fix, folder: Path) -> None:
    """Write the file as it is fixed."""
    try:
        (folder / fix.path).write_bytes(fix.after.encode())
    except OSError as error:
        raise NotesiteError(unwritten(error, folder / fix.path)) from error
