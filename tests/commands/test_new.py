"""`notesite new` and `notesite import` write what is missing, where it belongs, and never over anything."""

from __future__ import annotations

import datetime
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import COMMAND
from notesite.build import build
from notesite.cli import main
from notesite.commands.bibtex import from_bibtex
from notesite.commands.paper import Paper, paper
from notesite.commands.skeleton import file_text, section_text
from notesite.commands.tex import from_tex
from notesite.identify import identify
from notesite.model import Reference
from notesite.read import read_source
from notesite.split import split

TODAY = datetime.date(2024, 6, 7)
LLM = """\
# Language models

## [LoRA](https://arxiv.org/abs/2106.09685)

Low-rank updates, little memory.

## [QLoRA: Efficient Finetuning of Quantized LLMs](https://arxiv.org/abs/2305.14314)

Four bits.
"""
PAPER = """\
---
title: {title}
paper: {paper}
topic: attention
---

## Summary

{title} is about attention.

## Doubts

Many.
"""
BIBTEX = r"""
% Exported by hand
@string{nips = "NeurIPS " # 2017}
@comment{jabref @article{x, title={no entry}}}
@inproceedings{vaswani,
  title = {Attention is All you {Need}}, author = {Vaswani, Ashish and Kaiser, {\L}ukasz and others},
  booktitle = nips, year = 2017, url = "https://arxiv.org/abs/1706.03762v5",
}
@article(lora, title = "LoRA: {Low}-Rank", journal = {arXiv preprint arXiv:2106.09685}, year = {2021})
@book{knuth, title = {The {\TeX}book}, author = {Knuth, Donald E.}, year = 1984, keywords = {typesetting; books}}
@misc{broken, title = {Never closed
"""
CSL = [
    {
        "title": "Efficient Memory Management for <i>Large Language Model</i> Serving",
        "author": [{"given": "Woosuk", "family": "Kwon"}, {"literal": "LMSYS"}, "nonsense"],
        "issued": {"date-parts": [[2023, 10, 23]]},
        "DOI": "10.1145/3600006.3613165",
        "abstract": "<jats:p>Abstract. Serving needs batching; a &lt; b.</jats:p>",
    },
    {"title": ["A list"], "author": {"family": "no list"}, "issued": [], "URL": 7},
    "nonsense",
]


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a file of many notes and a folder of single ones, entered."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mkdocs.yml").write_text("docs_dir: notes\nplugins: [search, notesite]\n")
    papers = tmp_path / "notes" / "papers"
    papers.mkdir(parents=True)
    (tmp_path / "notes" / "llm.md").write_text(LLM)
    for name, number in (
        ("Sparse Longformer", "2004.05150"),
        ("Linear Performer", "2009.14794"),
        ("GQA", "2305.13245"),
    ):
        text = PAPER.format(title=name, paper=f"https://arxiv.org/abs/{number}")
        (papers / f"{name.split()[0].lower()}.md").write_text(text)
    return tmp_path / "notes"


