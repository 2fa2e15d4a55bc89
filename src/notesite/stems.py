"""Text as words that can be compared: one form for singular and plural, British and American spelling."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from notesite.model import Section
from notesite.wording import CJK

WORD: Final = re.compile(rf"[{CJK}]|[^\W_{CJK}]+(?:\.\d+)*")
"""A run of letters and digits with its version (`qwen2.5`)."""
ADDRESS: Final = re.compile(r"(?:https?://|www\.)[^\s)>\]]+|\]\([^)\s]{0,2000}\)|<[^>\n]{1,200}>")
"""Link destinations and HTML tags: their words are about the web, not about the subject."""
DOLLARS: Final = re.compile(r"(\$+)")

SPELLINGS: Final = (
    (re.compile(r"(?<=\w{3})is(?=(?:e|es|ed|er|ing|ation|ations)$)"), "iz"),
    (re.compile(r"ll(?=(?:ed|er|ing)$)"), "l"),
    (re.compile(r"(?<=\w{4})our(?=s?$)"), "or"),
    (re.compile(r"ies$"), "y"),
    (re.compile(r"(?<=s|x)es$|(?<=ch|sh)es$"), ""),
    (re.compile(r"(?<=[^s])s$"), ""),
)
"""Rewritten in this order, in texts and in terms alike, so that it does no harm where the result is no word."""


def words(text: str) -> list[str]:
    """The words of a text as they are written."""
    return WORD.findall(text)


@cache
def stem(word: str) -> str:
    """The form under which a word is compared, such as `quantize` for `Quantises`."""
    word = word.casefold()
    if len(word) > 2:
        for pattern, form in SPELLINGS:
            word = pattern.sub(form, word)
    return word


def stems(text: str) -> tuple[str, ...]:
    """The words of a text in the form in which they are compared."""
    return tuple(map(stem, words(text)))


def prose(section: Section) -> str:
    """The text of a section without code, formulas, addresses and tags."""
    return ADDRESS.sub(" ", without_formulas(section))


def without_formulas(section: Section) -> str:
    """The text of a section's prose without its formulas."""
    text = "\n".join(block.text for block in section.blocks if block.is_prose)
    written = {formula.tex.strip() for formula in section.formulas}
    pieces = DOLLARS.split(text) if written else [text]
    kept = [pieces[0]]
    at = 1
    while at < len(pieces):
        is_formula = at + 2 < len(pieces) and pieces[at + 1].strip() in written
        kept += [" ", pieces[at + 3]] if is_formula else pieces[at : at + 2]
        at += 4 if is_formula else 2
    return "".join(kept)
