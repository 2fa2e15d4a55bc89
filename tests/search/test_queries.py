"""What a query finds."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.engine import Engine, document, engine

CASES = yaml.safe_load((Path(__file__).parent / "data" / "queries.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def notes() -> Iterator[Engine]:
    with engine([document(fields) for fields in CASES["notes"]]) as started:
        yield started


def shown(text: str) -> str:
    return html.unescape(re.sub(r"</?mark[^>]*>", "", text))


@pytest.mark.parametrize("case", CASES["queries"].values(), ids=CASES["queries"])
def test_query(notes, case):
    found = notes.search(case["query"])
    titles = [shown(item["title"]) for (item,) in found["items"]]
    first = case.get("first", [])
    assert titles[: len(first)] == first
    assert set(case.get("also", [])) <= set(titles)
    assert found["total"] == case.get("total", found["total"])
    assert found["meant"] == case.get("meant", found["meant"])


@pytest.mark.parametrize(
    "query", ["img", "alert xss", "pitfall", "topic:training", "<script>", '"><b>', "topic:<b> img"]
)
def test_what_notes_say_is_escaped(notes, query):
    for (item,) in notes.search(query)["items"]:
        markup = re.sub(
            r"</?(?:mark data-md-highlight|mark|p class=\"ns-passage\"|p|b class=\"ns-under\"|b)>",
            "",
            item["title"] + item["text"],
        )
        assert not re.search(r"[<>\"']", markup)


def test_words_are_marked_in_the_passage(notes):
    (item,) = notes.search("quantization bits")["items"][0]
    assert "<mark data-md-highlight>quantised</mark>" in item["text"]
    assert "<mark data-md-highlight>bits</mark>" in item["text"]
    assert item["terms"] == {"quantised": True, "bits": True}


def test_heading_that_answers_is_named_and_opened():
    parts = ("A toolkit.", "details-on-gpus", "Details on GPUs", "Bound by memory.", "kv-cache", "KV cache", "")
    notes = [document({"title": "Toolkit", "text": " ".join(filter(None, parts)), "parts": list(parts)})]
    with engine(notes) as started:
        found = started.search("memory bound gpus")
        assert found["anchors"] == ["details-on-gpus"]
        assert shown(found["items"][0][0]["text"]).startswith(
            '<p class="ns-passage"><b class="ns-under">Details on GPUs</b> '
        )
        assert started.search("kv cache")["anchors"] == ["kv-cache"]
        assert started.search("toolkit")["anchors"] == [""]


def test_missing_words_are_told(notes):
    (item,) = notes.search("grouped zebra")["items"][0]
    assert item["terms"]["zebra"] is False


def test_scores_fall(notes):
    scores = [item["score"] for (item,) in notes.search("attention")["items"]]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


def test_filters_are_offered_with_their_numbers(notes):
    facets = notes.search("attention")["facets"]
    assert {"value": "models", "name": "Language models", "count": 1} in facets["topic"]
    assert {facet["value"] for facet in facets["year"]} >= {"2017", "2023"}


def test_word_in_the_making_is_completed(notes):
    assert notes.search("grouped que")["suggest"] == ["query"]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(max_size=40)
    | st.sampled_from(["topic:", 'year:"', "a" * 3000, "attention " * 300, "𝐱 🙂", "\u202e", "(*[", "\\"])
)
def test_whatever_is_typed_is_answered(notes, query):
    found = notes.search(query)
    assert len(found["items"]) <= found["total"]
