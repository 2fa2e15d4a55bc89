"""Where the text of a note stands in the sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from notesite.dates import CHANGED_KEYS
from notesite.model import Note, Section
from notesite.view.text import plain

STANDARD_KEYS: Final = frozenset(
    "title date tags topic topics aliases alias paper draft notesite layout permalink year authors".split()
).union(CHANGED_KEYS)
"""Front matter that has a place of its own on the page, or that is meant for another generator."""


@dataclass(frozen=True, slots=True)
class Place:
    """One text in the sources."""

    path: str
    lines: str
    """`4–7`, or `4`."""
    heading: str
    """The headings down to the section's own."""
    added: str | None
    changed: str | None
    role: str
    """Empty for a text that is shown, else what became of it."""
    page: str
    """Address of the source's page."""
    edit: str | None
    """Where the author can change it."""


Edit = Callable[[Section], str | None]
"""Gives the address at which the author can change a section, if there is one."""


def places(note: Note, pages: Mapping[str, str], edit: Edit = lambda _: None) -> Iterator[Place]:
    """Every place in the sources that this page shows or stands for; `pages` are those of the sources."""
    for part in note.parts:
        yield place(part.section, "", pages, edit)
        for copy in part.copies:
            role = "the same text" if copy.kind == "exact" else "an edited copy"
            yield place(copy.section, role, pages, edit)


def place(section: Section, role: str, pages: Mapping[str, str], edit: Edit) -> Place:
    """One section's place."""
    lines = f"{section.start}–{section.end}" if section.end > section.start else f"{section.start}"
    heading = " › ".join(map(plain, (*section.groups, section.heading))) if section.heading else ""
    return Place(section.path, lines, heading, section.added, section.changed, role, pages[section.path], edit(section))


def properties(note: Note) -> Iterator[tuple[str, str]]:
    """Front matter that notesite has no use for, as the author wrote it."""
    for section in note.sections:
        yield from other_keys(section.meta)


def other_keys(meta: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The keys that notesite does not know, with their values as text."""
    for key, value in meta.items():
        if key not in STANDARD_KEYS and value not in (None, "", []):
            yield key, ", ".join(map(str, value)) if isinstance(value, list) else str(value)
