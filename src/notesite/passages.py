"""Long runs of words that stand verbatim in several notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from notesite.model import Note, Passage, Section
from notesite.wording import Worded, words

LEAST_WORDS: Final = 20
"""A run this long is copied; shorter ones are set phrases and titles of papers."""
ANCHOR: Final = LEAST_WORDS // 2
"""Of twenty words in a row ten begin at a multiple of ten: only those are remembered, and looked for everywhere."""
MOST_PLACES: Final = 12
"""A run in more places is a template's, and no news to the author."""

Place = tuple[int, int]
"""A text and a word in it."""


@dataclass(frozen=True, slots=True)
class Text:
    """The words of one section, and the note it stands on."""

    note: int
    section: Section
    words: tuple[str, ...]

    def anchors(self) -> Iterator[int]:
        """A number for the ten words from each word on; other words have it only by chance."""
        return map(hash, zip(*(self.words[start:] for start in range(ANCHOR)), strict=False))


def passages(notes: Sequence[Note], worded: Worded) -> tuple[Passage, ...]:
    """Runs of twenty words or more that stand in two notes or more, the longest first."""
    texts = [text(place, part.section, worded) for place, note in enumerate(notes) for part in note.parts]
    found: defaultdict[tuple[str, ...], set[tuple[str, int, int]]] = defaultdict(set)
    for (one, a), (other, b), length in runs(texts):
        run = texts[one].words[a : a + length]
        found[run] |= {lines(texts[one].section, a, length), lines(texts[other].section, b, length)}
    longest = sorted(found.items(), key=lambda item: (-len(item[0]), sorted(item[1])))
    return tuple(Passage(len(run), tuple(sorted(at))) for run, at in longest)


def text(note: int, section: Section, worded: Worded) -> Text:
    """The words of a section's prose: its blocks without code, markup and definitions."""
    said = zip(section.blocks, worded[section.id].blocks, strict=True)
    return Text(note, section, tuple(chain.from_iterable(words for block, words in said if block.is_prose)))


def runs(texts: Sequence[Text]) -> Iterator[tuple[Place, Place, int]]:
    """Every longest run that two texts of different notes share: its first word in both, and its length."""
    done: dict[tuple[int, int, int], int] = {}
    for (one, a), (other, b) in seeds(texts):
        diagonal = one, other, b - a
        if b < done.get(diagonal, 0):
            continue
        back, length = longest_run(texts[one].words, a, texts[other].words, b)
        done[diagonal] = b - back + length
        if length >= LEAST_WORDS:
            yield (one, a - back), (other, b - back), length


def seeds(texts: Sequence[Text]) -> Iterator[tuple[Place, Place]]:
    """Where ten words of a text stand in a later one, of another note."""
    anchors: defaultdict[int, list[Place]] = defaultdict(list)
    for number, text in enumerate(texts):
        for start in range(0, len(text.words) - ANCHOR + 1, ANCHOR):
            anchors[hash(text.words[start : start + ANCHOR])].append((number, start))
    for number, text in enumerate(texts):
        known = [(start, anchors[anchor]) for start, anchor in enumerate(text.anchors()) if anchor in anchors]
        for start, places in known:
            for one, begin in places if len(places) <= MOST_PLACES else ():
                if texts[one].note < text.note:
                    yield (one, begin), (number, start)


def longest_run(one: Sequence[str], a: int, other: Sequence[str], b: int) -> tuple[int, int]:
    """How far the equal words around two places reach back, and how many they are."""
    back = 0
    while back < min(a, b) and one[a - back - 1] == other[b - back - 1]:
        back += 1
    on = 0
    while a + on < len(one) and b + on < len(other) and one[a + on] == other[b + on]:
        on += 1
    return back, back + on


def lines(section: Section, start: int, length: int) -> tuple[str, int, int]:
    """Path, first and last line of a run of words."""
    at: list[int] = []
    for block in filter(lambda block: block.is_prose, section.blocks):
        for line, content in enumerate(block.text.split("\n"), block.start):
            at += [line] * len(words(content))
    return section.path, at[start], at[start + length - 1]
