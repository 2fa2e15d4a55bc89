"""Long runs of words that stand verbatim in several notes."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, groupby
from typing import Final

from notesite.model import Note, Passage, Section
from notesite.wording import TEN, Worded, words

LEAST_WORDS: Final = 20
"""A run of this many words was copied; shorter ones are set phrases and titles of papers."""
ANCHOR: Final = TEN
"""Of twenty words in a row ten begin at a multiple of ten: only those are remembered, and looked for everywhere."""
MOST_PLACES: Final = 12
"""A run in more places belongs to a template, which the author knows."""

Place = tuple[int, int]
"""A text and a word in it."""


@dataclass(frozen=True)
class Text:
    """The prose of one section, and the note it stands on."""

    note: int
    section: Section
    anchors: array[int]
    """As `Wording.tens`."""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the section without code, markup and definitions."""
        return tuple(word for block in self.section.blocks if block.is_prose for word in words(block.text))

    @cached_property
    def lines(self) -> array[int]:
        """The line that each of the words stands on."""
        at = array("q")
        for block in filter(lambda block: block.is_prose, self.section.blocks):
            for line, content in enumerate(block.text.split("\n"), block.start):
                at.extend([line] * len(words(content)))
        return at


def passages(notes: Sequence[Note], worded: Worded) -> tuple[Passage, ...]:
    """Runs of twenty words or more that stand in two notes or more, the longest first."""
    placed = [(place, part.section) for place, note in enumerate(notes) for part in note.parts]
    texts = [Text(place, own, worded[own.id].tens) for place, own in placed]
    found: defaultdict[tuple[str, ...], set[tuple[str, int, int]]] = defaultdict(set)
    for (one, a), (other, b), length in runs(texts):
        run = texts[one].words[a : a + length]
        for text, start in ((texts[one], a), (texts[other], b)):
            found[run].add((text.section.path, text.lines[start], text.lines[start + length - 1]))
    longest = sorted(found.items(), key=lambda item: (-len(item[0]), sorted(item[1])))
    return tuple(Passage(len(run), tuple(sorted(at))) for run, at in longest)


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
    times = Counter(chain.from_iterable(text.anchors[::ANCHOR] for text in texts))
    places: defaultdict[int, list[Place]] = defaultdict(list)
    for _, group in groupby(enumerate(texts), key=lambda numbered: numbered[1].note):
        own = list(group)
        for number, text in own:
            shared = {anchor for anchor in places.keys() & text.anchors if times[anchor] <= MOST_PLACES}
            for start, anchor in enumerate(text.anchors) if shared else ():
                if anchor in shared:
                    yield from ((place, (number, start)) for place in places[anchor])
        for number, text in own:
            for start in range(0, len(text.anchors), ANCHOR):
                places[text.anchors[start]].append((number, start))


def longest_run(one: Sequence[str], a: int, other: Sequence[str], b: int) -> tuple[int, int]:
    """How far the equal words around two places reach back, and how many they are."""
    back = 0
    while back < min(a, b) and one[a - back - 1] == other[b - back - 1]:
        back += 1
    on = 0
    while a + on < len(one) and b + on < len(other) and one[a + on] == other[b + on]:
        on += 1
    return back, back + on
