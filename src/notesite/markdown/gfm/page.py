"""What the writers of one document share."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from markdown.util import ETX, STX
from markdown_it import MarkdownIt

from notesite.markdown.gfm.host import Host
from notesite.markdown.gfm.parser import Dialect, commonmark_parser

DEEPEST: Final = 150
"""Levels of elements below which nothing is an island any more; Python's stack holds some 700 elements."""
ISLAND: Final = 5
"""What an island counts among them: its extension and this one call each other several times."""

_HIDDEN: Final = re.compile(rf"{STX}gfm:(\d+){ETX}")


@dataclass(slots=True)
class Page:
    """One document on its way into the tree."""

    host: Host
    dialect: Dialect
    html: Literal["safe", "gfm", "raw"]
    """How much of the author's HTML reaches the page."""
    env: dict[str, Any] = field(default_factory=dict)
    """markdown-it's environment: link definitions, and the anchors given so far."""
    inner: list[tuple[str, Dialect]] = field(default_factory=list)
    """Texts that wait behind a placeholder until the extension round them asks for its content to be parsed."""
    level: int = 0
    """How deep the island stands that is being written: see `DEEPEST`."""

    @property
    def parser(self) -> MarkdownIt:
        """The parser of the document."""
        return commonmark_parser(self.dialect)

    def hide(self, text: str, *, islands: bool = True) -> str:
        """A placeholder for a text, which an extension hands on whole instead of cutting it at blank lines."""
        islands = islands and self.level < DEEPEST
        self.inner.append((text, self.dialect if islands else replace(self.dialect, islands=frozenset())))
        return f"{STX}gfm:{len(self.inner) - 1}{ETX}"

    def reveal(self, text: str) -> tuple[str, Dialect]:
        """The text behind a placeholder, or another text as it is, with what it is written in."""
        match = _HIDDEN.fullmatch(text.strip())
        return self.inner[int(match[1])] if match else (text, self.dialect)
