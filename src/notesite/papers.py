"""Papers among the notes: their years, addresses and authors."""

from __future__ import annotations

import re
from typing import Final

from notesite.model import Note, Reference

ARXIV_YEAR: Final = re.compile(r"(?:[a-z-]+(?:\.[a-z]+)?/)?(\d\d)(?:0[1-9]|1[0-2])", re.IGNORECASE)
FOUR_DIGITS: Final = re.compile(r"(?<![\d-])(19[5-9]\d|20[0-4]\d)(?![\d-])")
TWO_DIGITS: Final = re.compile(r"[a-z](\d\d)(?=-|[a-z]?$)", re.IGNORECASE)
"""The year of `P17-1001`, `sec24-carlini` and `v139/radford21a`."""
CITED_BY_YEAR: Final = frozenset("acl doi cvf usenix pmlr jmlr".split())
"""Schemes whose ids carry the year of the paper."""


def year(note: Note) -> str | None:
    """The paper's year, as the author states it or its reference tells it; None where neither does."""
    for section in note.sections:
        stated = re.match(r"\d{4}", str(section.meta.get("year") or ""))
        if stated:
            return stated[0]
    return reference_year(note.primary) if note.primary else None


def reference_year(named: Reference) -> str | None:
    """The year that an id such as `1706.03762` or `2020.acl-main.1` contains."""
    if named.scheme == "arxiv" and (match := ARXIV_YEAR.match(named.id)):
        return full_year(match[1])
    if named.scheme in CITED_BY_YEAR:
        if match := FOUR_DIGITS.search(named.id):
            return match[1]
        if named.scheme != "doi" and (match := TWO_DIGITS.search(named.id)):
            return full_year(match[1])
    return None


def full_year(digits: str) -> str:
    """Two digits as a year; no paper is cited from before 1950."""
    return ("19" if digits >= "50" else "20") + digits


def paper_url(named: Reference | None) -> str | None:
    """Where the paper is, for references that name their own address."""
    match named:
        case Reference("arxiv", name):
            return f"https://arxiv.org/abs/{name}"
        case Reference("doi", name):
            return f"https://doi.org/{name}"
        case Reference("acl", name):
            return f"https://aclanthology.org/{name}"
        case Reference("openreview", name):
            return f"https://openreview.net/forum?id={name}"
    return None


def authors(note: Note) -> tuple[str, ...]:
    """The paper's authors as the front matter states them."""
    for section in note.sections:
        stated = section.meta.get("authors")
        if isinstance(stated, list):
            return tuple(map(str, stated))
        if stated:
            return tuple(re.split(r"\s*(?:,|;|\band\b)\s*", str(stated)))
    return ()
