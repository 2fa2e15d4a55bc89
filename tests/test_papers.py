from __future__ import annotations

import pytest

from notesite.model import Block, Note, Part, Reference, Section
from notesite.papers import bibtex, papers_by_year, reference_year, year


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
    paper = note("Q & A", Reference("arxiv", "1706.03762"), authors=["Ada Lovelace", "Alan Turing"])
    assert bibtex(paper, "Q & A") == (
        "@misc{q-&-a,\n"
        "  title = {{Q \\& A}},\n"
        "  author = {Ada Lovelace and Alan Turing},\n"
        "  year = {2017},\n"
        "  eprint = {1706.03762},\n"
        "  archivePrefix = {arXiv},\n"
        "  url = {https://arxiv.org/abs/1706.03762},\n"
        "}"
    )
    assert bibtex(note("Code", Reference("repo", "a/b")), "Code") is None
