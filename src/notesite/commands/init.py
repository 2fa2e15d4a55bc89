"""Begin a site: a configuration, and a few notes to try it with where there are none yet."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from notesite.errors import NotesiteError, unwritten

STARTER: Final = Path(__file__).parents[1] / "starter"
CONFIG: Final = "mkdocs.yml"
NOTES: Final = "notes"
IGNORED: Final = "/site/\n/.cache/\n"
"""What a build leaves behind, for git to ignore."""


def init(folder: Path, notes: Path | None = None) -> list[Path]:
    """Write what a site needs into `folder` and return the files written; what is there already stays as it is.

    `notes` are the author's, anywhere but around `folder`; without it they are in `folder/notes`, which is made with
    a few notes to try. Raises NotesiteError where there is a site already, or no such notes.
    """
    if (folder / CONFIG).exists():
        raise NotesiteError(f"{folder / CONFIG}: is there already; name another folder, or remove it")
    if notes and not notes.is_dir():
        raise NotesiteError(f"{notes}: there is no such folder of notes")
    if notes and folder.resolve().is_relative_to(notes.resolve()):
        raise NotesiteError(f"{folder}: is inside the notes, which must hold notes only; name a folder beside them")
    try:
        return [write(path, text) for path, text in beginnings(folder, notes or folder / NOTES) if not path.exists()]
    except OSError as error:
        raise NotesiteError(unwritten(error, folder)) from error


def beginnings(folder: Path, notes: Path) -> Iterator[tuple[Path, str]]:
    """Every file that a site begins with; notes only where their folder is yet to be made."""
    if not notes.exists():
        yield from ((notes / note.name, content(note)) for note in sorted((STARTER / NOTES).iterdir()))
    docs_dir = json.dumps(Path(os.path.relpath(notes, folder)).as_posix(), ensure_ascii=False)
    yield folder / CONFIG, content(STARTER / CONFIG).replace(f"docs_dir: {NOTES}", f"docs_dir: {docs_dir}")
    yield folder / ".gitignore", IGNORED


def content(file: Path) -> str:
    """The text of a file of the package."""
    return file.read_text(encoding="utf-8")


def write(path: Path, text: str) -> Path:
    """Write a new file, and the folders that it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
