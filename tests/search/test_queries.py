"""What a query finds."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import mean
from typing import Final

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import ROOT
from notesite.build import build
from notesite.search.documents import documents
from notesite.search.text import text_of
from search.engine import Engine, document, engine

DATA = Path(__file__).parent / "data"
CASES = yaml.safe_load((DATA / "queries.yml").read_text(encoding="utf-8"))
OWN_NOTES = DATA / "own_notes.txt"
"""Queries on the project's own notes, half remembered and misspelt as they come, each with the notes wanted."""
FEWEST: Final = {"mrr": 0.95, "first": 0.93, "five": 0.97}
"""What they must reach: a little less than they do."""


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
    | st.sampled_from(["topic:", 'year:"', "\u0300", "a" * 3000, "attention " * 300, "𝐱 🙂", "\u202e", "(*[", "\\"])
)
def test_whatever_is_typed_is_answered(notes, query):
    found = notes.search(query)
    assert len(found["items"]) <= found["total"]


def test_queries_on_own_notes():
    site = build(ROOT / "notes")
    urls = {page.uri: f"{page.uri[:-3]}/" for page in site.pages}
    texts = {page.uri: text_of(f"<p>{html.escape(page.text)}</p>") for page in site.pages}
    with engine(list(documents(site, urls, texts))) as started:
        ranks = [rank(started, *line.split(" | ")) for line in OWN_NOTES.read_text(encoding="utf-8").splitlines()]
    reached = {
        "mrr": mean(1 / place if place else 0 for place in ranks),
        "first": mean(place == 1 for place in ranks),
        "five": mean(0 < place <= 5 for place in ranks),
    }
    assert all(reached[name] >= least for name, least in FEWEST.items()), reached


def rank(started: Engine, query: str, wanted: str) -> int:
    """The place of the first wanted note, 0 where none is found."""
    found = [Path(item["location"]).name for (item,) in started.search(query)["items"]]
    return next((place for place, name in enumerate(found, 1) if name in wanted.split()), 0)
