"""The lexicon against other ways to file notes: `python benchmarks/topics_alternatives.py [NOTES_DIR]`.

On the titles of well-known papers: the cosine of tf-idf to the centroid of each topic's terms and papers, alone and
where the lexicon knows nothing. It helps with the latter, 1 title in 100; but notes about no topic at all, which are
kept on `resources`, would be scattered. On a folder of notes: where most notes that share a reference or a group with a
note stand on another shelf. Of the sample notes 5 would move, none to a better shelf: authors' groups are wide.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from math import log, sqrt
from pathlib import Path

from notesite.build import build
from notesite.classify import classify
from notesite.lexicon import build_lexicon
from notesite.model import Note
from notesite.stems import stems
from notesite.topics import Topic, load_topics
from topics_accuracy import Labelled, load_papers, titled


def main() -> None:
    topics = load_topics()
    lexicon = build_lexicon(topics)
    centroid = to_centroids(topics)

    def by_lexicon(title: str) -> str:
        return classify(titled(title), lexicon).topic

    def by_either(title: str) -> str:
        filing = classify(titled(title), lexicon)
        return centroid(title) if filing.why.startswith("no term") else filing.topic

    for name in ("topics_papers.txt", "topics_held_back.txt"):
        papers = load_papers(name)
        for way, file in (("lexicon", by_lexicon), ("tf-idf centroids", centroid), ("lexicon, else tf-idf", by_either)):
            print(f"{name}: {way}: {shares(papers, file)}")
    if len(sys.argv) > 1:
        show_votes(build(Path(sys.argv[1])).notes)


def shares(papers: Sequence[Labelled], file: Callable[[str], str]) -> str:
    """The share of titles filed on the first shelf, and on the first or second."""
    found = [(file(paper.title), paper.accepted) for paper in papers]
    primary = sum(topic == accepted[0] for topic, accepted in found) / len(papers)
    return f"primary {primary:.3f}, accepted {sum(topic in accepted for topic, accepted in found) / len(papers):.3f}"


def to_centroids(topics: Iterable[Topic]) -> Callable[[str], str]:
    """File a title by the cosine of its words and pairs of words to the sum of each topic's entries."""
    entries = [(topic.key, features(text)) for topic in topics for text in (*topic.terms, *topic.hints, *topic.papers)]
    held = Counter(name for _, names in entries for name in set(names))
    weights = {name: log(len(entries) / count) for name, count in held.items()}
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for key, names in entries:
        sums[key].update({name: weights[name] for name in names})
    lengths = {key: sqrt(sum(weight * weight for weight in sums[key].values())) for key in sums}

    def file(title: str) -> str:
        names = features(title)
        return max(sums, key=lambda key: sum(weights.get(n, 0) * sums[key][n] for n in names) / lengths[key])

    return file


def features(text: str) -> list[str]:
    compared = stems(text)
    return [*compared, *(f"{a} {b}" for a, b in pairwise(compared))]


def show_votes(notes: Sequence[Note]) -> None:
    """The notes whose neighbours stand mostly on another shelf."""
    shared: defaultdict[str, list[int]] = defaultdict(list)
    for place, note in enumerate(notes):
        for name in {
            *map(str, note.references),
            *(group for section in note.sections for group in section.groups[-1:]),
        }:
            shared[name].append(place)
    for place, note in enumerate(notes):
        votes = Counter(
            notes[other].filing.topic
            for places in shared.values()
            if place in places
            for other in places
            if other != place
        )
        topic, count = max(votes.items(), key=lambda item: item[1], default=("", 0))
        if count > votes.total() / 2 and count > 1 and topic != note.filing.topic:
            print(f"{note.title}: {note.filing.topic}, by {count} of {votes.total()} votes {topic}")


if __name__ == "__main__":
    main()
