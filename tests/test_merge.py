"""What becomes of folders of notes: a folder of input beside what is expected, and the laws of merging."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notesite.copies import lay_down
from notesite.identify import identify
from notesite.merge import merge
from notesite.model import Block, Merged, Note, Part, Section, Source
from notesite.passages import passages
from notesite.read import read_folder
from notesite.similarity import contained, containment, corpus
from notesite.split import split
from notesite.titles import same
from notesite.wording import Worded, block_key, wording
from notesite.wording import number as number_of
from notesite.wording import pairs as pairs_of

GOLDEN = Path(__file__).parent / "golden" / "merge"
SHARED = Path(__file__).parents[1] / ".." / "shared"


def merged(folder: Path) -> Merged:
    sources = read_folder(folder)[0]
    by_path = {source.path: source for source in sources}
    sections, problems = identify([section for source in sources for section in split(source)], by_path)
    result = merge(sections, by_path)
    return replace(result, problems=problems + result.problems)


def worded(sections: Sequence[Section]) -> Worded:
    return {section.id: wording(section) for section in sections}


def told(result: Merged) -> str:
    return "\n".join([*(line for note in result.notes for line in told_note(note)), "", *told_rest(result)]) + "\n"


def told_note(note: Note) -> Iterator[str]:
    yield f"{note.title}" + (f" ({note.primary})" if note.primary else "")
    for part in note.parts:
        yield f"    {part.section.id}"
        for copy in part.copies:
            yield f"        {copy.kind} {copy.section.id} {copy.score}"
            yield from (f"            + {block.text!r}" for block in copy.additions)
            yield from (f"            ~ {own.text!r} for {known.text!r}" for known, own in copy.variants)
    yield from (f"    mentioned {m.section.path}:{m.line}, which {m.why}" for m in note.mentions)


def told_rest(result: Merged) -> Iterator[str]:
    yield from (f"{merge.kind}: {' = '.join(merge.sections)}: {merge.why}" for merge in result.merges)
    yield from (f"{found.words} words at {found.at}" for found in result.passages)
    yield from (f"{problem.code} {problem}" for problem in result.problems)


@pytest.mark.parametrize("folder", sorted(GOLDEN.iterdir()), ids=lambda folder: folder.name)
def test_golden(folder: Path, update: bool) -> None:
    expected = folder / "expected.txt"
    out = told(merged(folder))
    if update:
        expected.write_text(out, encoding="utf-8")
    assert out == expected.read_text("utf-8")


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Attention Is All You Need", "Attention is all you need (2017) - Vaswani et al.", True),
        ("[1706.03762] Attention Is All You Need", "Attention is all you need", True),
        ("Grouped-Query Attention", "Grouped query attention", True),
        (
            "Extracting Training Data from Large Language Models",
            "Extracting training data from large language model",
            True,
        ),
        ("Gemini 1.5", "Gemini 1.5: Unlocking multimodal understanding", True),
        ("Gemini", "Gemini 1.5", False),
        ("PaLM Technical Report", "PaLM 2 Technical Report", False),
        ("Scaling Laws of Llama 2 and 3", "Scaling Laws of Llama 3 and 4", False),
        ("BERT", "BERT", False),
        ("Attention is not Explanation", "Attention is not not Explanation", False),
        ("Supervised Learning of Visual Features", "Unsupervised Learning of Visual Features", False),
        ("Large language models", "Large language models: a survey", False),
        ("Training details", "Training details", False),
        ("Week 12", "Week 12", False),
        ("", "", False),
    ],
)
def test_titles(one: str, other: str, is_same: bool) -> None:
    assert bool(same(one, other)) is is_same
    assert same(one, other) == same(other, one)


# -- laws ----

WORDS = "the model reads every token once and forgets what it does not need because memory is small x < y 7B".split()
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=4, max_size=30).map(" ".join)
TEXTS = st.lists(SENTENCES, min_size=1, max_size=6)
TITLES = st.sampled_from(["RoPE", "Flash attention", "Attention is all you need", "Notes", "Llama 2", "Llama 3"])
NUMBERS = st.sampled_from(["", "2104.09864", "1706.03762", "2307.09288"])
FOLDERS = st.lists(st.tuples(TITLES, NUMBERS, TEXTS, st.integers(0, 2)), min_size=1, max_size=8)


def sections_of(folder: Sequence[tuple[str, str, list[str], int]]) -> tuple[Section, ...]:
    """Sections from titles, papers and texts; the last number makes a copy of the text before, whole or in part."""
    sources: list[Source] = []
    text: list[str] = []
    for number, (title, paper, own, copied) in enumerate(folder):
        text = (own, text or own, [*text[:2], *own])[copied]
        heading = f"[{title}](https://arxiv.org/abs/{paper})" if paper else title
        sources.append(Source(f"{number}.md", f"# {heading}\n\n" + "\n\n".join(text) + "\n"))
    found, _ = identify([s for source in sources for s in split(source)], {source.path: source for source in sources})
    return found


@settings(deadline=None)
@given(FOLDERS, st.randoms(use_true_random=False))
def test_order_changes_nothing(folder: list[tuple[str, str, list[str], int]], draw: object) -> None:
    sections = list(sections_of(folder))
    shuffled = list(sections)
    draw.shuffle(shuffled)  # type: ignore[attr-defined]
    assert merge(shuffled, {}) == merge(sections, {})


@settings(deadline=None)
@given(FOLDERS)
def test_twice_is_once(folder: list[tuple[str, str, list[str], int]]) -> None:
    once = merge(sections_of(folder), {})
    assert merge([section for note in once.notes for section in note.sections], {}).notes == once.notes


@settings(deadline=None)
@given(FOLDERS)
def test_nothing_is_lost(folder: list[tuple[str, str, list[str], int]]) -> None:
    sections = [section for section in sections_of(folder) if section.kind in ("note", "links")]
    notes = merge(sections, {}).notes
    assert sorted(s.id for note in notes for s in note.sections) == sorted(section.id for section in sections)
    for part in (part for note in notes for part in note.parts):
        known = {block_key(block) for block in part.section.blocks}
        for copy in part.copies:
            shown = known | {block_key(b) for b in copy.additions} | {block_key(own) for _, own in copy.variants}
            assert all(any(block_key(block) in text for text in shown) for block in copy.section.blocks)


@settings(deadline=None)
@given(TEXTS, st.sampled_from(["<", ">", r"\le", "+", "-", "="]), st.sampled_from(["<", ">", r"\le", "+", "-", "="]))
def test_an_operator_is_not_lost(text: list[str], one: str, other: str) -> None:
    sections = [
        section
        for name, sign in (("a.md", one), ("b.md", other))
        for section in split(Source(name, "# RoPE\n\n" + "\n\n".join([*text, f"$a {sign} b$"]) + "\n"))
    ]
    kinds = [copy.kind for part in lay_down(sections, worded(sections)) for copy in part.copies]
    assert ("exact" in kinds) == (one == other)


@settings(deadline=None)
@given(st.lists(TEXTS.map(lambda text: " ".join(text).split()), min_size=2, max_size=12), st.floats(0.2, 0.95))
def test_no_pair_is_missed(texts: list[list[str]], least: float) -> None:
    weighed = corpus([pairs_of(map(number_of, text)) for text in texts])
    found = {(min(a, b), max(a, b)) for a, b, _ in contained(weighed, [least] * len(texts))}
    pairs = [(a, b) for a in range(len(texts)) for b in range(a + 1, len(texts))]
    assert found == {(a, b) for a, b in pairs if containment(weighed, a, b) >= least}


@settings(deadline=None)
@given(TEXTS, TEXTS, st.permutations([f"w{number}" for number in range(24)]))
def test_a_passage_is_found(before: list[str], after: list[str], shared: list[str]) -> None:
    def note(path: str, text: list[str]) -> Note:
        block = Block("paragraph", 1, 1, " ".join(text))
        return Note(path, (Part(Section(path, 1, 1, 1, "", path, 0, "note", blocks=(block,))),), ())

    notes = note("a.md", [*before, *shared]), note("b.md", [*shared, *after])
    found = passages(notes, worded([section for note in notes for section in note.sections]))
    assert any(passage.words >= len(shared) for passage in found)


# -- other people's notes ----


@pytest.mark.skipif(not SHARED.is_dir(), reason="the sample collections are not beside this checkout")
def test_seeds() -> None:
    result = merged(SHARED / "seeds")
    assert [merge.kind for merge in result.merges].count("exact") == 8
    assert "edited" not in [merge.kind for merge in result.merges]
    pages = [[section.title for section in note.sections] for note in result.notes if len(note.parts) > 1]
    assert pages == [["Groq", "Groq"]]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the sample collections are not beside this checkout")
def test_moved_copies() -> None:
    result = merged(SHARED / "collections" / "chricro-notes")
    merges = {merge.sections for merge in result.merges if merge.kind == "edited"}
    assert ("inference/sampling/index.md:5", "statistics/sampling/index.md:5") in merges
    assert ("learning/bayesian/index.md:5", "statistics/bayesian/index.md:5") in merges
