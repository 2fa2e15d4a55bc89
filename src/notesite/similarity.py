"""Find texts that contain one another, edited or not, without comparing all with all.

The measure is the containment of the shorter text in the longer one: the weight of the word bigrams they share over
the weight of the shorter one's. A bigram weighs log(1 + N / df), so that boilerplate counts little; df counts the
*other* texts that have it, so that a single copy does not make its own words common.

The search is prefix filtering (Bayardo, Ma and Srikant, "Scaling up all pairs similarity search", 2007): a text that
has the share t of its weight in common with another one must share a bigram among its rarest ones that together weigh
more than 1 - t. Only those few are looked up, and no pair above the threshold is missed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from math import log
from typing import Final

BASE: Final = 1 << 32
"""Numbers of two words make one number of a bigram."""
MOST_TEXTS: Final = 4
"""What stands in more texts than these is a form that notes are written into, not what they say."""
ROUNDING: Final = 1e-9
"""Sums of the same weights in another order differ by less."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A text as what is needed to compare it."""

    shared: tuple[int, ...]
    """Its bigrams that stand in another text as well, each once. A tuple takes a quarter of a set's memory, and the
    garbage collector passes it by."""
    total: float
    """The weight of all its bigrams."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts to be compared with one another, by their place in the sequence given."""

    texts: tuple[Weighed, ...]
    weight: Mapping[int, float]
    """Of each bigram that stands in two texts or more."""


def corpus(texts: Sequence[Sequence[str]]) -> Corpus:
    """Weigh texts, each given as its words."""
    seen: set[int] = set()
    repeated: set[int] = set()
    bigrams: list[tuple[int, ...]] = []
    for found in numbered(texts):
        repeated |= seen & found
        seen |= found
        bigrams.append(tuple(found))
    del seen
    shared = [tuple(repeated.intersection(found)) for found in bigrams]
    counts = Counter(chain.from_iterable(shared))
    weight = {bigram: log(1 + len(texts) / (count - 1)) for bigram, count in counts.items()}
    alone = log(1 + len(texts))
    totals = (
        sum(map(weight.__getitem__, some)) + alone * (len(every) - len(some))
        for some, every in zip(shared, bigrams, strict=True)
    )
    return Corpus(tuple(map(Weighed, shared, totals)), weight)


def numbered(texts: Sequence[Sequence[str]]) -> Iterator[set[int]]:
    """The bigrams of each text as numbers; a text of one word has none."""
    numbers: defaultdict[str, int] = defaultdict(lambda: len(numbers))
    for text in texts:
        ids = [numbers[word] for word in text]
        yield {first * BASE + second for first, second in pairwise(ids)}


def containment(texts: Corpus, one: int, other: int) -> float:
    """How much of the shorter of two texts stands in the longer one, 0 to 1."""
    a, b = texts.texts[one], texts.texts[other]
    least = min(a.total, b.total)
    common = set(a.shared).intersection(b.shared)
    return sum(map(texts.weight.__getitem__, common)) / least if least else 0.0


def own_containment(texts: Corpus, one: int, other: int) -> float:
    """The same by what the texts say themselves: bigrams of forms, which stand in many texts, do not count."""
    least = log(1 + len(texts.texts) / (MOST_TEXTS - 1)) - ROUNDING
    common = set(texts.texts[one].shared).intersection(texts.texts[other].shared)
    said = [own_weight(texts, texts.texts[place], least) for place in (one, other)]
    in_common = sum(weight for bigram in common if (weight := texts.weight[bigram]) >= least)
    return in_common / min(said) if min(said) > ROUNDING else 0.0


def own_weight(texts: Corpus, text: Weighed, least: float) -> float:
    """The weight of the bigrams of a text that each weigh at least so much."""
    return text.total - sum(weight for bigram in text.shared if (weight := texts.weight[bigram]) < least)


def contained(texts: Corpus, thresholds: Sequence[float]) -> Iterator[tuple[int, int, float]]:
    """Every pair of texts whose containment reaches the threshold of the shorter one: shorter, longer, containment."""
    prefixes = [prefix(texts, place, threshold) for place, threshold in enumerate(thresholds)]
    places = postings(texts, frozenset(bigram for found in prefixes for bigram in found))
    for place, threshold in enumerate(thresholds):
        order = texts.texts[place].total, place
        seen = {other for bigram in prefixes[place] for other in places[bigram]}
        for other in (other for other in seen if (texts.texts[other].total, other) > order):
            score = containment(texts, place, other)
            if score >= threshold:
                yield place, other, score


def prefix(texts: Corpus, place: int, threshold: float) -> list[int]:
    """The rarest bigrams of a text, one of which every text that contains it must have."""
    text = texts.texts[place]
    in_common = sum(map(texts.weight.__getitem__, text.shared))
    may_lack = in_common - text.total * threshold
    found: list[int] = []
    for bigram in sorted(text.shared, key=texts.weight.__getitem__, reverse=True):
        if may_lack < -ROUNDING:
            break
        found.append(bigram)
        may_lack -= texts.weight[bigram]
    return found


def postings(texts: Corpus, wanted: frozenset[int]) -> Mapping[int, list[int]]:
    """For each wanted bigram the places of the texts that have it."""
    places: defaultdict[int, list[int]] = defaultdict(list)
    for place, text in enumerate(texts.texts):
        for bigram in text.shared:
            if bigram in wanted:
                places[bigram].append(place)
    return places
