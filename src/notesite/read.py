"""Read the notes folder: the only place that touches the author's files, and it never writes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Final

import yaml

from notesite.errors import NotesiteError, Problem
from notesite.model import Source

SUFFIXES: Final = (".md", ".markdown")
KEY_LINE: Final = re.compile(r"^[\w-][\w -]*:(\s|$)", re.MULTILINE)
"""A line that looks like a front-matter key; without one, `---` on line 1 is a rule, not a header."""


class HeaderError(ValueError):
    """Front matter that can't be read; carries the 0-based line within the header."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


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
    header = header_length(text)
    if not header:
        return Source(path, text), problems + unclosed_header(path, text)
    content = "\n".join(text.split("\n")[1 : header - 1])
    try:
        meta = parse_header(content)
    except HeaderError as error:
        if not KEY_LINE.search(content):
            return Source(path, text), problems
        message = f"front matter can't be read: {error}; it is shown as text until it is mended"
        problems.append(Problem(path, 2 + error.line, "front-matter", message))
        return Source(path, text, header, None), problems
    return Source(path, text, header, meta), problems


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


def header_length(text: str) -> int:
    """How many lines the front matter takes: from `---` on line 1 to the next `---` or `...`; 0 if there is none."""
    if not re.match(r"---[ \t]*\n", text):
        return 0
    closing = re.compile(r"^(---|\.\.\.)[ \t]*$", re.MULTILINE).search(text, text.index("\n") + 1)
    return text.count("\n", 0, closing.start()) + 1 if closing else 0


def unclosed_header(path: str, text: str) -> list[Problem]:
    """A problem where the file begins like front matter that never ends."""
    first, _, rest = text.partition("\n")
    if first.rstrip() != "---" or not KEY_LINE.match(rest):
        return []
    return [Problem(path, 1, "front-matter", "front matter never ends; close it with a line `---`")]


def parse_header(content: str) -> dict[str, object]:
    """The front matter as plain data, dates as ISO text; raises HeaderError when it is no mapping or no YAML."""
    try:
        if re.search(r"[&*]", content):
            refuse_aliases(content)
        data = yaml.load(content, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        raise HeaderError(str(error.problem or error.context), line) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise HeaderError(str(error).split("\n")[0]) from error
    if not isinstance(data, Mapping | None):
        raise HeaderError("it is no list of `key: value` lines")
    return {str(key): plain(value) for key, value in (data or {}).items()}


def refuse_aliases(content: str) -> None:
    """YAML's anchors and aliases let a few lines grow without bound, and no note needs them."""
    for event in yaml.parse(content, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise HeaderError(f"`*{event.anchor}` is a YAML alias; put text that starts with `*` in quotes")


def plain(value: object) -> object:
    """A YAML value as JSON knows it."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    return value
