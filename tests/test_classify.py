"""Golden notes, each with its shelf and the reason; the laws of the matcher; the author's options."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notesite.classify import classify
from notesite.errors import NotesiteError
from notesite.labels import TAG_KEYS, labels, tags, unknown_topics
from notesite.lexicon import build_lexicon, find_terms
from notesite.model import Block, Note, Part, Reference, Section
from notesite.read import read_folder
from notesite.split import split
from notesite.stems import stems
from notesite.topics import load_topics

GOLDEN = Path(__file__).parent / "golden" / "classify"
BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
LEXICON = build_lexicon(load_topics())
WITHOUT_PAPERS = replace(LEXICON, papers={}, references={})


def note(title: str, text: str = "", path: str = "notes.md", reference: Reference | None = None) -> Note:
    blocks = (Block("paragraph", 2, 2, text),) if text else ()
    section = Section(path, 1, 2, 2, title, title, 2, "note", blocks=blocks)
    return Note(title, (Part(section),), (reference,) if reference else (), reference)


def golden_notes() -> Iterator[Note]:
    for source in read_folder(GOLDEN / "notes")[0]:
        for section in split(source):
            if section.heading:
                yield Note(section.title, (Part(section),), ())


def test_golden(golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "expected.txt", "".join(map(described, golden_notes())))


def described(note: Note) -> str:
    filing = classify(note, LEXICON)
    also = f" (also {', '.join(filing.also)})" if filing.also else ""
    problems = "".join(f"    problem: {problem}\n" for problem in unknown_topics(note, LEXICON))
    return f"{note.id} {note.title}\n    {filing.topic}{also}{' close' * filing.close}: {filing.why}\n{problems}"


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("Amortizing intractable inference in large language models", "training-and-alignment"),
        ("Prompt injection: what's the worst that can happen?", "safety-and-security"),
        ("Scalable extraction of training data from (production) language models", "safety-and-security"),
        ("Attention is all you need", "resources"),
    ],
)
def test_misleading_titles_without_known_papers(title: str, topic: str) -> None:
    assert classify(note(title), WITHOUT_PAPERS).topic == topic


@pytest.mark.parametrize("what", ["A walk in the park", "arxiv:1706.03762", "walks/park.md", "walks", "walks/"])
def test_author_map(what: str) -> None:
    lexicon = build_lexicon(load_topics(), {what: "Multimodal"})
    filing = classify(
        note("A Walk in the Park", "KV cache", "walks/park.md", Reference("arxiv", "1706.03762")), lexicon
    )
    assert filing.topic == "multimodal"
    assert filing.why.startswith("the author's map")


def test_author_map_with_unknown_topic() -> None:
    with pytest.raises(NotesiteError, match="'cooking', which is no topic"):
        build_lexicon(load_topics(), {"Bread": "cooking"})


def test_known_reference() -> None:
    filing = classify(note("Attention", reference=Reference("arxiv", "1706.03762")), LEXICON)
    assert (filing.topic, filing.why) == ("architectures", "known paper: arxiv:1706.03762")


def test_tags() -> None:
    section = Section(
        "a.md", 1, 2, 2, "A", "A", 1, "note", meta={"tags": "RL; C#, # atari, rl", "category": "RL, games"}
    )
    note = Note("A", (Part(section),), ())
    assert tags(note) == ("RL", "C#", "atari")
    assert labels(note, *TAG_KEYS) == ("RL", "C#", "atari", "rl", "games")


def test_every_term_is_found_where_it_stands_alone() -> None:
    listed = {(term.label, term.topic) for terms in LEXICON.terms.values() for term in terms}
    assert not [
        label for label, topic in listed if topic not in [found.topic for found, _ in find_terms(label, LEXICON)]
    ]


@settings(deadline=None)
@given(st.lists(st.sampled_from(["attention", "is", "all", "you", "need", "KV", "cache", "of", "experts"])))
def test_terms_do_not_overlap(words: list[str]) -> None:
    places = [at for _, at in find_terms(" ".join(words), LEXICON)]
    assert places == sorted(places)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["The KV cache grows.", "Agents call tools.", "Reward models."]), max_size=5))
def test_order_of_sentences_does_not_matter(sentences: list[str]) -> None:
    assert classify(note("X", " ".join(sentences)), LEXICON) == classify(
        note("X", " ".join(reversed(sentences))), LEXICON
    )


def test_held_back_titles_are_no_known_papers() -> None:
    lines = (BENCHMARKS / "topics_held_back.txt").read_text(encoding="utf-8").splitlines()
    titles = [line.split(" | ", 1)[1] for line in lines if not line.startswith("#")]
    assert len(titles) > 150
    assert not [title for title in titles if stems(title) in LEXICON.papers]
