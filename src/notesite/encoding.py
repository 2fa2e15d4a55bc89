"""Bytes as text: in UTF-8, else in the encoding that the file was most likely written in."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Final

from charset_normalizer import from_bytes

from notesite.errors import Problem

LOOK_AT: Final = 1024
"""Bytes that are looked at to tell UTF-16 without a byte order mark."""
LOOK_AT_LEAST: Final = 8
ZEROS: Final = 0.5
"""Half of every second byte: Latin text in UTF-16 has more, and no other text has."""
WESTERN: Final = "cp1252"
"""Assumed where the encoding can't be told: the Windows code page that most such bytes come from."""
OTHERS: Final = {
    "gb18030": "GB18030 (Chinese)",
    "big5": "Big5 (Chinese)",
    "cp949": "EUC-KR (Korean)",
    "cp932": "Shift-JIS (Japanese)",
    "euc_jp": "EUC-JP (Japanese)",
    "koi8_r": "KOI8-R (Cyrillic)",
    "cp1251": "Windows-1251 (Cyrillic)",
}
LEAST: Final = 48
"""Bytes beyond ASCII that are needed to recognise a language. Of 1,756 passages with as many, one was read wrongly; of
passages with only a few, such as a line of Chinese in an English note, one in three."""
HANGUL: Final = 0.9
"""Share of Hangul among the Asian characters of a Korean text; Chinese read as Korean has half of it."""
PAGE_BREAK: Final = re.compile(r"[\x0b\x0c]")
CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
"""Among them the two that Python-Markdown keeps for its own marks."""


def decode(path: str, data: bytes) -> tuple[str, list[Problem]]:
    """The text with line feeds only and without byte order mark, and a problem where it is not UTF-8."""
    if wide := wide_encoding(data):
        text = data.decode(wide, errors="replace")
        return tidy(text), [Problem(path, 1, "encoding", f"is {wide[:6].upper()}; save it as UTF-8")]
    try:
        return tidy(data.decode("utf-8")), []
    except UnicodeDecodeError as error:
        line = tidy(data[: error.start].decode("utf-8")).count("\n") + 1
    found = encoding(data)
    name = OTHERS.get(found, "Windows-1252")
    message = f"is not UTF-8 here and is read as {name}; save the file as UTF-8"
    return tidy(read_as(found, data)), [Problem(path, line, "encoding", message)]


def wide_encoding(data: bytes) -> str | None:
    """The encoding of a text of two or four bytes a character, by its byte order mark or by where its zeros are."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    start = data[:LOOK_AT]
    if len(start) < LOOK_AT_LEAST:
        return None
    if start[1::2].count(0) > ZEROS * len(start[1::2]):
        return "utf-16-le"
    return "utf-16-be" if start[::2].count(0) > ZEROS * len(start[::2]) else None


def encoding(data: bytes) -> str:
    """The encoding of the lines that are not UTF-8, judged by language; WESTERN where that is not certain.

    A file in which most lines are UTF-8 was written in UTF-8, and something else was pasted into it.
    """
    lines = [line for line in data.split(b"\n") if not line.isascii()]
    wrong = [line for line in lines if not is_utf8(line)]
    text = b"\n".join(wrong)
    if 2 * len(wrong) <= len(lines) or sum(byte > 127 for byte in text) < LEAST:
        return WESTERN
    return next(guesses(text), WESTERN)


def guesses(text: bytes) -> Iterator[str]:
    """The encodings that make sense of the text, best first."""
    for match in from_bytes(text, cp_isolation=[*OTHERS, WESTERN]):
        if match.encoding != "cp949" or is_korean(str(match)):
            yield match.encoding


def is_korean(text: str) -> bool:
    """Whether the Asian characters are Hangul, as they are in nearly all that is written in Korean today."""
    asian = [char for char in text if char >= "\u3040"]
    return sum("\uac00" <= char <= "\ud7af" for char in asian) >= HANGUL * len(asian)


def read_as(found: str, data: bytes) -> str:
    """The data decoded as `found`; line by line where some lines are UTF-8."""
    try:
        if found != WESTERN:
            return data.decode(found)
    except UnicodeDecodeError:
        pass
    lines = data.split(b"\n")
    return "\n".join(line.decode("utf-8" if is_utf8(line) else found, errors="replace") for line in lines)


def is_utf8(line: bytes) -> bool:
    """Whether these bytes are UTF-8."""
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def tidy(text: str) -> str:
    """CRLF and CR as LF, no byte order mark, and control characters, which no HTML may have, as U+FFFD."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return CONTROL.sub("\ufffd", PAGE_BREAK.sub(" ", text))
