"""The papers among the notes as BibTeX and as CSL-JSON, which Zotero and others read."""

from __future__ import annotations

import json
from collections.abc import Iterable

from notesite.papers import authors, bibtex, paper_url, year
from notesite.view import Entry

Json = dict[str, object]


def as_bibtex(entries: Iterable[Entry]) -> str:
    """An entry for each paper, a blank line between them."""
    found = (bibtex(entry.note, entry.title) for entry in entries)
    return "\n\n".join(text for text in found if text) + "\n"


def as_csl(entries: Iterable[Entry]) -> str:
    """A list with an item for each paper."""
    items = [item(entry) for entry in entries if entry.note.primary and entry.note.primary.is_paper]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def item(entry: Entry) -> Json:
    """A paper as far as the notes know it."""
    named, published = entry.note.primary, year(entry.note)
    stated: Json = {
        "id": entry.note.slug,
        "type": "article",
        "title": entry.title,
        "author": [person(name) for name in authors(entry.note)],
        "issued": {"date-parts": [[int(published)]]} if published else None,
        "DOI": named.id if named and named.scheme == "doi" else None,
        "number": str(named) if named and named.scheme == "arxiv" else None,
        "URL": paper_url(named),
    }
    return {key: value for key, value in stated.items() if value}


def person(name: str) -> Json:
    """A name in its parts; the family name is the last word with the small ones before it, as BibTeX has it."""
    words = name.split()
    if len(words) < 2:
        return {"literal": name}
    start = next((at for at, word in enumerate(words[1:-1], 1) if word.islower()), len(words) - 1)
    return {"family": " ".join(words[start:]), "given": " ".join(words[:start])}
