"""Read the notes folder: the only place that touches the author's files, and it never writes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from notesite.errors import NotesiteError, Problem
from notesite.front_matter import front_matter
from notesite.model import Source

SUFFIXES: Final = (".md", ".markdown")


def read_folder(folder: Path) -> tuple[tuple[Source, ...], frozenset[str], tuple[Problem, ...]]:
    """Read every Markdown file below `folder`, ordered by path; with the paths of all other files, and problems.

    Raises NotesiteError when `folder` is no folder.
    """
    if not folder.is_dir():
        raise NotesiteError(f"{folder}: no such folder; name the folder that holds your notes")
    sources: list[Source] = []
    problems: list[Problem] = []
    paths = sorted(file_paths(folder))
    for path in filter(is_note, paths):
        try:
            data = (folder / path).read_bytes()
        except OSError as error:
            problems.append(Problem(path, 1, "unreadable", f"can't be read ({error.strerror}); check its permissions"))
            continue
        source, found = read_source(path, data)
        sources.append(source)
        problems += found
    return tuple(sources), frozenset(path for path in paths if not is_note(path)), tuple(problems)


def is_note(path: str) -> bool:
    """Whether a file is Markdown, by its name."""
    return path.lower().endswith(SUFFIXES)


def file_paths(folder: Path) -> Iterator[str]:
    """The files below `folder`, relative to it; hidden ones and links that lead out of it are left out."""
    root = folder.resolve()
    for directory, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = Path(directory, name)
            if not name.startswith(".") and path.resolve().is_relative_to(root) and path.is_file():
                yield path.relative_to(folder).as_posix()


def read_source(path: str, data: bytes) -> tuple[Source, list[Problem]]:
    """Decode one file and split off its front matter."""
    text, problems = decode(path, data)
    header, meta, found = front_matter(path, text)
    return Source(path, text, header, meta), problems + found


def is_draft(source: Source) -> bool:
    """Whether the front matter says `draft: true`."""
    return bool(source.meta and source.meta.get("draft") is True)


def decode(path: str, data: bytes) -> tuple[str, list[Problem]]:
    """The text with line feeds only and without byte order mark; lines that are not UTF-8 are read as Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
        return newlines(text), [Problem(path, 1, "encoding", "is UTF-16; save it as UTF-8")]
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return newlines(data.decode("utf-8")), []
    except UnicodeDecodeError as error:
        line = newlines(data[: error.start].decode("utf-8")).count("\n") + 1
        text = "\n".join(decode_line(raw) for raw in data.split(b"\n"))
        return newlines(text), [Problem(path, line, "encoding", "is not UTF-8 here; save the file as UTF-8")]


def decode_line(raw: bytes) -> str:
    """One line as UTF-8, else as the Windows code page that such bytes mostly come from."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def newlines(text: str) -> str:
    """CRLF and CR as LF, and NUL, which no Markdown parser keeps, as the replacement character."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
