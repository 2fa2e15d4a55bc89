"""Long runs of words that stand verbatim in several notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from notesite.model import Note, Passage, Section
from notesite.wording import words

LEAST_WORDS: Final = 20
"""A run this long is copied; shorter ones are set phrases and titles of papers."""
MOST_PLACES: Final = 12
"""A run in more places is a template's, and no news to the author."""
SLOTS_PER_RUN: Final = 16
"""Slots of the first sieve for each run: one run in sixteen passes it by chance."""

Place = tuple[int, int]
"""A text and the first word of a run in it."""


@dataclass(frozen=True, slots=True)
class Text:
    """The words of one section with their lines, and the note it stands on."""

    note: int
    path: str
    words: tuple[str, ...]
    lines: tuple[int, ...]

    def run(self, start: int, length: int = LEAST_WORDS) -> tuple[str, ...]:
        """The words from `start` on."""
        return self.words[start : start + length]

    @property
    def starts(self) -> range:
        """Where a run can start."""
        return range(len(self.words) - LEAST_WORDS + 1)


def passages(notes: Sequence[Note]) -> tuple[Passage, ...]:
    """Runs of twenty words or more that stand in two notes or more, the longest first."""
    texts = [text(place, part.section) for place, note in enumerate(notes) for part in note.parts]
    found: defaultdict[tuple[str, ...], set[tuple[str, int, int]]] = defaultdict(set)
    for (one, other), starts in diagonals(texts, repeated(texts)).items():
        for (a, b), length in stretches(starts):
            at = found[texts[one].run(a, length)]
            at.update((lines(texts[one], a, length), lines(texts[other], b, length)))
    longest = sorted(found.items(), key=lambda item: (-len(item[0]), sorted(item[1])))
    return tuple(Passage(len(run), tuple(sorted(at))) for run, at in longest)


def text(note: int, section: Section) -> Text:
    """The words of a section's body, each with the line it stands in; code, markup and definitions are no prose."""
    found: list[str] = []
    at: list[int] = []
    for block in section.blocks:
        if block.kind in ("code", "math", "html", "definition", "header"):
            continue
        for line, content in enumerate(block.text.split("\n"), block.start):
            new = words(content)
            found += new
            at += [line] * len(new)
    return Text(note, section.path, tuple(found), tuple(at))


def repeated(texts: Sequence[Text]) -> Mapping[tuple[str, ...], list[Place]]:
    """Every run of twenty words that stands in two places or more.

    A sieve of hashes comes first: it keeps in memory only the few runs that may stand twice.
    """
    slots = 1 << max(10, (SLOTS_PER_RUN * sum(len(text.starts) for text in texts)).bit_length())
    seen, twice = bytearray(slots), bytearray(slots)
    for text in texts:
        for start in text.starts:
            slot = hash(text.run(start)) & (slots - 1)
            if seen[slot]:
                twice[slot] = 1
            seen[slot] = 1
    places: defaultdict[tuple[str, ...], list[Place]] = defaultdict(list)
    for number, text in enumerate(texts):
        for start in text.starts:
            run = text.run(start)
            if twice[hash(run) & (slots - 1)]:
                places[run].append((number, start))
    return {run: at for run, at in places.items() if 1 < len(at) <= MOST_PLACES}


def diagonals(
    texts: Sequence[Text], places: Mapping[tuple[str, ...], Sequence[Place]]
) -> Mapping[tuple[int, int], list[Place]]:
    """For two texts of different notes the pairs of words at which a run starts in both."""
    found: defaultdict[tuple[int, int], list[Place]] = defaultdict(list)
    for at in places.values():
        for (one, a), (other, b) in combinations(at, 2):
            if texts[one].note != texts[other].note:
                found[one, other].append((a, b))
    return found


def stretches(starts: Sequence[Place]) -> Iterator[tuple[Place, int]]:
    """Runs that follow one another word by word, joined: the first start and the length."""
    left = set(starts)
    for a, b in sorted(starts):
        if (a - 1, b - 1) in left:
            continue
        length = 0
        while (a + length, b + length) in left:
            length += 1
        yield (a, b), length - 1 + LEAST_WORDS


def lines(text: Text, start: int, length: int) -> tuple[str, int, int]:
    """Path, first and last line of a run."""
    return text.path, text.lines[start], text.lines[start + length - 1]
