"""The descriptions of pages, for search engines and for previews of shared links."""

from __future__ import annotations

from collections.abc import Iterable

from notesite.model import Page, Site
from notesite.view.index import Index
from notesite.view.text import SUMMARY_LENGTH, plain


def description(page: Page, site: Site, index: Index) -> str:
    """A sentence or two on what a page holds; empty for the home page, which the site's own describes."""
    match page.kind:
        case "note":
            entry = index.entries[page.subject]
            return entry.summary or f"A note on {entry.title}, filed under {entry.topic.name}."
        case "topic" | "tag":
            return of_shelf(page, index)
        case "source":
            return listed(index.contents[page.subject])
        case "home":
            return ""
    return of_index(page, site, index)


def of_shelf(page: Page, index: Index) -> str:
    """A topic by its introduction, a tag by its notes; the further pages of each by theirs."""
    shelf = index.shelves[f"{page.kind}s/{page.subject}.md"]
    if page.number == 1 and shelf.intro:
        return shelf.intro
    return listed(note.title for note in shelf.chunks[page.number - 1])


def of_index(page: Page, site: Site, index: Index) -> str:
    """A page that shows all notes in one order."""
    among = f" of {page.title.rpartition(' of ')[2]}" if page.subject else ""
    papers = sum(map(len, index.papers(page.subject if page.kind == "papers" else "").values()))
    return {
        "papers": f"{papers} papers{among}, by title, year and topic, with links to each.",
        "timeline": f"Notes{among} by the date on which they were added, and papers by year.",
        "graph": f"What the notes{among} link to, have in common and resemble, as a picture and as a list.",
        "tags": f"The {len(index.tags)} tags of the notes.",
        "sources": f"The {len(site.sources)} files that the notes are kept in, each in its author's order.",
    }[page.kind]


def listed(titles: Iterable[str]) -> str:
    """As many titles as a description holds."""
    text = ""
    for title in map(plain, titles):
        if len(text) + len(title) > SUMMARY_LENGTH:
            return f"Notes on {text} and more." if text else f"Notes on {title}"[:SUMMARY_LENGTH]
        text += f", {title}" if text else title
    return f"Notes on {text}." if text else ""
