"""Texts made comparable: blocks without their white space, words without their markup."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from itertools import chain, compress, pairwise
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
"""A block of nothing but these says nothing: an empty bullet, an empty quotation."""
LEAST_HELD: Final = 5
"""Fewer words, unless they are an address, may be part of a longer text by chance, such as `see the paper`."""
TEN: Final = 10
"""The length of the runs of words that passages are found by."""
INVISIBLE: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


@dataclass(frozen=True, slots=True)
class Wording:
    """What a section says, made comparable: numbers that are the same in every process, not the words themselves."""

    body: bytes
    """What two sections must share to be exact copies: a digest of their blocks in order."""
    count: int
    """How many words it has."""
    length: int
    """The same, or nearly so, with addresses."""
    packed_bigrams: bytes
    packed_tens: bytes

    @property
    def bigrams(self) -> array[int]:
        """Its pairs of neighbouring words, each once; two pairs share a number by a chance of 1 in 2^61."""
        return array("q", self.packed_bigrams)

    @property
    def tens(self) -> array[int]:
        """A hash of each run of ten words of its prose, by the place of the first."""
        return array("q", self.packed_tens)


Worded = Mapping[str, Wording]
"""The wording of each section, by its id."""


def wording(section: Section) -> Wording:
    """The section's text made comparable."""
    keys = tuple(filter(None, map(block_key, section.blocks)))
    blocks = [[*map(number, words(block.text))] for block in section.blocks]
    said, prose = [*chain(*blocks)], [*chain(*compress(blocks, (block.is_prose for block in section.blocks)))]
    tens = array("q", map(hash, zip(*(prose[start:] for start in range(TEN)), strict=False)))
    return Wording(fingerprint(repr(keys)), len(said), length(section.text), pairs(said).tobytes(), tens.tobytes())


def words_of(section: Section) -> list[str]:
    """All its words in order."""
    return [word for block in section.blocks for word in words(block.text)]


def pairs(numbers: Iterable[int]) -> array[int]:
    """A number for each pair of neighbours, each once; Python's hash of numbers is the same in every process."""
    return array("q", set(map(hash, pairwise(numbers))))


@cache
def number(word: str) -> int:
    """A number for a word, the same in every process."""
    return int.from_bytes(fingerprint(word)[:8], "big", signed=True)


def fingerprint(text: str) -> bytes:
    """A hash of a text, the same in every process; other texts have others."""
    return blake2b(text.encode(errors="surrogatepass"), digest_size=16).digest()


def words(text: str) -> list[str]:
    """The words a reader sees, in order and folded; tags and link destinations do not count."""
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
    """Whether a block is equal to one of those shown, or a contiguous part of it; all are given by their keys."""
    if key in shown:
        return True
    is_telling = "://" in key or len(key.split()) >= LEAST_HELD
    return is_telling and any(f" {key} " in f" {other} " for other in shown)


def length(text: str) -> int:
    """How many words a text has, or nearly so."""
    return len(text.split()) if text.isascii() else len(words(text))
