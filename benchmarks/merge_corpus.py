"""Synthetic notes with labelled copies: subsets, supersets, edits, reordered bullets, shared templates and short notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Final

VOCABULARY: Final = 30_000
ZIPF: Final = 1.0
"""Words are as unequally frequent as in English prose."""
COPIED: Final = 0.1
"""One text in ten has a copy."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """Notes as lists of sentences, and which of them are copies of which."""

    texts: list[list[list[str]]]
    pairs: dict[tuple[int, int], str]
    """Places of a text and its copy, with the kind of copy."""


def generate(number: int, seed: int = 0) -> Labelled:
    """About `number` notes, the same for the same seed."""
    draw = Random(seed)
    words = [f"w{rank}" for rank in range(VOCABULARY)]
    weights = list(accumulate(1 / (rank + 10) ** ZIPF for rank in range(VOCABULARY)))

    def sentence(least: int = 6, most: int = 18) -> list[str]:
        return draw.choices(words, cum_weights=weights, k=draw.randint(least, most))

    template = [sentence() for _ in range(3)]
    originals = [[sentence() for _ in range(draw.randint(2, 14))] for _ in range(round(number / (1 + COPIED)))]
    for text in originals[::20]:
        text[:0] = template
    labelled = Labelled(originals, {})
    for place in draw.sample(range(len(originals)), round(number - len(originals))):
        kind = draw.choice(list(KINDS))
        labelled.pairs[place, len(originals)] = kind
        originals.append(KINDS[kind](originals[place], sentence, draw))
    return labelled


type_of_sentence = Callable[[], list[str]]


def subset(text: list[list[str]], _: type_of_sentence, draw: Random) -> list[list[str]]:
    kept = sorted(draw.sample(range(len(text)), max(2, round(len(text) * draw.uniform(0.4, 0.9)))))
    return [text[place] for place in kept]


def superset(text: list[list[str]], sentence: type_of_sentence, draw: Random) -> list[list[str]]:
    return [*text, *(sentence() for _ in range(draw.randint(1, len(text))))]


def reordered(text: list[list[str]], _: type_of_sentence, draw: Random) -> list[list[str]]:
    return draw.sample(text, len(text))


def edited(share: float) -> Callable[[list[list[str]], type_of_sentence, Random], list[list[str]]]:
    """Runs of words replaced, dropped or put in, until that share of the words has changed."""

    def edit(text: list[list[str]], sentence: type_of_sentence, draw: Random) -> list[list[str]]:
        words = [word for line in text for word in line]
        left = round(share * len(words))
        while left > 0:
            run = min(left, draw.randint(1, 8))
            at = draw.randrange(max(1, len(words) - run))
            action = draw.choice(("replace", "drop", "put in"))
            fresh = [] if action == "drop" else sentence()[:run]
            words[at : at if action == "put in" else at + run] = fresh
            left -= run
        return [words]

    return edit


KINDS: Final = {
    "subset": subset,
    "superset": superset,
    "reordered": reordered,
    "edited 5 %": edited(0.05),
    "edited 10 %": edited(0.1),
    "edited 20 %": edited(0.2),
    "edited 30 %": edited(0.3),
    "edited 40 %": edited(0.4),
}
