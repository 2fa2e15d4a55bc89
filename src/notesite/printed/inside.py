"""A page that becomes a part of a whole: its anchors and links are the whole's."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from notesite.links import is_external

LOWEST: Final = 6
"""HTML has no heading below."""


class Inside(Treeprocessor):
    """Rewrites the tree of one page, when anchors and links are as they will be."""

    def __init__(self, md: Markdown, uri: str, parts: Mapping[str, str], image: Callable[[str], str | None]) -> None:
        """`parts` has the anchor of each part by its page, `image` gives an image's address by its path."""
        super().__init__(md)
        self.uri, self.parts, self.image = uri, parts, image

    def run(self, root: Element) -> None:
        """Rewrite every anchor, link, image and heading, and open what is folded, for paper has nothing to click."""
        for element in root.iter():
            if not isinstance(element.tag, str):
                continue
            if name := element.get("id"):
                element.set("id", f"{self.parts[self.uri]}:{name}")
            if href := element.get("href"):
                self.put(element, "href", self.link(href))
            if source := element.get("src"):
                self.put(element, "src", source if is_external(source) else self.image(self.path(source)))
            if len(element.tag) == 2 and element.tag[0] == "h" and element.tag[1].isdigit():
                element.tag = f"h{min(LOWEST, int(element.tag[1]) + 1)}"
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
        part = self.parts.get(self.path(path) if path else self.uri)
        return f"#{part}:{anchor}" if part and anchor else f"#{part}" if part else None

    def path(self, href: str) -> str:
        """The place in the site's tree that a relative address names."""
        path = unquote(href.partition("#")[0].partition("?")[0])
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.uri), path))
