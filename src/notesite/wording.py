"""Texts made comparable: blocks without their white space, words without their markup."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from sys import intern
from typing import Final

from notesite.model import Block, Section

WORD: Final = re.compile(r"[^\W_]+")
# Chinese, Japanese and Korean put no spaces between words: there each character is one.
CJK: Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
CJK_WORD: Final = re.compile(rf"[{CJK}]|[^\W_{CJK}]+")
TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
DESTINATION: Final = re.compile(r"\]\((?:[^()\s]|\([^()\s]*\))*\)|(?:https?://|www\.)[^\s)>\]]+")
"""Where links lead: two notes may link one page and share no word."""
BULLET: Final = re.compile(r"^(\s*)[*+](?=\s)", re.MULTILINE)
MARKS: Final = " \t\n>*+-"
"""What a block may consist of and say nothing: an empty bullet, an empty quotation."""
LEAST_HELD: Final = 5
"""Words; fewer, but an address, stand inside a longer text by chance, such as `see the paper`."""
INVISIBLE: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


@dataclass(frozen=True, slots=True)
class Wording:
    """What a section says, made comparable."""

    keys: tuple[str, ...]
    """What makes each of its blocks equal to another one, as `block_key` says."""
    blocks: tuple[tuple[str, ...], ...]
    """The words of each block."""
    length: int
    """How many words it has, or nearly so."""
    bigrams: array[int]
    """Its pairs of neighbouring words, each once, as numbers; two pairs share one by a chance of 1 in 2^64."""

    @property
    def body(self) -> tuple[str, ...]:
        """What two sections must share to be exact copies: their blocks in order."""
        return tuple(filter(None, self.keys))

    @property
    def words(self) -> tuple[str, ...]:
        """All its words in order."""
        return tuple(chain.from_iterable(self.blocks))


Worded = Mapping[str, Wording]
"""The wording of each section, by its id."""


def wording(section: Section) -> Wording:
    """The section's text made comparable."""
    # The same words stand in all notes: each is held once.
    blocks = tuple(tuple(map(intern, words(block.text))) for block in section.blocks)
    return Wording(tuple(map(block_key, section.blocks)), blocks, length(section.text), bigrams([*chain(*blocks)]))


def bigrams(words: Sequence[str]) -> array[int]:
    """The pairs of neighbouring words as numbers."""
    return array("q", set(map(hash, pairwise(words))))


def words(text: str) -> list[str]:
    """The words a reader sees, in order and folded; tags and link destinations are none."""
    if "<" in text:
        text = TAG.sub(" ", text)
    if "](" in text or "://" in text or "www." in text:
        text = DESTINATION.sub("]", text)
    folded = text.casefold()
    return WORD.findall(folded) if folded.isascii() else CJK_WORD.findall(unicodedata.normalize("NFKC", folded))


def block_key(block: Block) -> str:
    """What two blocks must share to be equal; empty for rules and empty bullets, which say nothing.

    Only white space, a heading's level and the sign of a bullet are evened out: signs in formulas and the indentation
    of code count.
    """
    text = block.text
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(INVISIBLE)
    if block.kind == "rule" or not text.strip(MARKS):
        return ""
    if block.kind in ("code", "math") or "```" in text or "~~~" in text:
        return "\n".join(line.rstrip() for line in text.split("\n"))
    if block.kind == "heading":
        text = re.sub(r"^#+\s+|\s+#*\s*$|\n\s*[=-]+\s*$", "", text)
    if "*" in text or "+" in text:
        text = BULLET.sub(r"\1-", text)
    return " ".join(text.split())


def is_held(key: str, shown: Collection[str]) -> bool:
    """Whether one of the blocks shown says in a row all that this one says; all by their keys."""
    if key in shown:
        return True
    is_telling = "://" in key or len(key.split()) >= LEAST_HELD
    return is_telling and any(f" {key} " in f" {other} " for other in shown)


def length(text: str) -> int:
    """How many words a text has, or nearly so."""
    return len(text.split()) if text.isascii() else len(words(text))
