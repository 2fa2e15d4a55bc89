"""Lines of Markdown with links from one page of the tree to another."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from notesite.pages import literal
from notesite.shelves import Shelf
from notesite.view import Entry


def link(text: str, target: str, page: str) -> str:
    """A link to `target` from the page at `page`; both are places in the tree."""
    path, mark, anchor = target.partition("#")
    return f"[{literal(text)}]({posixpath.relpath(path, posixpath.dirname(page) or '.')}{mark}{anchor})"


def entry_link(entry: Entry, page: str) -> str:
    """A link to a note, the formulas of its title set."""
    return link(entry.note.title, entry.uri, page)


def shelf_link(shelf: Shelf, page: str) -> str:
    """A link to a topic or tag with the number of its notes."""
    return f"{link(shelf.name, shelf.uri(), page)} ({len(shelf.notes)})"


def dated(found: Iterable[tuple[Entry, str | None]], page: str) -> Iterator[str]:
    """A list of notes, each with a date."""
    return (f"- {entry_link(entry, page)}" + (f", {date}" if date else "") for entry, date in found)


def summarised(found: Iterable[Entry], page: str) -> Iterator[str]:
    """A list of notes, each with the paper's year and the note's first sentence."""
    for entry in found:
        year = f" ({entry.year})" if entry.year else ""
        yield f"- {entry_link(entry, page)}{year}" + (f": {literal(entry.summary)}" if entry.summary else "")
