"""The proof from the outside: every word of the notes, as GitHub's parser shows them, and every link is on the site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

from conftest import ROOT, SHARED, shared
from notesite.build import build
from notesite.model import Block, Site
from notesite.reference import reference

COLLECTIONS = sorted(path.name for path in (SHARED / "collections").glob("*"))
HIDDEN = {"script", "style", "annotation", "title", "svg"}
INLINE = {"a", "b", "code", "del", "em", "i", "mark", "s", "small", "span", "strong", "u"}
DELIMITER = r"(?:[$`]+|\\\\?[()\[\]]|(?=\\begin)|(?<=[a-z*]\}))"
VOID = {"br", "hr", "img", "input", "link", "meta", "wbr", "source", "col"}


class Words(HTMLParser):
    """The visible words below an element, formulas left out."""

    def __init__(self, below: str) -> None:
        super().__init__()
        self.below = below
        self.path: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.part(tag)
        if tag not in VOID:
            classes = (dict(attrs).get("class") or "").split()
            is_hidden = tag in HIDDEN or "ns-tex" in classes or "headerlink" in classes or "footnote-backref" in classes
            self.path.append("hidden" if is_hidden else tag)

    def handle_endtag(self, tag: str) -> None:
        self.part(tag)
        if tag not in VOID and self.path:
            self.path.pop()

    def handle_data(self, data: str) -> None:
        if self.below in self.path and "hidden" not in self.path:
            self.text.append(data)

    def part(self, tag: str) -> None:
        """Words run on through inline elements only."""
        if tag not in INLINE:
            self.text.append(" ")


def words_of(html: str, below: str = "article") -> Counter[str]:
    parser = Words(below)
    parser.feed(html)
    return Counter(re.findall(r"\w+", "".join(parser.text)))


def pages_of(folder: Path) -> list[str]:
    """The HTML of notes and sources."""
    return [
        page.read_text(encoding="utf-8")
        for part in ("notes", "sources")
        for page in (folder / part).rglob("index.html")
    ]


def links_missing(site: Site, pages: list[str]) -> list[str]:
    """Links out of the notes that no page has, neither as they are nor to another address of the same paper."""
    found = {unescape(url) for page in pages for url in re.findall(r'\b(?:href|src)="([^"]*)"', page)}
    plain, named = set(map(letters, found)), set(map(reference, found))
    return [
        f"{section.path}:{link.line}: {link.url}"
        for section in site.sections
        for link in section.links
        if link.url.startswith("http") and link.kind != "definition"
        if letters(link.url) not in plain and (link.reference is None or link.reference not in named)
    ]


def letters(url: str) -> str:
    """An address however it is escaped."""
    return re.sub(r"\W", "", unquote(unescape(url)))


def words_of_sources(site: Site) -> Counter[str]:
    """Each source rendered alone, without front matter and without the lines that stand elsewhere as well."""
    words: Counter[str] = Counter()
    left_out = set(copies(site)) | {(item.path, item.line) for item in site.ledger.dropped}
    for source in site.sources:
        formulas = [f.tex for s in site.sections if s.path == source.path for f in s.formulas]
        lines = [
            "" if n <= source.header or (source.path, n) in left_out else line for n, line in enumerate(source.lines, 1)
        ]
        text = "\n".join(lines)
        for tex in sorted(formulas, key=len, reverse=True):
            spaced = r"[\s>]+".join(re.escape(piece) for piece in tex.split())
            text = re.sub(rf"{DELIMITER}[\s>]*{spaced}[\s>]*{DELIMITER}", " ", text)
        text = re.sub(r"\{%.*?%\}", " ", text)  # Jekyll's instructions are no words
        html = cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_FOOTNOTES | Options.CMARK_OPT_UNSAFE)
        words += words_of(f"<article>{html}</article>")
    return words


def copies(site: Site) -> Iterator[tuple[str, int]]:
    rendered = {line.origin for page in site.pages for line in page.lines}
    for note in site.notes:
        for copy in (copy for part in note.parts for copy in part.copies):
            yield from ((copy.section.path, n) for n in range(copy.section.start, copy.section.body))
            yield from (
                origin
                for block in copy.section.blocks
                for origin in origins(copy.section.path, block)
                if origin not in rendered
            )


def origins(path: str, block: Block) -> Iterator[tuple[str, int]]:
    return ((path, line) for line in range(block.start, block.end + 1))


@pytest.mark.parametrize("name", ["notes", "seeds", *(f"collections/{name}" for name in COLLECTIONS)])
def test_every_word_and_link_is_on_the_site(name: str, build_site: Callable[..., Path]) -> None:
    folder = ROOT / name if name == "notes" else shared(name)
    site = build(folder)
    pages = pages_of(build_site(folder, *(["--strict"] if name in ("notes", "seeds") else ["-q"])))
    assert words_of_sources(site) - sum(map(words_of, pages), Counter()) == Counter()
    assert links_missing(site, pages) == []
