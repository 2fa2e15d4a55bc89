"""File notes under topics, and say why.

In the order of authority: the note's front matter, the author's map, a heading or folder that names a topic, the
well-known papers, the words of the lexicon; what none of them speaks for goes to `resources`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log2
from pathlib import PurePosixPath
from typing import Final, Literal, NamedTuple

from notesite.labels import TAG_KEYS, TOPIC_KEYS, labels
from notesite.lexicon import Kind, Lexicon, Term, find_terms, known_paper
from notesite.model import Filing, Note
from notesite.stems import stems
from notesite.topics import FALLBACK
from notesite.vocabulary import Vocabulary, vocabulary

Place = Literal["heading", "path", "text"]

WEIGHTS: Final[Mapping[Kind, tuple[float, float]]] = {
    "terms": (3.0, 1.0),
    "names": (3.0, 0.1),
    "hints": (1.2, 0.2),
    "vetoes": (-3.0, -1.0),
}
"""The weight of a term in a heading and in a text. Texts are full of names, mostly of baselines. Two hints weigh less
than one term: with 1.8 for a hint, 1 title in 100 more is misfiled (benchmarks/topics_accuracy.py)."""
PATH: Final = 2 / 3
"""The weight of a term in the headings and folders above the note, relative to the note's own heading."""
INSIDE: Final = 0.4
"""The weight of a name further on in a heading, relative to one at the beginning: `ranking with BERT`, `BERT`."""
BEGINNING: Final = 2
"""A name among so many first words counts as the beginning: `The Falcon series`, `Introducing Gemini`."""
MOST_TEXT: Final = 4.0
"""The most that a text weighs for any topic, however long it is: somewhat more than one term in the heading."""
LEAST: Final = 0.8
"""The least weight by which a note is filed under a topic: that of a term in the text or a hint in the heading."""
ALSO: Final = 0.5
"""Another topic is touched when it has this share of the best topic's weight; at most MOST_ALSO are."""
MOST_ALSO: Final = 2
CLOSE: Final = 0.75
"""The second topic comes close with this share. Of the titles in benchmarks/topics_papers.txt, 1 in 9 is close."""
BROAD: Final = 0.8
"""The share of its weight that counts for a broad topic: methods occur in notes on all subjects. With 1.0, 10 of 200
Chinese notes on object detection are filed under networks and training; with 0.7, 1 title in 100 more is misfiled."""
SHOWN: Final = 5
"""Terms shown as the reason."""


class Evidence(NamedTuple):
    """A term in a place, and its weight."""

    place: Place
    label: str
    topic: str
    weight: float

    def __str__(self) -> str:
        return f"{self.place}: {self.label} ({self.weight:.1f})"


class Decision(NamedTuple):
    """A topic and the reason in words."""

    topic: str
    why: str


def classify(note: Note, lexicon: Lexicon, said: Vocabulary | None = None) -> Filing:
    """The shelf of a note, the others that it touches, and the reason; `said` is its vocabulary where that is known."""
    evidence = list(weigh(note, said or vocabulary(note, lexicon), lexicon))
    scores = discounted(totals(evidence), lexicon)
    decided = (
        by_header(note, lexicon, scores)
        or by_map(note, lexicon)
        or by_path(note, lexicon, scores)
        or by_paper(note, lexicon)
    )
    topic, why = decided or by_words(evidence, scores)
    best = max(LEAST, scores.get(topic, 0.0))
    others = [other for other in ranked(scores) if other != topic and scores[other] >= ALSO * best]
    close = not decided and any(scores[other] >= CLOSE * best for other in others)
    return Filing(topic, tuple(others[:MOST_ALSO]), why, close)


def weigh(note: Note, said: Vocabulary, lexicon: Lexicon) -> Iterator[Evidence]:
    """Every term in the note's headings, path and text, with its weight there.

    The text of a list of links is the titles of others: it stands for nothing but its heading.
    """
    sections = note.sections
    headings = dict.fromkeys((note.title, *(title for s in sections for title in (s.title, s.heading))))
    paths = dict.fromkeys(name for s in sections for name in path_names(s.groups, s.path))
    yield from weigh_headings("heading", headings, 1.0, lexicon)
    yield from weigh_headings("path", paths, PATH, lexicon)
    yield from weigh_text(said.text.terms)


