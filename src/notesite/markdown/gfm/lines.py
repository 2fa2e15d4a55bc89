"""A line that is only links stands on its own; every other soft line break stays soft."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_BETWEEN_LINKS: Final = re.compile(r"(?:[\s|,;/&+·•—–\-()\[\].:]|\band\b)*")
"""What may stand between and around the links of such a line."""
_EMPHASIS: Final = frozenset({"strong_open", "strong_close", "em_open", "em_close"})


def link_lines(state: StateCore) -> None:
    """Core rule: make the break before and after a line of links a hard one, unless a sentence runs on through it."""
    for token in state.tokens:
        children = token.children or []
        if token.type == "inline" and any(child.type == "softbreak" for child in children):
            _harden(children)


def _harden(children: list[Token]) -> None:
    lines = list(_split(children))
    alone = [
        _is_links(line) and not _runs_on(following) for line, following in zip(lines, [*lines[1:], []], strict=True)
    ]
    breaks = [child for child in children if child.type in ("softbreak", "hardbreak")]
    for token, before, after in zip(breaks, alone, alone[1:], strict=False):
        if before or after:
            token.type, token.tag = "hardbreak", "br"


def _split(children: list[Token]) -> Iterator[list[Token]]:
    line: list[Token] = []
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            yield line
            line = []
        else:
            line.append(child)
    yield line


def _is_links(line: list[Token]) -> bool:
    """Whether a line has links and nothing else but what separates them."""
    depth = links = 0
    for token in line:
        if token.type in ("link_open", "link_close"):
            depth += token.nesting
            links += 1
        elif not depth and not _is_between(token):
            return False
    return links > 0 and depth == 0


def _is_between(token: Token) -> bool:
    return token.type in _EMPHASIS or (token.type == "text" and _BETWEEN_LINKS.fullmatch(token.content) is not None)


def _runs_on(line: list[Token]) -> bool:
    """Whether a line continues a sentence: it begins with a small letter or with closing punctuation."""
    first = next((token for token in line if token.type == "text" and token.content), None)
    return bool(line) and first is line[0] and (first.content[0].islower() or first.content[0] in ",.;:)")
