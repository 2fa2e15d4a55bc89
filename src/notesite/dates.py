"""When each section was written and last changed: as its author says in the front matter, else as git knows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import Final

from notesite.errors import Problem
from notesite.filenames import stated_date
from notesite.model import Section, Source

CHANGED_KEYS: Final = ("lastmod", "updated", "modified", "last_modified_at")
"""Names for the date of the last change in Hugo, Obsidian and Jekyll."""

DatedLine = tuple[str, str | None]
"""A line's text, and the ISO date on which it came into the repository; None where that is not known."""


@dataclass(frozen=True, slots=True)
class History:
    """The lines of the notes as they were committed last, with dates."""

    files: Mapping[str, tuple[DatedLine, ...]] = field(default_factory=dict)
    """By path from the notes folder."""
    problems: tuple[Problem, ...] = ()
    """Why dates are missing."""


NO_HISTORY: Final = History()
"""For notes in no repository."""


def days(source: Source, committed: Sequence[DatedLine]) -> Sequence[str | None]:
    """The date of each line, None for blank lines and those that are not committed; empty where no line is."""
    return tuple(line_days(source.lines, committed)) if committed else ()


def line_days(lines: Sequence[str], committed: Sequence[DatedLine]) -> Iterator[str | None]:
    """The date of each of `lines`, found by what they have in common with what was committed."""
    known = [text for text, _ in committed]
    if known == lines:
        yield from (date if text.strip() else None for text, date in committed)
        return
    found: list[str | None] = [None] * len(lines)
    for match in SequenceMatcher(None, known, lines).get_matching_blocks():
        for step in range(match.size):
            text, date = committed[match.a + step]
            found[match.b + step] = date if text.strip() else None
    yield from found


def dated(sections: Sequence[Section], source: Source, lines: Sequence[str | None]) -> tuple[Section, ...]:
    """The sections with the dates on which they were added and changed; `lines` has the date of each line, or nothing.

    An author who states a date may commit the note years later, so git is believed only where it knows of a change
    after the file's first commit.
    """
    first, stated = min(filter(None, lines), default=""), stated_date(source, *CHANGED_KEYS)

    def with_dates(section: Section) -> Section:
        own = [day for day in lines[section.start - 1 : section.end] if day]
        added = section.date or min(own, default=None)
        changed = stated
        if not stated and own and (not section.date or max(own) > first):
            changed = max(own)
        return replace(section, added=added, changed=max(filter(None, (added, changed)), default=None))

    return tuple(map(with_dates, sections))
