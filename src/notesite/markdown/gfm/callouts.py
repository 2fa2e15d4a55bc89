"""GitHub's alerts and Obsidian's callouts: a block quote whose first line is `[!note]`."""

from __future__ import annotations

import re
from typing import Final

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_MARK: Final = re.compile(r"\[!([A-Za-z][\w -]*)(?:\|([\w -]+))?\]([+-]?)[ \t]*([^\n]*)(?:\n|\Z)")


def callouts(state: StateCore) -> None:
    """Core rule: turn marked block quotes into `callout_open` and `callout_close`.

    `meta` of the opening token holds `kind`, `classes`, `fold` (`+` open, `-` closed, or empty) and `title`.
    """
    if "[!" not in state.src:
        return
    stack: list[Token | None] = []
    for index, token in enumerate(state.tokens):
        if token.type == "blockquote_open":
            stack.append(token if _mark(state.tokens, index) else None)
        elif token.type == "blockquote_close" and stack.pop():
            token.type = "callout_close"


def _mark(tokens: list[Token], index: int) -> bool:
    """Make the block quote at `index` a callout if its first paragraph says so."""
    paragraph = tokens[index + 1]
    match = _MARK.match(tokens[index + 2].content) if paragraph.type == "paragraph_open" else None
    if match is None:
        return False
    tokens[index].type = "callout_open"
    tokens[index].meta = {
        "kind": match[1].strip().lower().replace(" ", "-"),
        "classes": (match[2] or "").split(),
        "fold": match[3],
        "title": match[4].strip(),
    }
    inline = tokens[index + 2]
    inline.content = inline.content[match.end() :]
    if not inline.content.strip():
        paragraph.hidden = tokens[index + 3].hidden = True
    return True
