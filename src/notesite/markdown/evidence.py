"""What speaks for TeX between two delimiters, and what for a price, a variable of the shell or an escaped bracket."""

from __future__ import annotations

import re
from typing import Final

_LOOK_BACK: Final = 500
"""Characters looked back for the start of a URL or tag; longer ones are data, and hold no dollars."""
_OUT_OF_BOUNDS: Final = re.compile(
    r"(?:://|\]\()[^\s()<>\[\]]*\Z"  # a URL or a link's destination
    r"|<[A-Za-z][^<>]*=\s*(?:\"[^\"<>]*|'[^'<>]*|[^\s\"'<>]*)\Z"  # a tag's attribute
    r"|<[A-Za-z][^<>\s]*:[^<>\s]*\Z"  # <scheme:…>
    r"|<!--(?:(?!-->).)*\Z"
    r"|<(?P<tag>code|pre|kbd|samp|tt)\b[^<>]*>(?:(?!</(?P=tag)>).)*\Z",
    re.DOTALL | re.IGNORECASE,
)
_WORD: Final = re.compile(r"[A-Za-z0-9]")

_COMMAND: Final = re.compile(r"\\[A-Za-z]")
_LIKELY: Final = re.compile(r"[\\^_={}<>+|]")
_LETTERS: Final = re.compile(r"(?!\d[\d.,]* )[^A-Za-z]*(?:[A-Za-z](?![A-Za-z])[^A-Za-z]*)+")
"""Single letters with anything but words between them: `x`, `(i, j)`, `n / 2`; not `5 k`."""
_SURE: Final = re.compile(
    r"\\[A-Za-z{|,]|\^|(?<![A-Za-z])[A-Za-z](?:_[A-Za-z0-9{\\]|\(|'?\s*[=<>+*])|[=<>+]\s*[A-Za-z](?![A-Za-z])"
)
_PROSE: Final = re.compile(
    r"(?<!\w)(?:the|and|or|of|to|is|are|for|with|per|than|vs|each|when|where|see|note|via)(?!\w)|\be\.g\.|\bi\.e\.",
    re.IGNORECASE,
)
_OTHER: Final = re.compile(
    r"\d[^\\^_=]*\b[a-z]{2,}\b[^\\^_=]*(?:\d[kKMB]?|[A-Z]{1,2}|[~\"'])"  # $5 each, or 10$
    r"|\{?\w{2,}\}?[/:\"'.,-]+"  # $HOME/$(pwd)
    r"|\{\{.*\}\}.*"  # ${{ a }}-${{ b }}
    r"|\W?[\"'].*[\"']"  # "$@" and "$1"
    r"|.+[(/]",  # $(a).b($(c)), $-based or €/$
    re.DOTALL,
)
_ATTACHED: Final = re.compile(r"\\[A-Za-z%]|\A[\^_]|\A[-+<>=]\Z")
_SUFFIX: Final = re.compile(r"(?:st|nd|rd|th|s|D|NN)(?![A-Za-z0-9$])")
_SHORT: Final = re.compile(r"[A-Za-z]|\S*[\\^_]\S*")


def is_escaped(text: str, at: int) -> bool:
    """Whether an odd number of backslashes stands before `at`."""
    first = at
    while first and text[first - 1] == "\\":
        first -= 1
    return (at - first) % 2 == 1


def is_out_of_bounds(text: str, at: int) -> bool:
    """Whether `at` is inside of a URL, a tag, a comment or an element of code."""
    return _OUT_OF_BOUNDS.search(text, max(0, at - _LOOK_BACK), at) is not None


def is_word(character: str) -> bool:
    """Whether this is a letter or digit of the kind that prices, variables and plurals are made of."""
    return _WORD.match(character) is not None


def is_other(content: str) -> bool:
    """Whether two dollars without blanks inside are prices, variables or calls all the same."""
    return _OTHER.fullmatch(content) is not None


def is_likely(content: str) -> bool:
    """Whether this is TeX when dollars with blanks inside stand around it."""
    return bool(_LIKELY.search(content) or _LETTERS.fullmatch(content)) and not is_prose(content)


def is_display(content: str) -> bool:
    """Whether this is TeX between pairs of dollars, as nearly everything is but the words of `$$ to $$$`."""
    return bool(_SURE.search(content)) or not is_prose(content)


def is_sure(content: str, *, letters: bool = False) -> bool:
    r"""Whether this is TeX even if the delimiters may be escaped brackets: `\(see below\)`, `\[2024|2021\]`.

    With `letters`, single ones such as `x` or `(i, j)` are enough.
    """
    evidence = _SURE.search(content) or (letters and _LETTERS.fullmatch(content))
    return bool(evidence) and not is_prose(content)


def is_prose(content: str) -> bool:
    """Whether words such as `and` or `the` stand where TeX would set letters as variables."""
    return bool(_PROSE.search(content)) and not _COMMAND.search(content)


def is_attached(content: str, behind: str) -> bool:
    r"""Whether this is TeX though a letter or digit touches it: `3$\times$3`, `10$^{-4}$`, `p$<$0.05`, `$i$th`."""
    suffixed = _SUFFIX.match(behind) and _SHORT.fullmatch(content)
    return bool(suffixed or _ATTACHED.search(content)) and not is_prose(content)
