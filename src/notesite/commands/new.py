"""`notesite new`: a note that is ready to be written, where the collection keeps such notes."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from notesite.addresses import slugify
from notesite.classify import classify
from notesite.commands.habits import file_names, habits
from notesite.commands.noted import is_one_note
from notesite.commands.paper import Paper, known_title
from notesite.commands.skeleton import file_text, section_text
from notesite.errors import NotesiteError, unwritten
from notesite.lexicon import Lexicon
from notesite.model import Block, Note, Part, Section, Site
from notesite.read import read_source
from notesite.split import split
from notesite.topics import FALLBACK

SECTION_LEVEL: Final = 2
"""Of a section in a file that has none yet."""


@dataclass(frozen=True, slots=True)
class Written:
    """A note that was written."""

    path: str
    """Relative to the notes folder."""
    line: int
    """Where its author goes on."""
    topic: str
    """Where it will be filed; empty where nothing speaks for a topic."""
    why: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


def write_file(paper: Paper, site: Site, folder: Path, lexicon: Lexicon, today: datetime.date) -> Written:
    """Write a file of its own for the paper; one that is there is never touched."""
    topic, why = guess(paper, lexicon)
    found = habits(site, topic)
    text = file_text(paper, topic, found.headings, today)
    for path in file_names(paper, found, today):
        try:
            with (folder / path).open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except FileExistsError:
            continue
        except OSError as error:
            raise NotesiteError(unwritten(error, folder / path)) from error
        return Written(path, text.count("\n", 0, text.index("\n## ")) + 3, topic, why)
    raise NotesiteError(f"{folder / path}: every name for this note is taken; give it another with --title")


def guess(paper: Paper, lexicon: Lexicon) -> tuple[str, str]:
    """The topic that the note will be filed under, and why; empty where nothing speaks for one."""
    abstract = Block("paragraph", 2, 2, paper.abstract)
    section = Section("", 1, 2, 2, paper.name, paper.name, 1, "note", blocks=(abstract,))
    references = (paper.reference,) if paper.reference else ()
    filing = classify(Note(paper.name, (Part(section),), references, paper.reference), lexicon)
    return ("", "") if filing.topic == FALLBACK else (filing.topic, filing.why)


def append_section(paper: Paper, site: Site, folder: Path, path: str, lexicon: Lexicon) -> Written:
    """Append a section on the paper to a file of many notes."""
    check_file(path, site, folder)
    levels = Counter(s.level for s in site.sections if s.path == path and s.kind == "note" and s.level)
    level = max(levels, key=lambda level: (levels[level], -level), default=SECTION_LEVEL)
    before = (folder / path).read_bytes()
    gap = "\n" if before.endswith(b"\n") else "\n\n"
    added = (gap + section_text(paper, level)).encode()
    if b"\r\n" in before:
        added = added.replace(b"\n", b"\r\n")
    check_separate(path, before, before + added)
    with (folder / path).open("ab") as file:
        file.write(added)
    line = (before + added).count(b"\n") + 1
    topic, why = guess(paper, lexicon)
    return Written(path, line, topic, why)


def check_file(path: str, site: Site, folder: Path) -> None:
    """Refuse a file that is not there, or that is one note."""
    if path not in {source.path for source in site.sources}:
        raise NotesiteError(f"{folder / path}: no such note file; --to appends to a file that is there")
    if is_one_note(path, site):
        raise NotesiteError(f"{folder / path}: this file is one note; leave out --to, or name a file of several notes")


def check_separate(path: str, before: bytes, after: bytes) -> None:
    """Refuse to append where the text before would swallow the section, as a fence that is never closed does."""
    old, new = (split(read_source(path, data)[0]) for data in (before, after))
    if len(new) != len(old) + 1:
        raise NotesiteError(f"{path}: a section at its end would not stand alone; is a fence or a comment left open?")


def with_known_title(paper: Paper, site: Site) -> Paper:
    """The paper by the title that the notes give it where they link to it."""
    if paper.title or paper.reference is None:
        return paper
    return replace(paper, title=known_title(paper.reference, site))


def report(note: Written, paper: Paper, site: Site) -> Iterator[str]:
    """What was done, and how to see it."""
    yield f"{note}: {paper.name}"
    if not paper.title:
        yield "  its title is not known yet; write it into the file"
    if paper.authors:
        yield f"  by {', '.join(paper.authors)}" + (f", {paper.year}" if paper.year else "")
    yield f"  topic: {note.topic} ({note.why})" if note.topic else "  topic: none, for its words speak for none"
    known = (other.slug for other in site.notes if paper.reference and other.primary == paper.reference)
    yield f"  `mkdocs serve` shows it at notes/{next(known, slugify(paper.name))}/"
