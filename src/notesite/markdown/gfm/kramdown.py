"""Kramdown's attribute lists and table-of-contents mark, as Jekyll notes have them."""

from __future__ import annotations

import re
from typing import Final

from markdown.extensions.attr_list import get_attrs_and_remainder
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_ATTRIBUTES: Final = re.compile(r"\{:\s*([^{}\n]*)\}\s*")
_CONTENTS: Final = re.compile(r"(?:[^\n]*\n)?\{:\s*toc\b[^}\n]*\}\s*")


def kramdown(state: StateCore) -> None:
    """Core rule: give `{: .class}` on its own line to the block above; drop a list that is a contents mark."""
    if "{:" not in state.src:
        return
    kept: list[Token] = []
    above: dict[int, Token] = {}
    skip = 0
    for index, token in enumerate(state.tokens):
        if skip:
            skip -= 1
        elif token.type == "paragraph_open" and (match := _ATTRIBUTES.fullmatch(state.tokens[index + 1].content)):
            _assign(above.get(token.level), match[1])
            skip = 2
        elif length := _contents_length(state.tokens, index):
            skip = length - 1
        else:
            kept.append(token)
            above = {level: opened for level, opened in above.items() if level <= token.level}
            if token.nesting >= 0:
                above[token.level] = token
    state.tokens[:] = kept


def _assign(token: Token | None, source: str) -> None:
    if token is None or token.nesting != 1:
        return
    for name, value in get_attrs_and_remainder(source)[0]:
        if name == ".":
            token.attrJoin("class", value or "")
        elif value is not None:
            token.attrSet(name, value)


def _contents_length(tokens: list[Token], index: int) -> int:
    """How many tokens the list takes that starts here and only stands for a table of contents; else 0."""
    shape = [token.type.removeprefix("bullet_").removeprefix("ordered_") for token in tokens[index : index + 7]]
    item = ["list_item_open", "paragraph_open", "inline", "paragraph_close", "list_item_close"]
    if shape != ["list_open", *item, "list_close"]:
        return 0
    return 7 if _CONTENTS.fullmatch(tokens[index + 3].content) else 0
