"""markdown-it's inline tokens into the tree."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from typing import Final
from xml.etree.ElementTree import Element

from markdown.util import code_escape
from markdown_it.token import Token

from notesite.markdown.gfm.anchors import plain_text
from notesite.markdown.gfm.autolink import mail_addresses
from notesite.markdown.gfm.html import DEEPEST, EMPTY, STYLE_SHEET, VOID, fate, filtered, html_pieces, lone_tags
from notesite.markdown.gfm.page import Page
from notesite.markdown.gfm.safety import safe_attributes
from notesite.markdown.gfm.tree import Tree, escaped, literal
from notesite.markdown.tex import is_display

_TAGS: Final = {"s": "del"}


def write_inline(page: Page, tree: Tree, tokens: Sequence[Token]) -> None:
    """Write the children of an `inline` token at the cursor."""
    lone = (
        lone_tags(tokens) if page.dialect.unknown_tags and any(token.type == "html_inline" for token in tokens) else ()
    )
    mark = tree.mark()
    for index, token in enumerate(tokens):
        if token.type == "html_inline":
            if index in lone:
                tree.text(literal(token.content))
            else:
                write_html(page, tree, token.content)
        elif write := _WRITERS.get(token.type):
            write(page, tree, token)
        elif token.nesting == 1:
            tree.open(_TAGS.get(token.tag, token.tag), token.attrs)
        elif token.nesting == -1:
            tree.close()
    tree.back_to(mark)


def write_markdown(page: Page, element: Element, text: str) -> None:
    """Write inline Markdown into an element."""
    write_inline(page, Tree(element), page.parser.parseInline(text, page.env)[0].children or [])


def write_html(page: Page, tree: Tree, source: str) -> None:
    """Write HTML of the author's: what is safe as elements, or all of it as it is where the owner allows that."""
    if page.html != "safe":
        source = filtered(source) if page.html == "gfm" else source
        tree.text(page.host.md.htmlStash.store(source))
        return
    for piece in html_pieces(STYLE_SHEET.sub("", source)):
        if isinstance(piece, str):
            tree.text(literal(html.unescape(piece)))
        else:
            _write_tag(page, tree, piece)


def _write_tag(page: Page, tree: Tree, tag: re.Match[str]) -> None:
    name = tag[2].lower()
    becomes = fate(name, unknown_tags=page.dialect.unknown_tags)
    if becomes == "text" or (name in EMPTY and not tag[3].strip() and page.dialect.unknown_tags):
        tree.text(literal(tag[0]))
    elif becomes == "element" and tag[1]:
        tree.close_html(name)
    elif becomes == "element" and tree.mark() < DEEPEST:
        open_tag(tree, tag)


def open_tag(tree: Tree, tag: re.Match[str]) -> None:
    """Open the element of an opening tag, with its harmless attributes."""
    name = tag[2].lower()
    attributes = dict(safe_attributes(tag[3]))
    attributes.pop("markdown", None)
    if name == "img":
        if "src" in attributes:
            tree.leaf(name, {"alt": ""} | attributes)
    elif name in VOID:
        tree.leaf(name, attributes)
    elif name == "a" and "href" not in attributes:  # MkDocs' link check counts on every `a` having an address
        tree.open(
            "span", {"id": anchor} if (anchor := attributes.get("id") or attributes.get("name")) else {}, html=name
        )
    else:
        tree.open(name, attributes, html=name)


def write_tex(page: Page, tree: Tree, token: Token) -> None:
    """Write a formula for the math extension that is loaded: notesite's, or `pymdownx.arithmatex`."""
    display = is_display(token)
    tag = "div" if token.type == "math_block" else "span"
    if page.host.arithmatex:
        opened, closed = (r"\[", r"\]") if display else (r"\(", r"\)")
        tree.leaf(tag, {"class": "arithmatex"}, f"{opened}{token.content}{closed}")
    else:
        tree.leaf(tag, {"class": "ns-tex", "data-display": str(display).lower()}, token.content)


def _write_text(_: Page, tree: Tree, token: Token) -> None:
    text, end = token.content, 0
    if not tree.within("a"):
        for mail in mail_addresses(text):
            tree.text(literal(text[end : mail.start()]))
            href = mail[0] if ":" in mail[0] else f"mailto:{mail[0]}"
            tree.leaf("a", {"href": href}, mail[0])
            end = mail.end()
    tree.text(literal(text[end:]))


def _write_special(_: Page, tree: Tree, token: Token) -> None:
    """Write an escaped character or an entity."""
    if token.content == "&":
        tree.text("&amp;")
    elif token.info == "escape" and len(token.content) == 1:
        tree.text(escaped(token.content))
    else:
        tree.text(literal(token.content))


def _write_code(page: Page, tree: Tree, token: Token) -> None:
    highlighted = page.host.highlighted_span(token.content)
    if highlighted is None:
        tree.leaf("code", text=code_escape(token.content))
    else:
        tree.append(highlighted)


def _write_image(_: Page, tree: Tree, token: Token) -> None:
    tree.leaf("img", token.attrs | {"alt": plain_text(token.children or []) or token.content})


def _write_break(_: Page, tree: Tree, _token: Token) -> None:
    tree.leaf("br")
    tree.text("\n")


_WRITERS: dict[str, Callable[[Page, Tree, Token], None]] = {
    "text": _write_text,
    "text_special": _write_special,
    "code_inline": _write_code,
    "math_inline": write_tex,
    "image": _write_image,
    "hardbreak": _write_break,
    "softbreak": lambda _, tree, _token: tree.text("\n"),
}
