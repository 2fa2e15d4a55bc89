"""A line that is only links, or a label and what it says, stands on its own; every other soft break stays soft."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notesite.markdown.gfm.anchors import plain_text

_BETWEEN_LINKS: Final = re.compile(r"(?:[\s|,;/&+·•—–\-()\[\].:]|\band\b)*")
"""What may stand between and around the links of such a line."""
_ENDED: Final = re.compile(r"[.!?:;…。！？：；][\"'”’»)\]*_]*\Z")
"""The end of a sentence, or the announcement of what follows."""
_OPEN: Final = re.compile(
    r"(?:[,(–—/&]|(?<![\w-])(?:a|about|after|an|and|are|as|at|before|between|but|by|e\.g\.|for|from|i\.e\.|in|into|is|"
    r"like|of|on|or|over|than|that|the|their|to|under|unlike|using|via|was|were|which|with))\Z",
    re.IGNORECASE,
)
"""What no sentence ends with."""
_WRAPPED: Final = 60
"""Characters from which a line that ends no sentence an editor has broken: they wrap at 72 or more."""
_LABEL: Final = re.compile(r"(?:[^\W\d_a-z][\w'’-]*)(?: [\w'’/&-]+){0,2} ?(?:[:：]{1,2}(?=\s|\Z)|：)")
"""What begins such a line: `Authors: `, `**Read on**: `, `论文：`."""
_LEAST_LABELS: Final = 2
"""One alone may begin a sentence that an editor has wrapped there."""
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
        _is_links(line) and not _runs_into(before) and not _runs_on(line, behind)
        for before, line, behind in zip([[], *lines], lines, [*lines[1:], []], strict=False)
    ]
    labelled = _labelled(lines)
    breaks = [child for child in children if child.type in ("softbreak", "hardbreak")]
    for place, token in enumerate(breaks):
        if alone[place] or alone[place + 1] or labelled[place + 1] or (labelled[place] and _is_short(lines[place])):
            token.type, token.tag = "hardbreak", "br"


def _labelled(lines: list[list[Token]]) -> list[bool]:
    """Which lines begin with a label, where several do."""
    found = [_LABEL.match(plain_text(line).lstrip()) is not None for line in lines]
    return found if sum(found) >= _LEAST_LABELS else [False] * len(lines)


def _is_short(line: list[Token]) -> bool:
    """Whether a line ends before the width at which editors wrap."""
    return len(plain_text(line)) < _WRAPPED


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


def _runs_into(line: list[Token]) -> bool:
    """Whether a line before links is a sentence that goes on with them."""
    text = plain_text(line).rstrip()
    if not text or _is_links(line) or _ENDED.search(text):
        return False
    return len(text) >= _WRAPPED or _OPEN.search(text) is not None


def _runs_on(line: list[Token], behind: list[Token]) -> bool:
    """Whether the line behind goes on with a line of links: it begins with a small letter or closing punctuation."""
    if _OPEN.search(plain_text(line[-1:]).rstrip()) and line[-1].type == "text":
        return bool(behind)
    first = behind[0].content if behind and behind[0].type == "text" else ""
    return bool(first) and (first[0].islower() or first[0] in ",.;:)")
