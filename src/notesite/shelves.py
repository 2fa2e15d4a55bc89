"""Shelves: notes in the order in which they stand beside one another, by topic, by tag and by the paper's year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal

from notesite.addresses import free_name, slugify
from notesite.labels import tags
from notesite.model import Note, Page
from notesite.papers import year
from notesite.topics import Topic

PAGE_LENGTH: Final = 100
"""Notes on one page of a shelf: six phone screens of titles; a shelf of 1,000 in one page takes seconds to lay out."""
MOST_ROWS: Final = 1000
"""Rows in one table of papers, or one timeline; with more, sorting takes over 50 ms, so each year has a page."""

UNDATED: Final = "undated"
"""Stands for the year of papers whose year is not known."""


@dataclass(frozen=True, slots=True)
class Part:
    """Notes of a large shelf that stand together."""

    name: str
    count: int
    uri: str
    """Where it begins."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A topic or a tag with its notes."""

    kind: Literal["topic", "tag"]
    key: str
    name: str
    intro: str
    notes: tuple[Note, ...]
    """By title; on a large shelf part by part, the largest first."""

    def uri(self, number: int = 1) -> str:
        """The address of one of its pages, counted from 1."""
        return f"{self.kind}s/{self.key}" + (f"/{number}.md" if number > 1 else ".md")

    @property
    def chunks(self) -> tuple[tuple[Note, ...], ...]:
        """The notes page by page."""
        return tuple(self.notes[at : at + PAGE_LENGTH] for at in range(0, len(self.notes), PAGE_LENGTH))

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of a large shelf in order, without the notes that are in none."""
        first = {note.part: place for place, note in reversed(tuple(enumerate(self.notes))) if note.part}
        counts = Counter(note.part for note in self.notes)
        return tuple(
            Part(name, counts[name], f"{self.uri(first[name] // PAGE_LENGTH + 1)}#{part_anchor(name)}")
            for name in dict.fromkeys(note.part for note in self.notes)
            if name
        )


def part_anchor(name: str) -> str:
    """The anchor of a part's heading."""
    return f"part-{slugify(name)}"


def by_part(notes: Iterable[Note]) -> tuple[Note, ...]:
    """By title, part by part: the largest first, what is in none last."""
    ordered = by_title(notes)
    counts = Counter(note.part for note in ordered)
    return tuple(sorted(ordered, key=lambda note: (not note.part, -counts[note.part], note.part)))


def by_title(notes: Iterable[Note]) -> tuple[Note, ...]:
    """The order of a small shelf."""
    return tuple(sorted(notes, key=lambda note: (note.title.casefold(), note.slug)))


def topic_shelves(topics: Sequence[Topic], notes: Sequence[Note]) -> tuple[Shelf, ...]:
    """The topics that have notes."""
    filed: dict[str, list[Note]] = {topic.key: [] for topic in topics}
    for note in notes:
        filed[note.filing.topic].append(note)
    return tuple(Shelf("topic", t.key, t.name, t.intro, by_part(filed[t.key])) for t in topics if filed[t.key])


def tag_shelves(notes: Sequence[Note]) -> tuple[Shelf, ...]:
    """The tags of the notes' front matter by name; tags that differ in case only are one."""
    names: dict[str, str] = {}
    tagged: dict[str, list[Note]] = {}
    for note in notes:
        for name in tags(note):
            names.setdefault(name.casefold(), name)
            tagged.setdefault(name.casefold(), []).append(note)
    keys = unique_keys(sorted(names))
    return tuple(Shelf("tag", keys[folded], names[folded], "", by_title(tagged[folded])) for folded in sorted(names))


def unique_keys(names: Iterable[str]) -> Mapping[str, str]:
    """A slug for each name; `C` and `C++` have the same one, so the later gets a number."""
    taken: dict[str, int] = {}
    return {name: free_name(slugify(name), taken) for name in names}


def shelf_pages(shelf: Shelf) -> Iterator[Page]:
    """The pages of a shelf; its notes are listed by the template."""
    for number, _ in enumerate(shelf.chunks, 1):
        title = shelf.name if number == 1 else f"{shelf.name}, page {number}"
        yield Page(shelf.uri(number), shelf.kind, title, (), shelf.key, number)


def index_pages(notes: Sequence[Note]) -> Iterator[Page]:
    """The pages that show all notes in another order: papers, timeline, tags."""
    years = papers_by_year(notes)
    if years:
        yield Page("papers/index.md", "papers", "Papers")
    if is_split(years):
        for name in years:
            yield Page(f"papers/{name}.md", "papers", f"Papers of {name}", (), name)
    dated = notes_by_year(notes)
    if years or dated:
        yield Page("timeline.md", "timeline", "Timeline")
    if is_split(dated):
        for name in dated:
            yield Page(f"timeline/{name}.md", "timeline", f"Notes of {name}", (), name)
    shelves = tag_shelves(notes)
    if shelves:
        yield Page("tags/index.md", "tags", "Tags")
    for shelf in shelves:
        yield from shelf_pages(shelf)


def graph_pages(shelves: Sequence[Shelf]) -> Iterator[Page]:
    """The graph of everything, and that of each topic; one note alone has nothing to be connected with."""
    if sum(len(shelf.notes) for shelf in shelves) > 1:
        yield Page("graph/index.md", "graph", "Graph")
        for shelf in shelves:
            yield Page(f"graph/{shelf.key}.md", "graph", f"Graph of {shelf.name}", (), shelf.key)


def is_split(years: Mapping[str, Sequence[Note]]) -> bool:
    """Whether there are so many papers or notes that each year has a page."""
    return sum(map(len, years.values())) > MOST_ROWS


def papers_by_year(notes: Iterable[Note]) -> dict[str, tuple[Note, ...]]:
    """The notes on papers, newest year first and those without a year last, by title within it."""
    papers = [note for note in by_title(notes) if note.paper]
    ordered = sorted(papers, key=lambda note: year(note) or "", reverse=True)
    return {found or UNDATED: tuple(some) for found, some in groupby(ordered, key=year)}


def notes_by_year(notes: Iterable[Note]) -> dict[str, tuple[Note, ...]]:
    """The dated notes by the year in which they were added, the newest first."""
    dated = sorted((note for note in notes if note.added), key=lambda note: note.added or "", reverse=True)
    return {added: tuple(some) for added, some in groupby(dated, key=lambda note: (note.added or "")[:4])}