def test_new_file(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    title = "FlashAttention: Fast Exact Attention with IO-Awareness"
    assert main(["new", "arxiv.org/abs/2205.14135v2", "--title", title, "--offline"]) == 0
    today = datetime.date.today()
    assert (notes / "papers" / "flashattention.md").read_text() == (
        f"---\ntitle: 'FlashAttention: Fast Exact Attention with IO-Awareness'\ndate: {today}\n"
        "paper: https://arxiv.org/abs/2205.14135\ntopic: attention\n---\n\n## Summary\n\n## Doubts\n"
    )
    out = capsys.readouterr().out.splitlines()
    assert out[0] == f"papers/flashattention.md:9: {title}"
    assert out[1].startswith("  topic: attention (")
    assert out[2] == "  `mkdocs serve` shows it at notes/flashattention-fast-exact-attention-with-io-awareness/"
    site = build(notes)
    assert [note.primary for note in site.notes if note.title == title] == [Reference("arxiv", "2205.14135")]


@pytest.mark.parametrize(
    ("what", "file", "title"),
    [
        ("https://example.org/blog/some-page", "example-org-blog-some-page.md", "example.org/blog/some-page"),
        ("https://github.com/karpathy/nanoGPT", "repo-karpathy-nanogpt.md", "repo:karpathy/nanogpt"),
    ],
)
def test_new_without_a_title(notes: Path, what: str, file: str, title: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", what, "--offline"]) == 0
    text = (notes / "papers" / file).read_text()
    assert f"title: {title}\n" in text
    assert f"paper: {what}\n" in text
    assert "its title is not known yet; write it into the file" in capsys.readouterr().out


def test_new_is_never_written_over(notes: Path) -> None:
    for _ in range(2):
        assert main(["new", "A thought that came to me", "--offline", "--title", "A thought"]) in (0, 1)
    before = {path: path.read_bytes() for path in notes.rglob("*.md")}
    (notes / "papers" / "mamba.md").write_text("mine")
    assert main(["new", "2312.00752", "--title", "Mamba: Linear-Time Sequence Modeling", "--offline"]) == 0
    assert (notes / "papers" / "mamba.md").read_text() == "mine"
    assert (notes / "papers" / "mamba-linear-time-sequence-modeling.md").exists()
    assert before.items() <= {path: path.read_bytes() for path in notes.rglob("*.md")}.items()


@pytest.mark.parametrize(
    "what", ["https://arxiv.org/pdf/2305.14314v1.pdf", "2305.14314", "QLoRA: efficient finetuning of quantized LLMs"]
)
def test_noted_already(notes: Path, what: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(notes.rglob("*"))
    assert main(["new", what, "--offline"]) == 1
    assert "already noted: llm.md:7\n" in capsys.readouterr().out
    assert sorted(notes.rglob("*")) == before


@pytest.mark.parametrize(
    ("typed", "status", "wanted"),
    [("\n", 1, ""), ("n\n", 1, ""), ("\x04", 1, ""), ("o\n", 0, "llm.md\n"), ("s\n", 0, "llm.md:14: QLoRA\n")],
)
def test_offers(
    notes: Path,
    monkeypatch: pytest.MonkeyPatch,
    at_terminal: Callable[..., tuple[str, int]],
    typed: str,
    status: int,
    wanted: str,
) -> None:
    monkeypatch.setenv("EDITOR", "echo")
    shown, ended = at_terminal(["new", "2305.14314", "--title", "QLoRA", "--offline"], "[n]othing?", typed)
    assert "already noted: llm.md:7\n[o]pen it, add a [s]ection to llm.md, or [n]othing?" in shown
    assert ended == status
    assert wanted in shown
    assert ((notes / "llm.md").read_text() == LLM) == (typed != "s\n")
    assert ("shows it at notes/qlora-efficient-finetuning-of-quantized-llms/" in shown) == (typed == "s\n")


@pytest.mark.usefixtures("notes")
def test_nothing_is_asked_in_a_pipe() -> None:
    command = [*COMMAND, "new", "2305.14314", "--offline"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.wait(timeout=60) == 1
        assert process.stdout
        assert process.stdout.read().startswith("already noted: llm.md:7\n  open it: notesite new 2305.14314 --edit\n")


def test_section(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (notes / "llm.md").write_bytes(LLM.replace("\n", "\r\n").encode().rstrip())
    assert main(["new", "https://example.org/a_(b)", "--title", "On *stars* [and] so on", "--to", "llm.md"]) == 0
    text = (notes / "llm.md").read_bytes().decode()
    assert text.endswith("Four bits.\r\n\r\n## [On \\*stars\\* \\[and\\] so on](https://example.org/a_%28b%29)\r\n")
    assert "On *stars* [and] so on" in [section.title for section in build(notes).sections]
    assert capsys.readouterr().out.startswith("llm.md:12: On *stars* [and] so on\n")


@pytest.mark.parametrize(
    ("file", "end", "message"),
    [
        ("none.md", "", "no such note file"),
        ("papers/gqa.md", "", "this file is one note"),
        ("llm.md", "<!-- left open\n", "is a fence or a comment left open?"),
    ],
)
def test_section_refused(notes: Path, file: str, end: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    (notes / "llm.md").write_text(LLM + end)
    assert main(["new", "Title of a paper", "--to", file, "--offline"]) == 2
    assert message in capsys.readouterr().err
    assert (notes / "llm.md").read_text() == LLM + end


def test_edit(notes: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    editor = tmp_path / "vim"
    editor.write_text('#!/bin/sh\necho "$@" > edited\n')
    editor.chmod(0o755)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"{editor} -u NONE")
    assert main(["new", "2106.09685", "--edit", "--offline"]) == 0
    assert (tmp_path / "edited").read_text() == f"-u NONE +3 {os.path.relpath(notes)}/llm.md\n"
    monkeypatch.setenv("EDITOR", "")
    assert main(["new", "2106.09685", "--edit", "--offline"]) == 2


def test_dated_names(tmp_path: Path) -> None:
    for name in ("2020-01-01-one", "2020-02-01-two", "three"):
        (tmp_path / f"{name}.markdown").write_text(f"# {name} of them\n\nText.\n")
    assert main(["new", "Some title", "--offline", "--notes", str(tmp_path)]) == 0
    assert (tmp_path / f"{datetime.date.today()}-some-title.markdown").exists()


def test_import_bibtex(notes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.bib").write_text(BIBTEX)
    assert main(["import", "mine.bib", "--offline"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "skipped, noted at llm.md:3: LoRA: Low-Rank",
        "papers/attention-is-all-you-need.md: Attention is All you Need (architectures)",
        "papers/the-texbook.md: The TeXbook",
        "papers/never-closed.md: Never closed",
        "3 written, 1 skipped",
    ]
    text = (notes / "papers" / "attention-is-all-you-need.md").read_text()
    assert "authors: [Ashish Vaswani, Łukasz Kaiser]\npaper: https://arxiv.org/abs/1706.03762\n" in text
    assert "year: 1984\ntags: [typesetting, books]\n" in (notes / "papers" / "the-texbook.md").read_text()
    assert main(["import", "mine.bib", "--offline"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "0 written, 4 skipped"


def test_import_csl(notes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "zotero.json").write_text(json.dumps(CSL))
    assert main(["import", "zotero.json", "--offline"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "2 written, 0 skipped"
    (path,) = (notes / "papers").glob("efficient-*.md")
    header = read_source("", path.read_bytes())[0].meta
    assert header
    assert header["title"] == "Efficient Memory Management for Large Language Model Serving"
    assert header["authors"] == ["Woosuk Kwon", "LMSYS"]
    assert header["year"] == 2023
    assert header["paper"] == "https://doi.org/10.1145/3600006.3613165"
    assert "> Abstract: Serving needs batching; a < b.\n" in path.read_text()


@pytest.mark.usefixtures("notes")
def test_import_links(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ring = "https://arxiv.org/abs/2310.01889"
    (tmp_path / "links.md").write_text(f"To read\n\n- [Ring attention]({ring}), and {ring}.\n- 2106.09685\n")
    assert main(["import", "links.md", "--offline"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "skipped, stands twice in the list: arxiv:2310.01889",
        "skipped, noted at llm.md:3: arxiv:2106.09685",
        "papers/ring-attention.md: Ring attention (attention)",
        "1 written, 2 skipped",
    ]


@pytest.mark.usefixtures("notes")
@pytest.mark.parametrize("text", ["{", "{}", None, "[" * 100_000])
def test_import_refused(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "x.json").write_text(text)
    assert main(["import", "x.json", "--offline"]) == 2


@pytest.mark.parametrize(
    ("tex", "shown"),
    [
        (r"Fran{\c{c}}ois G{\"o}del and \'Eva", "François Gödel and Éva"),
        (r"\v{S}\'{\i}ma, {\L}ukasz, H{\aa}kon \O{} Stra{\ss}e", "Šíma, Łukasz, Håkon Ø Straße"),
        (r"{{BERT}}: 50\% \& more --- in $\mathcal{O}(n^2)$", r"BERT: 50% & more — in $\mathcal{O}(n^2)$"),
        (r"\emph{deep}   nets~now", "deep nets now"),
    ],
)
def test_tex(tex: str, shown: str) -> None:
    assert from_tex(tex) == shown


@given(st.text(alphabet='@article{x,title=}"#(\\ \n1', max_size=60))
def test_any_text_is_bibtex(text: str) -> None:
    assert all(isinstance(item, Paper) for item in from_bibtex("@misc{a, title = {B}}" + text))


@given(st.text(min_size=1), st.text(), st.lists(st.text(min_size=1), max_size=3))
def test_what_is_written_is_understood(title: str, abstract: str, names: list[str]) -> None:
    title, abstract = " ".join(title.split()), " ".join(abstract.split())
    known = Paper(
        title, Reference("arxiv", "2205.14135"), "https://arxiv.org/abs/2205.14135", tuple(names), "2022", abstract
    )
    source, problems = read_source("x.md", file_text(known, "", ("Idea", "Method"), TODAY).encode("utf-8", "replace"))
    assert not problems
    (section,) = identify(split(source), {"x.md": source})[0]
    assert section.primary == known.reference
    if title and title.isprintable():
        assert section.meta["title"] == title


@given(st.text(min_size=1))
def test_a_section_stays_one(title: str) -> None:
    known = paper("2205.14135", " ".join(title.split()))
    text = LLM + "\n" + section_text(known, 2)
    source = read_source("x.md", text.encode("utf-8", "replace"))[0]
    assert identify(split(source), {"x.md": source})[0][-1].primary == known.reference
