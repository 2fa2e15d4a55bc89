"""Islands into the tree: the extension that owns the syntax writes the shell, what stands inside is parsed again."""

from __future__ import annotations

import re
from textwrap import dedent
from typing import Final

from markdown_it.token import Token

from notesite.markdown.gfm.html import ALLOWED, TAG
from notesite.markdown.gfm.inline import open_tag, write_markdown
from notesite.markdown.gfm.page import ISLAND, Page
from notesite.markdown.gfm.tree import Tree

_TEXT_ONLY: Final = frozenset("address dd dt h1 h2 h3 h4 h5 h6 legend li p summary td th".split())
"""Elements whose `markdown` attribute means inline Markdown."""
_SPAN: Final = re.compile(r"\smarkdown=[\"']?span")
_FOOTNOTE: Final = re.compile(r"\[\^([^\]\s]+)\]:[ ]*")
_HTML_BLOCK: Final = re.compile(r"/{3,} *html\b")
"""`pymdownx.blocks.html` can make any element, so notes may not use it."""
_OPTION_LINES: Final = re.compile(r"(?:[ ]{4,}\S.*\n)*")


def write_island(page: Page, tree: Tree, token: Token) -> None:
    """Write one island at the cursor."""
    depth = tree.mark() + ISLAND
    page.level += depth
    _write(page, tree, token)
    page.level -= depth


def _write(page: Page, tree: Tree, token: Token) -> None:
    head, _, body = token.content.partition("\n")
    if label := _FOOTNOTE.match(head) if token.info == "footnote" else None:
        _write_footnote(page, tree, label[1], f"{head[label.end() :]}\n{_outdented(body)}")
    elif token.info == "markdown_block":
        _write_element(page, tree, token.content)
    elif _is_refused(page, head) or not page.host.write_island(
        token.info, tree.top, _shell(page, token.info, token.content)
    ):
        page.host.md.parser.parseBlocks(tree.top, [page.hide(token.content, islands=False)])


def _write_footnote(page: Page, tree: Tree, label: str, text: str) -> None:
    """Define a footnote; as on GitHub the first of a name is the one, but others stay as text where they are."""
    if page.host.has_footnote(label):
        page.host.md.parser.parseBlocks(tree.top, [page.hide(f"\\[^{label}]: {text}")])
    else:
        # Python-Markdown's footnotes count on there being something to put the way back behind.
        page.host.define_footnote(label, page.hide(text if text.strip() else "&nbsp;"))


def _is_refused(page: Page, head: str) -> bool:
    return page.html == "safe" and _HTML_BLOCK.match(head) is not None


def _shell(page: Page, kind: str, text: str) -> str:
    """The island with its content hidden behind a placeholder."""
    head, _, body = text.partition("\n")
    if kind == "abbr" or not body.strip():
        return text
    if kind == "blocks":
        options = _OPTION_LINES.match(body)
        start = options.end() if options else 0
        content, _, closing = body[start:].rpartition("\n")
        return f"{head}\n{body[:start]}\n{page.hide(content)}\n\n{closing}"
    return f"{head}\n    {page.hide(_outdented(body))}"


def _outdented(body: str) -> str:
    """Lines without the four columns that make them an island's content."""
    lines = (line.expandtabs(4) if line[:4].strip(" ") != line[:4].strip() else line for line in body.split("\n"))
    return "\n".join(line.removeprefix("    ") if line.startswith("    ") else line.lstrip() for line in lines)


def _write_element(page: Page, tree: Tree, source: str) -> None:
    """Write `<div markdown>…</div>`, its content as Markdown."""
    opening = TAG.match(source)
    if opening is None or opening[2].lower() not in ALLOWED:
        page.host.md.parser.parseBlocks(tree.top, [page.hide(source, islands=False)])
        return
    content = dedent(source[opening.end() : source.rindex("</")]).strip("\n")
    mark = tree.mark()
    open_tag(tree, opening)
    if opening[2].lower() in _TEXT_ONLY or _SPAN.search(opening[3]):
        write_markdown(page, tree.top, content)
    else:
        page.host.md.parser.parseBlocks(tree.top, [page.hide(content)])
    tree.back_to(mark)
