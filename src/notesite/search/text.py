"""A page's rendered HTML as plain text, with its headings, and with formulas as readable text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from typing import Final

from notesite.markdown.readable import readable

_MATHML: Final = re.compile(
    r'<span class="katex-mathml">.*?(?:<annotation[^>]*>(.*?)</annotation>.*?)?</math></span>', re.DOTALL
)
# Python-Markdown and KaTeX write well-formed HTML, so that a scanner will do; html.parser takes five times as long.
_TOKEN: Final = re.compile(
    r"<!--.*?-->|<(?P<end>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]*)(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>|[^<]+|<",
    re.DOTALL,
)
_HEADING: Final = re.compile(r"h[1-6]")
_ID: Final = re.compile(r'\bid="([^"]*)"')
_SILENT_TAGS: Final = frozenset({"script", "style", "svg", "template"})
_SILENT_CLASS: Final = re.compile(r"class=\"(?:katex-html|headerlink|linenos|md-annotation|ns-from)\b")
"""What shows no words of its own: the look of a formula, the sign that links to a heading, line numbers, a file."""
_INLINE: Final = frozenset("a abbr b code del em i ins kbd mark q s small span strong sub sup u var wbr".split())
"""Elements whose edges part no words."""


@dataclass(frozen=True, slots=True)
class Text:
    """What a page says."""

    parts: tuple[str, ...]
    """What stands before the first heading; then, of each heading, its anchor, its words and what stands below it."""

    @property
    def headings(self) -> tuple[str, ...]:
        """The words of each heading."""
        return tuple(filter(None, self.parts[2::3]))

    @property
    def body(self) -> str:
        """All of the text on one line, headings included."""
        return " ".join(part for number, part in enumerate(self.parts) if part and number % 3 != 1)


def text_of(html: str) -> Text:
    """The words that a reader of this HTML sees."""
    parts: list[list[str]] = [[]]
    for tag, words, anchor in _spoken(_MATHML.sub(_formula, html)):
        heading = tag and _HEADING.fullmatch(tag.lstrip("/"))
        if heading and len(parts) % 3 == 0:
            parts.append([])
        if heading and not tag.startswith("/"):
            parts += [[anchor], []]
        parts[-1].append(words)
    parts += [[]] * (-(len(parts) - 1) % 3)
    return Text(tuple(map(_line, parts)))


def _spoken(html: str) -> Iterator[tuple[str, str, str]]:
    """Each tag, `/h2` for an end, with its anchor, and each text, unless they are in an element that is not read."""
    silent, depth = "", 0
    for token in _TOKEN.finditer(html):
        tag = (token["tag"] or "").lower()
        if silent:
            depth += (tag == silent) * (-1 if token["end"] else 1)
            silent = silent if depth else ""
        elif tag and not token["end"] and (tag in _SILENT_TAGS or _SILENT_CLASS.search(token["rest"])):
            silent, depth = tag, 1
        elif tag:
            anchor = _ID.search(token["rest"]) if _HEADING.fullmatch(tag) else None
            yield token["end"] + tag, "" if tag in _INLINE else " ", unescape(anchor[1]) if anchor else ""
        elif not token[0].startswith("<!--"):
            yield "", unescape(token[0]), ""


def _formula(found: re.Match[str]) -> str:
    return escape(readable(unescape(found[1] or "")))


def _line(words: list[str]) -> str:
    return " ".join("".join(words).split())
