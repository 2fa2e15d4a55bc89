"""Long runs of words that stand verbatim in several notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from notesite.model import Note, Passage, Section
from notesite.wording import words

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
    """The words of one section with their lines, and the note it stands on."""

    note: int
    path: str
    words: tuple[str, ...]
    lines: tuple[int, ...]

    def anchor(self, start: int) -> int:
        """A number for the ten words from `start` on; other words have it only by chance."""
        return hash(self.words[start : start + ANCHOR])

    def anchors(self, step: int) -> range:
        """Where ten words begin, at every multiple of `step`."""
        return range(0, len(self.words) - ANCHOR + 1, step)


def passages(notes: Sequence[Note]) -> tuple[Passage, ...]:
    """Runs of twenty words or more that stand in two notes or more, the longest first."""
    texts = [text(place, part.section) for place, note in enumerate(notes) for part in note.parts]
    found: defaultdict[tuple[str, ...], set[tuple[str, int, int]]] = defaultdict(set)
    for (one, a), (other, b), length in runs(texts):
        run = texts[one].words[a : a + length]
        found[run] |= {lines(texts[one], a, length), lines(texts[other], b, length)}
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


def runs(texts: Sequence[Text]) -> Iterator[tuple[Place, Place, int]]:
    """Every longest run that two texts of different notes share: its first word in both, and its length."""
    anchors: defaultdict[int, list[Place]] = defaultdict(list)
    for number, text in enumerate(texts):
        for start in text.anchors(ANCHOR):
            anchors[text.anchor(start)].append((number, start))
    for number, text in enumerate(texts):
        done: dict[Place, int] = {}
        for start in text.anchors(1):
            known = anchors.get(text.anchor(start), ())
            for other, begin in known if len(known) <= MOST_PLACES else ():
                diagonal = other, start - begin
                if texts[other].note >= text.note or start < done.get(diagonal, 0):
                    continue
                back, length = longest_run(texts[other].words, begin, text.words, start)
                done[diagonal] = start - back + length
                if length >= LEAST_WORDS:
                    yield (other, begin - back), (number, start - back), length


def longest_run(one: Sequence[str], a: int, other: Sequence[str], b: int) -> tuple[int, int]:
    """How far the equal words around two places reach back, and how many they are."""
    back = 0
    while back < min(a, b) and one[a - back - 1] == other[b - back - 1]:
        back += 1
    on = 0
    while a + on < len(one) and b + on < len(other) and one[a + on] == other[b + on]:
        on += 1
    return back, back + on


def lines(text: Text, start: int, length: int) -> tuple[str, int, int]:
    """Path, first and last line of a run."""
    return text.path, text.lines[start], text.lines[start + length - 1]