def weigh_headings(place: Place, headings: Iterable[str], share: float, lexicon: Lexicon) -> list[Evidence]:
    """The terms of headings, each once, where it says most."""
    best: dict[Term, float] = {}
    for term, at in (found for heading in headings for found in find_terms(heading, lexicon)):
        inside = INSIDE if term.kind == "names" and at >= BEGINNING else 1.0
        weight = WEIGHTS[term.kind][0] * share * inside
        best[term] = max(weight, best.get(term, weight))
    return [Evidence(place, term.label, term.topic, weight) for term, weight in best.items()]


def weigh_text(counts: Mapping[Term, int]) -> list[Evidence]:
    """The terms of a text; a long text does not say more than MOST_TEXT for any topic."""
    found = [
        Evidence("text", term.label, term.topic, WEIGHTS[term.kind][1] * (1 + log2(count)))
        for term, count in counts.items()
    ]
    scale = MOST_TEXT / max((MOST_TEXT, *totals(found).values()))
    return [evidence._replace(weight=evidence.weight * scale) for evidence in found] if scale < 1 else found


def path_names(groups: Sequence[str], path: str) -> tuple[str, ...]:
    """The group headings above a section and the folders above its file, outermost first."""
    return (*PurePosixPath(path).parent.parts, *groups)


def totals(evidence: Iterable[Evidence]) -> dict[str, float]:
    """The weight for each topic."""
    scores: defaultdict[str, float] = defaultdict(float)
    for item in evidence:
        scores[item.topic] += item.weight
    return dict(scores)


def discounted(scores: Mapping[str, float], lexicon: Lexicon) -> dict[str, float]:
    """The weights in the order in which topics are shown, less for broad ones."""
    return {
        topic.key: scores[topic.key] * (BROAD if topic.broad else 1.0)
        for topic in lexicon.topics
        if topic.key in scores
    }


def ranked(scores: Mapping[str, float]) -> list[str]:
    """Topics with the best first; of equals the one that is shown first."""
    return sorted(scores, key=lambda topic: -scores[topic])


def by_header(note: Note, lexicon: Lexicon, scores: Mapping[str, float]) -> Decision | None:
    """The topic that the front matter names; of several tags, the one that the note's words speak for most."""
    for key in (*TOPIC_KEYS, *TAG_KEYS):
        named = {lexicon.named[form]: label for label in labels(note, key) if (form := stems(label)) in lexicon.named}
        if named:
            topic = next(iter(named)) if key in TOPIC_KEYS else max(named, key=lambda topic: scores.get(topic, 0.0))
            return Decision(topic, f"front matter: {key}: {named[topic]}")
    return None


def by_map(note: Note, lexicon: Lexicon) -> Decision | None:
    """The topic that the author's map gives one of the note's references, titles, files or folders."""
    names: list[str | tuple[str, ...]] = [str(reference) for reference in note.references[:1]]
    for section in note.sections:
        names += [stems(section.title), section.path, *map(str, PurePosixPath(section.path).parents)]
    for name in (stems(note.title), *names):
        if topic := lexicon.placed.get(name):
            return Decision(topic, f"the author's map: {name if isinstance(name, str) else note.title}")
    return None


def by_path(note: Note, lexicon: Lexicon, scores: Mapping[str, float]) -> Decision | None:
    """The topic that the innermost heading or folder above the note names, unless its own words speak against it."""
    for section in note.sections:
        for name in reversed(path_names(section.groups, section.path)):
            topic = lexicon.named.get(stems(name))
            if topic and scores.get(topic, 0.0) >= 0:
                return Decision(topic, f"path: {name}")
    return None


def by_paper(note: Note, lexicon: Lexicon) -> Decision | None:
    """The topic of the well-known paper that the note is about."""
    if note.primary and (topic := lexicon.references.get(str(note.primary))):
        return Decision(topic, f"known paper: {note.primary}")
    for section in note.sections:
        for title in (section.title, section.heading):
            if topic := known_paper(title, lexicon):
                return Decision(topic, f"known paper: {title}")
    return None


def by_words(evidence: Iterable[Evidence], scores: Mapping[str, float]) -> Decision:
    """The topic that the note's words speak for most, with the terms that weigh most; else the fallback."""
    best = next(iter(ranked(scores)), FALLBACK)
    if scores.get(best, 0.0) < LEAST:
        return Decision(FALLBACK, "no term of the lexicon speaks for a topic")
    mine = sorted((item for item in evidence if item.topic == best), key=lambda item: (-abs(item.weight), item))
    return Decision(best, ", ".join(map(str, mine[:SHOWN])))
