"""Notes made up for measuring: sentences of real notes put together anew, with words that occur once."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

WORDS = 200
"""Words of a note; the mean of the sample collections."""
RARE = 0.02
"""Share of words that no other note has: names, typing errors, numbers."""
TITLE = 7
SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]


def sentences(folder: Path) -> list[str]:
    """The prose of the Markdown files below a folder."""
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.rglob("*.md"))]
    lines = [re.sub(r"[#>*`|\[\]]|\(http\S+\)", " ", line).strip() for text in texts for line in text.splitlines()]
    return [line for line in lines if len(line.split()) > 5]


def write_notes(target: Path, count: int, prose: list[str], seed: int = 1) -> None:
    """Write that many files of one note each, the same for the same seed."""
    target.mkdir(parents=True, exist_ok=True)
    dice = random.Random(seed)
    for number, (title, text) in enumerate(notes(count, prose, dice)):
        identifier = f"{dice.randrange(15, 26)}{dice.randrange(1, 13):02}.{dice.randrange(100, 20000):05}"
        front = f"---\ntitle: {title!r}\n---\n"
        path = target / f"note-{number:05}.md"
        path.write_text(f"{front}[Paper](https://arxiv.org/abs/{identifier})\n\n{text}\n", encoding="utf-8")


def notes(count: int, prose: list[str], dice: random.Random) -> Iterator[tuple[str, str]]:
    """Titles and texts."""
    for _ in range(count):
        title = " ".join(word(dice) if dice.random() < 0.2 else dice.choice(prose).split()[0] for _ in range(TITLE))
        words: list[str] = []
        while len(words) < WORDS:
            words += [word(dice) if dice.random() < RARE else own for own in dice.choice(prose).split()] + ["\n\n"]
        yield re.sub(r"[^\w\s-]", "", title).capitalize(), " ".join(words)


def word(dice: random.Random) -> str:
    """A word of two to four syllables."""
    return "".join(dice.choice(SYLLABLES) for _ in range(dice.randrange(2, 5)))
