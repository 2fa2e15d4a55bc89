"""Each page of the site as Markdown that stands alone: what the plugin's templates show becomes lists and links."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from notesite.export.about import about, head
from notesite.export.lines import dated, entry_link, link, shelf_link, summarised
from notesite.graph import Node, graph_of, whole
from notesite.model import Page, Site
from notesite.navigation import INDEXES
from notesite.pages import literal
from notesite.view import Index, chips, description, plain


def page_text(page: Page, site: Site, lists: Index, name: str) -> str:
    """The whole file: front matter, title and text."""
    title = name if page.kind == "home" else page.title
    header = {"title": plain(title), "description": description(page, site, lists), **properties(page, lists)}
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
        case "topic" | "tag" | "papers" | "timeline" | "graph" | "tags":
            listed = {"papers": papers, "timeline": timeline, "graph": graph, "tags": tags}
            yield from listed.get(page.kind, shelf)(page, lists)
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


def tags(page: Page, lists: Index) -> Iterator[str]:
    """The tags by name."""
    return (f"- {shelf_link(tag, page.uri)}" for tag in lists.tags)


def graph(page: Page, lists: Index) -> Iterator[str]:
    """What is connected with what, as a list."""
    shown = graph_of(whole(lists), lists.topic_number(page.subject))
    for node in shown.nodes:
        near = ", ".join(node_link(other, page.uri) for other in shown.near[node.key])
        yield f"- {node_link(node, page.uri)}, {node.kind}" + (f", with {near}" if near else "")


def node_link(node: Node, page: str) -> str:
    """A link to what stands in the graph."""
    return f"[{literal(node.name)}](<{node.place}>)" if node.kind == "reference" else link(node.name, node.place, page)


def timeline(page: Page, lists: Index) -> Iterator[str]:
    """Notes month by month, or the years where each has a page of its own."""
    if lists.is_long and not page.subject:
        for year, found in lists.days.items():
            yield f"- {link(year, f'timeline/{year}.md', page.uri)} ({len(found)})"
        return
    for month, entries in lists.months(page.subject):
        yield from (f"## {month} {{#m{month}}}", "", *dated(((entry, entry.added) for entry in entries), page.uri), "")
