from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from conftest import ROOT, shared
from notesite.build import build
from notesite.citing import bibtex, name_parts, names, tex
from notesite.model import Block, Link, Note, Part, Reference, Section
from notesite.papers import reference_year, year
from notesite.shelves import papers_by_year


def note(title: str, primary: Reference | None = None, **meta: object) -> Note:
    section = Section("a.md", 1, 2, 3, title, title, 2, "note", blocks=(Block("paragraph", 3, 3, "Text."),), meta=meta)
    return Note(title, (Part(section),), (), primary, slug=title.lower().replace(" ", "-"))


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("arxiv:1706.03762", "2017"),
        ("arxiv:hep-th/9901001", "1999"),
        ("arxiv:cs.CL/0301012", "2003"),
        ("acl:P17-1001", "2017"),
        ("acl:2020.acl-main.1", "2020"),
        ("doi:10.1109/CVPR.2016.90", "2016"),
        ("doi:10.1162/neco.1997.9.8.1735", "1997"),
        ("doi:10.1038/s41586-020-2649-2", None),
        ("cvf:He_Deep_Residual_Learning_CVPR_2016", "2016"),
        ("pmlr:v139/radford21a", "2021"),
        ("jmlr:v3/bengio03a", "2003"),
        ("usenix:sec24-carlini", "2024"),
        ("neurips:3f5ee243547dee91fbd053c1c4a845aa", None),
        ("repo:openai/2024", None),
    ],
)
def test_the_reference_tells_the_year(reference: str, expected: str | None) -> None:
    scheme, _, name = reference.partition(":")
    assert reference_year(Reference(scheme, name)) == expected


def test_the_author_tells_the_year() -> None:
    assert year(note("A", Reference("arxiv", "1706.03762"), year=2018)) == "2018"
    assert year(note("A", year="n. d.")) is None


def test_papers_stand_by_year() -> None:
    old, new, undated = (
        note("Old", Reference("arxiv", "1706.03762")),
        note("New", Reference("arxiv", "2401.00001")),
        note("Odd", Reference("openreview", "abc")),
    )
    years = papers_by_year([undated, old, new, note("No paper"), note("Code", Reference("repo", "a/b"))])
    assert years == {"2024": (new,), "2017": (old,), "undated": (undated,)}


def test_bibtex_says_what_is_known() -> None:
    paper = note("Q & A", Reference("arxiv", "1706.03762"), authors=["Ada Lovelace", "Alan Turing", "et al."])
    assert bibtex(paper) == (
        "@misc{q-&-a,\n"
        "  title = {{Q \\& A}},\n"
        "  author = {Lovelace, Ada and Turing, Alan and others},\n"
        "  year = {2017},\n"
        "  eprint = {1706.03762},\n"
        "  archivePrefix = {arXiv},\n"
        "  url = {https://arxiv.org/abs/1706.03762},\n"
        "}"
    )
    assert bibtex(note("Code", Reference("repo", "a/b"))) is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Ada Lovelace", ("Lovelace", "Ada", "", "")),
        ("Laurens van der Maaten", ("Maaten", "Laurens", "van der", "")),
        ("Maaten, Laurens", ("Maaten", "Laurens", "", "")),
        ("van der Maaten, Laurens", ("Maaten", "Laurens", "van der", "")),
        ("Martin Luther King Jr.", ("King", "Martin Luther", "", "Jr.")),
        ("King, Jr., Martin Luther", ("King", "Martin Luther", "", "Jr.")),
        ("Aidan N. Gomez", ("Gomez", "Aidan N.", "", "")),
        ("Łukasz Kaiser", ("Kaiser", "Łukasz", "", "")),
        ("John Smith III", ("Smith", "John", "", "III")),
        ("DeepSeek-AI", ("DeepSeek-AI", "", "", "")),
        ("Gemini Team", ("Gemini Team", "", "", "")),
        ("Google, Inc.", ("Google, Inc.", "", "", "")),
        ("bell hooks", ("hooks", "bell", "", "")),
        ("Plato", ("Plato", "", "", "")),
        ("a, b, c, d", ("a, b, c, d", "", "", "")),
        (",", (",", "", "", "")),
    ],
)
def test_names(text: str, parts: tuple[str, str, str, str]) -> None:
    name = name_parts(text)
    assert (name.family, name.given, name.particle, name.suffix) == parts


def read_back(entry: str) -> tuple[str, list[str]]:
    """Title and authors as pybtex reads them."""
    (found,) = parse_string(entry, "bibtex").entries.values()
    return found.fields["title"], [str(person) for person in found.persons.get("author", [])]


def test_a_formula_in_a_title_stays_one() -> None:
    paper = replace(note("50% of $x_i$ in {A}", Reference("doi", "10.1000/1")), slug="key")
    title, _ = read_back(str(bibtex(paper)))
    assert title == r"{50\% of $x_i$ in \textbraceleft{}A\textbraceright{}}"


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=8)


@given(
    st.lists(WORDS, min_size=1, max_size=4).map(" ".join),
    st.lists(WORDS.map(lambda word: f"Ada {word}") | st.text(min_size=1), max_size=3),
)
def test_any_bibtex_is_read_by_others(title: str, people: list[str]) -> None:
    paper = replace(note(title, Reference("arxiv", "1706.03762"), authors=people), slug="key")
    read, persons = read_back(str(bibtex(paper)))
    assert read == "{" + tex(title) + "}"
    assert len([person for person in persons if person != "others"]) == len(names(paper))


@pytest.mark.parametrize("folder", ["notes", "seeds"])
def test_all_bibtex_is_read_by_others(folder: str) -> None:
    site = build(ROOT / "notes" if folder == "notes" else shared(folder))
    entries = [entry for one in site.notes if (entry := bibtex(one))]
    found = parse_string("\n".join(entries), "bibtex").entries
    assert len(found) == len(entries) > 80
    assert [key for key, entry in found.items() if not entry.fields["title"].isprintable()] == []


def test_the_address_is_the_authors_own_where_the_paper_tells_none() -> None:
    url = "https://proceedings.mlr.press/v139/radford21a.html"
    paper = note("CLIP", Reference("pmlr", "v139/radford21a"))
    linked = replace(paper.parts[0].section, links=(Link(url, "CLIP", 1, 0, 1, "link", reference=paper.primary),))
    assert f"  url = {{{url}}},\n" in str(bibtex(replace(paper, parts=(Part(linked),))))
