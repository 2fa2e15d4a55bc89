"""Where markdown-it-py and GitHub's cmark-gfm differ, cmark-gfm's way."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from types import SimpleNamespace
from typing import Any, Final, NamedTuple

from markdown_it import MarkdownIt, helpers
from markdown_it.rules_block import StateBlock, blockquote, fence, heading, hr, html_block, list_block
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from notesite.markdown.gfm.html import is_known_tag

DEEPEST: Final = 60
"""Levels of quotes and lists; deeper marks are text. Python's stack holds 90 of them, real notes have 5."""

_ENDS: Final = ["paragraph", "reference", "blockquote"]
_ALL_ENDS: Final = [*_ENDS, "list"]
"""What a block ends without a blank line before it, as in markdown-it."""
_TAG: Final = re.compile(r"</?([A-Za-z][\w:-]*)")
_PLAIN_URL: Final = re.compile(r"[A-Za-z0-9/:#?=&.,_+~()-]*")
_STOPS: Final = re.compile(
    r"\n|\\|`|\*|_|~|\[|\]|\$|!(?=\[)|<(?=[A-Za-z/!?])|&(?=[#A-Za-z])|:(?=//)|w(?<![^\s*_~(]w)ww\."
)
"""Where inline markup can begin. markdown-it stops at every punctuation mark, for plugins that are not here, and asks
each rule: a twentieth of all time. Every branch begins with a character, which makes the search three times as fast."""
_PLAIN_DESTINATION: Final = re.compile(r"[^\x00-\x20\x7f\\()<&]+(?=[) ])")
_TELLING: Final = re.compile(r"[\[<$\\]|://|www\.")
"""What every link, tag and formula has; half the paragraphs and items of notes have nothing of it."""
_BlockRule = Callable[[StateBlock, int, int, bool], bool]


def as_in_cmark(md: MarkdownIt, *, unknown_tags: bool) -> None:
    """Replace the rules that differ."""
    md.options["maxNesting"] = 2 * DEEPEST + 10  # never reached: markdown-it drops the text below it
    html = _known_html if unknown_tags else html_block
    for name, marks, rule, ends in (
        ("fence", "`~", fence, _ALL_ENDS),
        ("blockquote", ">", _not_too_deep(blockquote), _ALL_ENDS),
        ("hr", "-*_", hr, _ALL_ENDS),
        ("list", "-*+0123456789", _not_too_deep(list_block), _ENDS),
        ("html_block", "<", html, _ENDS),
        ("heading", "#", heading, _ENDS),
    ):
        md.block.ruler.at(name, _marked(tuple(marks), rule), {"alt": ends})
    md.inline.terminator_re = _STOPS
    _keep_plain_links(md)
    md.helpers = SimpleNamespace(**vars(helpers) | {"parseLinkDestination": _link_destination})  # type: ignore[assignment]


def definition_lists(md: MarkdownIt) -> None:
    """Add definition lists as Hugo and kramdown have them, with colons; a line `~ 5 ms` is about, and no definition."""
    md.use(deflist_plugin)
    rule = dict(zip(md.block.ruler.get_active_rules(), md.block.ruler.getRules(""), strict=True))["deflist"]

    def with_colons(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        line = start if silent or start + 1 >= end else start + 1 + state.isEmpty(start + 1)
        is_about = line < end and state.src.startswith("~", state.bMarks[line] + state.tShift[line])
        return not is_about and rule(state, start, end, silent)

    md.block.ruler.at("deflist", _not_too_deep(with_colons), {"alt": _ENDS})


def telling(state: StateCore) -> None:
    """Core rule: take apart headings, and of other texts those that may hold a link, a tag or a formula."""
    for before, token in pairwise([Token("", "", 0), *state.tokens]):
        if token.type == "inline" and (before.type == "heading_open" or _TELLING.search(token.content)):
            token.children = []
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _keep_plain_links(md: MarkdownIt) -> None:
    """Show a bare URL as it was typed, and spare plain addresses the work of normalising: a twentieth of all time."""
    normalize = md.normalizeLink
    md.normalizeLink = lambda url: url if _PLAIN_URL.fullmatch(url) else normalize(url)  # type: ignore[method-assign]
    md.normalizeLinkText = lambda link: link  # type: ignore[method-assign]


class _Destination(NamedTuple):
    """A link's destination as markdown-it's helpers give it."""

    ok: bool
    pos: int
    str: str


def _link_destination(text: str, start: int, end: int) -> Any:
    """A link's destination: a plain one at once, others by markdown-it, which goes by single characters."""
    plain = _PLAIN_DESTINATION.match(text, start, end)
    if plain is None:
        return helpers.parseLinkDestination(text, start, end)
    return _Destination(True, plain.end(), plain[0])


def _marked(marks: tuple[str, ...], rule: _BlockRule) -> _BlockRule:
    """A rule that is asked only where one of its marks stands: a twentieth of all time was spent on the other lines."""

    def marked(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        begins = state.src.startswith(marks, state.bMarks[start] + state.tShift[start])
        return begins and rule(state, start, end, silent)

    return marked


def _not_too_deep(rule: _BlockRule) -> _BlockRule:
    def limited(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return state.level < 2 * DEEPEST and rule(state, start, end, silent)

    return limited


def _known_html(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """HTML blocks, but a tag that HTML does not have (`<think>`) never opens one: it is text."""
    tag = _TAG.match(state.src, state.bMarks[start] + state.tShift[start])
    return (tag is None or is_known_tag(tag[1])) and html_block(state, start, end, silent)
