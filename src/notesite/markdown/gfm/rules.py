"""Where markdown-it-py and GitHub's cmark-gfm differ, cmark-gfm's way."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, html_block, list_block, paragraph
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notesite.markdown.gfm.html import is_known_tag

DEEPEST: Final = 60
"""Levels of quotes and lists; deeper marks are text. Python's stack holds 90 of them, real notes have 5."""

_TAG: Final = re.compile(r"</?([A-Za-z][\w:-]*)")
_PLAIN_URL: Final = re.compile(r"[A-Za-z0-9/:#?=&.,_+~()-]*")
_TELLING: Final = re.compile(r"[\[<$\\]|://|www\.")
"""What every link, tag and formula has; half the paragraphs and items of notes have nothing of it."""
_BlockRule = Callable[[StateBlock, int, int, bool], bool]


def as_in_cmark(md: MarkdownIt, *, unknown_tags: bool, definitions: bool) -> None:
    """Replace the rules that differ."""
    md.options["maxNesting"] = 2 * DEEPEST + 10  # never reached: markdown-it drops the text below it
    lists = _not_too_deep(list_block)
    md.block.ruler.at("list", lists, {"alt": ["paragraph", "reference", "blockquote"]})
    md.block.ruler.at(
        "blockquote", _not_too_deep(blockquote), {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    if not definitions:  # else a line of letters may be a term, defined below the blank line
        md.block.ruler.before("table", "plain_line", _plain_line(lists))
    if unknown_tags:
        md.block.ruler.at("html_block", _known_html, {"alt": ["paragraph", "reference", "blockquote"]})
    _keep_plain_links(md)


def telling(state: StateCore) -> None:
    """Take apart headings, and of other text what may hold a link, a tag or a formula."""
    for before, token in pairwise([Token("", "", 0), *state.tokens]):
        if token.type == "inline" and (before.type == "heading_open" or _TELLING.search(token.content)):
            token.children = []
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _keep_plain_links(md: MarkdownIt) -> None:
    """Show a bare URL as it was typed, and spare plain addresses the work of normalising: a twentieth of all time."""
    normalize = md.normalizeLink
    md.normalizeLink = lambda url: url if _PLAIN_URL.fullmatch(url) else normalize(url)  # type: ignore[method-assign]
    md.normalizeLinkText = lambda link: link  # type: ignore[method-assign]


def _not_too_deep(rule: _BlockRule) -> _BlockRule:
    def limited(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return state.level < 2 * DEEPEST and rule(state, start, end, silent)

    return limited


def _plain_line(lists: _BlockRule) -> _BlockRule:
    """A line that begins with a letter, with a blank line or a bullet below it, is a paragraph.

    No other rule would take it. Half the lines of notes are such, and asking all rules takes a third of the parsing.
    """

    def plain_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        begin, below = state.bMarks[start] + state.tShift[start], start + 1
        if silent or not state.src[begin : begin + 1].isalpha() or state.is_code_block(start):
            return False
        if below < state.lineMax and not state.isEmpty(below):
            mark = state.src[state.bMarks[below] + state.tShift[below]]
            if mark not in "-*+" or "|" in state.src[begin : state.eMarks[below]]:
                return False
            outer, state.parentType = state.parentType, "paragraph"
            is_item = lists(state, below, end, True)
            state.parentType = outer
            if not is_item:
                return False
        return paragraph(state, start, end, silent)

    return plain_line


def _known_html(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """HTML blocks, but a tag that HTML does not have (`<think>`) never opens one: it is text."""
    tag = _TAG.match(state.src, state.bMarks[start] + state.tShift[start])
    return (tag is None or is_known_tag(tag[1])) and html_block(state, start, end, silent)
