"""What notes speak of: how often each word and each term of the topics stands in them, found once for all who ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final, TypeVar

from notesite.lexicon import Lexicon, Term, terms_of
from notesite.model import Note, Section
from notesite.once import Once, anew
from notesite.stems import prose, stem, words

LETTERS: Final = 4
MANNER: Final = frozenset(
    "able about after again also another around arxiv basically because been before being best better between both"
    " could doe does done each even ever every find from gave github give given good have having here http interesting"
    " into just know large less like likely look made make many maybe more most much need never nice only openreview"
    " other over pretty quickly really same seem should show similar since some something still such take than that"
    " their them then there these they thing think this those through time using variou very want well were what when"
    " where which while will with without work would year your".split()
)
"""Words with less than LETTERS letters, and these, as stems, say how an author writes, not what about."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Said:
    """What is said in a text, and how often."""

    words: Mapping[str, int]
    """The stems that can say what a text is about."""
    terms: Mapping[Term, int]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What is said in a note; edited copies say it again and do not count."""

    title: Said
    text: Said
    """In what the author wrote on the subject."""
    lists: Said
    """In lists of links, whose words are the titles of others."""

    def words(self, title: int) -> dict[str, int]:
        """All words, those of the title counted so many times."""
        return total(((title, self.title.words), (1, self.text.words), (1, self.lists.words)))

    def terms(self, title: int) -> dict[Term, int]:
        """All terms, those of the title counted so many times."""
        return total(((title, self.title.terms), (1, self.text.terms), (1, self.lists.terms)))


def vocabulary(note: Note, lexicon: Lexicon) -> Vocabulary:
    """What is said in a note."""
    return vocabularies([note], lexicon)[0]


def vocabularies(notes: Sequence[Note], lexicon: Lexicon, once: Once = anew) -> list[Vocabulary]:
    """What is said in each of the notes."""
    shown = [part.section for note in notes for part in note.parts]
    texts = iter(once.each(said_in, [(section.id, section, lexicon) for section in shown]))
    titles = once.each(said, [(note.id, note.title, lexicon) for note in notes])
    calls = [
        (note.id, title, " ".join(part.section.kind for part in note.parts), tuple(islice(texts, len(note.parts))))
        for note, title in zip(notes, titles, strict=True)
    ]
    return once.each(spoken, calls)


def spoken(title: Said, kinds: str, texts: Sequence[Said]) -> Vocabulary:
    """What is said in a title and in texts of these kinds."""
    parts = list(zip(kinds.split(), texts, strict=True))
    return Vocabulary(
        title,
        together(text for kind, text in parts if kind != "links"),
        together(text for kind, text in parts if kind == "links"),
    )


def said_in(section: Section, lexicon: Lexicon) -> Said:
    """What is said in the prose of a section."""
    return said(prose(section), lexicon)


def said(text: str, lexicon: Lexicon) -> Said:
    """What is said in a text."""
    written = words(text)
    compared = tuple(map(stem, written))
    terms = Counter(term for term, _ in terms_of(written, compared, lexicon))
    return Said({word: count for word, count in Counter(compared).items() if is_subject(word)}, terms)


@cache
def is_subject(word: str) -> bool:
    """Whether a stem can say what a text is about."""
    return len(word) >= LETTERS and word not in MANNER and not word.isdecimal()


def together(texts: Iterable[Said]) -> Said:
    """What is said in several texts."""
    several = list(texts)
    if len(several) == 1:
        return several[0]
    return Said(total((1, each.words) for each in several), total((1, each.terms) for each in several))


def total(counts: Iterable[tuple[int, Mapping[T, int]]]) -> dict[T, int]:
    """The sum of counts, each taken so many times."""
    sums: dict[T, int] = {}
    for times, each in counts:
        for what, count in each.items():
            sums[what] = sums.get(what, 0) + times * count
    return sums
