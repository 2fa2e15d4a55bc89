"""The addresses of the site: a slug for each note and source, and where every heading of the notes stands."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from notesite.model import Addresses, Note, Section, Source
from notesite.once import Once, anew
from notesite.resolve import folded, permalinks, wiki_names

SLUG_LENGTH: Final = 60
RESERVED: Final = re.compile(r"index|readme|con|prn|aux|nul|com\d|lpt\d")
"""Names of a folder's own page, and names that Windows reserves for devices."""


def with_addresses(notes: Sequence[Note], once: Once = anew) -> tuple[Note, ...]:
    """The notes with unique slugs, in the order of their first sections."""
    taken: dict[str, int] = {}
    ordered = sorted(notes, key=lambda note: (note.parts[0].section.path, note.parts[0].section.start))
    return tuple(once.each(with_slug, [(note.id, note, free_slug(note, taken)) for note in ordered]))


def with_slug(note: Note, slug: str) -> Note:
    """The note at its address."""
    return replace(note, slug=slug)


def free_slug(note: Note, taken: dict[str, int]) -> str:
    """The title's slug; where that is taken, with the source's name, then with a number."""
    slug = slugify(note.title)
    named = slugify(f"{slug} {note.parts[0].section.path.rpartition('.')[0]}")
    return free_name(named if slug in taken and named not in taken else slug, taken)


def free_name(name: str, taken: dict[str, int]) -> str:
    """The name, with a number where it is taken; `taken` learns it, and knows for each the next number to try."""
    number = taken.get(name, 1)
    while (free := name if number == 1 else f"{name}-{number}") in taken:
        number += 1
    taken[name] = number + 1
    taken.setdefault(free, 2)
    return free


@cache
def slugify(text: str) -> str:
    """Lower case, letters and digits of any script, everything else a hyphen, at most SLUG_LENGTH characters."""
    plain = text.casefold()
    if not plain.isascii():
        letters = (c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
        plain = unicodedata.normalize("NFC", "".join(letters))
    slug = re.sub(r"[\W_]+", "-", plain).strip("-")[:SLUG_LENGTH] or "note"
    return f"{slug}-note" if RESERVED.fullmatch(slug) else slug


def addresses(
    sources: Sequence[Source], sections: Sequence[Section], notes: Sequence[Note], files: frozenset[str]
) -> Addresses:
    """Where every source, heading and note stands on the site."""
    places = {section.id: place for note in notes for section, place in note_places(note)}
    pages = source_pages(sources, sections, places)
    anchors: dict[tuple[str, str], str] = {}
    for section in sections:
        place = places.get(section.id, pages[section.path])
        page = place.partition("#")[0]
        for position, (anchor, _) in enumerate(section.anchors):
            is_title = position == 0 and section.heading and section.id in places
            anchors[section.path, anchor] = place if is_title else f"{page}#{anchor}"
    names: dict[str, tuple[str, str]] = {}
    for source in sources:
        for name in folded(source.path):
            names.setdefault(name, (pages[source.path], source.path))
    for name, section in wiki_names(sections, places):
        names.setdefault(name, (places[section.id], section.path))
    called = [(link, source.path) for source in sources for link in dict.fromkeys(permalinks(source))]
    times = Counter(link for link, _ in called)
    links = {link: path for link, path in called if times[link] == 1}
    by_name: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for file in sorted(files):
        by_name[posixpath.basename(file).casefold()] += (file,)
    return Addresses(files, places, pages, anchors, names, links, by_name)


def note_places(note: Note) -> Iterator[tuple[Section, str]]:
    """Each section of the note with its address: the page, or the part's heading where there are several."""
    for index, part in enumerate(note.parts):
        place = f"notes/{note.slug}.md" + (f"#{part_anchor(index)}" if index else "")
        yield from ((section, place) for section in part.sections)


def part_anchor(index: int) -> str:
    """The anchor of a part's heading on the page of a note that has several."""
    return f"part-{index + 1}"


def source_pages(sources: Sequence[Source], sections: Sequence[Section], places: Mapping[str, str]) -> dict[str, str]:
    """The page that shows each source: its note where it is one, else a page of its own."""
    own: dict[str, list[str]] = {source.path: [] for source in sources}
    for section in sections:
        own[section.path].append(section.id)
    pages: dict[str, str] = {}
    taken: dict[str, int] = {}
    for path, ids in own.items():
        if len(ids) == 1 and ids[0] in places:
            pages[path] = places[ids[0]]
            continue
        pages[path] = f"sources/{free_name(slugify(path.rpartition('.')[0]), taken)}.md"
    return pages
