"""The outline of a page's main content: every element; of long texts and lists the beginning and a checksum."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from zlib import crc32

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
LONGEST_TEXT = 60
LONGEST_LIST = 8
"""Elements of a kind beside one another."""
PLACES = frozenset("cx cy d height r text-anchor viewbox width x x1 x2 y y1 y2".split())
"""Where something stands in a picture is a matter of taste."""


@dataclass
class Element:
    """An element with what it holds."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)


class Tree(HTMLParser):
    """The elements of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.root = Element("page")
        self.open = [self.root]
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in [element.tag for element in self.open]:
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def outline(html: str) -> str:
    """The outline of the one article on a page."""
    (article,) = find(Tree(html).root, "article")
    return "\n".join(line for child in shown(article) for line in lines(child, 0)) + "\n"


def find(element: Element, tag: str) -> Iterator[Element]:
    """All elements of a kind."""
    for child in element.children:
        if isinstance(child, Element):
            if child.tag == tag:
                yield child
            yield from find(child, tag)


def text(element: Element) -> str:
    """All text in an element."""
    return "".join(child if isinstance(child, str) else text(child) for child in element.children)


def lines(child: Element | str, depth: int) -> Iterator[str]:
    """A text, or an element with what it holds below it."""
    before = "  " * depth
    if isinstance(child, str):
        if child.strip():
            yield before + short(" ".join(child.split()))
        return
    if "katex" in child.attributes.get("class", "").split():
        yield before + "".join(f"${short(text(tex))}$" for tex in find(child, "annotation"))
        return
    attributes = [f' {name}="{short(value)}"' for name, value in child.attributes.items() if name not in PLACES]
    yield f"{before}<{child.tag}{''.join(attributes)}>"
    if "xmlns" not in child.attributes:  # an icon of the theme
        for inner in shown(child):
            yield from lines(inner, depth + 1)


def shown(element: Element) -> Iterator[Element | str]:
    """The children, many of a kind as the first few of them."""
    seen: dict[str, list[Element]] = {}
    for child in element.children:
        if isinstance(child, str):
            yield child
            continue
        alike = seen.setdefault(child.tag, [])
        alike.append(child)
        if len(alike) <= LONGEST_LIST:
            yield child
    for tag, alike in seen.items():
        if rest := alike[LONGEST_LIST:]:
            whole = "\n".join(line for child in rest for line in lines(child, 0))
            yield f"… {len(rest)} more <{tag}>, {crc32(whole.encode()):08x}"


def short(value: str) -> str:
    """The beginning of a long text, with what tells it from others that begin so."""
    value = re.sub(r"\s+", " ", value)
    if len(value) <= LONGEST_TEXT:
        return value
    return f"{value[: LONGEST_TEXT - 10]}… {crc32(value.encode()):08x}"
