"""Mending of tokens: items without content, links that lead nowhere."""

from __future__ import annotations

import re

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_LINK_AS_ADDRESS = re.compile(r"(?:\[|%5B).*(?:\]|%5D)\((.+)\)")
_HOST = re.compile(
    r"(?:[\w-]+\.)+(?:ai|app|blog|cc|cn|co|com|de|dev|edu|fr|gg|io|me|ml|net|org|page|sh|so|tech|uk|xyz)(?:/.*)?"
)
"""A destination that is a host name rather than a file: the endings are those seen in notes, no file's among them."""


def drop_empty_items(state: StateCore) -> None:
    """Core rule: leave out list items without content, and lists without items."""
    kept: list[Token] = []
    for token in state.tokens:
        opened = kept[-1].type.removesuffix("_open") if kept and kept[-1].nesting == 1 else None
        if (
            token.type in ("list_item_close", "bullet_list_close", "ordered_list_close")
            and token.type == f"{opened}_close"
        ):
            kept.pop()
        else:
            kept.append(token)
    state.tokens[:] = kept


def mend_links(state: StateCore) -> None:
    """Core rule: unwrap a link without destination; mend a link written as another's destination and a missing scheme."""
    for token in state.tokens:
        if token.type == "inline" and any(child.type == "link_open" for child in token.children or ()):
            token.children = _mended(token.children or [])


def _mended(children: list[Token]) -> list[Token]:
    kept: list[Token] = []
    unwrapping = False
    for child in children:
        if child.type == "link_open":
            child.attrs["href"] = _destination(str(child.attrs["href"]))
            unwrapping = not child.attrs["href"]
        if not unwrapping or child.type not in ("link_open", "link_close"):
            kept.append(child)
        unwrapping = unwrapping and child.type != "link_close"
    return kept


def _destination(href: str) -> str:
    if inner := _LINK_AS_ADDRESS.fullmatch(href):
        href = inner[1]
    return f"https://{href}" if _HOST.fullmatch(href) else href
