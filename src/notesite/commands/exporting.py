"""`notesite export`: write the site as a plain Markdown tree into a folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from notesite.errors import NotesiteError, unwritten
from notesite.export import exported_files, exported_texts
from notesite.model import Site


def export(site: Site, notes: Path, target: Path, facts: Mapping[str, str], macros: Mapping[str, str]) -> int:
    """Write the tree; how many files it has. Raises NotesiteError where anything stands in its place."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise NotesiteError(f"{target}: is there already and not empty; name a new folder")
    if target.resolve().is_relative_to(notes.resolve()):
        raise NotesiteError(f"{target}: is inside the notes folder; name a folder outside of it")
    try:
        return write_tree(site, notes, target, facts, macros)
    except OSError as error:
        raise NotesiteError(unwritten(error, target)) from error


def write_tree(site: Site, notes: Path, target: Path, facts: Mapping[str, str], macros: Mapping[str, str]) -> int:
    """Write texts and copy files."""
    texts = dict(exported_texts(site, facts, macros))
    files = dict(exported_files(site, notes))
    for path, text in texts.items():
        place(target, path).write_text(text, encoding="utf-8", newline="\n")
    for path, file in files.items():
        shutil.copyfile(file, place(target, path))
    return len(texts) + len(files)


def place(target: Path, path: str) -> Path:
    """Where a file goes, its folder made."""
    file = target / path
    file.parent.mkdir(parents=True, exist_ok=True)
    return file
