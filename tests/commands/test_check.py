"""`notesite check` says what is wrong and where, mends what is safe, and `stats` counts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import shared
from notesite.build import build
from notesite.cli import main
from notesite.commands.advice import advice
from notesite.commands.fix import fixes, write
from notesite.commands.formats import for_github
from notesite.errors import Problem

GOLDEN = Path(__file__).parents[1] / "golden" / "check"
NOTES = (GOLDEN / "notes" / "notes.md").read_text("utf-8")


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    (tmp_path / "notes.md").write_text(NOTES)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "command"), [("hints.txt", ["check"]), ("fix.diff", ["check", "--fix"]), ("stats.txt", ["stats"])]
)
def test_output(
    notes: Path, name: str, command: list[str], golden: Callable[[Path, str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, str(notes)]) == 0
    golden(GOLDEN / name, capsys.readouterr().out)
    assert (notes / "notes.md").read_text() == NOTES


def test_formats(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(notes), "--format", "editor"]) == 0
    line = capsys.readouterr().out.splitlines()[3]
    assert line == f"{notes}/notes.md:12:1: note: an empty bullet; finish the thought or delete it [unfinished]"
    (notes / "notes.md").write_text("A formula $\\frac{1$ is wrong.\n")
    assert main(["check", str(notes), "--format", "github"]) == 1
    assert capsys.readouterr().out.startswith(f"::error file={notes}/notes.md,line=1,title=formula::")
    shown = for_github(Problem("a,b:c.md", 7, "link", "100 %\nsure", hint=True), Path("n"))
    assert shown == "::notice file=n/a%2Cb%3Ac.md,line=7,title=link::100 %25%0Asure"


def test_fix_writes_once(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (notes / "notes.md").write_bytes(b"\xef\xbb\xbf" + NOTES.replace("\n", "\r\n").encode())
    assert main(["check", str(notes), "--fix", "--yes"]) == 0
    after = (notes / "notes.md").read_bytes()
    assert after.startswith(b"\xef\xbb\xbf# Notes\r\n")
    assert after.endswith(b'\r\nx = "- ["\r\n```\r\n')
    assert main(["check", str(notes), "--fix", "--yes"]) == 0
    assert capsys.readouterr().out.endswith("1 file fixed\nnothing to fix\n")
    assert (notes / "notes.md").read_bytes() == after


@pytest.mark.parametrize("typed", ["y\n", "n\n", "\n", "\x04"])
def test_fix_asks(notes: Path, at_terminal: Callable[..., tuple[str, int]], typed: str) -> None:
    shown, status = at_terminal(["check", str(notes), "--fix"], "[y/N]", typed)
    assert status == 0
    assert ("1 file fixed" in shown) == (typed == "y\n")
    assert ((notes / "notes.md").read_text() == NOTES) == (typed != "y\n")


def test_only_utf8_is_fixed(notes: Path) -> None:
    (notes / "notes.md").write_bytes(NOTES.encode() + "é".encode("cp1252"))
    assert list(fixes(build(notes), notes)) == []


PIECES = st.sampled_from(
    ["-[a](https://b.org)", "- ", "[x](y.example.org)", "```", "`", "# h", "", "  - [b](c.io) ", "$$"]
)


@settings(deadline=None, max_examples=30)
@given(st.lists(PIECES, max_size=12))
def test_fixing_twice_is_fixing_once(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    folder = tmp_path_factory.mktemp("notes")
    (folder / "a.md").write_text("\n".join(lines))
    before = build(folder)
    assert all(problem.hint and problem.line <= len(lines) for problem in advice(before))
    for fix in fixes(before, folder):
        write(fix, folder)
    assert list(fixes(build(folder), folder)) == []


def test_noted_three_times(tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        text = f"# [LoRA](https://arxiv.org/abs/2106.09685)\n\nThe {name} time I read this I saw {name} other things.\n"
        (tmp_path / f"{name}.md").write_text(text)
    assert [(problem.path, problem.code) for problem in advice(build(tmp_path))] == [("one.md", "noted-often")]


def test_a_note_that_is_not_written_yet_is_one_hint(tmp_path: Path) -> None:
    assert main(["new", "A paper with no text", "--offline", "--notes", str(tmp_path)]) == 0
    (found,) = advice(build(tmp_path))
    assert "nothing stands under this heading, nor under 3 more of this note; " in found.message


def test_review(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text("# Benchmarking attention\n\nText.\n")
    (tmp_path / "b.md").write_text("# Grouped-query attention\n\nText.\n")
    assert main(["check", str(tmp_path), "--review"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("a.md:1: Benchmarking attention: ")
    assert ", perhaps " in line


def test_seeds_empty_bullets() -> None:
    hints = [hint for hint in advice(build(shared("seeds"))) if "empty bullet" in hint.message]
    lines = [hint.line for hint in hints if hint.path.startswith("004")]
    assert lines == [167, 174, 238, 276, 407, 575, 714, 722, 775, 793, 840]
