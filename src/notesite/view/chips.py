"""The short links below a note's title, among them all that stand in its headings: the title itself is no link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from notesite.model import Link, Note, Reference
from notesite.papers import paper_url

LABELS: Final = {
    "repo": "Code", "youtube": "Video", "doi": "DOI", "hf-model": "Model", "hf-dataset": "Data", "hf-space": "Demo",
    "openreview": "OpenReview", "acl": "ACL Anthology", "pmlr": "PMLR", "neurips": "NeurIPS", "nips": "NeurIPS",
    "cvf": "CVF", "jmlr": "JMLR", "usenix": "USENIX", "ieee": "IEEE", "pmid": "PubMed", "s2": "Semantic Scholar",
    "s2corpus": "Semantic Scholar", "pwc": "Papers with Code", "pdf": "PDF", "tweet": "Post", "page": "Page",
}  # fmt: skip
"""What a chip that leads to a reference of this scheme says."""
COMPANIONS: Final = ("repo", "youtube", "hf-model", "hf-dataset", "hf-space")
"""What belongs to a paper without being it."""
MOST_CHIPS: Final = 3
"""Of one kind; a note with more links to code is about something else."""
LONGEST_NAME: Final = 20
"""Characters of a link's text that stands in a chip."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A short link."""

    kind: str
    url: str
    detail: str = ""
    """What tells it from others of its kind."""


def chips(note: Note) -> Iterator[Chip]:
    """The paper as abstract and PDF, then code, videos and models that the note links."""
    links = linked(note)
    if note.primary:
        yield from paper_chips(note.primary, links.get(note.primary))
    companions: defaultdict[str, list[tuple[Reference, str]]] = defaultdict(list)
    for named, url in links.items():
        if named.scheme in COMPANIONS and named != note.primary:
            companions[named.scheme].append((named, url))
    shown = {note.primary}
    for scheme in COMPANIONS:
        few = companions[scheme][:MOST_CHIPS]
        shown.update(named for named, _ in few)
        for number, (named, url) in enumerate(few, 1):
            telling = str(number) if scheme == "youtube" else named.id.rpartition("/")[2]
            yield Chip(LABELS[scheme], url, telling if len(few) > 1 else "")
    for link in in_headings(note):
        if link.reference not in shown:
            shown.add(link.reference)
            yield heading_chip(link)


def in_headings(note: Note) -> Iterator[Link]:
    """The links that lead out of the notes from the headings of its sections."""
    for section in note.sections:
        for link in section.links:
            if link.line < section.body and link.reference:
                yield link


def heading_chip(link: Link) -> Chip:
    """A link by the author's word for it; by its host where that is a whole title."""
    if len(link.text) <= LONGEST_NAME and "/" not in link.text:
        return Chip(link.text[:1].upper() + link.text[1:], link.url)
    return Chip(LABELS["page"], link.url, (urlsplit(link.url).hostname or "").removeprefix("www."))


def paper_chips(primary: Reference, url: str | None) -> Iterator[Chip]:
    """The paper or system that the note is about, under the address that the author gave."""
    if primary.scheme == "arxiv":
        yield Chip("arXiv", f"https://arxiv.org/abs/{primary.id}", primary.id)
        yield Chip("PDF", f"https://arxiv.org/pdf/{primary.id}")
    elif address := url or paper_url(primary):
        yield Chip(LABELS.get(primary.scheme, "Paper"), address)


def linked(note: Note) -> dict[Reference, str]:
    """What the note's links name, with the URL that the author gave first."""
    found: dict[Reference, str] = {}
    for section in note.sections:
        for link in section.links:
            if link.reference:
                found.setdefault(link.reference, link.url)
    return found
