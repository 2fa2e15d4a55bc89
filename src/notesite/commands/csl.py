"""Read papers in CSL-JSON, as Zotero exports them and Crossref answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Final

from notesite.commands.paper import Paper, stated_year
from notesite.model import Reference
from notesite.papers import paper_url
from notesite.reference import parse_reference

MARKUP: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
DATES: Final = ("issued", "published", "published-online", "published-print")


def from_csl(item: Mapping[str, object]) -> Paper:
    """One item; fields of a shape that CSL does not have are left out."""
    named = reference_of(item)
    return Paper(
        title=text(first(item.get("title"))),
        reference=named,
        url=paper_url(named) or text(item.get("URL")),
        authors=tuple(name for person in listed(item.get("author")) if (name := person_name(person))),
        year=year_of(item) or (stated_year(named) if named else ""),
        abstract=re.sub(r"^abstract[.:]?\s+", "", text(item.get("abstract")), flags=re.IGNORECASE),
        tags=tuple(tag.strip() for tag in text(item.get("keyword")).split(",") if tag.strip()),
    )


def reference_of(item: Mapping[str, object]) -> Reference | None:
    """What the item is, by the most telling of its fields: an arXiv link names the paper that a DOI names, too."""
    stated = [text(item.get(key)) for key in ("number", "URL", "DOI")]
    found = [named for value in stated if value and (named := parse_reference(value))]
    papers = [named for named in found if named.is_paper]
    return min(papers or found, key=lambda named: named.scheme != "arxiv", default=None)


def text(value: object) -> str:
    """A field as one line without markup; empty where its value is not text."""
    return " ".join(unescape(MARKUP.sub("", value)).split()) if isinstance(value, str) else ""


def first(value: object) -> object:
    """The first of a list, or the value itself."""
    return next(iter(value), None) if isinstance(value, list) else value


def listed(value: object) -> list[object]:
    """The value where it is a list, else nothing."""
    return value if isinstance(value, list) else []


def person_name(person: object) -> str:
    """A name as it is written, given name first."""
    if not isinstance(person, Mapping):
        return ""
    parts = [text(person.get(key)) for key in ("given", "non-dropping-particle", "family", "suffix")]
    return text(person.get("literal") or person.get("name")) or " ".join(part for part in parts if part)


def year_of(item: Mapping[str, object]) -> str:
    """The year of the first date that has one."""
    for key in DATES:
        date = item.get(key)
        if isinstance(date, Mapping):
            stated = first(first(date.get("date-parts")))
            found = re.search(r"\d{4}", str(stated if stated is not None else date.get("raw") or date.get("literal")))
            if found:
                return found[0]
    return ""
