"""What the page templates show of notes, topics and sources, as plain values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from notesite.identify import reference
from notesite.markdown.parser import parser
from notesite.model import Note, Reference, Section, Site, Source
from notesite.outline import inline_text
from notesite.topics import Topic

LABELS: Final = {
    "repo": "Code", "youtube": "Video", "doi": "DOI", "hf-model": "Model", "hf-dataset": "Data", "hf-space": "Demo",
    "openreview": "OpenReview", "acl": "ACL Anthology", "pmlr": "PMLR", "neurips": "NeurIPS", "cvf": "CVF", "jmlr": "JMLR",
    "pdf": "PDF", "tweet": "Post", "page": "Page",
}  # fmt: skip
"""What a chip that leads to a reference of this scheme says."""
MOST_CHIPS: Final = 3
"""Chips of one kind; a note with more links to code is about something else."""
SUMMARY_LENGTH: Final = 180
STANDARD_KEYS: Final = frozenset("title date tags topic topics aliases paper draft notesite".split())
"""Front matter that has a place of its own on the page."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A short link below a title."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text of a note stands in the sources."""

    path: str
    start: int
    end: int
    heading: str
    date: str | None
    role: str
    """Empty for a text that is shown, else what became of it."""
    page: str
    """Address of the source's page."""
    edit: str | None
    """Where the author can change it."""


def chips(note: Note) -> Iterator[Chip]:
    """The paper as abstract and PDF, then code, videos and models that the note links."""
    if note.primary and note.primary.scheme == "arxiv":
        yield Chip(f"arXiv {note.primary.id}", f"https://arxiv.org/abs/{note.primary.id}")
        yield Chip("PDF", f"https://arxiv.org/pdf/{note.primary.id}")
    counts: Counter[str] = Counter()
    for named, url in linked(note):
        wanted = named == note.primary or named.scheme in ("repo", "youtube", "hf-model", "hf-space", "hf-dataset")
        if wanted and named.scheme != "arxiv" and counts[named.scheme] < MOST_CHIPS:
            counts[named.scheme] += 1
            yield Chip(LABELS.get(named.scheme, "Paper"), url)


def linked(note: Note) -> Iterator[tuple[Reference, str]]:
    """What the note's links name, each once, with the URL that the author gave."""
    seen: set[Reference] = set()
    for section in note.sections:
        for link in section.links:
            named = reference(link.url)
            if named and named not in seen:
                seen.add(named)
                yield named, link.url


def year(note: Note) -> str | None:
    """The paper's year as its arXiv id has it, else the note's own."""
    named = note.primary
    if named and named.scheme == "arxiv" and (match := re.match(r"(?:[a-z-]+/)?(\d\d)\d\d", named.id)):
        century = "19" if match[1] > "90" else "20"
        return century + match[1]
    return note.date[:4] if note.date else None


def summary(note: Note) -> str:
    """The first sentence of the note's text, without markup."""
    for part in note.parts:
        for block in part.section.blocks:
            if block.kind in ("paragraph", "item"):
                inline = next((t for t in parser().parse(block.text) if t.type == "inline"), None)
                text = " ".join(inline_text(inline.children or []).split()) if inline else ""
                if len(text.split()) > 2:
                    return shortened(text)
    return ""


def shortened(text: str) -> str:
    """The first sentence, or as much of it as fits."""
    sentence = re.match(r".{20,}?[.!?](?=\s|$)", text)
    text = sentence[0] if sentence else text
    if len(text) <= SUMMARY_LENGTH:
        return text
    return text[:SUMMARY_LENGTH].rpartition(" ")[0].rstrip(" ,;:") + " …"


def places(note: Note, pages: Mapping[str, str], edit: Callable[[Section], str | None]) -> Iterator[Place]:
    """Every place in the sources that this page shows or stands for."""
    for part in note.parts:
        yield place(part.section, "", pages, edit)
        for copy in part.copies:
            role = "the same text" if copy.kind == "exact" else "an edited copy"
            yield place(copy.section, role, pages, edit)


def place(section: Section, role: str, pages: Mapping[str, str], edit: Callable[[Section], str | None]) -> Place:
    """One section's place."""
    heading = " › ".join((*section.groups, section.heading)) if section.heading else ""
    page = pages[section.path]
    return Place(section.path, section.start, section.end, heading, section.date, role, page, edit(section))


def properties(note: Note) -> Iterator[tuple[str, str]]:
    """Front matter that notesite has no use for, as the author wrote it."""
    for section in note.sections:
        yield from other_keys(section.meta)


def other_keys(meta: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The keys that notesite does not know, with their values as text."""
    for key, value in meta.items():
        if key not in STANDARD_KEYS and value not in (None, "", []):
            yield key, ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def by_topic(site: Site) -> list[tuple[Topic, list[Note]]]:
    """The topics that have notes, each with its notes by title."""
    shelves: dict[str, list[Note]] = {topic.key: [] for topic in site.topics}
    for note in sorted(site.notes, key=lambda note: note.title.casefold()):
        shelves[note.filing.topic].append(note)
    return [(topic, shelves[topic.key]) for topic in site.topics if shelves[topic.key]]


def source_counts(site: Site) -> list[tuple[Source, int]]:
    """The sources in order, each with the number of its sections that are notes."""
    counts = Counter(section.path for section in site.sections if section.kind in ("note", "links"))
    return [(source, counts[source.path]) for source in site.sources]
