"""Each page of the site as Markdown that stands alone: what the plugin's templates show becomes lists and links."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from notesite.export.about import about, head
from notesite.export.lines import dated, entry_link, link, shelf_link, summarised
from notesite.model import Page, Site
from notesite.navigation import INDEXES
from notesite.pages import literal
from notesite.view import Index, chips, plain


def page_text(page: Page, site: Site, lists: Index, name: str) -> str:
    """The whole file: front matter, title and text."""
    title = name if page.kind == "home" else page.title
    header = {"title": plain(title), "description": lists.description(page), **properties(page, lists)}
    front = yaml.safe_dump({key: value for key, value in header.items() if value}, sort_keys=False, allow_unicode=True)
    return "\n".join([f"---\n{front}---\n", f"# {literal(title)}", "", *body(page, site, lists)]).rstrip() + "\n"


def properties(page: Page, lists: Index) -> dict[str, object]:
    """What the front matter of a note says beside its title."""
    if page.kind != "note":
        return {}
    entry = lists.entries[page.subject]
    paper = str(entry.note.primary) if entry.note.primary else None
    return {"date": entry.added, "paper": paper, "topic": entry.topic.key, "tags": [tag.name for tag in entry.tags]}


def body(page: Page, site: Site, lists: Index) -> Iterator[str]:
    """The lines below the title."""
    match page.kind:
        case "home":
            yield from home(page, site, lists)
        case "note":
            entry = lists.entries[page.subject]
            yield from (head(entry, lists), "", *page.text.split("\n"), *about(entry, site, lists))
        case "source":
            yield from (f"`{page.subject}`", "", page.text)
        case "topic" | "tag":
            yield from shelf(page, lists)
        case "papers":
            yield from papers(page, lists)
        case "timeline":
            yield from timeline(page, lists)
        case "tags":
            yield from (f"- {shelf_link(tag, page.uri)}" for tag in lists.tags)
        case "sources":
            for path in lists.sources:
                yield f"- {link(site.titles[path], site.addresses.pages[path], page.uri)}: `{path}`"


def home(page: Page, site: Site, lists: Index) -> Iterator[str]:
    """The topics, what was noted last, and the indexes."""
    yield from ("## Topics", "")
    yield from (f"- {shelf_link(topic, page.uri)}: {literal(topic.intro)}" for topic in lists.topics)
    if recent := lists.recent():
        yield from ("", "## Recently changed", "", *dated(((entry, entry.changed) for entry in recent), page.uri))
    yield from ("", "## Browse", "")
    indexes = (other for other in site.pages if other.kind in INDEXES and not other.subject)
    yield from (f"- {link(other.title, other.uri, page.uri)}" for other in indexes)


def shelf(page: Page, lists: Index) -> Iterator[str]:
    """One page of a topic or tag."""
    found = lists.shelf(page)
    if found is None:
        return
    if page.number == 1 and found.intro:
        yield from (literal(found.intro), "")
    yield from summarised(lists.of(found.chunks[page.number - 1]), page.uri)
    numbers = range(1, len(found.chunks) + 1)
    if len(numbers) > 1:
        yield from ("", "Pages: " + " ".join(link(str(number), found.uri(number), page.uri) for number in numbers))


def papers(page: Page, lists: Index) -> Iterator[str]:
    """Papers year by year, or the years where each has a page of its own."""
    if lists.is_split and not page.subject:
        for year, found in lists.years.items():
            yield f"- {link(year, lists.year_uris[year], page.uri)} ({len(found)})"
        return
    for year, found in lists.papers(page.subject).items():
        yield from (f"## {year} {{#y{year}}}", "")
        for entry in found:
            links = " · ".join(f"[{literal(chip.kind)}](<{chip.url}>)" for chip in chips(entry.note))
            topic = link(entry.topic.name, entry.topic.uri(), page.uri)
            yield f"- {entry_link(entry, page.uri)} · {topic}" + (f" · {links}" if links else "")
        yield ""


def timeline(page: Page, lists: Index) -> Iterator[str]:
    """Notes month by month."""
    for month, found in lists.months.items():
        yield from (f"## {month} {{#m{month}}}", "", *dated(((entry, entry.added) for entry in found), page.uri), "")
