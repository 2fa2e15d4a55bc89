"""Set formulas on disk, for several builds at once; a damaged file costs time, never a build."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

_PATIENCE: Final = 10.0
"""Seconds to wait for another build's writing, which takes a few milliseconds a page."""
_PARAMETERS: Final = 500
"""Keys per query; older builds of SQLite take no more than 999."""


class FormulaCache:
    """A table of keys and results in a file of SQLite's; without one that can be used, it is empty and stays so."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._usable = True

    def get(self, keys: Sequence[str]) -> dict[str, str]:
        """Return the results that are known."""
        found: dict[str, str] = {}
        for at in range(0, len(keys), _PARAMETERS):
            some = keys[at : at + _PARAMETERS]
            marks = ",".join("?" * len(some))
            found.update(self._run(f"SELECT key, result FROM formulas WHERE key IN ({marks})", [some]))
        return found

    def put(self, results: Mapping[str, str]) -> None:
        """Remember these results."""
        if results:
            self._run("INSERT OR IGNORE INTO formulas VALUES (?, ?)", list(results.items()))

    def close(self) -> None:
        """Let go of the file."""
        if self._connection:
            self._connection.close()
        self._connection = None

    def _run(self, statement: str, rows: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
        """Run a statement; a file that is no database is put away and begun anew, once."""
        for _ in range(2):
            if not self._usable:
                break
            try:
                return self._execute(statement, rows)
            except (sqlite3.OperationalError, OSError):
                # Locked for long, or a folder that can't be written: go on without.
                self._usable = False
            except sqlite3.DatabaseError:
                self.close()
                self._path.unlink(missing_ok=True)
        return []

    def _execute(self, statement: str, rows: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
        with self._open() as connection:
            if statement.startswith("SELECT"):
                return connection.execute(statement, rows[0]).fetchall()
            connection.executemany(statement, rows)
            return []

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # `mkdocs serve` builds in another thread than the one that began, one after the other.
            self._connection = sqlite3.connect(self._path, timeout=_PATIENCE, check_same_thread=False)
            self._connection.execute(
                "CREATE TABLE IF NOT EXISTS formulas (key TEXT PRIMARY KEY, result TEXT) WITHOUT ROWID"
            )
        return self._connection
