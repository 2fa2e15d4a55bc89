"""Golden files: a source, and its sections with their blocks beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from markdown import markdown

from conftest import shared
from notesite.filenames import file_title, source_date
from notesite.model import Section, Source
from notesite.read import read_folder, read_source
from notesite.split import split

CASES = sorted((Path(__file__).parent / "golden" / "split").glob("*.md"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_split(path: Path, golden: Callable[[Path, str], None]) -> None:
    source, problems = read_source(path.name, path.read_bytes())
    sections = split(source)
    golden(path.with_suffix(".txt"), "\n".join([*map(str, problems), *map(outline, sections)]) + "\n")
    assert_each_line_once(source, sections)


def outline(section: Section) -> str:
    above = " > ".join((*section.groups, ""))
    head = f"{section.start}-{section.end} {section.kind} h{section.level} {above}{section.title}"
    if section.heading != section.title:
        head += f" (heading {section.heading!r})"
    rows = [f"  {block.start}-{block.end} {block.kind}" for block in section.blocks]
    rows += [f"  {link.line}:{link.start}-{link.end} {link.kind} {link.url} {link.text!r}" for link in section.links]
    rows += [
        f"  {formula.line} {'display' if formula.display else 'formula'} {formula.tex!r}"
        for formula in section.formulas
    ]
    return "\n".join([head, *rows])


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("2019-06-27-gated_linear-units.md", "gated linear units"),
        ("2018-1-6-How transferable are features.md", "How transferable are features"),
        ("[2020 ECCV] PIoU Loss_ Towards Oriented Detection.md", "[2020 ECCV] PIoU Loss: Towards Oriented Detection"),
        ("2003_Kitaev_Fault-tolerant quantum computation.md", "2003 Kitaev Fault-tolerant quantum computation"),
        ("pages/Physics___Why Paulis%3F.md", "Physics/Why Paulis?"),
        ("BERT 0a1b2c3d4e5f60718293a4b5c6d7e8f9.md", "BERT"),
        ("2025/FaVoR_Features via Voxels/paper.md", "FaVoR Features via Voxels"),
        ("journals/2024_03_01.md", "2024-03-01"),
        ("readme.md", "readme"),
        ("---.md", "---"),
    ],
)
def test_file_title(path: str, title: str) -> None:
    assert file_title(path) == title


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("_posts/2018-1-6-features.md", "2018-01-06"),
        ("daily/2024-03-01.md", "2024-03-01"),
        ("journals/2024_03_01.md", "2024-03-01"),
        ("2024-13-01.md", None),
        ("2024-03-01x.md", None),
    ],
)
def test_date_in_a_name(path: str, date: str | None) -> None:
    assert source_date(Source(path, "")) == date


def test_anchors_are_those_of_the_page() -> None:
    text = "# <think> tokens\n\n## A <b>c</b> & `d`\n\n## $x_1$ <s>\n\n## [Link](x.md) *em*\n\n## [Link](y.md) *em*\n"
    html = markdown(text, extensions=["notesite.markdown.gfm", "notesite.markdown.math"])
    anchors = [anchor for section in split(Source("a.md", text)) for anchor, _ in section.anchors]
    assert anchors == re.findall(r'<h\d id="([^"]*)"', html) == ["tokens", "a-c--d", "x_1", "link-em", "link-em-1"]


@pytest.mark.parametrize("name", ["seeds", "collections"])
def test_real_notes(name: str) -> None:
    for source in read_folder(shared(name))[0]:
        sections = split(source)
        assert_each_line_once(source, sections)
        for link in (link for section in sections for link in section.links):
            assert link.start >= 0, (source.path, link)


def test_seeds(seeds: Path) -> None:
    notes = [[s for s in split(source) if s.kind in ("note", "links")] for source in read_folder(seeds)[0]]
    assert [len(sections) for sections in notes] == [8, 36, 9, 13, 117]
    assert sum(len(section.formulas) for sections in notes for section in sections) == 72


def assert_each_line_once(source: Source, sections: tuple[Section, ...]) -> None:
    counts = dict.fromkeys(range(1, len(source.lines) + 1), 0)
    for line in (line for section in sections for line in own_lines(section)):
        counts[line] += 1
    header = source.header if source.meta is not None else 0
    wrong = [n for n, text in enumerate(source.lines, 1) if text.strip() and n > header and counts[n] != 1]
    assert wrong == []


def own_lines(section: Section) -> Iterator[int]:
    yield from range(section.start, section.body)
    for block in section.blocks:
        yield from range(block.start, block.end + 1)
