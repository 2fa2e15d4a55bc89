"""Read papers in BibTeX: entries, macros, values joined by `#`, and TeX in names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from notesite.commands.paper import Paper, stated_year
from notesite.commands.tex import from_tex
from notesite.model import Reference
from notesite.papers import paper_url
from notesite.reference import parse_reference, reference

ENTRY: Final = re.compile(r"@\s*(\w+)\s*[{(]")
KEY: Final = re.compile(r"\s*[^,={}\"]*,")
FIELD: Final = re.compile(r"[\s,]*([\w:+./-]+)\s*=\s*")
WORD: Final = re.compile(r"[\w:+./-]+")
JOIN: Final = re.compile(r"\s*#\s*")
MONTHS: Final = {name: name for name in "jan feb mar apr may jun jul aug sep oct nov dec".split()}
SILENT: Final = frozenset({"comment", "preamble"})


def from_bibtex(text: str) -> Iterator[Paper]:
    """The papers of a file in order; text between entries is passed over, as BibTeX does."""
    macros = dict(MONTHS)
    at = 0
    while found := ENTRY.search(text, at):
        kind = found[1].lower()
        at = found.end()
        if kind in SILENT:
            at = closing(text, at - 1) + 1
            continue
        key = None if kind == "string" else KEY.match(text, at)
        given, at = fields(text, key.end() if key else at, macros)
        if kind == "string":
            macros |= given
        elif given:
            yield as_paper(given)


def fields(text: str, at: int, macros: Mapping[str, str]) -> tuple[dict[str, str], int]:
    """The fields from `at` on by their names in lower case, and the offset behind the last one."""
    found: dict[str, str] = {}
    while field := FIELD.match(text, at):
        value, at = joined(text, field.end(), macros)
        found.setdefault(field[1].lower(), value)
    return found, at


def joined(text: str, at: int, macros: Mapping[str, str]) -> tuple[str, int]:
    """A value of one piece or of several with `#` between, and the offset behind it."""
    value, at = piece(text, at, macros)
    while more := JOIN.match(text, at):
        addition, at = piece(text, more.end(), macros)
        value += addition
    return value, at


def piece(text: str, at: int, macros: Mapping[str, str]) -> tuple[str, int]:
    """What stands in braces or quotes, a number or a macro."""
    if text[at : at + 1] in ("{", '"'):
        end = closing(text, at)
        return text[at + 1 : end], end + 1
    word = WORD.match(text, at)
    return (macros.get(word[0].lower(), word[0]), word.end()) if word else ("", at)


def closing(text: str, at: int) -> int:
    """The offset of the brace or quote that closes the sign at `at`; the end of a text that closes none."""
    wanted = {"{": "}", "(": ")"}.get(text[at], '"')
    depth = 0
    for match in re.compile(r"\\.|[{}\")]", re.DOTALL).finditer(text, at + 1):
        if match[0] == wanted and depth == 0:
            return match.start()
        depth += {"{": 1, "}": -1}.get(match[0], 0)
    return len(text)


def as_paper(given: Mapping[str, str]) -> Paper:
    """An entry as a paper."""
    named = reference_of(given)
    url = given.get("url", "").strip()
    year = re.search(r"\d{4}", given.get("year") or given.get("date") or "")
    return Paper(
        title=from_tex(given.get("title", "")),
        reference=named,
        url=(paper_url(named) or url) if named else url,
        authors=tuple(authors(given.get("author", ""))),
        year=year[0] if year else stated_year(named) if named else "",
        abstract=from_tex(given.get("abstract", "")),
        tags=tuple(tag for part in re.split(r"[,;]", given.get("keywords", "")) if (tag := from_tex(part))),
    )


def reference_of(given: Mapping[str, str]) -> Reference | None:
    """What the entry is: by its number on arXiv, its DOI, its journal's `arXiv:…`, its link."""
    eprint = given.get("eprint", "").strip()
    journal = re.search(r"arxiv:\s*\S+", given.get("journal", ""), re.IGNORECASE)
    stated = [
        eprint and f"arxiv:{eprint}",
        from_tex(given.get("doi", "")),
        journal[0] if journal else "",
        given.get("url", ""),
    ]
    found = (reference(value.strip()) or parse_reference(value.strip()) for value in stated if value)
    return next((named for named in found if named), None)


def authors(value: str) -> Iterator[str]:
    """The names, given name first; `and others` names nobody."""
    for name in names(" ".join(value.split())):
        parts = [part.strip() for part in name.split(",")] if not name.startswith("{") else [name]
        ordered = [parts[-1], *parts[:-1]] if len(parts) < 3 else [parts[2], parts[0], parts[1]]
        if name not in ("", "others"):
            yield from_tex(" ".join(part for part in ordered if part))


def names(value: str) -> Iterator[str]:
    """What stands between the `and`s, those in braces left alone."""
    depth = start = 0
    for match in re.finditer(r"\\.|[{}]| and ", value):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if match[0] == " and " and depth == 0:
            yield value[start : match.start()].strip()
            start = match.end()
    yield value[start:].strip()
