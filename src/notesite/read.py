"""Read the notes folder: the only place that touches the author's files, and it never writes."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from notesite.encoding import decode
from notesite.errors import NotesiteError, Problem
from notesite.front_matter import front_matter
from notesite.model import Source
from notesite.once import Once, anew

SUFFIXES: Final = (".md", ".markdown")
TEMPORARY: Final = re.compile(r"4913|.*~|~\$.*|#.*#|.*\.(?:sw[a-px]|tmp|bak|orig)|Thumbs\.db|desktop\.ini", re.DOTALL)
"""What editors and systems put beside a file while they work on it."""
OTHERS: Final = re.compile(r"(?:.*/)?(?:node_modules|logseq/bak)", re.DOTALL)
"""Folders that hold no notes: installed packages, and Logseq's backups."""
PICTURES: Final = ".gitbook"
"""GitBook's folder of pictures, the one hidden folder with something of the author's."""
CONTROL_IN_NAME: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def read_folder(folder: Path, once: Once = anew) -> tuple[tuple[Source, ...], frozenset[str], tuple[Problem, ...]]:
    """Read every Markdown file below `folder`, ordered by path; also the paths of all other files, and problems.

    Raises NotesiteError when `folder` is no folder, or may not be read.
    """
    if not folder.is_dir():
        raise NotesiteError(f"{folder}: no such folder; name the folder that holds your notes")
    sources: list[Source] = []
    files: list[str] = []
    problems: list[Problem] = []
    closed: list[OSError] = []
    for path in sorted(file_paths(folder, closed.append)):
        shown = printable(path)
        try:
            if is_note(path):
                source, found = once(read_source, shown, shown, (folder / path).read_bytes())
                sources.append(source)
                problems += found
            elif shown != path:
                problems.append(
                    Problem(shown, 1, "name", "its name has bytes that are no text; rename it, or no page can show it")
                )
            else:
                (folder / path).open("rb").close()
                files.append(path)
        except OSError as error:
            problems.append(unreadable(shown, error))
    for failed in closed:
        if failed.filename == os.fspath(folder):
            raise NotesiteError(f"{folder}: can't be read ({failed.strerror}); check its permissions")
        problems.append(unreadable(printable(os.path.relpath(str(failed.filename), str(folder))), failed))
    return tuple(sources), frozenset(files), tuple(problems)


def unreadable(path: str, error: OSError) -> Problem:
    """The problem of a file or folder that can't be read."""
    message = f"can't be read ({error.strerror}), and is left out; check that it is there and its permissions"
    return Problem(path, 1, "unreadable", message)


def printable(path: str) -> str:
    r"""The path as text; bytes that are not UTF-8, and control characters such as line ends, become `\xff`."""
    text = os.fsencode(path).decode("utf-8", errors="backslashreplace")
    return CONTROL_IN_NAME.sub(lambda match: f"\\x{ord(match[0]):02x}", text)


def is_note(path: str) -> bool:
    """Whether a file is Markdown, by its name."""
    return path.lower().endswith(SUFFIXES)


def is_left_out(path: str) -> bool:
    """Whether a folder is hidden or holds nothing of the author's."""
    name = path.rpartition("/")[2]
    return (name.startswith(".") and name != PICTURES) or OTHERS.fullmatch(path) is not None


def file_paths(folder: Path, fail: Callable[[OSError], object]) -> Iterator[str]:
    """The files below `folder`, relative to it, except hidden and temporary ones, pipes, and links out of it.

    `fail` is told of folders that can't be read.
    """
    root = os.path.realpath(folder)
    for directory, folders, files in os.walk(folder, onerror=fail):
        below = Path(directory).relative_to(folder)
        folders[:] = [name for name in folders if not is_left_out((below / name).as_posix())]
        try:
            for name in files[:1]:
                os.lstat(Path(directory, name))
        except PermissionError as error:  # the names may be listed, but nothing opened
            fail(PermissionError(error.errno, error.strerror, directory))
            continue
        except OSError:  # it is gone by now
            pass
        for name in files:
            path = os.path.join(directory, name)
            is_inside = not os.path.islink(path) or Path(os.path.realpath(path)).is_relative_to(root)
            is_work = not name.startswith(".") and not TEMPORARY.fullmatch(name)
            if is_work and is_inside and os.path.isfile(path):
                yield (below / name).as_posix()


def read_source(path: str, data: bytes) -> tuple[Source, list[Problem]]:
    """Decode one file and split off its front matter."""
    text, problems = decode(path, data)
    header, meta, found = front_matter(path, text)
    return Source(path, text, header, meta), problems + found


def is_draft(source: Source) -> bool:
    """Whether the front matter says `draft: true`."""
    return bool(source.meta and source.meta.get("draft") is True)
