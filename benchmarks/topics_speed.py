"""CPU time to file 10,000 notes and to find related ones: `python benchmarks/topics_speed.py [NOTES]`."""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from time import process_time

from notesite.classify import classify
from notesite.lexicon import build_lexicon
from notesite.model import Block, Note, Part, Section
from notesite.related import related
from notesite.topics import Topic, load_topics
from notesite.vocabulary import vocabulary

WORDS = 200
"""Length of a note, as in the sample collections."""
TERMS = 0.15
"""Share of phrases that are terms of the note's topic."""


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    start = process_time()
    topics = load_topics()
    lexicon = build_lexicon(topics)
    print(f"lexicon of {len(lexicon.terms)} phrases: {process_time() - start:.2f} s")
    notes = made_up(count, topics)
    start = process_time()
    said = [vocabulary(note, lexicon) for note in notes]
    notes = [replace(note, filing=classify(note, lexicon, own)) for note, own in zip(notes, said, strict=True)]
    print(f"filing {count} notes: {process_time() - start:.2f} s")
    start = process_time()
    related(notes, said)
    print(f"related notes: {process_time() - start:.2f} s")


def made_up(count: int, topics: Sequence[Topic]) -> list[Note]:
    """Notes of random words and of terms of one topic each; the same on every run."""
    dice = random.Random(0)
    vocabulary = ["".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=dice.randint(3, 9))) for _ in range(20_000)]
    common = [1 / (place + 1) for place in range(len(vocabulary))]
    notes = []
    for place in range(count):
        topic = dice.choice(topics)
        plain = dice.choices(vocabulary, common, k=WORDS)
        text = " ".join(dice.choice(topic.terms) if dice.random() < TERMS else word for word in plain)
        title = f"{dice.choice(topic.names)} {' '.join(plain[:5])}"
        block = Block("paragraph", 2, 2, text)
        section = Section("notes.md", place, place + 1, place + 1, title, title, 2, "note", blocks=(block,))
        notes.append(Note(title, (Part(section),), ()))
    return notes


if __name__ == "__main__":
    main()
