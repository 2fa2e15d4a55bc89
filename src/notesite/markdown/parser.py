"""The parser that takes notes apart: the one that renders them, without what changes only their look."""

from __future__ import annotations

from dataclasses import replace
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


@cache
def structure_parser() -> MarkdownIt:
    """The same, which takes lines apart only where there may be a link, a tag or a formula, and in headings."""
    return commonmark_parser(replace(READING, plain=False))
