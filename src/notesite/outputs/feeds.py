"""The newest notes as an Atom feed (RFC 4287) and as a JSON feed (version 1.1)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from notesite.view import Entry

LENGTH: Final = 50
"""Notes in a feed: readers ask again every hour or so, and nobody writes more in between."""
NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML can't hold in any form."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed shows."""

    title: str
    home: str
    """Address of the page that it follows."""
    entries: tuple[Entry, ...]
    url: Callable[[str], str]
    """Gives the address of a page."""


def moment(date: str | None) -> str:
    """A note's date as RFC 3339 has it; a month or year is its first day."""
    return f"{date}-01-01"[:10] + "T00:00:00Z"


def as_atom(feed: Feed, url: str) -> str:
    """The feed as XML, which is read at `url`."""
    root = Element("feed", xmlns="http://www.w3.org/2005/Atom")
    for tag, text in (("title", feed.title), ("id", feed.home), ("updated", moment(feed.entries[0].changed))):
        add(root, tag, text)
    add(add(root, "author"), "name", feed.title)
    add(root, "link", rel="self", href=url)
    add(root, "link", href=feed.home)
    for entry in feed.entries:
        add_entry(root, entry, feed.url(entry.uri))
    indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def add_entry(root: Element, entry: Entry, url: str) -> None:
    """Add one note to the feed."""
    item = add(root, "entry")
    for tag, text in (("title", entry.title), ("id", url), ("updated", moment(entry.changed))):
        add(item, tag, text)
    if entry.added:
        add(item, "published", moment(entry.added))
    add(item, "summary", entry.summary)
    add(item, "link", href=url)
    for term in (entry.topic.name, *(tag.name for tag in entry.tags)):
        add(item, "category", term=NOT_XML.sub("", term))


def add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """Add an element with a text."""
    element = SubElement(parent, tag, attributes)
    element.text = NOT_XML.sub("", text) or None
    return element


def as_json(feed: Feed, url: str) -> str:
    """The feed as JSON, which is read at `url`."""
    items = [
        {
            "id": feed.url(entry.uri),
            "url": feed.url(entry.uri),
            "title": entry.title,
            "content_text": entry.summary or entry.title,
            "date_modified": moment(entry.changed),
            **({"date_published": moment(entry.added)} if entry.added else {}),
            "tags": [entry.topic.name, *(tag.name for tag in entry.tags)],
        }
        for entry in feed.entries
    ]
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": url,
        "items": items,
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
