"""The parser that takes notes apart: the one that renders them, without what changes only their look."""

from __future__ import annotations

from functools import cache
from typing import Final

from markdown_it import MarkdownIt

from notesite.markdown.gfm import Dialect, commonmark_parser

READING: Final = Dialect(
    tex=True, jekyll=False, callouts=False, link_lines=False, heading_ids=False, repairs=False, safe=False
)
"""Destinations and lines as the author wrote them; footnotes come as islands."""


@cache
def parser() -> MarkdownIt:
    """The parser for reading notes; texts go through `prepare` first."""
    return commonmark_parser(READING)
