"""What the writers of one document share."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from markdown import Markdown
from markdown.util import ETX, STX
from markdown_it import MarkdownIt

from notesite.markdown.gfm.host import Host
from notesite.markdown.gfm.parser import Dialect, commonmark_parser

_HIDDEN = re.compile(rf"{STX}gfm:(\d+){ETX}")


@dataclass(frozen=True, slots=True)
class Policies:
    """The extension's options, as `extension` documents them."""

    html: Literal["safe", "gfm", "raw"] = "safe"
    unknown_tags: bool = True
    jekyll: bool = True
    callouts: bool = True
    link_lines: bool = True
    repairs: bool = True
    heading_ids: bool = True
    wiki: Callable[[str], str | None] | str = ""


@dataclass(slots=True)
class Page:
    """One document on its way into the tree."""

    md: Markdown
    host: Host
    dialect: Dialect
    policies: Policies
    env: dict[str, Any] = field(default_factory=dict)
    """markdown-it's environment: link definitions, anchors given, and `wiki`, the resolver of wiki links."""
    inner: list[tuple[str, Dialect]] = field(default_factory=list)
    """Texts that wait behind a placeholder until the extension round them asks for its content to be parsed."""

    @property
    def parser(self) -> MarkdownIt:
        """The parser of the document."""
        return commonmark_parser(self.dialect)

    def hide(self, text: str, *, islands: bool = True) -> str:
        """A placeholder for a text, which an extension hands on whole instead of cutting it at blank lines."""
        self.inner.append((text, self.dialect if islands else replace(self.dialect, islands=frozenset())))
        return f"{STX}gfm:{len(self.inner) - 1}{ETX}"

    def reveal(self, text: str) -> tuple[str, Dialect]:
        """The text behind a placeholder, or another text as it is, with what it is written in."""
        match = _HIDDEN.fullmatch(text.strip())
        return self.inner[int(match[1])] if match else (text, self.dialect)
