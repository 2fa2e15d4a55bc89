"""Notes as plain text, for lists, descriptions and titles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from notesite.markdown.delimiters import pieces
from notesite.markdown.parser import parser
from notesite.markdown.readable import readable
from notesite.model import Block, Section
from notesite.outline import inline_text

SUMMARY_LENGTH: Final = 180
"""Characters: two lines of a list on a desktop, and what search engines show of a description."""
ARROW: Final = re.compile(r"^(?:[-=]+>\s*|[→•–—*-]\s+)")
"""What authors put before a line in the place of a bullet."""
FEWEST_WORDS: Final = 3
"""A shorter text is a label such as `Paper:` and says nothing about the note."""


def plain(text: str) -> str:
    """The text with its formulas readable."""
    return "".join(readable(piece.strip("$")) if is_formula else piece for piece, is_formula in pieces(text))


def summary(sections: Iterable[Section]) -> str:
    """The first sentence of a note's text, without markup."""
    blocks = (block for section in sections for block in section.blocks if block.kind in ("paragraph", "item"))
    texts = (visible(block) for block in blocks)
    return shortened(next((text for text in texts if len(text.split()) >= FEWEST_WORDS), ""))


def visible(block: Block) -> str:
    """The text that a reader sees of the block's first paragraph."""
    inline = next((token for token in parser().parse(block.text) if token.type == "inline"), None)
    text = " ".join(inline_text(inline.children or []).split()) if inline else ""
    return plain(ARROW.sub("", text))


def shortened(text: str) -> str:
    """The first sentence, or as much of it as fits."""
    sentence = re.match(r".{20,}?[.!?。](?=\s|$)", text)
    text = sentence[0] if sentence else text
    if len(text) <= SUMMARY_LENGTH:
        return text
    cut = text[:SUMMARY_LENGTH]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:") + " …"
