"""`notesite report` and `notesite check`: their shape, their exit status, and what they say of five real files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import ROOT
from notesite.cli import main

GOLDEN = Path(__file__).parent / "golden" / "pages"


def report(folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, list[dict[str, object]]]:
    assert main(["report", str(folder), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_shape(capsys: pytest.CaptureFixture[str]) -> None:
    found = report(GOLDEN / "copies", capsys)
    assert sorted(found) == ["ledger", "merges", "notes", "passages", "problems", "sections", "sources"]
    assert {key: sorted(rows[0]) for key, rows in found.items() if isinstance(rows, list) and rows} == {
        "sources": ["front_matter", "lines", "path", "title"],
        "sections": [
            "end",
            "heading",
            "id",
            "kind",
            "level",
            "note",
            "path",
            "primary",
            "references",
            "start",
            "title",
        ],
        "notes": ["added", "changed", "references", "sections", "slug", "title", "topic", "topics", "why"],
        "merges": ["kind", "score", "sections", "why"],
    }
    assert sorted(found["ledger"]) == ["blank", "dropped", "lines", "merged", "rendered", "structure", "unaccounted"]


def test_seeds(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = report(seeds, capsys)
    exact = [merge["sections"] for merge in found["merges"] if merge["kind"] == "exact"]
    assert len(exact) == 8
    assert all(one.startswith("000_") and other.startswith("001_") for one, other in exact)
    assert [merge for merge in found["merges"] if merge["kind"] == "edited"] == []
    assert all(problem["hint"] for problem in found["problems"])


def test_summary(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(GOLDEN / "shapes")]) == 0
    text = capsys.readouterr().out
    assert "2 sources" in text
    assert "+ 0 unaccounted" in text


def test_check_names_problems(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(GOLDEN / "shapes")]) == 1
    assert capsys.readouterr().out.startswith("broken.md:3: front matter can't be read")


def test_check_is_silent_on_our_own_notes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(ROOT / "notes")]) == 0
    assert capsys.readouterr().out == ""


def test_check_names_formulas(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: A\n---\n\nSome text and\n$x$ and $\\frac{1$.\n", encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 1
    assert capsys.readouterr().out.startswith("a.md:6: formula `\\frac{1` can't be set")


def test_check_names_an_unknown_command_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in "ab":
        (tmp_path / f"{name}.md").write_text("# A\n\n$\\E_x$ and $\\E_y$\n", encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("a.md:3: `\\E` in `\\E_x` and in 3 more formulas is no command of KaTeX's; define it under")


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("plugins:\n- notesite:\n    topcis: {}\n", "notesite has no option `topcis`"),
        ("plugins: [\n", "can't be read"),
        ("plugins:\n- notesite:\n    topics: 5\n", "topics: a list or a mapping of topics is wanted"),
    ],
)
def test_options_that_make_no_sense(
    config: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    assert main(["check", str(tmp_path), "--config", str(tmp_path / "mkdocs.yml")]) == 2
    assert message in capsys.readouterr().err


def test_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(tmp_path / "nowhere")]) == 2
    assert "no such folder" in capsys.readouterr().err
