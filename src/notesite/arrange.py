"""Arrange notes into a site: addresses, pages, links between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from notesite.compose import FOOTNOTE_USE, Materials, Sheet, label
from notesite.model import Addresses, Block, Link, Note, Page, Section, Source
from notesite.once import Once, anew
from notesite.pages import note_page, source_page
from notesite.shelves import graph_pages, index_pages, shelf_pages, topic_shelves
from notesite.topics import Topic


def arrange(
    sources: Sequence[Source],
    sections: Sequence[Section],
    topics: Sequence[Topic],
    notes: Sequence[Note],
    places: Addresses,
    titles: Mapping[str, str],
    once: Once = anew,
) -> tuple[Page, ...]:
    """Every page of the site, in the order of the navigation."""
    own: dict[str, list[Section]] = {source.path: [] for source in sources}
    for section in sections:
        own[section.path].append(section)
    copied = {copy.section.id for note in notes for part in note.parts for copy in part.copies}
    parts = [(path, titles[path], frozenset(s.id for s in some) & copied, tuple(some)) for path, some in own.items()]
    sheets = dict(zip(own, once.each(sheet, parts), strict=True))
    of_notes = [(n.slug, n.slug, n.title, of_sources(sheets, paths_of(n), places), n.parts) for n in notes]
    of_files = [
        (path, path, of_sources(sheets, [path], places), tuple(some))
        for path, some in own.items()
        if places.pages[path].startswith("sources/")
    ]
    return (
        Page("index.md", "home", "Home"),
        *(page for shelf in topic_shelves(topics, notes) for page in shelf_pages(shelf)),
        *once.each(note_page, of_notes),
        *once.each(source_page, of_files),
        *index_pages(notes),
        *graph_pages(topic_shelves(topics, notes)),
        Page("sources/index.md", "sources", "Sources"),
    )


def paths_of(note: Note) -> Iterable[str]:
    """The sources that stand on a note's page."""
    return dict.fromkeys(section.path for section in note.sections)


def of_sources(sheets: Mapping[str, Sheet], paths: Iterable[str], places: Addresses) -> Materials:
    """What a page of these sources needs."""
    return Materials(places, {path: sheets[path] for path in paths})


def sheet(title: str, copies: frozenset[str], sections: Sequence[Section]) -> Sheet:
    """What composing needs of the sections of one source; `copies` are those that others are shown for."""
    definitions: defaultdict[str, list[Block]] = defaultdict(list)
    footnotes: set[str] = set()
    links: defaultdict[int, list[Link]] = defaultdict(list)
    for section in sections:
        for block in section.blocks:
            if name := label(block):
                definitions[name.casefold()].append(block)
        if section.id not in copies:
            own = set(map(label, section.blocks))
            footnotes.update(use for use in FOOTNOTE_USE.findall(section.text) if f"^{use}" not in own)
        for link in section.links:
            links[link.line].append(link)
    return Sheet(
        title,
        {name: tuple(blocks) for name, blocks in definitions.items()},
        frozenset(footnotes),
        {line: tuple(found) for line, found in links.items()},
    )
