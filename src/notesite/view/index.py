"""The notes as the lists of the site show them, worked out once for all pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from notesite.labels import tags
from notesite.model import Note, Page, Section, Site, Source
from notesite.once import Once, anew
from notesite.papers import year
from notesite.shelves import Shelf, is_split, notes_by_year, papers_by_year, tag_shelves, topic_shelves
from notesite.view.text import plain, summary

RECENT: Final = 8
"""Notes on the home page; so many are as tall as the list of years beside them."""
MOST_NOTED: Final = 5
"""Notes at the top of a topic's page; more would hide the list below."""
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
    added: str | None
    """When it was first noted, as ISO date."""
    changed: str | None
    count: int
    """How many sources it comes from, those that only mention it included."""


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
    days: Mapping[str, tuple[Entry, ...]]
    """Notes by the year in which they were added, newest first."""
    sources: Mapping[str, Source]
    """By path."""
    contents: Mapping[str, tuple[str, ...]]
    """By source path: what its notes are called, in the author's order."""
    is_split: bool
    """Whether each year of papers has a page."""
    is_long: bool
    """Whether each year of the timeline has a page."""
    changes: Mapping[str, str]
    """By page of the site, when what it shows was changed last; of a list, when a note on it was."""

    def shelf(self, page: Page) -> Shelf | None:
        """The shelf that a page shows."""
        return self.shelves.get(f"{page.kind}s/{page.subject}.md")

    def topic_number(self, key: str) -> int | None:
        """The place of a topic among all that have notes; None where there is no such topic."""
        return next((number for number, shelf in enumerate(self.topics) if shelf.key == key), None)

    def papers(self, year: str) -> Mapping[str, tuple[Entry, ...]]:
        """The papers of one year, or of all where `year` is empty."""
        return {year: self.years[year]} if year else self.years

    def months(self, year: str) -> Iterator[tuple[str, list[Entry]]]:
        """The notes added in one year, or in all where `year` is empty, by month; a note may be dated by year only."""
        dated = self.days.get(year, ()) if year else [entry for found in self.days.values() for entry in found]
        grouped = groupby(dated, key=lambda entry: (entry.added or "")[:7])
        return ((month, list(found)) for month, found in grouped)

    def of(self, notes: Sequence[Note]) -> list[Entry]:
        """The entries of these notes."""
        return [self.entries[note.slug] for note in notes]

    def linking(self, note: Note) -> list[Entry]:
        """The notes that link to a note."""
        return [self.entries[slug] for slug in note.backlinks]

    def recent(self) -> list[Entry]:
        """The notes that were added or changed last."""
        return by_change(self.entries.values())[:RECENT]

    def latest(self, shelf: Shelf) -> Entry | None:
        """The note of a shelf that was added last."""
        dated = [entry for entry in self.of(shelf.notes) if entry.added]
        return max(dated, key=lambda entry: entry.added or "", default=None)

    def most_noted(self, shelf: Shelf) -> list[Entry]:
        """The notes of a shelf that come from several sources, most first."""
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


def index(site: Site, once: Once = anew) -> Index:
    """Work out the lists of the site."""
    topics = topic_shelves(site.topics, site.notes)
    tagged = tag_shelves(site.notes)
    entries = {note.slug: entry for note, entry in zip(site.notes, listed(site, topics, tagged, once), strict=True)}
    papers, days = papers_by_year(site.notes), notes_by_year(site.notes)
    return Index(
        entries,
        topics,
        tagged,
        {shelf.uri(): shelf for shelf in (*topics, *tagged)},
        {name: tuple(entries[note.slug] for note in notes) for name, notes in papers.items()},
        {name: f"papers/{name}.md" if is_split(papers) else f"papers/index.md#y{name}" for name in papers},
        {name: tuple(entries[note.slug] for note in notes) for name, notes in days.items()},
        {source.path: source for source in site.sources},
        contents(site),
        is_split(papers),
        is_split(days),
        dict(changes(site, (*topics, *tagged))),
    )


def contents(site: Site) -> dict[str, tuple[str, ...]]:
    """The titles of each source's notes."""
    titles: dict[str, list[str]] = {source.path: [] for source in site.sources}
    for section in site.sections:
        if section.kind in ("note", "links"):
            titles[section.path].append(section.title)
    return {path: tuple(found) for path, found in titles.items()}


def changes(site: Site, shelves: Iterable[Shelf]) -> Iterator[tuple[str, str]]:
    """Pages of which it is known when they changed, with the date."""
    found = {f"note/{note.slug}": newest([note]) for note in site.notes}
    for path, sections in groupby(site.sections, key=lambda section: section.path):
        found[f"source/{path}"] = newest(sections)
    for shelf in shelves:
        found[f"{shelf.kind}/{shelf.key}"] = newest(shelf.notes)
    last = newest(site.notes)
    for page in site.pages:
        if date := found.get(f"{page.kind}/{page.subject}", last):
            yield page.uri, date


def newest(shown: Iterable[Note | Section]) -> str | None:
    """When one of these was changed last."""
    return max((one.changed for one in shown if one.changed), default=None)


def listed(site: Site, topics: Sequence[Shelf], tagged: Sequence[Shelf], once: Once) -> Iterator[Entry]:
    """The entry of each note."""
    topic_of = {shelf.key: shelf for shelf in topics}
    tag_of = {shelf.name.casefold(): shelf for shelf in tagged}
    summaries = once.each(summary, [(note.id, tuple(part.section for part in note.parts)) for note in site.notes])
    for note, said in zip(site.notes, summaries, strict=True):
        yield Entry(
            note,
            f"notes/{note.slug}.md",
            plain(note.title),
            said,
            topic_of[note.filing.topic],
            tuple(tag_of[name.casefold()] for name in tags(note)),
            year(note),
            note.added,
            note.changed,
            len({section.path for section in (*note.sections, *(mention.section for mention in note.mentions))}),
        )


def by_change(entries: Iterable[Entry]) -> list[Entry]:
    """The dated notes, the one that was changed last first; what has no date can't be new."""
    return sorted((entry for entry in entries if entry.changed), key=lambda entry: entry.changed or "", reverse=True)
