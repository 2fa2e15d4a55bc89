"""A paper that is noted already: where that is, and what the author wants to do about it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from typing import Literal

from notesite.commands.terminal import answer
from notesite.model import Site

Wish = Literal["open", "section", "nothing"]


def report_noted(found: Sequence[str], argument: str, site: Site) -> Iterator[str]:
    """Where the paper is noted, and how to go on from there."""
    yield f"already noted: {', '.join(found)}"
    yield f"  open it: notesite new {shlex.quote(argument)} --edit"
    if path := open_file(found, site):
        yield f"  add a section: notesite new {shlex.quote(argument)} --to {shlex.quote(path)}"


def ask_wish(found: Sequence[str], site: Site) -> Wish:
    """Ask the author at the terminal; no answer means nothing."""
    print(f"already noted: {', '.join(found)}")
    path = open_file(found, site)
    section = f", add a [s]ection to {path}" if path else ""
    wish = answer(f"[o]pen it{section}, or [n]othing? ")
    if wish.startswith("o"):
        return "open"
    return "section" if path and wish.startswith("s") else "nothing"


def open_file(found: Sequence[str], site: Site) -> str | None:
    """The first of these files that takes more sections."""
    files = (place.rpartition(":")[0] for place in found)
    return next((path for path in files if not is_one_note(path, site)), None)


def is_one_note(path: str, site: Site) -> bool:
    """Whether a file is a single note."""
    return site.addresses.pages[path].startswith("notes/")
