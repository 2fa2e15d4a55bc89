"""Bytes on disk by name, for several builds at once; a damaged file costs time, never a build."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

PATIENCE: Final = 10.0
"""Seconds to wait for another build's writing, which takes a few milliseconds a page."""
PARAMETERS: Final = 500
"""Names per query; older builds of SQLite take no more than 999."""
FAST: Final = 1
"""zlib's level: a page of 30 KB becomes 6 KB in 0.2 ms; its checksum tells damaged contents."""


class Store:
    """A table of names and contents in an SQLite file; where the file can't be used, the table stays empty."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._usable = True

    def get(self, names: Sequence[str]) -> dict[str, bytes]:
        """The contents that are known."""
        found: dict[str, bytes] = {}
        for at in range(0, len(names), PARAMETERS):
            some = names[at : at + PARAMETERS]
            marks = ",".join("?" * len(some))
            found.update(unpacked(self._run(f"SELECT name, content FROM contents WHERE name IN ({marks})", [some])))
        return found

    def put(self, contents: Mapping[str, bytes]) -> None:
        """Remember these contents, in the place of others of the same name."""
        if contents:
            rows = [(name, zlib.compress(head(name) + content, FAST)) for name, content in contents.items()]
            self._run("INSERT OR REPLACE INTO contents VALUES (?, ?)", rows)

    def names(self) -> list[str]:
        """The names of all contents."""
        return [str(name) for (name,) in self._run("SELECT name FROM contents", [()])]

    def remove(self, names: Iterable[str]) -> None:
        """Forget what has these names."""
        self._run("DELETE FROM contents WHERE name = ?", [(name,) for name in names])

    def close(self) -> None:
        """Let go of the file."""
        if self._connection:
            self._connection.close()
        self._connection = None

    def _run(self, statement: str, rows: Sequence[Sequence[object]]) -> list[tuple[Any, ...]]:
        """Run a statement; a file that is not a database is deleted and made again, once."""
        for _ in range(2):
            if not self._usable:
                break
            try:
                return self._execute(statement, rows)
            except (sqlite3.OperationalError, OSError):
                # Locked for long, or in a folder that can't be written: go on without the file.
                self._usable = False
            except sqlite3.DatabaseError:
                self.close()
                self._path.unlink(missing_ok=True)
        return []

    def _execute(self, statement: str, rows: Sequence[Sequence[object]]) -> list[tuple[Any, ...]]:
        with self._open() as connection:
            if statement.startswith("SELECT"):
                return connection.execute(statement, rows[0]).fetchall()
            connection.executemany(statement, rows)
            return []

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # `mkdocs serve` builds in another thread than the one that began, one after the other.
            self._connection = sqlite3.connect(self._path, timeout=PATIENCE, check_same_thread=False)
            # A power cut may destroy the cache, which costs only time.
            self._connection.execute("PRAGMA synchronous = OFF")
            self._connection.execute("CREATE TABLE IF NOT EXISTS contents (name TEXT PRIMARY KEY, content BLOB)")
        return self._connection


def unpacked(rows: Sequence[tuple[Any, ...]]) -> Iterator[tuple[str, bytes]]:
    """The contents that are intact and were stored under these names."""
    for name, packed in rows:
        with suppress(zlib.error, TypeError):
            if (content := zlib.decompress(packed)).startswith(begin := head(name)):
                yield name, content[len(begin) :]


def head(name: str) -> bytes:
    """What is stored before a content, so that it is recognised."""
    return name.encode() + b"\0"
