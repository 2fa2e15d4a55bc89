"""The notes as Markdown, and `llms.txt`, which says where they are (see llmstxt.org)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from notesite.model import Page
from notesite.outputs.output import About
from notesite.pages import literal
from notesite.view import Entry, Index


def as_markdown(page: Page) -> str:
    """A page's text under its title; links to other notes and sources lead to their Markdown."""
    return f"# {literal(page.title)}\n\n{page.text.strip()}\n"


def as_llms(about: About, lists: Index) -> str:
    """The list of all notes by topic, with links to their Markdown."""
    lines = [f"# {literal(about.name)}", ""]
    if about.description:
        lines += [f"> {literal(about.description)}", ""]
    for topic in lists.topics:
        lines += [f"## {literal(topic.name)}", "", *listed(lists.of(topic.notes), about.root), ""]
    return "\n".join(lines)


def listed(entries: Iterable[Entry], root: str) -> Iterator[str]:
    """A line for each note."""
    for entry in entries:
        summary = f": {literal(entry.summary)}" if entry.summary else ""
        yield f"- [{literal(entry.title)}]({root}{entry.uri}){summary}"
