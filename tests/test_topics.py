"""The default topics, and the author's `topics:` option."""

from __future__ import annotations

from typing import Any

import pytest

from notesite.classify import classify
from notesite.errors import NotesiteError
from notesite.lexicon import build_lexicon
from notesite.model import Note, Part, Section
from notesite.topics import Topic, load_topics

DEFAULT = [
    *("architectures", "attention", "inference", "sampling", "training-and-alignment", "prompting-and-reasoning"),
    *("agents-and-tools", "evaluation", "safety-and-security", "multimodal", "applications", "resources"),
]


def keys(options: object) -> list[str]:
    return [topic.key for topic in load_topics(options)]


def only(options: object, key: str) -> Topic:
    return next(topic for topic in load_topics(options) if topic.key == key)


def test_default_topics() -> None:
    topics = load_topics()
    assert [topic.key for topic in topics] == DEFAULT
    assert all(topic.name and topic.intro.endswith(".") for topic in topics)
    assert sum(len(topic.terms) + len(topic.names) for topic in topics) > 1000


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"robotics": {"terms": ["gripper"]}}, [*DEFAULT[:-1], "robotics", "resources"]),
        ({"sampling": False, "multimodal": {"name": "Vision"}}, [key for key in DEFAULT if key != "sampling"]),
        (["inference", "attention", "..."], ["inference", "attention", "architectures", *DEFAULT[3:]]),
        (["Vision", {"nlp": {"terms": ["parsing"]}}], ["vision", "nlp", "resources"]),
        (["resources", "Safety and security"], ["resources", "safety-and-security"]),
    ],
)
def test_order(options: object, expected: list[str]) -> None:
    assert keys(options) == expected


def test_renamed() -> None:
    topic = only({"attention": {"name": "Positions", "intro": "Where tokens are.", "terms": ["compass"]}}, "attention")
    assert (topic.name, topic.intro, topic.terms[-1]) == ("Positions", "Where tokens are.", "compass")
    assert len(topic.terms) > 100


def test_replaced() -> None:
    topic = only({"attention": {"replace": True, "terms": "compass"}}, "attention")
    assert (topic.name, topic.terms, topic.headings) == ("Attention", ("compass",), ())


def test_new_topic_is_found_by_its_name() -> None:
    lexicon = build_lexicon(load_topics(["...", "Protein folding"]))
    section = Section("a.md", 1, 2, 2, "Protein folding at home", "Protein folding at home", 1, "note")
    filing = classify(Note(section.title, (Part(section),), ()), lexicon)
    assert "protein-folding" in (filing.topic, *filing.also)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("attention", "a list or a mapping of topics is wanted, not 'attention'"),
        (["attention", "attention"], "'attention' is listed twice"),
        (["attention", 3], "in the list, not 3"),
        ({"?": {}}, "'\\?' is no name for a topic"),
        ({"attention": "compass"}, "attention: fields such as `name:` and `terms:` are wanted"),
        ({"attention": {"term": ["compass"]}}, "attention: unknown field 'term'; there are broad, headings"),
        ({"attention": {"terms": 3}}, "attention: terms: a list is wanted, not 3"),
        ({"attention": {"terms": ["a", 3]}}, "attention: terms: a text is wanted, not 3; put it in quotes"),
        ({"attention": {"name": ""}}, "attention: name: a text is wanted"),
    ],
)
def test_mistakes(options: Any, message: str) -> None:
    with pytest.raises(NotesiteError, match=message):
        load_topics(options)
