"""The text of a note that is to be written."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import Final

import yaml

from notesite.commands.paper import Paper, stated_year
from notesite.pages import literal

ONE_LINE: Final = 10_000
"""Characters; longer lists of authors are broken."""


def file_text(paper: Paper, topic: str, headings: Sequence[str], today: datetime.date) -> str:
    """A whole file: front matter, the abstract and the headings."""
    front = "".join(field(name, value) for name, value in header(paper, topic, today))
    blocks = [quoted(paper.abstract), *(f"## {name}" for name in headings)]
    return f"---\n{front}---\n\n" + "\n\n".join(block for block in blocks if block) + "\n"


def header(paper: Paper, topic: str, today: datetime.date) -> Iterator[tuple[str, object]]:
    """The front matter, as far as it is known."""
    yield from (("title", paper.name), ("date", today))
    if paper.authors:
        yield "authors", list(paper.authors)
    if paper.year and not (paper.reference and stated_year(paper.reference) == paper.year):
        yield "year", int(paper.year)
    if paper.reference or paper.url:
        yield "paper", paper.url or str(paper.reference)
    if topic:
        yield "topic", topic
    if paper.tags:
        yield "tags", list(paper.tags)


def field(name: str, value: object) -> str:
    """One field of the front matter on one line, a list in brackets."""
    if isinstance(value, list):
        return f"{name}: {yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=ONE_LINE)}"
    return yaml.safe_dump({name: value}, allow_unicode=True, width=ONE_LINE)


def section_text(paper: Paper, level: int) -> str:
    """A section for a file of many notes: a heading with the link, who wrote it and when, and the abstract."""
    title = f"[{literal(paper.name)}]({link(paper.url)})" if paper.url else literal(paper.name)
    blocks = [f"{'#' * level} {title}", byline(paper), quoted(paper.abstract)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def byline(paper: Paper) -> str:
    """`Timo Schick et al., 2023`."""
    names = " and ".join(paper.authors) if len(paper.authors) < 3 else f"{paper.authors[0]} et al."
    return ", ".join(literal(part) for part in (names, paper.year) if part)


def quoted(abstract: str) -> str:
    """The abstract as a quotation; the word before it keeps its first sign from being read as markup."""
    return f"> Abstract: {abstract}" if abstract else ""


def link(url: str) -> str:
    """A URL as the destination of a link: what would end that is encoded."""
    return re.sub(r"[\s()<>\\]", lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), url)
