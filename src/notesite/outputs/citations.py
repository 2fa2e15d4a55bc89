"""The papers among the notes as BibTeX and as CSL-JSON, which Zotero and others read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from notesite.citing import Name, address, bibtex, names
from notesite.model import Note
from notesite.papers import year
from notesite.view import plain

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Citation:
    """A paper as programs cite it."""

    bibtex: str
    """An entry of a BibTeX file."""
    csl: str
    """An item of CSL-JSON, on one line."""


def citation(note: Note) -> Citation | None:
    """The paper that a note is about; None where it is about none."""
    entry = bibtex(note)
    return Citation(entry, json.dumps(item(note), ensure_ascii=False)) if entry else None


def as_bibtex(cited: Iterable[Citation]) -> str:
    """The entries, a blank line between them."""
    return "\n\n".join(paper.bibtex for paper in cited) + "\n"


def as_csl(cited: Iterable[Citation]) -> str:
    """A list with each item on a line."""
    return "[\n" + ",\n".join(paper.csl for paper in cited) + "\n]\n"


def item(note: Note) -> Json:
    """A paper as far as the notes know it."""
    named, published = note.primary, year(note)
    is_preprint = named is not None and named.scheme == "arxiv"
    stated: Json = {
        "id": note.slug,
        "type": "article",
        "title": plain(note.title),
        "author": [person(name) for name in names(note)],
        "issued": {"date-parts": [[int(published)]]} if published else None,
        "DOI": named.id if named and named.scheme == "doi" else None,
        "publisher": "arXiv" if is_preprint else None,
        "number": f"arXiv:{named.id}" if named and is_preprint else None,
        "URL": address(note),
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
