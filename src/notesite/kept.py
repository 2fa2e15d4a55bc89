"""What is kept from one build to the next, each under a key of everything that went into it."""

from __future__ import annotations

import hashlib
import platform
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from msgspec import DecodeError, MsgspecError
from msgspec.msgpack import Decoder, Encoder

from notesite.graph import whole
from notesite.model import Note, Site
from notesite.store import Store
from notesite.view import Entry, Index

BATCH: Final = 200
"""Values that are read or written together: a transaction costs as much as twenty pages, and 200 pages are 6 MB."""
DISTRIBUTIONS: Final = (
    "jinja2", "markdown", "markdown-it-py", "markupsafe", "mdit-py-plugins", "mini-racer",
    "mkdocs", "mkdocs-material", "msgspec", "nh3", "pygments", "pymdown-extensions", "python-markdown-math",
)  # fmt: skip
"""Whose code writes pages, besides notesite's own."""
ADDRESS: Final = re.compile(r" at 0x[0-9a-f]+")
"""What the description of a Python function has that is another one in every process."""

T = TypeVar("T")
_PACK: Final = Encoder().encode


class Kept:
    """Values in a store, each found again only under the key that it was kept with, too.

    They are read as data of the type that is asked for and as nothing else, for they may have come with the notes.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._new: dict[str, bytes] = {}

    def find(self, name: str, key: str, kind: type[T]) -> T | None:
        """The value with this name, if it was kept under this key."""
        return self.find_all({name: key}, kind).get(name)

    def find_all(self, keys: Mapping[str, str], kind: type[T]) -> dict[str, T]:
        """The values with these names that were kept under the key of each."""
        found: dict[str, T] = {}
        names = iter(keys)
        while some := list(islice(names, BATCH)):
            for name, content in self._store.get(some).items():
                key = f"{keys[name]}\n".encode()
                with suppress(DecodeError):
                    if content.startswith(key):
                        found[name] = unpacked(memoryview(content)[len(key) :], kind)
        return found

    def keep(self, name: str, key: str, value: object) -> None:
        """Remember a value in the place of the one that had its name, unless it has no form as bytes."""
        if (content := packed(value)) is not None:
            self._new[name] = f"{key}\n".encode() + content
        if len(self._new) >= BATCH:
            self.flush()

    def forget(self, is_done_with: Callable[[str], bool]) -> None:
        """Forget the values whose names say so."""
        self._store.remove([*filter(is_done_with, self._store.names())])

    def flush(self) -> None:
        """Write to disk what is new."""
        self._store.put(self._new)
        self._new.clear()

    def close(self) -> None:
        """Write what is new and let go of the file."""
        self.flush()
        self._store.close()


def digest(*parts: object) -> str:
    """A key that stands for these values; values that are written alike are alike."""
    return hashlib.blake2b(packed(parts) or repr(parts).encode(), digest_size=20).hexdigest()


def packed(value: object) -> bytes | None:
    """The value as bytes, which takes half the time of `repr`; None for one that has no such form."""
    try:
        return _PACK(value)
    except (MsgspecError, TypeError, ValueError, OverflowError):
        return None


def unpacked(content: bytes | memoryview, kind: type[T]) -> T:
    """The value of this type; raises DecodeError where the bytes are no such."""
    found: T = _decoder(cast("Any", kind)).decode(content)
    return found


@cache
def _decoder(kind: Any) -> Decoder[Any]:
    return Decoder(kind)


def described(options: object) -> str:
    """Options as text that is the same in every process, functions among them by name."""
    return ADDRESS.sub("", repr(options))


@cache
def versions() -> str:
    """Stands for all code that writes pages: Python's version, the libraries', and every file of notesite itself."""
    found = hashlib.blake2b(f"{platform.python_version()} {platform.machine()} {sys.hash_info}".encode())
    for name in DISTRIBUTIONS:
        found.update(f"{name} {version(name)}".encode())
    package = Path(__file__).parent
    for path in sorted(package.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            found.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    return found.hexdigest()


def page_keys(site: Site, index: Index) -> dict[str, str]:
    """Stands for what each page shows, by its place; not for what it is shown with, such as the theme."""
    notes = {note.slug: note for note in site.notes}
    shell, lists, beside = shell_key(site, index), lists_key(site, index), links_beside(index)
    shared = {"graph": digest(lists, whole(index))}
    keys: dict[str, str] = {}
    for page in site.pages:
        own = shared.get(page.kind, lists)
        if page.kind == "note":
            own = note_key(notes[page.subject], site, index, beside)
        keys[page.uri] = digest(shell, own, page.kind, page.title, page.subject, page.number, page.text)
    return keys


def shell_key(site: Site, index: Index) -> str:
    """Stands for what every page shows of others: the navigation, with how many notes there are of each topic."""
    shelves = [(shelf.uri(), shelf.name, len(shelf.notes)) for shelf in index.shelves.values()]
    return digest(shelves, [(page.uri, page.title) for page in site.pages if page.kind != "note"])


def lists_key(site: Site, index: Index) -> str:
    """Stands for what lists show of notes, and where things are."""
    return digest(
        list(entry_facts(index)),
        [(shelf.kind, shelf.key, shelf.name, [note.slug for note in shelf.notes]) for shelf in index.shelves.values()],
        index.year_uris,
        index.contents,
        [(source.path, source.meta) for source in site.sources],
        site.titles,
        site.addresses.pages,
        site.topics,
    )


def entry_facts(index: Index) -> Iterator[object]:
    """What a list says of each note."""
    return map(own_facts, index.entries.values())


def own_facts(entry: Entry) -> object:
    """What a list says of a note, the links of its chips among it."""
    note, tags = entry.note, [tag.name for tag in entry.tags]
    links = [link.url for section in note.sections for link in section.links]
    stated = entry.uri, entry.title, entry.summary, entry.topic.key, tags, entry.year, entry.count
    dates = entry.added, entry.changed
    return *stated, *dates, note.part, str(note.primary), links


def note_key(note: Note, site: Site, index: Index, beside: Mapping[str, object]) -> str:
    """Stands for what a note's page shows besides its text: the note itself, and the titles of those it leads to."""
    entry = index.entries[note.slug]
    linked = [index.entries[slug].title for slug in (*note.backlinks, *(slug for slug, _ in note.related))]
    return digest(
        note,
        own_facts(entry),
        index.year_uris.get(entry.year or ""),
        [tag.uri() for tag in entry.tags],
        [site.addresses.pages[section.path] for section in note.sections],
        [site.addresses.place(mention.section) for mention in note.mentions],
        linked,
        beside[note.slug],
    )


def links_beside(index: Index) -> dict[str, object]:
    """What the page of each note has beside its text: the notes before and after it, and its whole topic if short."""
    found: dict[str, object] = {}
    for shelf in index.topics:
        lines = [(entry.uri, entry.title) for entry in index.of(shelf.notes)]
        short = digest(lines) if index.in_sidebar(shelf) else ""
        around = zip([None, *lines[:-1]], [*lines[1:], None], strict=True)
        found |= {note.slug: (short, *two) for note, two in zip(shelf.notes, around, strict=True)}
    return found
