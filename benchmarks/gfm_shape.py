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
_EDGE = re.compile(rf"\s*(</?(?:{'|'.join(sorted(_BLOCK))})(?:\s[^>]*)?>)\s*")
_BLOCK_TAG = re.compile(rf"</?({'|'.join(sorted(_BLOCK - {'br'}))})(?=[\s>])")


class _Parts(HTMLParser):
    """Collects tags and the text between them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[tuple[str, str]] = []
        self._preformatted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = _SAME.get(tag, tag)
        self._preformatted += tag == "pre"
        if tag not in _TRANSPARENT:
            kept = sorted(f' {name}="{value or ""}"' for name, value in attrs if name in _KEPT)
            self.parts.append(("tag", f"<{tag}{''.join(kept)}>"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        tag = _SAME.get(tag, tag)
        self._preformatted -= tag == "pre"
        if tag not in _TRANSPARENT and tag not in _VOID:
            self.parts.append(("tag", f"</{tag}>"))

    def handle_data(self, data: str) -> None:
        self.parts.append(("text", data if self._preformatted else re.sub(r"\s+", " ", data)))

    def handle_comment(self, data: str) -> None:
        self.parts.append(("tag", f"<!--{data}-->"))


def _parts(html: str) -> list[tuple[str, str]]:
    parser = _Parts()
    parser.feed(html)
    parser.close()
    return parser.parts


def normal(html: str) -> str:
    """Bring HTML into one form: one space at most, none beside block tags, only attributes that a reader notices."""
    return _EDGE.sub(r"\1", "".join(part for _, part in _parts(html)).strip()).replace("\xa0", " ")


def words(html: str) -> list[str]:
    """List the words that a reader sees."""
    return re.findall(r"\w+", "".join(part if kind == "text" else " " for kind, part in _parts(html)))


def blocks(html: str) -> list[str]:
    """List the runs of text between block tags, each under the tag it stands in."""
    found: list[str] = []
    tag, text = "", ""
    for kind, part in [*_parts(html), ("tag", "<p>")]:
        edge = _BLOCK_TAG.match(part) if kind == "tag" else None
        if edge is None:
            text += part if part != "<br>" else "<br> "
            continue
        if text.strip():
            found.append(f"{tag}: {' '.join(text.split())}")
        tag, text = edge[1] if not part.startswith("</") else "", ""
    return found


def items(html: str) -> list[tuple[int, str]]:
    """List the list items: how deep each stands, and how it begins."""
    found: list[tuple[int, str]] = []
    depth = 0
    for kind, part in _parts(html):
        if re.match(r"<[uo]l\b", part):
            depth += 1
        elif part in ("</ul>", "</ol>"):
            depth -= 1
        elif part.startswith("<li"):
            found.append((depth, ""))
        elif kind == "text" and found:
            found[-1] = (found[-1][0], (found[-1][1] + part.strip())[:60])
    return found
