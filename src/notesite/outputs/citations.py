"""The papers among the notes as BibTeX and as CSL-JSON, which Zotero and others read."""

from __future__ import annotations

import json
from collections.abc import Iterable

from notesite.citing import Name, address, bibtex, names
from notesite.papers import year
from notesite.view import Entry

Json = dict[str, object]


def as_bibtex(entries: Iterable[Entry]) -> str:
    """An entry for each paper, a blank line between them."""
    found = (bibtex(entry.note) for entry in entries)
    return "\n\n".join(text for text in found if text) + "\n"


def as_csl(entries: Iterable[Entry]) -> str:
    """A list with an item for each paper, one on each line."""
    items = [item(entry) for entry in entries if entry.note.primary and entry.note.primary.is_paper]
    return "[\n" + ",\n".join(json.dumps(paper, ensure_ascii=False) for paper in items) + "\n]\n"


def item(entry: Entry) -> Json:
    """A paper as far as the notes know it."""
    named, published = entry.note.primary, year(entry.note)
    is_preprint = named is not None and named.scheme == "arxiv"
    stated: Json = {
        "id": entry.note.slug,
        "type": "article",
        "title": entry.title,
        "author": [person(name) for name in names(entry.note)],
        "issued": {"date-parts": [[int(published)]]} if published else None,
        "DOI": named.id if named and named.scheme == "doi" else None,
        "publisher": "arXiv" if is_preprint else None,
        "number": f"arXiv:{named.id}" if named and is_preprint else None,
        "URL": address(entry.note),
    }
    return {key: value for key, value in stated.items() if value}


def person(name: Name) -> Json:
    """A name in its parts."""
    if name.is_whole:
        return {"literal": name.family}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: value for part, value in parts.items() if value}
