"""Arrange notes into a site: addresses, pages, links between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from notesite.addresses import slugify
from notesite.compose import FOOTNOTE_USE, Materials
from notesite.model import Addresses, Block, Link, Note, Page, Section, Source, Topic
from notesite.pages import note_page, source_pages, topic_page


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
    used = {note.filing.topic for note in notes}
    return (
        Page("index.md", "home", "Home"),
        *(topic_page(topic) for topic in topics if topic.key in used),
        *(note_page(note, known) for note in notes),
        *source_pages(sources, sections, known),
        Page("sources/index.md", "sources", "Sources"),
    )


def materials(sections: Sequence[Section], places: Addresses, titles: Mapping[str, str]) -> Materials:
    """What composing needs, indexed by source."""
    definitions: defaultdict[str, list[Block]] = defaultdict(list)
    footnotes: defaultdict[str, set[str]] = defaultdict(set)
    links: defaultdict[tuple[str, int], list[Link]] = defaultdict(list)
    for section in sections:
        definitions[section.path] += [block for block in section.blocks if block.kind == "definition"]
        footnotes[section.path].update(FOOTNOTE_USE.findall(section.text))
        for link in section.links:
            links[section.path, link.line].append(link)
    return Materials(
        places,
        titles,
        {path: tuple(blocks) for path, blocks in definitions.items()},
        {path: frozenset(names) for path, names in footnotes.items()},
        {place: tuple(found) for place, found in links.items()},
    )


def redirects(notes: Sequence[Note]) -> dict[str, str]:
    """The addresses that merged sections and aliases would have, to the notes they are now."""
    taken = {f"notes/{note.slug}.md" for note in notes}
    found: dict[str, str] = {}
    for note in notes:
        for section in note.sections:
            aliases = section.meta.get("aliases")
            for name in (section.title, *map(str, aliases if isinstance(aliases, list) else [])):
                uri = f"notes/{slugify(name)}.md"
                if uri not in taken:
                    found.setdefault(uri, f"notes/{note.slug}.md")
    return found
