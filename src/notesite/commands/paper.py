"""A paper that is not noted yet, and what is known of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from notesite.errors import NotesiteError
from notesite.model import Reference, Site
from notesite.papers import paper_url, reference_year
from notesite.reference import parse_reference, reference
from notesite.titles import same

LINK: Final = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper, system or page that somebody wants to note."""

    title: str = ""
    reference: Reference | None = None
    url: str = ""
    """Where it is; empty for what has only a title."""
    authors: tuple[str, ...] = ()
    year: str = ""
    abstract: str = ""
    tags: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The title; where none is known the reference, a page's without the word that it is one."""
        named = self.reference
        if self.title or named is None:
            return self.title
        return named.id if named.scheme in ("page", "pdf") else str(named)

    def completed(self, other: Paper) -> Paper:
        """The paper with what only the other one knows of it."""
        return replace(
            self,
            title=self.title or other.title,
            url=self.url or other.url,
            authors=self.authors or other.authors,
            year=self.year or other.year,
            abstract=self.abstract or other.abstract,
            tags=self.tags or other.tags,
        )


def paper(text: str, title: str = "") -> Paper:
    """What the author typed: a link, a DOI, an arXiv number, `scheme:id` or a title.

    Raises NotesiteError where that is nothing.
    """
    text = " ".join(text.split())
    if not text:
        raise NotesiteError("a paper is wanted: a link, a DOI, an arXiv number or a title")
    named = parse_reference(text)
    if named is None:
        return Paper(title or text)
    return Paper(title, named, paper_url(named) or (text if LINK.fullmatch(text) else ""), year=stated_year(named))


def stated_year(named: Reference) -> str:
    """The year that a reference contains; empty where it has none."""
    return reference_year(named) or ""


def known_title(named: Reference, site: Site) -> str:
    """What the notes call this paper where they link to it: the longest text that is no bare URL or label."""
    texts = (
        " ".join(link.text.split())
        for section in site.sections
        for link in section.links
        if link.kind == "link" and reference(link.url) == named
    )
    titles = [text for text in texts if parse_reference(text) is None and len(text.split()) > 1]
    return max(titles, key=len, default="")


def places(paper: Paper, site: Site) -> list[str]:
    """Where the notes treat this paper already, as `path:line`: by its reference, else by its title."""
    found = [
        section.id
        for note in site.notes
        if paper.reference and note.primary == paper.reference
        for section in note.sections
    ]
    if not found and paper.title:
        notes = (s for s in site.sections if s.kind == "note")
        found = [section.id for section in notes if same(paper.title, section.title)]
    return found


def mentions(paper: Paper, site: Site) -> list[str]:
    """Where the notes link to this paper without treating it, as `path:line`."""
    if paper.reference is None:
        return []
    lines = {
        (section.path, link.line)
        for section in site.sections
        for link in section.links
        if reference(link.url) == paper.reference
    }
    return [f"{path}:{line}" for path, line in sorted(lines)]
