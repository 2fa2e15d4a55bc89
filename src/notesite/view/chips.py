"""The short links below a note's title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from notesite.identify import reference
from notesite.model import Note, Reference
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
    for scheme in COMPANIONS:
        few = companions[scheme][:MOST_CHIPS]
        for named, url in few:
            yield Chip(LABELS[scheme], url, named.id.rpartition("/")[2] if len(few) > 1 else "")


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
            if named := reference(link.url):
                found.setdefault(named, link.url)
    return found
