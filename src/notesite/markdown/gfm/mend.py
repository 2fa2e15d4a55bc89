"""Mending of tokens: items without content, links that lead nowhere."""

from __future__ import annotations

import re
from typing import Final

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_LINK_AS_ADDRESS: Final = re.compile(r"(?:\[|%5B).*(?:\]|%5D)\((.+)\)")
_HOST: Final = re.compile(
    r"(?:[\w-]+\.)+(?:ai|app|blog|cn|co|com|de|dev|edu|fr|gg|io|me|net|org|page|tech|uk|xyz)(?:/.*)?"
)
"""A destination that is a host rather than a file: by endings that are common in links and that no file has."""

_LISTS: Final = {f"{kind}_close": f"{kind}_open" for kind in ("list_item", "bullet_list", "ordered_list")}


def drop_empty_items(state: StateCore) -> None:
    """Core rule: leave out list items without content, and lists without items."""
    kept: list[Token] = []
    for token in state.tokens:
        if token.type in _LISTS and kept[-1].type == _LISTS[token.type]:
            kept.pop()
        else:
            kept.append(token)
    state.tokens[:] = kept


def mend_links(state: StateCore) -> None:
    """Core rule: unwrap links and mark images without address; mend a link as destination, a missing scheme."""
    for token in state.tokens:
        if token.type == "inline" and any(child.type in ("link_open", "image") for child in token.children or ()):
            token.children = _mended(token.children or [])


def _mended(children: list[Token]) -> list[Token]:
    kept: list[Token] = []
    unwrapping = False
    for child, behind in zip(children, [*children[1:], None], strict=True):
        if child.type == "link_open":
            child.attrs["href"] = mended(str(child.attrs["href"]))
            unwrapping = not child.attrs["href"]
        if child.type == "image" and not child.attrs["src"]:
            kept += _missing(child)
            if behind and behind.type != "link_close" and not behind.content[:1].isspace():
                kept.append(Token("text", "", 0, content=" "))
        elif not unwrapping or child.type not in ("link_open", "link_close"):
            kept.append(child)
        unwrapping = unwrapping and child.type != "link_close"
    return kept


def _missing(image: Token) -> list[Token]:
    """What stands for an image without address: its text, marked, if it has any."""
    if not image.children:
        return []
    begin = Token("em_open", "em", 1, attrs={"class": "ns-missing", "title": "This picture is missing"})
    return [begin, *image.children, Token("em_close", "em", -1)]


def mended(href: str) -> str:
    """The destination with its missing scheme, or what is meant by a link pasted into the place of one."""
    if inner := _LINK_AS_ADDRESS.fullmatch(href):
        href = inner[1]
    return f"https://{href}" if _HOST.fullmatch(href) else href
