"""Mark the words in which one wording differs from another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Final

from notesite.model import Line

WORD: Final = re.compile(r"\S+")
MARKUP: Final = re.compile(r"[\[\]()*_`$<>|\\!]")
"""A word with one of these may be part of a link, of code or of a formula, which a mark would break."""


def marked(lines: Iterable[Line], other: str) -> Iterator[Line]:
    """The lines with the words that `other` lacks in `<mark>`, where no markup is in the way."""
    lines = list(lines)
    words = [(row, match) for row, line in enumerate(lines) for match in WORD.finditer(line.text)]
    matcher = SequenceMatcher(None, other.split(), [match[0] for _, match in words], autojunk=False)
    texts = [line.text for line in lines]
    for operation, _, _, start, end in reversed(matcher.get_opcodes()):
        if operation in ("replace", "insert"):
            for row, match in reversed(words[start:end]):
                if match[0].strip(".,;:") and match[0][0].isalnum() and not MARKUP.search(match[0]):
                    text = texts[row]
                    texts[row] = f"{text[: match.start()]}<mark>{match[0]}</mark>{text[match.end() :]}"
    for text, line in zip(texts, lines, strict=True):
        yield Line(text, line.origin)
