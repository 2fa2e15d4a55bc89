"""Deterministic collections for measuring speed: many notes to a file, or one, with prose, formulas, code and copies."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Final

NOTES: Final = Path(__file__).parents[1] / "notes"
"""Where the words come from, as often as they stand there."""
RARE: Final = 0.03
"""Share of words that hardly any other note has: names, typing errors, numbers."""
COPIED: Final = 0.1
"""Share of notes that stand a second time elsewhere, every other one with words added."""
PER_FILE: Final = 25
"""Notes in a packed file."""
WORDS: Final = 180
FORMULAS: Final = (r"x_{%d} = W x + b", r"\frac{1}{%d} \sum_i \exp(q^\top k_i)", r"O(n^2 / %d)")
CODE: Final = "```python\nfor step in range(%d):\n    loss = model(batch).mean()\n```"


def notes(count: int, seed: int = 0) -> Iterator[tuple[str, str]]:
    """Titles and texts of that many notes; copies have a title of their own, as authors rename them."""
    dice = random.Random(seed)
    written: list[tuple[str, str]] = []
    words = vocabulary()
    for number in range(count):
        if number > 10 and dice.random() < COPIED:
            title, text = dice.choice(written)
            yield title, text + (f"\n\n{sentence(dice, words)}" if number % 2 else "")
            continue
        written.append((title_of(dice, words), text_of(dice, words)))
        yield written[-1]


def vocabulary() -> tuple[list[str], list[int]]:
    """The words of the project's own notes, and how often each stands there, summed up."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(NOTES.rglob("*.md"))]
    words = re.findall(r"[A-Za-z][A-Za-z-]+[a-z]", re.sub(r"\(http\S+\)|\$[^$]+\$|`[^`]+`", " ", " ".join(texts)))
    counts = {word: 0 for word in words}
    for word in words:
        counts[word] += 1
    return list(counts), list(accumulate(counts.values()))


def sentence(dice: random.Random, words: tuple[list[str], list[int]]) -> str:
    """8 to 20 words."""
    drawn = dice.choices(words[0], cum_weights=words[1], k=dice.randint(8, 20))
    shown = [f"{word}{dice.randrange(10_000)}" if dice.random() < RARE else word for word in drawn]
    return " ".join(shown).capitalize() + "."


def title_of(dice: random.Random, words: tuple[list[str], list[int]]) -> str:
    """Four to six words and a name that no other note has."""
    name = "".join(dice.choice("bdfgklmnprst") + dice.choice("aeiou") for _ in range(4)).capitalize()
    return f"{name}: {' '.join(dice.choices(words[0], k=dice.randint(4, 6)))}"


def text_of(dice: random.Random, words: tuple[list[str], list[int]]) -> str:
    """A link to the paper, paragraphs, bullets, a formula in every other note, code in every fifth."""
    paper = f"{dice.randrange(15, 26)}{dice.randrange(1, 13):02}.{dice.randrange(1, 20_000):05}"
    blocks = [f"[Paper](https://arxiv.org/abs/{paper})"]
    length = 0
    while length < WORDS:
        lines = [sentence(dice, words) for _ in range(dice.randint(2, 4))]
        length += len(" ".join(lines).split())
        blocks.append("\n".join(f"- {line}" for line in lines) if dice.random() < 0.5 else " ".join(lines))
    if dice.random() < 0.5:
        blocks.insert(2, f"The update is ${dice.choice(FORMULAS) % dice.randrange(1, 5_000)}$ in every step.")
    if dice.random() < 0.2:
        blocks.append(CODE % dice.randrange(1_000))
    return "\n\n".join(blocks)


def write_packed(folder: Path, count: int, seed: int = 0) -> None:
    """PER_FILE notes to a file, each below a heading."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, some in enumerate(batched_notes(count, seed)):
        text = "\n\n".join(f"## {title}\n\n{text}" for title, text in some)
        (folder / f"papers-{number:04}.md").write_text(f"# Papers {number}\n\n{text}\n", encoding="utf-8")


def write_single(folder: Path, count: int, seed: int = 0) -> None:
    """One note to a file, in as many folders as packed files: what other generators make a page of."""
    for number, some in enumerate(batched_notes(count, seed)):
        below = folder / f"part-{number:04}"
        below.mkdir(parents=True, exist_ok=True)
        for place, (title, text) in enumerate(some):
            front = f'---\ntitle: "{title}"\n---\n'
            (below / f"note-{place:02}.md").write_text(f"{front}\n{text}\n", encoding="utf-8")


def batched_notes(count: int, seed: int) -> Iterator[list[tuple[str, str]]]:
    some: list[tuple[str, str]] = []
    for note in notes(count, seed):
        some.append(note)
        if len(some) == PER_FILE:
            yield some
            some = []
    if some:
        yield some
