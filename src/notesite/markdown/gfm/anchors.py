"""GitHub's anchors for headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notesite.markdown.gfm.tree import ATTRIBUTE_LIST

_DROPPED: Final = re.compile(r"[^\w\- ]")


def github_slug(text: str) -> str:
    """The anchor of a heading with this plain text: lower case, punctuation gone, spaces as hyphens."""
    return _DROPPED.sub("", text.strip().lower()).replace(" ", "-")


def unique_slug(text: str, taken: dict[str, int]) -> str:
    """The anchor of a heading in its document: `a`, then `a-1`, `a-2`; `taken` is updated."""
    base = slug = github_slug(text)
    while slug in taken:
        taken[base] += 1
        slug = f"{base}-{taken[base]}"
    taken[slug] = 0
    return slug


def heading_ids(state: StateCore) -> None:
    """Core rule: give every heading its anchor; `env["anchors"]` knows those given before in the document."""
    taken = state.env.setdefault("anchors", {})
    for heading, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if heading.type == "heading_open" and "id" not in heading.attrs:
            title = ATTRIBUTE_LIST.sub("", plain_text(inline.children or []))
            if slug := unique_slug(title, taken):
                heading.attrs["id"] = slug


def plain_text(tokens: Sequence[Token]) -> str:
    """What a reader sees of inline tokens, formulas as TeX."""
    return "".join(_plain(token) for token in tokens)


def _plain(token: Token) -> str:
    if token.type == "image":
        return plain_text(token.children or [])
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return "" if token.type == "html_inline" else token.content
