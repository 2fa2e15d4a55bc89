"""How well titles alone are filed: `python benchmarks/topics_accuracy.py [--errors]` on well-known papers.

The first lines of each list say how it came about. `--errors` shows the mistakes among the known, the others are only
counted.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from notesite.classify import classify
from notesite.lexicon import Lexicon, build_lexicon
from notesite.model import Note, Part, Section
from notesite.topics import load_topics

LISTS = ("topics_papers.txt", "topics_held_back.txt", "topics_fresh.txt", "topics_foreign.txt")


class Labelled(NamedTuple):
    """A paper's title, its shelf and, where there are two, the shelf that is right as well."""

    title: str
    accepted: tuple[str, ...]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--errors", action="store_true", help="show the mistakes among those not held back")
    lexicon = build_lexicon(load_topics())
    for name in LISTS:
        print(f"{name}: {accuracy(load_papers(name), lexicon)}")
    if arguments.parse_args().errors:
        show_errors(load_papers(LISTS[0]), lexicon)


def load_papers(name: str) -> list[Labelled]:
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    pairs = (line.split(" | ", 1) for line in lines if not line.startswith("#"))
    return [Labelled(title, tuple(topics.split(", "))) for topics, title in pairs]


def titled(title: str) -> Note:
    """A note of which nothing is known but its title."""
    section = Section("notes.md", 1, 2, 2, title, title, 2, "note")
    return Note(title, (Part(section),), ())


def accuracy(papers: Iterable[Labelled], lexicon: Lexicon) -> str:
    """The share filed on the first shelf, and on the first or second."""
    right = Counter[str]()
    for paper in papers:
        topic = classify(titled(paper.title), lexicon).topic
        right.update({"all": 1, "primary": topic == paper.accepted[0], "accepted": topic in paper.accepted})
    primary, accepted = (right[kind] / right["all"] for kind in ("primary", "accepted"))
    return f"{right['all']} titles, primary {primary:.3f}, accepted {accepted:.3f}"


def show_errors(papers: Iterable[Labelled], lexicon: Lexicon) -> None:
    for paper in papers:
        filing = classify(titled(paper.title), lexicon)
        if filing.topic not in paper.accepted:
            print(f"{paper.title}\n    {filing.topic}, not {paper.accepted[0]}: {filing.why}")


if __name__ == "__main__":
    main()
