"""The author's editor, opened at a line of the notes."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path
from typing import Final

from notesite.errors import NotesiteError

TAKES_LINE: Final = frozenset("vi vim nvim nano emacs emacsclient micro kak joe".split())
"""Editors that take `+12` for a line."""


def in_notes(file: str, folder: Path) -> str:
    """A file as the notes know it, whether it is named from here or from the notes folder."""
    here = Path(file).resolve()
    if here.is_file() and here.is_relative_to(folder.resolve()):
        return here.relative_to(folder.resolve()).as_posix()
    return Path(file).as_posix()


def edit(folder: Path, place: str) -> int:
    """Open `path:line` in the author's editor."""
    editor = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    if not editor:
        raise NotesiteError("$EDITOR names no editor; set it, as in `export EDITOR=nano`")
    path, _, line = place.rpartition(":")
    position = [f"+{line}"] if Path(editor[0]).name in TAKES_LINE else []
    try:
        return subprocess.call([*editor, *position, str(folder / path)])
    except OSError as error:
        raise NotesiteError(f"{editor[0]}: can't be started: {error.strerror}") from error
