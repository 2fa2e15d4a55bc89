"""HTML reduced to what a reader sees, to compare two renderings of one text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

_SAME: Final = {"strong": "b", "em": "i", "s": "del", "strike": "del"}
_TRANSPARENT: Final = frozenset({"thead", "tbody", "section", "figure"})
_BLOCK: Final = frozenset(
    "p ul ol li h1 h2 h3 h4 h5 h6 pre table tr td th blockquote div hr details summary dl dt dd br".split()
)
_KEPT: Final = frozenset({"href", "src", "alt", "start", "title"})
_VOID: Final = frozenset("br hr img input".split())


class Shape(HTMLParser):
    """Collects tags and words: `parts` alternates between tags and the text between them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.depth = 0
        self.preformatted = 0
        self.items: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = _SAME.get(tag, tag)
        self.preformatted += tag == "pre"
        self.depth += tag in ("ul", "ol")
        if tag == "li":
            self.items.append((self.depth, ""))
        if tag not in _TRANSPARENT:
            kept = sorted(f' {name}="{value or ""}"' for name, value in attrs if name in _KEPT)
            self.parts.append(f"<{tag}{''.join(kept)}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        tag = _SAME.get(tag, tag)
        self.preformatted -= tag == "pre"
        self.depth -= tag in ("ul", "ol")
        if tag not in _TRANSPARENT and tag not in _VOID:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.parts.append(data if self.preformatted else re.sub(r"\s+", " ", data))
        if self.items:
            self.items[-1] = (self.items[-1][0], (self.items[-1][1] + data)[:80])

    def handle_comment(self, data: str) -> None:
        self.parts.append(f"<!--{data}-->")


def parsed(html: str) -> Shape:
    """The shape of a piece of HTML."""
    shape = Shape()
    shape.feed(html)
    shape.close()
    return shape


def normal(html: str) -> str:
    """HTML in one form: one space at most, none beside block tags, only attributes that a reader notices."""
    text = "".join(parsed(html).parts)
    block = "|".join(_BLOCK)
    text = re.sub(rf"\s*(</?(?:{block})(?:\s[^>]*)?>)\s*", r"\1", text.strip())
    return text.replace("\xa0", " ")


def words(html: str) -> list[str]:
    """The words that a reader sees."""
    text = " ".join(part for part in parsed(html).parts if not re.fullmatch(r"</?[a-z].*?>|<!--.*-->", part, re.S))
    return re.findall(r"\w+", text)
