"""The links of a source, each with the place of its destination, so that it can be followed and rewritten."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, Final, Literal

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from notesite.model import Link
from notesite.outline import PICTOGRAPHS, inline_text, undecorated

LinkKind = Literal["link", "image", "autolink", "html", "definition", "wiki"]

EXTERNAL: Final = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
DESTINATION: Final = re.compile(r"\]\(\s*(?:<([^<>\n]*)>|([^\x00-\x20<()]*(?:\([^\x00-\x20()]*\)[^\x00-\x20()]*)*))")
ATTRIBUTE: Final = re.compile(r"""\b(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>`]+))""", re.IGNORECASE)
WIKI: Final = re.compile(r"!?\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\]")
PAPER_LABEL: Final = re.compile(
    r"(?:link to )?(?:(?:the |this |full |original |technical )?(?:paper|report|preprint|article|pdf|arxiv|publication"
    r"|manuscript)"
    r"(?: link| pdf| url)?|(?:论文|論文|原文|논문)\s?(?:链接|地址|リンク|링크)?)[:：.]?",
    re.IGNORECASE,
)
"""The text of a link, or what stands before it, that says: this is the paper the note is about."""
LABEL: Final = re.compile(
    rf"[\s>*+{PICTOGRAPHS}-]*(?:\d+[.)]\s)?[*_]*(\w[\w ]*?)[\s*_]*[:：][\s*_]*(?:\[[^\]]*\]\(|\[\[)?<?"
)
"""What begins the line of a link, as in `- **Paper**: <…>`."""
LABEL_LENGTH: Final = 80
"""Characters before a link in which there may be a label."""


def is_external(url: str) -> bool:
    """Whether a URL names its scheme or host, so that it leads out of the notes."""
    return EXTERNAL.match(url) is not None


def says_paper(link: Link) -> bool:
    """Whether a link says that it leads to the paper: by its text, or by its label."""
    return is_paper_label(link.text) or is_paper_label(link.label)


def is_paper_label(text: str) -> bool:
    """Whether a text says: this is the paper."""
    return PAPER_LABEL.fullmatch(undecorated(text.strip())) is not None


class Place:
    """Offsets in a run of source lines, as 1-based line and 0-based column."""

    def __init__(self, lines: Sequence[str], first: int, end: int) -> None:
        self.text = "\n".join(lines[first:end])
        self.first = first
        self.starts = [0, *accumulate(len(line) + 1 for line in lines[first:end])]

    def link(self, url: str, text: str, kind: LinkKind, start: int, end: int) -> Link:
        """A link whose destination stands at these offsets."""
        row = bisect_right(self.starts, start) - 1
        line = self.starts[row]
        found = LABEL.fullmatch(self.text, line, start) if start - line <= LABEL_LENGTH else None
        return Link(url, text, self.first + row + 1, start - line, end - line, kind, found[1] if found else "")


def find_links(tokens: Sequence[Token], env: Mapping[str, Any], lines: Sequence[str]) -> list[Link]:
    """Every link, image and reference definition, in the order of the lines."""
    found = [*definitions(env, lines)]
    seen: dict[tuple[int, int], int] = {}
    for token in tokens:
        if not token.map:
            continue
        if token.type == "inline" and token.children:
            place = Place(lines, *token.map)
            # The cells of a table row share their line: each goes on where the one before it ended.
            at = seen.get((token.map[0], token.map[1]), 0)
            links, at = inline_links(token.children, place, at)
            seen[token.map[0], token.map[1]] = at
            found += links
        elif token.type == "html_block":
            found += html_links(Place(lines, *token.map))
    return sorted(found, key=lambda link: (link.line, link.start))


def inline_links(children: Sequence[Token], place: Place, at: int) -> tuple[list[Link], int]:
    """The links of one run of text from offset `at` on, and the offset behind the last one."""
    found: list[Link] = []
    for index in range(len(children)):
        for link in token_links(children, index, place, at):
            found.append(link)
            at = at if link.start < 0 else place.starts[link.line - place.first - 1] + link.end
    return found, at


def token_links(children: Sequence[Token], index: int, place: Place, at: int) -> Iterator[Link]:
    """The links that begin with the inline token at `index`."""
    token = children[index]
    if token.type == "link_open":
        text = inline_text(children[index + 1 : closing(children, index)])
        yield locate(str(token.attrs["href"]), text, "autolink" if token.info == "auto" else "link", place, at)
    elif token.type == "image":
        yield locate(str(token.attrs["src"]), inline_text(token.children or []), "image", place, at)
    elif token.type == "html_inline":
        yield from html_links(place, token.content, at)
    elif token.type == "text" and "[[" in token.content:
        yield from wiki_links(token.content, place, at)


def closing(children: Sequence[Token], index: int) -> int:
    """The index of the token that ends the link opened at `index`."""
    return next(i for i in range(index, len(children)) if children[i].type == "link_close")


def locate(url: str, text: str, kind: LinkKind, place: Place, at: int) -> Link:
    """The link with its destination's place: the first behind `at` that the parser would read as this URL."""
    if kind == "autolink":
        for shown in (url, text):
            start = place.text.find(shown, at)
            if start >= 0:
                return place.link(url, text, kind, start, start + len(shown))
    for match in DESTINATION.finditer(place.text, at):
        group = 1 if match[1] is not None else 2
        if normalizeLink(unescapeAll(match[group])) == url:
            return place.link(url, text, kind, *match.span(group))
    return Link(url, text, place.first + 1, -1, -1, kind)


def html_links(place: Place, tag: str = "", at: int = 0) -> Iterator[Link]:
    """The `href` and `src` of raw HTML: of one tag behind `at`, or of the whole block."""
    start = place.text.find(tag, at) if tag else 0
    for match in ATTRIBUTE.finditer(place.text, max(start, 0), start + len(tag) if tag else len(place.text)):
        group = next(i for i in (1, 2, 3) if match[i] is not None)
        kind: LinkKind = "html" if match[0][:4].lower() == "href" else "image"
        yield place.link(unescapeAll(match[group]), "", kind, *match.span(group))


def wiki_links(text: str, place: Place, at: int) -> Iterator[Link]:
    """`[[target]]`, `[[target|text]]` and `![[target]]`; the place is that of the whole."""
    for match in WIKI.finditer(text):
        # In a table the bar within a link is escaped.
        for written in (match[0], match[0].replace("|", "\\|")):
            start = place.text.find(written, at)
            if start >= 0:
                at = start + len(written)
                yield place.link(match[1].strip(), match[2] or match[1], "wiki", start, at)
                break


def definitions(env: Mapping[str, Any], lines: Sequence[str]) -> Iterator[Link]:
    """The destinations of `[label]: destination`."""
    for label, definition in env.get("references", {}).items():
        place = Place(lines, *definition["map"])
        colon = place.text.find("]:") + 2
        match = re.compile(r"\s*(?:<([^<>\n]*)>|(\S+))").match(place.text, colon)
        if match:
            group = 1 if match[1] is not None else 2
            yield place.link(str(definition["href"]), label, "definition", *match.span(group))
