"""HTML in a note: which tags are HTML at all, which may stand on a page, and how a piece of it is taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from markdown_it.token import Token

ALLOWED: Final = frozenset(
    "a abbr address article aside audio b bdi bdo big blockquote br caption center cite code col colgroup dd del "
    "details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li "
    "mark ol p picture pre q rp rt ruby s samp section small source span strike strong sub summary sup table tbody "
    "td tfoot th thead time tr track tt u ul var video wbr".split()
)
"""Tags that reach the page: GitHub's list, and harmless ones for layout and media."""

SHOWN: Final = frozenset("title textarea style xmp iframe noembed noframes script plaintext".split())
"""Tags that are shown as text, by GFM's tag filter."""

_DROPPED: Final = frozenset(
    "animate applet area base basefont bgsound body button canvas circle clippath defs ellipse embed fieldset "
    "foreignobject form frame frameset head html isindex legend lineargradient link main marquee math meta nav "
    "noscript optgroup path polygon polyline progress radialgradient rect select svg tspan".split()
)
"""HTML and SVG that vanish while their content stays, as on GitHub.

Left out is what writers on language models use as marks: `<input>`, `<search>`, `<output>`, `<mask>` are text.
"""

EMPTY: Final = frozenset("col img source track".split())
"""Tags that say nothing without attributes: `<img>` and `<source>` alone are text."""
VOID: Final = frozenset("br col hr img source track wbr".split())
_PAIRED: Final = frozenset(
    "a abbr b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup tt u "
    "var".split()
)
"""Tags within a line whose lone half would colour the rest of it."""

_BLOCKS: Final = frozenset(
    "address article aside blockquote center details div dl figure footer h1 h2 h3 h4 h5 h6 header hr ol p pre "
    "section table ul".split()
)
_CELLS: Final = frozenset("td th tr thead tbody tfoot".split())
ENDED_BY: Final = {
    "p": _BLOCKS,
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "td": _CELLS,
    "th": _CELLS,
    "tr": _CELLS - {"td", "th"},
}
"""Elements whose end tag may be left out, and the tags that end them."""

DEEPEST: Final = 100
"""Levels of elements that HTML may open in one place; tags further down are left out, their content stays."""

TAG: Final = re.compile(r"<(/?)([A-Za-z][\w:-]*)((?:[\s/](?:[^<>\"']|\"[^\"]*\"|'[^']*')*)?)>")
_PIECE: Final = re.compile(
    rf"<!--.*?(?:-->|\Z)|<\?.{{0,1000}}?\?>|<![A-Z][^>]{{0,1000}}>|{TAG.pattern}", re.DOTALL | re.IGNORECASE
)

_FILTERED: Final = re.compile(rf"<(?=/?(?:{'|'.join(sorted(SHOWN))})[\s/>])", re.IGNORECASE)

STYLE_SHEET: Final = re.compile(r"<style\b[^<>]*>[^<]*</style\s*>", re.IGNORECASE)
"""A style sheet in a note says nothing to its readers; ox-hugo puts one before each bibliography."""

Fate = Literal["element", "text", "gone"]


def is_known_tag(name: str) -> bool:
    """Whether HTML has a tag of this name."""
    name = name.lower()
    return name in ALLOWED or name in SHOWN or name in _DROPPED


def fate(name: str, *, unknown_tags: bool) -> Fate:
    """What becomes of a tag: an element, the text that it was written as, or nothing but its content."""
    if name in ALLOWED:
        return "element"
    if name in SHOWN or (unknown_tags and name not in _DROPPED):
        return "text"
    return "gone"


def filtered(source: str) -> str:
    """HTML through GFM's tag filter (section 6.11 of its specification)."""
    return _FILTERED.sub("&lt;", source)


def html_pieces(source: str) -> Iterator[re.Match[str] | str]:
    """HTML taken apart: a match of `TAG` for each tag, the text between them; comments are left out."""
    end = 0
    for found in _PIECE.finditer(source):
        if found.start() > end:
            yield source[end : found.start()]
        end = found.end()
        if tag := TAG.fullmatch(found[0]):
            yield tag
    if end < len(source):
        yield source[end:]


def lone_tags(tokens: Sequence[Token]) -> set[int]:
    """Indexes of formatting tags without a partner in this line of tokens: `<s>` the token, not a strike."""
    lone: set[int] = set()
    opened: list[tuple[str, int]] = []
    for index, token in enumerate(tokens):
        tag = TAG.fullmatch(token.content) if token.type == "html_inline" else None
        if tag is None or tag[2].lower() not in _PAIRED or tag[3].endswith("/"):
            continue
        lone.add(index)
        if not tag[1]:
            opened.append((tag[2].lower(), index))
        elif partner := _partner(opened, tag[2].lower()):
            lone -= {index, partner[1]}
    return {index for index in lone if not TAG.fullmatch(tokens[index].content)[3].strip()}  # type: ignore[index]


def _partner(opened: list[tuple[str, int]], name: str) -> tuple[str, int] | None:
    """The opening tag that a closing one belongs to; it and what was opened after it are no longer open."""
    for place in range(len(opened) - 1, -1, -1):
        if opened[place][0] == name:
            partner = opened[place]
            del opened[place:]
            return partner
    return None
