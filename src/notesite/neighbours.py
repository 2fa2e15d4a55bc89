"""Which notes link to which, and which to read next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from notesite.model import Addresses, Note
from notesite.once import Once, anew
from notesite.related import related
from notesite.resolve import destination
from notesite.vocabulary import Vocabulary


def with_neighbours(
    notes: Sequence[Note], vocabularies: Sequence[Vocabulary], places: Addresses, once: Once = anew
) -> tuple[Note, ...]:
    """The notes with those that link to them and those related to them."""
    pairs = sorted(set(links_between(notes, places)))
    near = related(notes, vocabularies, pairs, once)
    back: dict[int, list[str]] = {}
    for start, end in pairs:
        back.setdefault(end, []).append(notes[start].slug)
    return tuple(
        replace(
            note,
            related=tuple((notes[other.note].slug, other.why) for other in near[at]),
            backlinks=tuple(back.get(at, ())),
        )
        for at, note in enumerate(notes)
    )


def links_between(notes: Sequence[Note], places: Addresses) -> Iterator[tuple[int, int]]:
    """The places of each two notes of which the first links the second."""
    at = {f"notes/{note.slug}.md": place for place, note in enumerate(notes)}
    sections = ((start, section) for start, note in enumerate(notes) for section in note.sections)
    for start, path, link in ((start, section.path, link) for start, section in sections for link in section.links):
        end = at.get((destination(link, path, places) or "").removeprefix("../").partition("#")[0])
        if end not in (None, start):
            yield start, end
