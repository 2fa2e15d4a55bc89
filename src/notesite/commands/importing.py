"""`notesite import`: one note for each paper of a BibTeX file, a CSL-JSON file or a list of links."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from notesite.commands.bibtex import from_bibtex
from notesite.commands.csl import from_csl
from notesite.commands.lookup import Network, look_up
from notesite.commands.new import with_known_title, write_file
from notesite.commands.paper import Paper, paper, places
from notesite.encoding import decode
from notesite.errors import NotesiteError
from notesite.lexicon import Lexicon
from notesite.model import Reference, Site
from notesite.reference import parse_reference

LINK: Final = re.compile(r"\[(?P<text>[^\]\n]*)\]\((?P<target>https?://[^\s)]+)\)|<?(?P<bare>https?://[^\s<>)\]]+)")


def read_papers(file: Path) -> list[Paper]:
    """The papers of a file: BibTeX and CSL-JSON by its ending, else a list of links.

    Raises NotesiteError where the file can't be read.
    """
    try:
        text = decode(file.name, file.read_bytes())[0]
    except OSError as error:
        raise NotesiteError(f"{file}: can't be read: {error.strerror}") from error
    match file.suffix.lower():
        case ".bib" | ".bibtex":
            return list(from_bibtex(text))
        case ".json":
            return from_json(file, text)
    return list(from_links(text))


def from_json(file: Path, text: str) -> list[Paper]:
    """The papers of a list in CSL-JSON."""
    try:
        items = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotesiteError(f"{file}: is no JSON: {error}") from error
    if not isinstance(items, list):
        raise NotesiteError(f"{file}: a list of items is wanted; export the collection from Zotero as CSL JSON")
    return [from_csl(item) for item in items if isinstance(item, Mapping)]


def from_links(text: str) -> Iterator[Paper]:
    """The papers of a list of links: those in Markdown with their texts, bare ones, and lines that are ids."""
    for line in text.split("\n"):
        found = list(LINK.finditer(line))
        for match in found:
            yield paper(match["target"] or match["bare"].rstrip(".,;"), link_title(match["text"]))
        alone = line.strip(" \t-*+")
        if not found and parse_reference(alone):
            yield paper(alone)


def link_title(text: str | None) -> str:
    """The text of a link where it is a title: no URL, and more than one word."""
    words = (text or "").split()
    return " ".join(words) if len(words) > 1 and parse_reference(" ".join(words)) is None else ""


def import_papers(
    papers: Sequence[Paper], site: Site, folder: Path, lexicon: Lexicon, network: Network, today: datetime.date
) -> Iterator[str]:
    """Write a note for each paper that has none, and say what was done line by line."""
    fresh, skipped = without_noted(papers, site)
    yield from skipped
    answers, failures = ask([item for item in fresh if not item.title], network)
    yield from (f"{failure}; went on with what is known" for failure in failures)
    for item in fresh:
        known = item.completed(answers[item.reference]) if item.reference in answers else item
        known = with_known_title(known, site)
        note = write_file(known, site, folder, lexicon, today)
        yield f"{note.path}: {known.name}" + (f" ({note.topic})" if note.topic else "")
    yield f"{len(fresh)} written, {len(skipped)} skipped"


def ask(papers: Sequence[Paper], network: Network) -> tuple[dict[Reference, Paper], list[str]]:
    """What the network knows of these papers, and what went wrong."""
    answers: dict[Reference, Paper] = {}
    failures: list[str] = []
    for found, failure in look_up([item.reference for item in papers if item.reference], network):
        answers |= found
        failures += [failure] if failure else []
    return answers, failures


def without_noted(papers: Sequence[Paper], site: Site) -> tuple[list[Paper], list[str]]:
    """The papers that are to be written, and a line for each other one."""
    fresh: dict[object, Paper] = {}
    skipped: list[str] = []
    for item in papers:
        key = item.reference or item.title.casefold()
        if not key:
            skipped.append("skipped an entry without title and link")
        elif key in fresh:
            skipped.append(f"skipped, stands twice in the list: {item.name}")
        elif noted := places(item, site):
            skipped.append(f"skipped, noted at {noted[0]}: {item.name}")
        else:
            fresh[key] = item
    return list(fresh.values()), skipped
