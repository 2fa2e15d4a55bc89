"""Find the paper with a title: at arXiv, else at Crossref, and only where there is no doubt."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import urlencode

from notesite.commands.csl import from_csl
from notesite.commands.lookup import Answers, Network, NoAnswerError, Request, asked, from_arxiv, read_kept
from notesite.commands.paper import Paper
from notesite.titles import same, title_words

ROWS: Final = 10
"""Results to look at; a paper of that very title is among the first."""


def find(title: str, network: Network) -> tuple[list[Paper], list[str]]:
    """The papers that are called so, as the first host that has any lists them; and what went wrong."""
    failures: list[str] = []
    for url, understand, wanted in searches(title, network):
        answers = read_kept(url, understand, network, wanted)
        if answers is None and not network.is_offline:
            answers, failure = asked(url, understand, network)
            failures += [failure] if failure else []
        if found := [paper for paper in (answers or {}).values() if same(title, paper.title)]:
            return found, failures
    return [], failures


def searches(title: str, network: Network) -> Iterator[Request]:
    """What to ask: arXiv for the words in a row, Crossref for what is near."""
    words = " ".join(title_words(title))
    in_a_row = urlencode({"search_query": f'ti:"{words}"', "max_results": ROWS})
    yield f"{network.arxiv}?{in_a_row}", from_arxiv, ()
    near = urlencode({"query.bibliographic": title, "rows": ROWS, "select": "DOI,title,author,issued,abstract,URL"})
    yield f"{network.crossref}?{near}", from_crossref_search, ()


def from_crossref_search(data: bytes) -> Answers:
    """The papers in Crossref's list; raises NoAnswerError where there is no list."""
    try:
        items = json.loads(data)["message"]["items"]
    except (ValueError, RecursionError, TypeError, KeyError) as error:
        raise NoAnswerError("Crossref's answer can't be read") from error
    if not isinstance(items, list):
        raise NoAnswerError("Crossref's answer has no list")
    papers = [from_csl(item) for item in items if isinstance(item, Mapping)]
    return {paper.reference: paper for paper in papers if paper.reference and paper.title}


def the_one(found: Sequence[Paper]) -> Paper | None:
    """The first paper, where it is the only one or the others are by the same first author, as reprints are."""
    authors = {first_author(paper) for paper in found}
    is_one = len(found) == 1 or (len(authors) == 1 and "" not in authors)
    return found[0] if is_one else None


def first_author(paper: Paper) -> str:
    """The last word of the first author's name; empty where nobody is named."""
    names = paper.authors[0].split() if paper.authors else []
    return names[-1].casefold() if names else ""
