"""What stands around the text of a note: the short links above, below where it is from and what is near."""

from __future__ import annotations

from collections.abc import Iterator

from notesite.export.lines import dated, entry_link, link
from notesite.model import Site
from notesite.pages import literal
from notesite.view import Entry, Index, chips, places


def head(entry: Entry, lists: Index) -> str:
    """Topic, year, the paper, code, tags and dates on one line."""
    page = entry.uri
    items = [link(entry.topic.name, entry.topic.uri(), page)]
    if entry.year and entry.year in lists.year_uris:
        items.append(link(entry.year, lists.year_uris[entry.year], page))
    items += (f"[{literal(f'{chip.kind} {chip.detail}'.strip())}](<{chip.url}>)" for chip in chips(entry.note))
    items += (link(f"#{tag.name}", tag.uri(), page) for tag in entry.tags)
    items += dates(entry.added, entry.changed)
    return " · ".join(items)


def dates(added: str | None, changed: str | None) -> Iterator[str]:
    """When something was written, and when it was changed since."""
    if added:
        yield f"added {added}"
    if changed and changed != added:
        yield f"changed {changed}"


def about(entry: Entry, site: Site, lists: Index) -> Iterator[str]:
    """Sources, mentions, links from other notes, related notes and the reason for the topic."""
    yield from ("## In the sources", "", *sources(entry, site))
    if entry.note.mentions:
        yield from ("", "## Also noted in", "", *mentions(entry, site))
    if entry.note.backlinks:
        linking = ((other, other.added) for other in lists.linking(entry.note))
        yield from ("", "## Links to this note", "", *dated(linking, entry.uri))
    if entry.note.related:
        near = ((lists.entries[slug], why) for slug, why in entry.note.related)
        yield from ("", "## Related notes", "", *(f"- {entry_link(n, entry.uri)}: {literal(why)}" for n, why in near))
    yield from ("", f"Filed under {literal(entry.topic.name)}: {literal(entry.note.filing.why)}.")


def sources(entry: Entry, site: Site) -> Iterator[str]:
    """Every place in the sources that the page shows or stands for."""
    for place in places(entry.note, site.addresses.pages):
        details = (place.heading, *dates(place.added, place.changed), place.role)
        yield "- " + ", ".join(
            [link(f"{place.path}:{place.lines}", place.page, entry.uri), *map(literal, filter(None, details))]
        )


def mentions(entry: Entry, site: Site) -> Iterator[str]:
    """Lines of other sections that name what the note is about."""
    for mention in entry.note.mentions:
        place = site.addresses.place(mention.section)
        yield f"- {link(f'{mention.section.path}:{mention.line}', place, entry.uri)}, {literal(mention.section.title)}"
