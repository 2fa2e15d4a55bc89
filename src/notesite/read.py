"""Read the notes folder: the only place that touches the author's files, and it never writes."""

from __future__ import annotations

import codecs
import errno
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from notesite.errors import NotesiteError, Problem
from notesite.front_matter import front_matter
from notesite.model import Source
from notesite.once import Once, anew

SUFFIXES: Final = (".md", ".markdown")
CONTROL_IN_NAME: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
LOOK_AT: Final = 1024
"""Bytes that are looked at to tell UTF-16 without a byte order mark."""
LOOK_AT_LEAST: Final = 8
ZEROS: Final = 0.5
"""Half of every second byte: Latin text in UTF-16 has more, and no other text has."""
PAGE_BREAK: Final = re.compile(r"[\x0b\x0c]")
CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
"""Among them the two that Python-Markdown keeps for its own marks."""


def read_folder(folder: Path, once: Once = anew) -> tuple[tuple[Source, ...], frozenset[str], tuple[Problem, ...]]:
    """Read every Markdown file below `folder`, ordered by path; with the paths of all other files, and problems.

    Raises NotesiteError when `folder` is no folder.
    """
    if not folder.is_dir():
        raise NotesiteError(f"{folder}: no such folder; name the folder that holds your notes")
    sources: list[Source] = []
    files: list[str] = []
    problems: list[Problem] = []
    for path in sorted(file_paths(folder)):
        shown = readable(path)
        try:
            if is_note(path):
                source, found = once(read_source, shown, shown, (folder / path).read_bytes())
                sources.append(source)
                problems += found
            elif shown != path:
                problems.append(
                    Problem(shown, 1, "name", "its name has bytes that are no text; rename it, or no page can show it")
                )
            elif os.access(folder / path, os.R_OK):
                files.append(path)
            else:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        except OSError as error:
            message = f"can't be read ({error.strerror}), and is left out; check that it is there and its permissions"
            problems.append(Problem(shown, 1, "unreadable", message))
    return tuple(sources), frozenset(files), tuple(problems)


def readable(path: str) -> str:
    r"""The path as text: bytes that are not UTF-8, and line ends, as `\xff`; on the file system names are bytes."""
    text = os.fsencode(path).decode("utf-8", errors="backslashreplace")
    return CONTROL_IN_NAME.sub(lambda match: f"\\x{ord(match[0]):02x}", text)


def is_note(path: str) -> bool:
    """Whether a file is Markdown, by its name."""
    return path.lower().endswith(SUFFIXES)


def file_paths(folder: Path) -> Iterator[str]:
    """The files below `folder`, relative to it; hidden ones, pipes and links that lead out of it are left out."""
    root = os.path.realpath(folder)
    for directory, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        below = Path(directory).relative_to(folder)
        for name in files:
            path = os.path.join(directory, name)
            is_inside = not os.path.islink(path) or Path(os.path.realpath(path)).is_relative_to(root)
            if not name.startswith(".") and is_inside and os.path.isfile(path):
                yield (below / name).as_posix()


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
    if wide := wide_encoding(data):
        text = data.decode(wide, errors="replace")
        return tidy(text), [Problem(path, 1, "encoding", f"is {wide[:6].upper()}; save it as UTF-8")]
    try:
        return tidy(data.decode("utf-8")), []
    except UnicodeDecodeError as error:
        line = tidy(data[: error.start].decode("utf-8")).count("\n") + 1
        text = "\n".join(decode_line(raw) for raw in data.split(b"\n"))
        return tidy(text), [Problem(path, line, "encoding", "is not UTF-8 here; save the file as UTF-8")]


def wide_encoding(data: bytes) -> str | None:
    """The encoding of a text of two or four bytes a character, by its byte order mark or by where its zeros are."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    start = data[:LOOK_AT]
    if len(start) < LOOK_AT_LEAST:
        return None
    if start[1::2].count(0) > ZEROS * len(start[1::2]):
        return "utf-16-le"
    return "utf-16-be" if start[::2].count(0) > ZEROS * len(start[::2]) else None


def decode_line(raw: bytes) -> str:
    """One line as UTF-8, else as the Windows code page that such bytes mostly come from."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def tidy(text: str) -> str:
    """CRLF and CR as LF, no byte order mark, and control characters, which no HTML may have, as U+FFFD."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return CONTROL.sub("\ufffd", PAGE_BREAK.sub(" ", text))
