"""Bare URLs and mail addresses as links, by the rules of cmark-gfm.

URLs are an inline rule, so that an underscore inside one never starts emphasis. Mail addresses are found in the
finished text, as cmark-gfm does it, because their underscores are delimiters before they are text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_SCHEME: Final = re.compile(r"(?<![A-Za-z])(?:https?|ftp)\Z")
_HOST: Final = re.compile(r"[\w.-]+")
_BLANK: Final = re.compile(r"[\s<]")
_BLANK_OR_CJK: Final = re.compile(r"[\s<、。，．；：！？（）【】《》〈〉「」『』“”‘’]")
_ENTITY: Final = re.compile(r"&[A-Za-z0-9]+;\Z")
_BEFORE_WWW: Final = frozenset(" \t\n*_~(")
_TRAILING: Final = "?!.,:*_~'\""
_MAIL: Final = re.compile(
    r"(?<![A-Za-z0-9._+-])(?:mailto:|xmpp:)?[A-Za-z0-9._+-]+@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+(?![\w-])", re.ASCII
)


def autolink_plugin(md: MarkdownIt, *, cjk_ends: bool) -> None:
    """Link bare `http://`, `https://`, `ftp://` and `www.` addresses; the last plugin to be used.

    With `cjk_ends` they end before Chinese and Japanese punctuation, which GitHub takes for a part of them.
    """
    blank = _BLANK_OR_CJK if cjk_ends else _BLANK
    md.inline.ruler.push("bare_url", partial(_bare_url, blank))
    md.inline.ruler.push("bare_www", partial(_bare_www, blank))


def mail_addresses(text: str) -> Iterator[re.Match[str]]:
    """The bare mail addresses in a text, with `mailto:` or `xmpp:` where the author wrote it."""
    if "@" in text:
        yield from (match for match in _MAIL.finditer(text) if match[0][-1] not in "-_")


def _bare_url(blank: re.Pattern[str], state: StateInline, silent: bool) -> bool:
    if silent or state.linkLevel or not state.src.startswith("://", state.pos):
        return False
    scheme = _SCHEME.search(state.pending)
    if scheme is None or _in_bracket(state) or not _is_host(state, state.pos + 3, dotted=False):
        return False
    start = state.pos - len(scheme[0])
    state.pending = state.pending[: scheme.start()]
    return _push_link(blank, state, start, "")


def _bare_www(blank: re.Pattern[str], state: StateInline, silent: bool) -> bool:
    if silent or state.linkLevel or not state.src.startswith("www.", state.pos):
        return False
    if _in_bracket(state) or (state.pos and state.src[state.pos - 1] not in _BEFORE_WWW):
        return False
    return _is_host(state, state.pos + 4, dotted=True) and _push_link(blank, state, state.pos, "http://")


def _in_bracket(state: StateInline) -> bool:
    return state.src.rfind("[", 0, state.pos) > state.src.rfind("]", 0, state.pos)


def _is_host(state: StateInline, start: int, *, dotted: bool) -> bool:
    """Whether a host name starts here: no underscore in its last two labels, a dot in it if `dotted`."""
    host = _HOST.match(state.src, start, state.posMax)
    if host is None or not host[0][0].isalnum():
        return False
    labels = host[0].split(".")
    return not any("_" in label for label in labels[-2:]) and (len(labels) > 1 or not dotted)


def _push_link(blank: re.Pattern[str], state: StateInline, start: int, prefix: str) -> bool:
    end = blank.search(state.src, start, state.posMax)
    url = _trimmed(state.src[start : end.start() if end else state.posMax])
    href = state.md.normalizeLink(prefix + url)
    token = state.push("link_open", "a", 1)
    token.attrs, token.info, token.markup = {"href": href}, "auto", "linkify"
    state.push("text", "", 0).content = url
    state.push("link_close", "a", -1).info = "auto"
    state.pos = start + len(url)
    return True


def _trimmed(url: str) -> str:
    """Cut the punctuation behind a URL; a closing parenthesis stays where an opening one belongs to it."""
    surplus = url.count(")") - url.count("(")
    end = len(url)
    while end:
        last = url[end - 1]
        if last == ")" and surplus > 0:
            surplus -= 1
        elif last == ";" and (entity := _ENTITY.search(url, 0, end)):
            end = entity.start() + 1
        elif last not in _TRAILING:
            break
        end -= 1
    return url[:end]
