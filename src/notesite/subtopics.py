"""Parts of a large shelf: by the groups that authors made, else by the terms that many of its notes share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from notesite.lexicon import Lexicon
from notesite.model import Note
from notesite.stems import stems
from notesite.vocabulary import Vocabulary

LARGE: Final = 40
"""A shelf of more notes than these is divided; so many titles can still be looked through."""
LEAST: Final = 4
"""A part has at least so many notes."""
LARGEST: Final = 0.4
"""What more than this share of a shelf has in common describes the whole shelf and does not divide it."""
MOST: Final = 10
"""Parts of a shelf; further ones would be small."""
TITLE: Final = 2
"""A term in a title counts as two in the text; a single one in the text is only a mention."""


@dataclass(frozen=True, slots=True)
class Subtopic:
    """A part of a shelf."""

    name: str
    """What its notes share; empty for the notes that are in no other part."""
    notes: tuple[int, ...]
    """Places in the sequence of notes, in its order."""


def with_parts(notes: Sequence[Note], vocabularies: Sequence[Vocabulary], lexicon: Lexicon) -> tuple[Note, ...]:
    """The notes of large shelves with the part of the shelf that each stands in."""
    shelves: dict[str, list[int]] = {}
    for place, note in enumerate(notes):
        shelves.setdefault(note.filing.topic, []).append(place)
    parts = {
        shelf[place]: part.name
        for topic, shelf in shelves.items()
        if len(shelf) > LARGE
        for part in subtopics([subjects(notes[place], vocabularies[place], topic, lexicon) for place in shelf])
        for place in part.notes
    }
    return tuple(replace(note, part=parts[place]) if place in parts else note for place, note in enumerate(notes))


def subtopics(notes: Sequence[frozenset[str]]) -> tuple[Subtopic, ...]:
    """The parts of a shelf of notes, each given as the names of parts that it fits.

    The largest part comes first and what is left over last; a shelf that is not large is one part.
    """
    left = dict(enumerate(notes))
    parts: list[Subtopic] = []
    while len(notes) > LARGE and len(parts) < MOST:
        name, count = most_common(left.values(), LARGEST * len(notes))
        if count < LEAST:
            break
        parts.append(Subtopic(name[:1].upper() + name[1:], tuple(place for place in left if name in left[place])))
        left = {place: names for place, names in left.items() if name not in names}
    return (*parts, Subtopic("", tuple(left))) if left else tuple(parts)


def most_common(names: Collection[Collection[str]], most: float) -> tuple[str, int]:
    """The name that most notes have, of those that not too many have; of equals the first in the alphabet."""
    counts = Counter(name for several in names for name in several)
    fitting = ((name, count) for name, count in counts.items() if count <= most)
    return min(fitting, key=lambda item: (-item[1], item[0]), default=("", 0))


def subjects(note: Note, said: Vocabulary, topic: str, lexicon: Lexicon) -> frozenset[str]:
    """The names of parts that a note fits: the groups above it, and the topic's terms that it is about."""
    groups = {group for section in note.sections for group in section.groups if stems(group) not in lexicon.named}
    terms = said.terms(TITLE)
    mine = ((term, count) for term, count in terms.items() if term.kind == "terms" and term.topic == topic)
    return frozenset(groups | {term.label for term, count in mine if count >= TITLE})
