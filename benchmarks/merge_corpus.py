"""Synthetic notes with labelled copies: subsets, supersets, edits, reordered bullets, templates and short notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random
from typing import Final

VOCABULARY: Final = 30_000
SHIFT: Final = 10
"""Words are as unequally frequent as in English prose: one in rank + SHIFT."""
COPIED: Final = 0.1
"""One note in ten has a copy."""
RENAMED: Final = 0.2
"""Of the copies, those with another title."""
FORM: Final = 20
"""One note in so many is written into the same form."""
LEAST_EDITED: Final = 40
"""Words; a shorter text with a third of its words changed is no copy that anyone would know again."""

Sentences = list[list[str]]
Write = Callable[[], list[str]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Notes as titles and sentences, and which of them are copies of which."""

    titles: list[str] = field(default_factory=list)
    texts: list[Sentences] = field(default_factory=list)
    pairs: dict[tuple[int, int], str] = field(default_factory=dict)
    """Places of a text and its copy, with the kind of copy."""


def generate(number: int, seed: int = 0) -> Labelled:
    """`number` notes of 100 words on average, the same for the same seed."""
    draw = Random(seed)
    words = [f"w{rank}" for rank in range(VOCABULARY)]
    weights = list(accumulate(1 / (rank + SHIFT) for rank in range(VOCABULARY)))

    def sentence() -> list[str]:
        return draw.choices(words, cum_weights=weights, k=draw.randint(6, 18))

    form = [sentence() for _ in range(3)]
    labelled = Labelled()
    for place in range(round(number / (1 + COPIED))):
        text = [sentence() for _ in range(draw.randint(2, 14))]
        labelled.texts.append([*form, *text] if place % FORM == 0 else text)
        labelled.titles.append(new_title(draw))
    for place in draw.sample(range(len(labelled.texts)), number - len(labelled.texts)):
        text, title = labelled.texts[place], labelled.titles[place]
        length = sum(map(len, text))
        kind = draw.choice([kind for kind in KINDS if length >= LEAST_EDITED or kind not in LONG_ONLY])
        labelled.pairs[place, len(labelled.texts)] = kind
        labelled.texts.append(KINDS[kind](text, sentence, draw))
        labelled.titles.append(new_title(draw) if length >= LEAST_EDITED and draw.random() < RENAMED else title)
    return labelled


def new_title(draw: Random) -> str:
    return " ".join(f"topic{draw.randrange(VOCABULARY)}" for _ in range(draw.randint(1, 8)))


def exact(text: Sentences, _: Write, __: Random) -> Sentences:
    return list(text)


def subset(text: Sentences, _: Write, draw: Random) -> Sentences:
    least = round(draw.uniform(0.4, 0.9) * sum(map(len, text)))
    kept = draw.sample(range(len(text)), len(text))
    while len(kept) > 1 and sum(len(text[place]) for place in kept[1:]) >= least:
        kept.pop(0)
    return [text[place] for place in sorted(kept)]


def superset(text: Sentences, sentence: Write, draw: Random) -> Sentences:
    return [*text, *(sentence() for _ in range(draw.randint(1, len(text))))]


def reordered(text: Sentences, _: Write, draw: Random) -> Sentences:
    return draw.sample(text, len(text))


def edited(share: float) -> Callable[[Sentences, Write, Random], Sentences]:
    """Runs of words replaced, dropped or put in, until that share of the words has changed."""

    def edit(text: Sentences, sentence: Write, draw: Random) -> Sentences:
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
    "exact": exact,
    "subset": subset,
    "superset": superset,
    "reordered": reordered,
    "edited 5 %": edited(0.05),
    "edited 10 %": edited(0.1),
    "edited 20 %": edited(0.2),
    "edited 30 %": edited(0.3),
    "edited 40 %": edited(0.4),
}
LONG_ONLY: Final = {"subset", "reordered", "edited 20 %", "edited 30 %", "edited 40 %"}
"""Kinds of copies that are made of texts of LEAST_EDITED words or more only."""
