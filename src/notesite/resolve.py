"""Where a link between the notes leads once every section has a page of its own."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import quote, unquote

from notesite.errors import Problem
from notesite.links import is_external
from notesite.model import Addresses, Link, Section, Source

HOME: Final = "index.md"
NESTED: Final = re.compile(r"%5B[^()]*\]?(?:%5D)?\((https?://.+)\)|\[[^()]*\]\((https?://.+)\)")
"""A Markdown link pasted into the place of a link's destination."""
SITE: Final = re.compile(r"\{\{-?\s*site\.(?:base)?url\s*-?\}\}/*|%7B%7B(?:%20)*site\.(?:base)?url(?:%20)*%7D%7D/*")
"""What Jekyll puts before its site-absolute addresses."""
HOST: Final = re.compile(r"(?:[\w-]+\.)+([a-z]{2,24})(?=[/?#]|$)", re.IGNORECASE)
FILE_ENDINGS: Final = frozenset(
    "md markdown html htm txt pdf png jpg jpeg gif svg webp ipynb py tex bib csv zip".split()
)
"""Endings that make `a.b` a file that is missing and not a web address without its scheme."""


def destination(link: Link, path: str, addresses: Addresses) -> str | None:
    """Where a link of the source `path` leads, as seen from a page one folder deep; None if it is dead."""
    return (resolve_wiki if link.kind == "wiki" else resolve)(link.url, path, addresses)


def resolve(url: str, path: str, addresses: Addresses) -> str | None:
    """The destination of `url`, found in the source `path`, as seen from a page one folder deep; None if it is dead."""
    if nested := NESTED.match(url):
        return nested[1] or nested[2]
    url = SITE.sub("/", url, count=1)
    if not url or is_external(url):
        return url or None
    target, _, fragment = url.partition("#")
    if not target:
        found = addresses.anchors.get((path, unquote(fragment).casefold()))
        return from_page(found) if found else None
    for candidate in candidates(unquote(target.partition("?")[0]), path):
        if candidate == HOME and candidate not in addresses.pages:
            return from_page(HOME)
        if candidate in addresses.pages:
            found = addresses.anchors.get((candidate, unquote(fragment).casefold()))
            return from_page(found or addresses.pages[candidate])
        if candidate in addresses.files:
            return from_page(quote(candidate)) + (f"#{fragment}" if fragment else "")
    return web_address(url)


def resolve_wiki(target: str, path: str, addresses: Addresses) -> str | None:
    """The destination of `[[target]]`: a heading of this file, a note by any of its names, or a file."""
    name, _, heading = target.partition("#")
    if not name:
        return resolve("#" + heading.strip().lower().replace(" ", "-"), path, addresses)
    found = addresses.names.get(fold(name))
    if found:
        return from_page(found)
    wanted = "/" + name.strip().casefold()
    called_so = addresses.files_by_name.get(posixpath.basename(wanted), ())
    file = next((file for file in called_so if f"/{file}".casefold().endswith(wanted)), None)
    return from_page(quote(file)) if file else None


def dead_links(sections: Sequence[Section], addresses: Addresses) -> Iterator[Problem]:
    """A hint for each link between the notes that leads nowhere; the page shows its text."""
    for section in sections:
        for link in section.links:
            if link.url and destination(link, section.path, addresses) is None:
                message = f"link to `{link.url}` leads to no note, heading or file; it is shown as text"
                yield Problem(section.path, link.line, "dead-link", message, hint=True)


def from_page(address: str) -> str:
    """An address of the site as seen from a page one folder deep, as all pages with notes' text are."""
    return "../" + address


def candidates(target: str, path: str) -> Iterator[str]:
    """The files that a relative or site-absolute target may mean, most likely first."""
    base = "" if target.startswith("/") else posixpath.dirname(path)
    name = posixpath.normpath(posixpath.join(base, target.lstrip("/") if not base else target)).lstrip("/")
    if name in (".", ".."):
        yield HOME
    stem = re.sub(r"\.html?$", "", name)
    yield from (name, f"{stem}.md", f"{stem}.markdown", f"{name}/index.md", f"{name}/README.md", f"{name}/readme.md")
    yield "permalink:" + stem.strip("/").casefold()
    yield "permalink:" + posixpath.basename(stem.strip("/")).casefold()


def web_address(url: str) -> str | None:
    """The URL with its scheme where only that is missing."""
    host = HOST.match(url)
    return "https://" + url if host and host[1].lower() not in FILE_ENDINGS else None


def permalinks(source: Source) -> Iterator[str]:
    """The site-absolute addresses by which Jekyll knows a source: its permalink, and the name of a dated post."""
    stated = str((source.meta or {}).get("permalink") or "").strip("/")
    if stated:
        yield "permalink:" + stated.casefold()
    dated = re.fullmatch(r"\d{4}-\d\d-\d\d-(.+)", PurePosixPath(source.path).stem)
    if dated:
        yield "permalink:" + dated[1].casefold()


def wiki_names(sections: Sequence[Section], places: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What each section may be called in a wiki link, with its place; a file that is one note by its name, too."""
    for section in sections:
        if section.id in places:
            aliases = section.meta.get("aliases") or ()
            for name in (section.title, *(aliases if isinstance(aliases, Iterable) else ())):
                yield fold(str(name)), places[section.id]


def fold(name: str) -> str:
    """A name as wiki links compare it: the file name without folder and ending, in lower case."""
    return re.sub(r"\.(?:md|markdown)$", "", posixpath.basename(name.strip()).casefold()).strip()
