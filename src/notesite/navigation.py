"""The navigation, which every page carries: topics, and the other ways to go through the notes."""

from __future__ import annotations

from typing import Any, Final

from notesite.model import Site

INDEXES: Final = ("papers", "timeline", "graph", "tags", "sources")
"""Kinds of pages that list everything in one order."""


def navigation(site: Site) -> list[Any]:
    """Home, the topics, and the indexes, as `nav:` has them."""
    topics = [{page.title: page.uri} for page in site.pages if page.kind == "topic" and page.number == 1]
    others = [{page.title: page.uri} for page in site.pages if page.kind in INDEXES and not page.subject]
    return [{"Home": "index.md"}, {"Topics": topics}, {"Browse": others}]
