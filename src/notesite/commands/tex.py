"""TeX in names and titles as plain text: accents, letters, quotes and dashes; formulas stay as they are."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize

ACCENTS: Final = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a", "d": "\u0323",
    "b": "\u0331",
}  # fmt: skip
LETTERS: Final = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "textendash": "–", "textemdash": "—",
    "textquoteright": "’", "ldots": "…", "dots": "…",
}  # fmt: skip
FORMULA: Final = re.compile(r"(?<!\\)(\$(?:\\.|[^$\\])+\$)")
ACCENT: Final = re.compile(
    r"""\\(?:(?P<sign>[`'^~"=.])\s*|(?P<name>[uvHckrdb])(?:\s+|(?=\{)))(?:\{\s*(\\?[^\W\d_])\s*\}|(\\[ij]|[^\W\d_]))"""
)
LETTER: Final = re.compile(rf"\\({'|'.join(sorted(LETTERS, key=len, reverse=True))})(?![a-zA-Z])(?:\{{\}}|\s+)?")
COMMAND: Final = re.compile(r"\\(?:[a-zA-Z]+\*?\s*(?=\{)|[-/]|(?=[a-zA-Z&%#_${}]))")
"""The names of commands with an argument go; those without one, such as `\\TeX`, stay."""
SIGNS: Final = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("~", " "))


def from_tex(tex: str) -> str:
    """The plain text on one line."""
    pieces = FORMULA.split(tex)
    pieces[::2] = map(words, pieces[::2])
    return " ".join("".join(pieces).split())


def words(tex: str) -> str:
    """TeX that is no formula."""
    text = ACCENT.sub(accented, tex)
    text = LETTER.sub(lambda match: LETTERS[match[1]], text)
    for written, sign in SIGNS:
        text = text.replace(written, sign)
    return re.sub(r"(?<!\\)[{}]", "", COMMAND.sub("", text))


def accented(match: re.Match[str]) -> str:
    """One letter with its accent."""
    letter = (match[3] or match[4]).lstrip("\\")
    return normalize("NFC", letter + ACCENTS[match["sign"] or match["name"]])
