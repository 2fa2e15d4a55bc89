"""What the site says to programs: feeds, citations, and the notes as Markdown, each beside its page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from notesite.model import Page
from notesite.outputs.citations import Citation, as_bibtex, as_csl, citation
from notesite.outputs.feeds import LENGTH, Feed, as_atom, as_json
from notesite.outputs.markdown import as_llms, as_markdown
from notesite.outputs.output import About, Output
from notesite.view import Entry, Index, by_change

__all__ = ["About", "Output", "alternates", "outputs", "page_outputs"]

HOME: Final = "index.md"


def outputs(lists: Index, about: About) -> Iterator[Output]:
    """The files on all notes, or on a topic; feeds need the site's whole address: `site_url` in `mkdocs.yml`."""
    everything = list(lists.entries.values())
    cited = {entry.note.slug: paper for entry in everything if (paper := citation(entry.note))}
    yield Output("llms.txt", "text/plain", as_llms(about, lists), HOME)
    yield from citations("papers", cited.values(), HOME)
    yield from feeds("feed", about.name, everything, about, HOME)
    for topic in lists.topics:
        entries = lists.of(topic.notes)
        papers = [cited[note.slug] for note in topic.notes if note.slug in cited]
        yield from citations(f"topics/{topic.key}", papers, topic.uri())
        yield from feeds(f"topics/{topic.key}.feed", f"{about.name}: {topic.name}", entries, about, topic.uri())


def page_outputs(page: Page, lists: Index) -> Iterator[Output]:
    """The files on one note or source."""
    if page.kind in ("note", "source"):
        yield Output(page.uri, "text/markdown", as_markdown(page), page.uri)
    if page.kind == "note" and (paper := citation(lists.entries[page.subject].note)):
        yield from citations(page.uri.removesuffix(".md"), [paper], page.uri)


def citations(stem: str, cited: Collection[Citation], page: str) -> Iterator[Output]:
    """Papers as BibTeX and as CSL-JSON; nothing where there are none."""
    if cited:
        yield Output(f"{stem}.bib", "application/x-bibtex", as_bibtex(cited), page)
        yield Output(f"{stem}.csl.json", "application/vnd.citationstyles.csl+json", as_csl(cited), page)


def feeds(stem: str, title: str, entries: list[Entry], about: About, page: str) -> Iterator[Output]:
    """The newest notes as Atom and as JSON feed; nothing where no note has a date."""
    feed = Feed(title, about.url(page), tuple(by_change(entries)[:LENGTH]), about.url)
    if about.root and feed.entries:
        yield Output(f"{stem}.xml", "application/atom+xml", as_atom(feed, f"{about.root}{stem}.xml"), page)
        yield Output(f"{stem}.json", "application/feed+json", as_json(feed, f"{about.root}{stem}.json"), page)


def alternates(files: Iterable[Output]) -> dict[str, list[Output]]:
    """The files by the page that they belong to."""
    found: dict[str, list[Output]] = {}
    for file in files:
        found.setdefault(file.page, []).append(file)
    return found
