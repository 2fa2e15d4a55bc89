"""Pages kept from one build to the next, each under a key of everything that went into it."""

from __future__ import annotations

import hashlib
import platform
import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from notesite.model import Note, Site
from notesite.store import Store
from notesite.view import Index

BATCH: Final = 200
"""Pages that are written to disk together: a transaction costs as much as twenty pages, and 200 pages are 6 MB."""
DISTRIBUTIONS: Final = (
    "jinja2", "markdown", "markdown-it-py", "markupsafe", "mdit-py-plugins", "mini-racer",
    "mkdocs", "mkdocs-material", "nh3", "pygments", "pymdown-extensions", "python-markdown-math",
)  # fmt: skip
"""Whose code writes pages, besides notesite's own."""
ADDRESS: Final = re.compile(r" at 0x[0-9a-f]+")
"""What the description of a Python function has that is another one in every process."""


class Kept:
    """Texts in a store, each found again only under the key that it was kept with."""

    def __init__(self, store: Store | None) -> None:
        self._store = store
        self._new: dict[str, str] = {}

    def find(self, name: str, key: str) -> str | None:
        """The text with this name, if it was kept under this key."""
        known = self._store.get([name]).get(name, "") if self._store else ""
        kept_key, _, text = known.partition("\n")
        return text if kept_key == key else None

    def keep(self, name: str, key: str, text: str) -> None:
        """Remember a text in the place of the one that had its name."""
        self._new[name] = f"{key}\n{text}"
        if len(self._new) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Write to disk what is new."""
        if self._store:
            self._store.put(self._new)
        self._new.clear()

    def close(self) -> None:
        """Write what is new and let go of the file."""
        self.flush()
        if self._store:
            self._store.close()


def digest(*parts: object) -> str:
    """A key that stands for these values; values that are written alike are alike."""
    return hashlib.blake2b(repr(parts).encode(), digest_size=20).hexdigest()


def described(options: object) -> str:
    """Options as text that is the same in every process, functions among them by name."""
    return ADDRESS.sub("", repr(options))


@cache
def versions() -> str:
    """Stands for all code that writes pages: Python's version, the libraries', and every file of notesite itself."""
    found = hashlib.blake2b(platform.python_version().encode())
    for name in DISTRIBUTIONS:
        found.update(f"{name} {version(name)}".encode())
    package = Path(__file__).parent
    for path in sorted(package.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            found.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    return found.hexdigest()


def lists_key(site: Site, index: Index) -> str:
    """Stands for what pages show of notes other than their own: what is in lists, and where things are."""
    return digest(
        list(entry_facts(index)),
        [(shelf.kind, shelf.key, shelf.name, [note.slug for note in shelf.notes]) for shelf in index.shelves.values()],
        index.year_uris,
        site.addresses.pages,
        site.topics,
    )


def entry_facts(index: Index) -> Iterator[object]:
    """What a list says of each note."""
    for entry in index.entries.values():
        tags = [tag.name for tag in entry.tags]
        dates = entry.year, entry.added, entry.changed
        yield entry.uri, entry.title, entry.summary, entry.topic.key, tags, dates, entry.count


def note_key(note: Note, site: Site) -> str:
    """Stands for what a note's page shows of the note itself, besides its text."""
    return digest(note, [site.addresses.place(mention.section) for mention in note.mentions])
