"""Links resolved to what they name, and sections to what they are about."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notesite.errors import Problem
from notesite.identify import identify
from notesite.model import Reference, Section
from notesite.read import read_folder
from notesite.reference import parse_reference, reference
from notesite.split import split

GOLDEN = Path(__file__).parent / "golden" / "identify"
SHARED = Path(__file__).parents[1] / ".." / "shared"
LINKS = [line.split() for line in (GOLDEN / "links.txt").read_text("utf-8").splitlines() if line.strip()]


def identified(folder: Path, papers: Mapping[str, str] | None = None) -> tuple[Sequence[Section], Sequence[Problem]]:
    sources = read_folder(folder)[0]
    return identify([s for source in sources for s in split(source)], {s.path: s for s in sources}, papers)


@pytest.mark.parametrize(("url", "expected"), LINKS)
def test_links(url: str, expected: str) -> None:
    found = reference(url)
    assert str(found if found and found.scheme != "page" else None) == expected


@pytest.mark.skipif(not SHARED.is_dir(), reason="the sample cases are not beside this checkout")
def test_shared_links() -> None:
    for case in json.loads((SHARED / "cases" / "links.json").read_text("utf-8")):
        found = reference(case["url"])
        assert (str(found) if found and found.scheme != "page" else None) == case["reference"], case["url"]


@settings(deadline=None)
@given(st.text(max_size=60) | st.text("https:/.arxivogdp10?&=#%[]()", max_size=60).map("https://".__add__))
def test_any_text_is_a_link_or_none(url: str) -> None:
    assert reference(url) is None or str(reference(url))


@settings(deadline=None)
@given(st.sampled_from([url for url, expected in LINKS if expected != "None"]))
def test_a_reference_is_read_as_it_is_written(url: str) -> None:
    found = reference(url)
    assert found is not None
    assert parse_reference(str(found)) == found


@pytest.mark.parametrize("folder", sorted(p for p in GOLDEN.iterdir() if p.is_dir()), ids=lambda folder: folder.name)
def test_golden(folder: Path, update: bool) -> None:
    sections, problems = identified(folder)
    out = "".join(
        f"{section.id} {section.kind} {section.title}\n    about {section.primary}; links "
        f"{', '.join(map(str, section.references)) or 'nothing'}\n"
        for section in sections
    )
    out += "".join(f"{problem.code} {problem}\n" for problem in problems)
    expected = folder / "expected.txt"
    if update:
        expected.write_text(out, encoding="utf-8")
    assert out == expected.read_text("utf-8")


@pytest.mark.parametrize(
    "key",
    ["Beam search", "beam search", "notes.md:25", "notes.md:Beam search"],
    ids=["title", "case", "line", "heading"],
)
def test_the_author_names_a_section(key: str) -> None:
    sections, problems = identified(GOLDEN / "heading_and_text", {key: "https://arxiv.org/abs/1702.01806"})
    assert {s.title: (s.primary, s.is_stated) for s in sections}["Beam search"] == (
        Reference("arxiv", "1702.01806"),
        True,
    )
    assert not problems


def test_the_author_says_that_two_references_are_one() -> None:
    sections, _ = identified(GOLDEN / "heading_and_text", {"arxiv:2302.04761": "openreview:Yacmpz84TH"})
    assert sections[1].primary == Reference("openreview", "Yacmpz84TH")
    assert Reference("openreview", "Yacmpz84TH") in sections[3].references
    assert Reference("openreview", "Yacmpz84TH") in {link.reference for link in sections[3].links}


def test_a_mistake_in_the_option_is_named() -> None:
    _, problems = identified(
        GOLDEN / "heading_and_text", {"Beam search": "the paper", "Beam serach": "arxiv:1702.01806"}
    )
    assert [problem.message.split(";")[0] for problem in problems] == [
        "papers: 'Beam search': 'the paper' is no link and no reference",
        "papers: 'Beam serach' is no section, title or reference in the notes",
    ]
