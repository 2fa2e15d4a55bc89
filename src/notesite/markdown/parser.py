"""The one Markdown parser: splitting and rendering both use it, so they can't disagree."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin


@cache
def parser() -> MarkdownIt:
    """CommonMark with GitHub's tables, strikethrough, bare links, footnotes and math; footnotes stay in their place."""
    md = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    md.use(gfm_autolink_plugin).use(footnote_plugin).use(dollarmath_plugin)
    return md.disable("footnote_tail")
