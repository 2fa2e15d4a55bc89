"""The notes as the lists of the site show them, worked out once for all pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from notesite.model import Note, Page, Site, Source
from notesite.papers import papers_by_year, year
from notesite.shelves import Shelf, is_split, tag_shelves, tags, topic_shelves
from notesite.view.text import plain, summary

RECENT: Final = 8
"""Notes on the home page: as tall as the years beside them."""
MOST_NOTED: Final = 5
"""On top of a topic: more would hide the list below."""
SIDEBAR_NOTES: Final = 40
"""Notes of a topic that its pages list beside them; each of its pages carries the whole list."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A note in a list."""

    note: Note
    uri: str
    title: str
    summary: str
    topic: Shelf
    tags: tuple[Shelf, ...]
    year: str | None
    date: str | None
    count: int
    """How many places in the sources it comes from, mentions included."""


@dataclass(frozen=True, slots=True)
class Index:
    """Every list of the site."""

    entries: Mapping[str, Entry]
    """By slug."""
    topics: tuple[Shelf, ...]
    tags: tuple[Shelf, ...]
    shelves: Mapping[str, Shelf]
    """Topics and tags by the address of their first page."""
    years: Mapping[str, tuple[Entry, ...]]
    """Papers by year."""
    year_uris: Mapping[str, str]
    """Where the papers of a year are listed."""
    months: Mapping[str, tuple[Entry, ...]]
    """Notes by the month of their date, newest first."""
    sources: Mapping[str, Source]
    """By path."""
    counts: Mapping[str, int]
    """By source path: how many of its sections are notes."""
    is_split: bool
    """Whether each year of papers has a page."""

    def shelf(self, page: Page) -> Shelf | None:
        """The shelf that a page shows."""
        return self.shelves.get(f"{page.kind}s/{page.subject}.md")

    def description(self, page: Page) -> str:
        """A sentence on what a page holds, for search engines; empty where nothing more than its title can be said."""
        if page.kind == "note":
            return self.entries[page.subject].summary
        shelf = self.shelf(page)
        return shelf.intro if shelf else ""

    def papers(self, year: str) -> Mapping[str, tuple[Entry, ...]]:
        """The papers of one year, or of all where `year` is empty."""
        return {year: self.years[year]} if year else self.years

    def of(self, notes: Sequence[Note]) -> list[Entry]:
        """The entries of these notes."""
        return [self.entries[note.slug] for note in notes]

    def linking(self, note: Note) -> list[Entry]:
        """The notes that link to a note."""
        return [self.entries[slug] for slug in note.backlinks]

    def recent(self) -> list[Entry]:
        """The notes with the newest dates."""
        return [entry for month in self.months.values() for entry in month][:RECENT]

    def latest(self, shelf: Shelf) -> Entry | None:
        """The note of a shelf with the newest date."""
        dated = [entry for entry in self.of(shelf.notes) if entry.date]
        return max(dated, key=lambda entry: entry.date or "", default=None)

    def most_noted(self, shelf: Shelf) -> list[Entry]:
        """The notes of a shelf that come from several places, most first."""
        several = [entry for entry in self.of(shelf.notes) if entry.count > 1]
        return sorted(several, key=lambda entry: -entry.count)[:MOST_NOTED]

    def page_parts(self, shelf: Shelf, number: int) -> list[tuple[str, list[Entry]]]:
        """The notes on one page of a shelf, under the names of its parts."""
        grouped = groupby(shelf.chunks[number - 1], key=lambda note: note.part if shelf.kind == "topic" else "")
        return [(name, self.of(list(notes))) for name, notes in grouped]

    def in_sidebar(self, shelf: Shelf) -> list[Entry]:
        """The notes of a shelf where they are few enough to stand on every page of it."""
        return self.of(shelf.notes) if len(shelf.notes) <= SIDEBAR_NOTES else []

    def neighbours(self) -> Iterator[tuple[Entry, Entry]]:
        """Each note with the next one on its shelf."""
        for shelf in self.topics:
            yield from pairwise(self.of(shelf.notes))


def index(site: Site) -> Index:
    """Work out the lists of the site."""
    topics = topic_shelves(site.topics, site.notes)
    tagged = tag_shelves(site.notes)
    entries = {note.slug: entry for note, entry in zip(site.notes, listed(site, topics, tagged), strict=True)}
    papers = papers_by_year(site.notes)
    return Index(
        entries,
        topics,
        tagged,
        {shelf.uri(): shelf for shelf in (*topics, *tagged)},
        {name: tuple(entries[note.slug] for note in notes) for name, notes in papers.items()},
        {name: f"papers/{name}.md" if is_split(papers) else f"papers/index.md#y{name}" for name in papers},
        by_month(entries),
        {source.path: source for source in site.sources},
        Counter(section.path for section in site.sections if section.kind in ("note", "links")),
        is_split(papers),
    )


def listed(site: Site, topics: Sequence[Shelf], tagged: Sequence[Shelf]) -> Iterator[Entry]:
    """The entry of each note."""
    topic_of = {shelf.key: shelf for shelf in topics}
    tag_of = {shelf.name.casefold(): shelf for shelf in tagged}
    for note in site.notes:
        yield Entry(
            note,
            f"notes/{note.slug}.md",
            plain(note.title),
            summary(note),
            topic_of[note.filing.topic],
            tuple(tag_of[name.casefold()] for name in tags(note)),
            year(note),
            note.date,
            len(note.sections) + len(note.mentions),
        )


def by_month(entries: Mapping[str, Entry]) -> dict[str, tuple[Entry, ...]]:
    """The dated notes, newest first; `2023-12` is a month."""
    months: dict[str, list[Entry]] = {}
    by_date = sorted(entries.values(), key=lambda entry: entry.date or "", reverse=True)
    for entry in by_date:
        if entry.date:
            months.setdefault(entry.date[:7], []).append(entry)
    return {month: tuple(found) for month, found in months.items()}
