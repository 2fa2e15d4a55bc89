"""markdown-it's block tokens into the tree."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from markdown.util import code_escape
from markdown_it.token import Token

from notesite.markdown.gfm.inline import write_html, write_inline, write_markdown, write_tex
from notesite.markdown.gfm.island_writers import write_island
from notesite.markdown.gfm.page import Page
from notesite.markdown.gfm.parser import Dialect, commonmark_parser
from notesite.markdown.gfm.tree import Tree


def write_blocks(page: Page, parent: Element, text: str, dialect: Dialect) -> None:
    """Parse a text and write it at the end of an element."""
    tree = Tree(parent)
    for token in commonmark_parser(dialect).parse(text, page.env):
        if write := _WRITERS.get(token.type):
            write(page, tree, token)
        elif token.nesting == 1:
            tree.open(token.tag, token.attrs).text = ""
        elif token.nesting == -1:
            tree.close()
        else:
            tree.leaf(token.tag)


def _open_paragraph(_: Page, tree: Tree, token: Token) -> None:
    if not token.hidden:
        tree.open("p", token.attrs).text = ""
    elif len(tree.top) or tree.top.text:
        tree.text("\n")


def _close_paragraph(_: Page, tree: Tree, token: Token) -> None:
    if not token.hidden:
        tree.close()


def _write_code(_: Page, tree: Tree, token: Token) -> None:
    pre = tree.leaf("pre")
    info = token.info.split()
    Tree(pre).leaf("code", {"class": f"language-{info[0]}"} if info else {}, code_escape(token.content))


def _write_fence(page: Page, tree: Tree, token: Token) -> None:
    written = page.host.highlighted_fence(token.info.strip(), token.content, safe=page.html == "safe")
    if written is None:
        _write_code(page, tree, token)
    else:
        tree.leaf("p", text=written)


def _write_html_block(page: Page, tree: Tree, token: Token) -> None:
    for part in token.children or ():
        if part.type == "math_inline":
            write_tex(page, tree, part)
        else:
            write_html(page, tree, part.content)
    if not token.children:
        write_html(page, tree, token.content.rstrip("\n"))
    tree.text("\n")


def _open_callout(page: Page, tree: Tree, token: Token) -> None:
    kind, classes, fold, title = (token.meta[key] for key in ("kind", "classes", "fold", "title"))
    if fold:
        tree.open("details", {"class": " ".join([kind, *classes])} | ({"open": "open"} if fold == "+" else {}))
        heading = tree.open("summary")
    else:
        tree.open("div", {"class": " ".join(["admonition", kind, *classes])})
        heading = tree.open("p", {"class": "admonition-title"})
    if title:
        write_markdown(page, heading, title)
    else:
        heading.text = kind.replace("-", " ").capitalize()
    tree.close()


_WRITERS: dict[str, Callable[[Page, Tree, Token], None]] = {
    "inline": lambda page, tree, token: write_inline(page, tree, token.children or []),
    "paragraph_open": _open_paragraph,
    "paragraph_close": _close_paragraph,
    "fence": _write_fence,
    "code_block": _write_code,
    "html_block": _write_html_block,
    "math_block": write_tex,
    "callout_open": _open_callout,
    "island": write_island,
}
