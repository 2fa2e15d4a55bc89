"""What is indexed: for each note, and each source with text of its own, the fields that a search looks at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from notesite.model import Note, Page, Reference, Site
from notesite.papers import year
from notesite.search.nicknames import nicknames, spelled_out
from notesite.search.text import Text, text_of
from notesite.view.text import plain

SEARCHED: Final = ("note", "source")
"""Kinds of pages that a search finds."""
NOTHING: Final = Text(("",))
SOURCE_WEIGHT: Final = 0.3
"""Of a source's introductions against a note; a source that lists fifty titles must not stand before the notes."""
LIST_WEIGHT: Final = 0.5
"""Of a note that only lists links: what it names has notes that say more."""
FEWEST_ENTRIES: Final = 3
_ENTRY: Final = re.compile(r"\s*(?:[-*+]|\d+[.)])\s.*(?:\]\(|https?://)")
_LISTED_NOTE: Final = re.compile(r'<li>\s*(?:<p>)?<a href="(?:\.\./)+notes/[^"]*">.*?</a>(?:</p>)?\s*</li>', re.DOTALL)
"""A line of a source's page that only leads to one of its notes."""
CODE_SCHEMES: Final = frozenset({"repo", "hf-model", "hf-dataset", "hf-space"})
_SMALL: Final = frozenset("a an and are as at by for from in is of on or the to via with".split())
_ACRONYM_LENGTHS: Final = range(2, 8)


@dataclass(frozen=True, slots=True)
class Document:
    """A page that a search can find."""

    url: str
    """From the site's root."""
    title: str
    text: str
    headings: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    """The text by its headings, as in `Text`; empty for a text that has none."""
    aliases: tuple[str, ...] = ()
    """Other names: the author's and those of the sections on the page."""
    references: tuple[str, ...] = ()
    """What it is about, as `2406.02528` or another identifier."""
    citations: tuple[str, ...] = ()
    """Identifiers of other papers and of code that it links."""
    acronyms: tuple[str, ...] = ()
    """Initials of the names, and what short names in them stand for."""
    topic: str = ""
    """The topic's key."""
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    year: str = ""
    weight: float = 1.0


def searched(kind: str, html: str) -> Text | None:
    """What the search reads of a page of this kind, its Markdown given as HTML; None where it finds no such pages."""
    if kind == "source":
        html = _LISTED_NOTE.sub("", html)
    return text_of(html) if kind in SEARCHED else None


def documents(site: Site, urls: Mapping[str, str], texts: Mapping[str, Text]) -> Iterator[Document]:
    """The documents in the order of the pages; their URLs and texts are given by their uris."""
    notes = {note.slug: note for note in site.notes}
    for page in site.pages:
        url, text = urls.get(page.uri, ""), texts.get(page.uri, NOTHING)
        if page.kind == "note":
            yield note_document(notes[page.subject], url, text)
        elif page.kind == "source" and text.body:
            yield source_document(page, url, text)


def note_document(note: Note, url: str, text: Text) -> Document:
    """A note with all its names and references."""
    others = tuple(dict.fromkeys(name for name in names(note) if name != note.title))
    own = dict.fromkeys(section.primary for section in note.sections if section.primary and cited(section.primary))
    return Document(
        url=url,
        title=plain(note.title),
        text=text.body,
        headings=text.headings,
        parts=text.parts,
        aliases=others,
        references=tuple(reference.id for reference in own),
        citations=tuple(reference.id for reference in note.references if cited(reference) and reference not in own),
        acronyms=tuple(
            dict.fromkeys(word for name in (note.title, *others) for word in (*acronyms(name), *spelled_out(name)))
        ),
        topic=note.filing.topic,
        tags=tuple(value for section in note.sections for value in listed(section.meta, "tags", "keywords")),
        authors=tuple(value for section in note.sections for value in listed(section.meta, "authors", "author")),
        year=year(note) or (note.added or "")[:4],
        weight=LIST_WEIGHT if lists_links(note) else 1,
    )


def lists_links(note: Note) -> bool:
    """Whether it is about no paper of its own, and half of its lines, three or more, are entries with a link."""
    lines = [line for line in note.parts[0].section.text.splitlines() if line.strip()]
    entries = len(list(filter(_ENTRY.match, lines)))
    return note.primary is None and entries >= FEWEST_ENTRIES and 2 * entries >= len(lines)


def cited(reference: Reference) -> bool:
    """Whether one would search for the identifier; a page's address says who wrote it, not what it says."""
    return reference.is_paper or reference.scheme in CODE_SCHEMES


def source_document(page: Page, url: str, text: Text) -> Document:
    """A source's page with what stands on it alone."""
    title = plain(page.title)
    return Document(url, title, text.body, headings=text.headings, parts=text.parts, weight=SOURCE_WEIGHT)


def names(note: Note) -> Iterator[str]:
    """What the note is called elsewhere: in its sections' headings, in front matter, and by everyone."""
    if note.primary and note.primary.scheme == "arxiv" and (known := nicknames().get(note.primary.id)):
        yield known
    for section in note.sections:
        yield section.title
        yield from section.aliases


def listed(meta: Mapping[str, object], *keys: str) -> Iterator[str]:
    """The values of front matter that may be a list, or text with commas."""
    for key in keys:
        value = meta.get(key)
        if isinstance(value, str):
            yield from filter(None, map(str.strip, value.split(",")))
        elif isinstance(value, list):
            yield from (str(item) for item in value if item)


def acronyms(name: str) -> Iterator[str]:
    """Initials of the words before a colon: GQA of "Grouped Query Attention", with and without the small words."""
    words = re.findall(r"[^\W_]+", re.split(r"[:(]", name)[0])
    main = [word for word in words if word.lower() not in _SMALL]
    for chosen in (words, main):
        if len(chosen) in _ACRONYM_LENGTHS:
            yield "".join(word[0] for word in chosen).lower()
