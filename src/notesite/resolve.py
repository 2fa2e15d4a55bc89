"""Where a link between the notes leads once every section has a page of its own."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import quote, unquote

from notesite.errors import Problem
from notesite.filenames import FOLDER_SPEAKS
from notesite.links import is_external
from notesite.markdown.gfm import github_slug
from notesite.markdown.gfm.mend import mended
from notesite.model import Addresses, Link, Section, Source

HOME: Final = "index.md"
ON_GITHUB: Final = re.compile(
    r"https?://(?:www\.)?(?:github\.com/[^/]+/[^/]+/(?:blob|raw)|raw\.githubusercontent\.com/[^/]+/[^/]+)/[^/]+/([^?#]+)"
)
"""Where GitHub shows a file of some repository."""


def destination(link: Link, path: str, addresses: Addresses) -> str | None:
    """Where a link of the source `path` leads, as seen from a page one folder deep; None if it is dead."""
    return (resolve_wiki if link.kind == "wiki" else resolve)(link.url, path, addresses)


def resolve(url: str, path: str, addresses: Addresses) -> str | None:
    """The destination of `url`, found in the source `path`, as seen from a page one folder deep; None if it is dead."""
    if not url or is_external(url):
        return own_file(url, path, addresses) or url or None
    target, _, fragment = url.partition("#")
    if not target:
        found = addresses.anchors.get((path, unquote(fragment).casefold()))
        return from_page(found) if found else None
    for candidate in candidates(unquote(target.partition("?")[0]), path):
        if candidate == HOME and candidate not in addresses.pages:
            return from_page(HOME)
        source = candidate if candidate in addresses.pages else addresses.permalinks.get(candidate.casefold())
        if source:
            found = addresses.anchors.get((source, unquote(fragment).casefold()))
            return from_page(found or addresses.pages[source])
        if candidate in addresses.files:
            return from_page(quote(candidate)) + (f"#{fragment}" if fragment else "")
    # A site may have its root elsewhere than the notes: `static/`, `public/`.
    if url.startswith("/") and (file := file_called(unquote(target), addresses)):
        return from_page(quote(file))
    address = mended(url)
    return address if is_external(address) else None


def own_file(url: str, path: str, addresses: Addresses) -> str | None:
    """Where a file of the notes is that is linked as GitHub shows it; a README is in every repository."""
    shown = ON_GITHUB.match(url)
    target = unquote(shown[1]) if shown else ""
    is_own = target in addresses.pages or target in addresses.files
    if shown and is_own and PurePosixPath(target).stem.lower() not in FOLDER_SPEAKS:
        return resolve(f"/{url[shown.start(1) :]}", path, addresses)
    return None


def resolve_wiki(target: str, path: str, addresses: Addresses) -> str | None:
    """The destination of `[[target]]`: a heading or block of a note, a note by any of its names, or a file."""
    name, _, heading = target.rstrip("\\").partition("#")
    anchor = wiki_anchor(heading)
    if not name:
        return resolve("#" + anchor, path, addresses)
    if found := next(filter(None, map(addresses.names.get, folded(name))), None):
        place, source = found
        return from_page((addresses.anchors.get((source, anchor)) if anchor else None) or place)
    file = file_called(name.strip(), addresses)
    return from_page(quote(file)) + (f"#{heading}" if heading else "") if file else None


def wiki_anchor(heading: str) -> str:
    """The anchor of what a wiki link names behind `#`: the last of several headings, or a block as `^id`."""
    last = heading.rpartition("#")[2].strip()
    return f"ref-{last[1:].lower()}" if last.startswith("^") else github_slug(last)


def file_called(name: str, addresses: Addresses) -> str | None:
    """The file that is called so, in whatever folder; with folders, those that its path ends in."""
    wanted = "/" + name.lstrip("/").casefold()
    called_so = addresses.files_by_name.get(posixpath.basename(wanted), ())
    return next((file for file in called_so if f"/{file}".casefold().endswith(wanted)), None)


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
    stem = re.sub(r"\.(?:html?|md|markdown)$", "", name)
    yield from (name, f"{stem}.md", f"{stem}.markdown", f"{name}/index.md", f"{name}/README.md", f"{name}/readme.md")
    yield from (stem.strip("/"), posixpath.basename(stem.strip("/")))


def permalinks(source: Source) -> Iterator[str]:
    """What a link may call a source without its folder: its address on its author's site, and the file's name."""
    for key in ("permalink", "url", "slug"):
        stated = (source.meta or {}).get(key)
        if isinstance(stated, str) and stated.strip("/"):
            yield stated.strip("/").casefold()
    name = PurePosixPath(source.path)
    stem = name.parent.name if name.stem.casefold() in ("index", "_index", "readme") else name.stem
    yield stem.casefold()
    if dated := re.fullmatch(r"\d{4}-\d\d-\d\d-(.+)", stem):
        yield dated[1].casefold()


def wiki_names(sections: Sequence[Section], places: Mapping[str, str]) -> Iterator[tuple[str, Section]]:
    """What each section with a place may be called in a wiki link."""
    for section in sections:
        if section.id in places:
            for name in (section.title, *section.aliases):
                yield from ((one, section) for one in folded(name))


def folded(name: str) -> Iterator[str]:
    """A name as wiki links compare it: in lower case and without ending; then without folders, one after the other.

    Logseq writes `a/b` as `a___b`.
    """
    path = re.sub(r"\.(?:md|markdown)$", "", name.replace("___", "/").replace("%2F", "/").strip().casefold())
    parts = [part.strip() for part in path.split("/")]
    yield from ("/".join(parts[start:]) for start in range(len(parts)))
