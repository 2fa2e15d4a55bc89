"""Find texts that contain one another, edited or not, without comparing all with all.

The measure is the containment of the shorter text in the longer one: the weight of the word bigrams they share over
the weight of the shorter one's. A bigram weighs log(1 + N / df), so that boilerplate counts little; df counts the
*other* texts that have it, so that a single copy does not make its own words common.

The search is prefix filtering (Bayardo, Ma and Srikant, "Scaling up all pairs similarity search", 2007): a text that
has the share t of its weight in common with another one must have some in common among its rarest bigrams, of which so
many are taken that those left out weigh less than t. Only texts that have enough of them are compared, and no pair
above the threshold is missed.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, compress
from math import ceil, fsum, log
from typing import Final

LEFT_OUT: Final = 0.9
"""The bigrams that are not looked up weigh less than this share of what must be in common. With 1, of 400,000 pairs of
10,000 notes that have one rare bigram in common 553 are similar; with 0.9, of 553 that have enough of them all are."""
MOST_TEXTS: Final = 4
"""What stands in more texts than these is a form that notes are written into, not what they say."""
ROUNDING: Final = 1e-9
"""Sums of weights are right up to this."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A text as what is needed to compare it."""

    shared: array[int]
    """Its bigrams that stand in another text as well, each once."""
    in_common: float
    """Their weight."""
    total: float
    """The weight of all its bigrams."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts to be compared with one another, by their place in the sequence given."""

    texts: tuple[Weighed, ...]
    counts: Mapping[int, int]
    """How many texts have each bigram that stands in two or more."""
    weights: Sequence[float]
    """Of a bigram, by how many texts have it."""

    def weigh(self, bigrams: Iterable[int]) -> float:
        """What these bigrams, each in two texts or more, weigh together; the same in whatever order they come."""
        return fsum(map(self.weights.__getitem__, map(self.counts.__getitem__, bigrams)))


def corpus(texts: Sequence[array[int]]) -> Corpus:
    """Weigh texts, each given as its bigrams."""
    counts = {bigram: count for bigram, count in Counter(chain.from_iterable(texts)).items() if count > 1}
    alone = log(1 + len(texts))
    weights = (alone, alone, *(log(1 + len(texts) / others) for others in range(1, len(texts))))
    known = Corpus((), counts, weights)
    return replace(known, texts=tuple(weighed(every, known) for every in texts))


def weighed(every: array[int], texts: Corpus) -> Weighed:
    """The text that has these bigrams."""
    counts = [*map(texts.counts.get, every)]
    shared = array("q", compress(every, counts))
    in_common = fsum(map(texts.weights.__getitem__, filter(None, counts)))
    return Weighed(shared, in_common, in_common + texts.weights[0] * (len(every) - len(shared)))


def containment(texts: Corpus, one: int, other: int) -> float:
    """How much of the shorter of two texts stands in the longer one, 0 to 1."""
    a, b = texts.texts[one], texts.texts[other]
    least = min(a.total, b.total)
    return texts.weigh(set(a.shared).intersection(b.shared)) / least if least else 0.0


def own_containment(texts: Corpus, one: int, other: int) -> float:
    """The same by what the texts say themselves: bigrams of forms, which stand in many texts, do not count."""
    a, b = texts.texts[one], texts.texts[other]
    said = min(own_weight(texts, a), own_weight(texts, b))
    common = (bigram for bigram in set(a.shared).intersection(b.shared) if texts.counts[bigram] <= MOST_TEXTS)
    return texts.weigh(common) / said if said > ROUNDING else 0.0


def is_form(texts: Corpus, text: Weighed) -> bool:
    """Whether all that a text says is said in many texts."""
    return text.total - text.in_common <= ROUNDING and all(texts.counts[bigram] > MOST_TEXTS for bigram in text.shared)


def own_weight(texts: Corpus, text: Weighed) -> float:
    """The weight of the bigrams of a text that are no form's."""
    return text.total - texts.weigh(bigram for bigram in text.shared if texts.counts[bigram] > MOST_TEXTS)


def contained(
    texts: Corpus, thresholds: Sequence[float], places: Iterable[int] | None = None
) -> Iterator[tuple[int, int, float]]:
    """Every pair of texts whose containment reaches the threshold of the shorter one: shorter, longer, containment.

    With `places` only the texts there are compared.
    """
    chosen = range(len(texts.texts)) if places is None else places
    having: defaultdict[int, list[int]] = defaultdict(list)
    least: dict[int, int] = {}
    for place in sorted(chosen, key=lambda place: (texts.texts[place].total, place)):
        text = texts.texts[place]
        rare = having.keys() & text.shared
        shared = Counter(chain.from_iterable(map(having.__getitem__, rare)))
        for shorter in (other for other, number in shared.items() if number >= least[other]):
            score = containment(texts, shorter, place)
            if score >= thresholds[shorter]:
                yield shorter, place, score
        rarest, least[place] = prefix(texts, text, thresholds[place])
        for bigram in rarest:
            having[bigram].append(place)


def prefix(texts: Corpus, text: Weighed, threshold: float) -> tuple[list[int], int]:
    """The rarest bigrams of a text, and how many of them every text has that contains it."""
    needed = text.total * threshold - ROUNDING
    if text.in_common < needed:
        return [], 1
    left = text.in_common
    found: list[int] = []
    rarest = sorted(text.shared, key=texts.counts.__getitem__)
    for bigram in rarest:
        if left < needed * LEFT_OUT:
            break
        found.append(bigram)
        left -= texts.weights[texts.counts[bigram]]
    most = texts.weights[texts.counts[rarest[0]]] if rarest else 1.0
    return found, max(1, ceil((needed - left) / most - ROUNDING))
