"""Which notes to read next: those that link to each other, name the same references, or are about the same things."""

from __future__ import annotations

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from math import log, log2, sqrt
from typing import Final

from notesite.model import Note
from notesite.once import Once, anew
from notesite.vocabulary import Vocabulary

Pair = tuple[int, int]
"""Places of two notes, the smaller first."""
Vector = Mapping[str, float]
"""What a note is compared by: references, or terms and words, with their weights."""

MOST: Final = 5
MUTUAL: Final = 3
"""A note shows at most MOST others: its MUTUAL closest, then those that have it among their own MUTUAL closest."""
LINK: Final = 4.0
REFERENCE: Final = 2.0
SIMILAR: Final = 2.0
"""The weights of a link, of a reference that only two notes share, and of a cosine of 1: a link outweighs words."""
SAME_SHELF: Final = 0.05
OTHER_SHELF: Final = 0.15
"""Below these cosines, notes on one shelf, or on two, mostly share their authors' style. Of the notes in `notes/` 99 %
have at least one other and 86 % three; half of the first brings a third more pairs, half of the second two thirds."""
PLAIN: Final = 0.4
"""The weight of a word, or of a system's name, relative to a term of the lexicon."""
TITLE: Final = 3
"""A title counts as often as this in the text."""
SIGNATURE: Final = 20
"""Notes are compared by so many terms and words, the weightiest; more take longer and find the same notes."""
COMMON: Final = 50
"""What more notes share than these says little about any two, and comparing all pairs would be slow."""
SHOWN: Final = 3
"""Shared references and words shown as the reason."""


@dataclass(frozen=True, slots=True)
class Related:
    """A note to read next, and why."""

    note: int
    """Its place in the sequence of notes."""
    why: str
    """The reason in words, such as `both name arxiv:1706.03762; both about rotary, position`."""


def related(
    notes: Sequence[Note], vocabularies: Sequence[Vocabulary], links: Iterable[Pair] = (), once: Once = anew
) -> list[tuple[Related, ...]]:
    """For each note, filed already, up to MOST others, the closest first; `links` are places (from, to) of links."""
    linked = {(min(pair), max(pair)) for pair in (*links, *citations(notes)) if pair[0] != pair[1]}
    references = [dict.fromkeys(map(str, note.references), 1.0) for note in notes]
    vectors = signatures(once.each(weighted_terms, [(n.id, said) for n, said in zip(notes, vocabularies, strict=True)]))
    similar = similarities(vectors, [note.filing.topic for note in notes])
    closest = ranked(scored(linked, references, similar))
    return [
        tuple(Related(other, reason(linked, references, vectors, note, other)) for other in chosen(note, closest))
        for note in range(len(notes))
    ]


def citations(notes: Sequence[Note]) -> Iterator[Pair]:
    """Notes that name the paper or system which another note is about."""
    owner = {note.primary: place for place, note in enumerate(notes) if note.primary}
    return ((place, owner[name]) for place, note in enumerate(notes) for name in note.references if name in owner)


def signatures(counts: Sequence[Vector]) -> list[Vector]:
    """For each note its SIGNATURE weightiest terms and words by tf-idf, as a vector of length 1."""
    held = Counter(chain.from_iterable(counts))
    rarity = {label: log(1 + len(counts) / number) for label, number in held.items() if 1 < number <= COMMON}
    vectors: list[Vector] = []
    for count in counts:
        weights = {label: weight * rarity[label] for label, weight in count.items() if label in rarity}
        best = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:SIGNATURE]
        length = sqrt(sum(weight * weight for _, weight in best)) or 1.0
        vectors.append({label: weight / length for label, weight in best})
    return vectors


def weighted_terms(said: Vocabulary) -> dict[str, float]:
    """The note's words and the lexicon's terms in it; each counts by the logarithm of how often it stands there."""
    plain = said.words(TITLE)
    terms = said.terms(TITLE)
    weights = {word: PLAIN * (1 + log(number)) for word, number in plain.items()}
    for term, number in terms.items():
        if term.kind in ("terms", "names"):
            weights[term.label] = (1.0 if term.kind == "terms" else PLAIN) * (1 + log(number))
    return weights


def similarities(vectors: Sequence[Vector], shelves: Sequence[str]) -> dict[Pair, float]:
    """The cosine of each pair that is about the same things."""
    shared = holders(vectors)
    found: dict[Pair, float] = {}
    for a, vector in enumerate(vectors):
        sums: defaultdict[int, float] = defaultdict(float)
        for label, weight in vector.items():
            places = shared.get(label, [])
            for b in places[bisect(places, a) :]:
                sums[b] += weight * vectors[b][label]
        for b, cosine in sums.items():
            if cosine >= (SAME_SHELF if shelves[a] == shelves[b] else OTHER_SHELF):
                found[a, b] = cosine
    return found


def holders(vectors: Sequence[Vector]) -> dict[str, list[int]]:
    """For each reference, term or word that at least two notes share, and not too many, their places in order."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, vector in enumerate(vectors):
        for name in vector:
            places[name].append(place)
    return {name: held for name, held in places.items() if 1 < len(held) <= COMMON}


def scored(linked: Iterable[Pair], references: Sequence[Vector], similar: Mapping[Pair, float]) -> dict[Pair, float]:
    """How close each pair of notes is; pairs that have nothing in common are left out."""
    scores = defaultdict(float, dict.fromkeys(linked, LINK))
    for places in holders(references).values():
        for pair in combinations(places, 2):
            scores[pair] += REFERENCE / log2(len(places))
    for pair, cosine in similar.items():
        scores[pair] += SIMILAR * cosine
    return scores


def ranked(scores: Mapping[Pair, float]) -> dict[int, list[int]]:
    """For each note the others, the closest first."""
    others: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    for (a, b), score in scores.items():
        others[a].append((-score, b))
        others[b].append((-score, a))
    return {note: [other for _, other in sorted(found)] for note, found in others.items()}


def chosen(note: int, closest: Mapping[int, Sequence[int]]) -> list[int]:
    """The notes shown with a note: its own closest, then those to which it is one of the closest, then the rest."""
    others = closest.get(note, ())
    mutual = [other for other in others[MUTUAL:] if note in closest[other][:MUTUAL]]
    return list(dict.fromkeys((*others[:MUTUAL], *mutual, *others)))[:MOST]


def reason(linked: set[Pair], references: Sequence[Vector], vectors: Sequence[Vector], note: int, other: int) -> str:
    """Why two notes are related, in words."""
    names = strongest(references[note], references[other])
    subjects = strongest(vectors[note], vectors[other])
    parts = (
        "one names the other" if (min(note, other), max(note, other)) in linked else "",
        f"both name {', '.join(names)}" if names else "",
        f"both about {', '.join(subjects)}" if subjects else "",
    )
    return "; ".join(filter(None, parts))


def strongest(a: Vector, b: Vector) -> list[str]:
    """What both notes have, the weightiest first; a word that is part of a term already listed is left out."""
    found: list[str] = []
    for name in sorted(a.keys() & b.keys(), key=lambda name: (-a[name] * b[name], name)):
        if not any(name in other.casefold() for other in found):
            found.append(name)
    return found[:SHOWN]
