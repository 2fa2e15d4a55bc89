"""Arrange notes into a site: addresses, pages, links between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from notesite.compose import FOOTNOTE_USE, Materials, label
from notesite.model import Addresses, Block, Link, Note, Page, Section, Source
from notesite.pages import note_page, source_pages
from notesite.shelves import graph_pages, index_pages, shelf_pages, topic_shelves
from notesite.topics import Topic


def arrange(
    sources: Sequence[Source],
    sections: Sequence[Section],
    topics: Sequence[Topic],
    notes: Sequence[Note],
    places: Addresses,
    titles: Mapping[str, str],
) -> tuple[Page, ...]:
    """Every page of the site, in the order of the navigation."""
    known = materials(sections, places, titles)
    return (
        Page("index.md", "home", "Home"),
        *(page for shelf in topic_shelves(topics, notes) for page in shelf_pages(shelf)),
        *(note_page(note, known) for note in notes),
        *source_pages(sources, sections, known),
        *index_pages(notes),
        *graph_pages(topic_shelves(topics, notes)),
        Page("sources/index.md", "sources", "Sources"),
    )


def materials(sections: Sequence[Section], places: Addresses, titles: Mapping[str, str]) -> Materials:
    """What composing needs, indexed by source."""
    definitions: defaultdict[tuple[str, str], list[Block]] = defaultdict(list)
    footnotes: defaultdict[str, set[str]] = defaultdict(set)
    links: defaultdict[tuple[str, int], list[Link]] = defaultdict(list)
    for section in sections:
        for block in section.blocks:
            if name := label(block):
                definitions[section.path, name.casefold()].append(block)
        footnotes[section.path].update(FOOTNOTE_USE.findall(section.text))
        for link in section.links:
            links[section.path, link.line].append(link)
    return Materials(
        places,
        titles,
        {key: tuple(blocks) for key, blocks in definitions.items()},
        {path: frozenset(names) for path, names in footnotes.items()},
        {place: tuple(found) for place, found in links.items()},
    )
