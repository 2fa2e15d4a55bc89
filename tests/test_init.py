"""`notesite init`: what it writes, and what it leaves alone."""

from pathlib import Path

import pytest

from notesite.cli import main
from notesite.commands.init import init
from notesite.errors import NotesiteError
from notesite.settings import load_options


def test_begins_with_notes_to_try(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "my-notes"
    assert main(["init", str(folder)]) == 0
    written = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    notes = ["notes/attention.md", "notes/lora.md", "notes/reading-log.md"]
    assert written == [".gitignore", "mkdocs.yml", *notes]
    assert capsys.readouterr().out.endswith("my-notes && mkdocs serve\n")
    assert load_options(folder / "mkdocs.yml").topics is None


def test_leaves_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / ".gitignore").write_text("mine\n")
    assert init(tmp_path) == [tmp_path / "mkdocs.yml"]
    assert list((tmp_path / "notes").iterdir()) == []
    assert (tmp_path / ".gitignore").read_text() == "mine\n"


def test_takes_notes_from_elsewhere(tmp_path: Path) -> None:
    notes = tmp_path / 'my "papers"'
    notes.mkdir()
    init(tmp_path / "site", notes)
    assert r'docs_dir: "../my \"papers\""' in (tmp_path / "site" / "mkdocs.yml").read_text()
    assert list(notes.iterdir()) == []


@pytest.mark.parametrize(
    ("folder", "notes", "message"),
    [
        ("begun", None, "is there already"),
        ("new", "missing", "no such folder of notes"),
        ("papers", "papers", "is inside the notes"),
        ("papers/site", "papers", "is inside the notes"),
        ("file", None, "can't be written"),
    ],
)
def test_refuses_what_would_not_work(folder: str, notes: str | None, message: str, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "begun").mkdir()
    (tmp_path / "begun" / "mkdocs.yml").write_text("site_name: Mine\n")
    (tmp_path / "file").write_text("")
    with pytest.raises(NotesiteError, match=message):
        init(tmp_path / folder, tmp_path / notes if notes else None)
    assert (tmp_path / "begun" / "mkdocs.yml").read_text() == "site_name: Mine\n"
