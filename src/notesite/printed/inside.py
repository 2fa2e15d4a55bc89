"""A Python-Markdown extension for a page that becomes a part of a whole: its anchors and links are the whole's."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from notesite.links import is_external

LOWEST: Final = 6
"""HTML has no heading below."""


class Inside(Extension):
    """Makes one page a part; used for that page only."""

    def __init__(self, uri: str, parts: Mapping[str, str], image: Callable[[str], str | None], level: int) -> None:
        """`parts` has the anchor of each part by its page, `image` gives an image's address by its path."""
        super().__init__()
        self.uri = uri
        self.parts = parts
        self.image = image
        self.level = level
        """How far headings are moved down."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Come last, when anchors and links are as they will be."""
        md.treeprocessors.register(Insider(md, self), "notesite-inside", -200)


class Insider(Treeprocessor):
    """Rewrites the tree."""

    def __init__(self, md: Markdown, page: Inside) -> None:
        super().__init__(md)
        self.page = page

    def run(self, root: Element) -> None:
        """Rewrite every anchor, link, image and heading, and open what is folded, for paper has nothing to click."""
        for element in root.iter():
            if not isinstance(element.tag, str):
                continue
            if name := element.get("id"):
                element.set("id", f"{self.page.parts[self.page.uri]}:{name}")
            if href := element.get("href"):
                self.put(element, "href", self.link(href))
            if source := element.get("src"):
                self.put(element, "src", source if is_external(source) else self.page.image(self.path(source)))
            if len(element.tag) == 2 and element.tag[0] == "h" and element.tag[1].isdigit():
                element.tag = f"h{min(LOWEST, int(element.tag[1]) + self.page.level)}"
            if element.tag == "details":
                element.set("open", "open")

    @staticmethod
    def put(element: Element, name: str, value: str | None) -> None:
        """Set an attribute, or remove it."""
        if value is None:
            del element.attrib[name]
        else:
            element.set(name, value)

    def link(self, href: str) -> str | None:
        """Where a link leads within the whole; None where that is not in it."""
        if is_external(href):
            return href
        path, _, anchor = href.partition("#")
        part = self.page.parts.get(self.path(path) if path else self.page.uri)
        return f"#{part}:{anchor}" if part and anchor else f"#{part}" if part else None

    def path(self, href: str) -> str:
        """The place in the site's tree that a relative address names."""
        path = unquote(href.partition("#")[0].partition("?")[0])
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.page.uri), path))
