"""Finds TeX in Markdown: what is a formula and what a price, an escaped bracket or a variable of the shell.

markdown-it-py (`tex`) and Python-Markdown (`math`) both ask here, so that they can't disagree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

REACH: Final = 20_000
"""Characters a formula may take, to bound the search for a missing delimiter; the longest of 2,500 has 346."""

_NESTED: Final = 16
"""Dollars looked at inside of braces; more of them means that the opening one is no formula's."""

_LOOK_BACK: Final = 500
"""Characters looked back for the start of a URL or tag; longer ones are data, and hold no dollars."""

ENVIRONMENT: Final = (
    r"(?:align(?:at|ed|edat)?|gather(?:ed)?|equation|multline|eqnarray|split|[dr]?cases|drcases|d?array|subarray"
    r"|(?:small|[pbBvV])?matrix|CD)\*?"
)
OPENER: Final = re.compile(
    rf"(?P<code>\$`+)|(?P<double>\$\$)|(?P<single>\$)|(?P<bracket>\\\\?[(\[])|(?P<environment>\\begin\{{{ENVIRONMENT}\}})"
)
"""Everything a formula can begin with."""

_BLOCK_OPENER: Final = re.compile(rf"(?P<double>\$\$)|(?P<bracket>\\\\?\[)|(?P<environment>\\begin\{{{ENVIRONMENT}\}})")
_TOKEN: Final = re.compile(r"\\.|\$\$|[${}`\x02]", re.DOTALL)
"""What counts inside of dollars; Python-Markdown writes \\x02 for a code span that it has taken out already."""
_WORD: Final = re.compile(r"[A-Za-z0-9]")
_CALLED: Final = re.compile(r"[A-Za-z0-9\]]")
"""What stands before an escaped parenthesis that opens no formula: `f\\(x\\)`, `\\[text\\]\\(url\\)`."""
_OUT_OF_BOUNDS: Final = re.compile(
    r"(?:://|\]\()[^\s()<>\[\]]*\Z"  # a URL or a link's destination
    r"|<[A-Za-z][^<>]*=\s*(?:\"[^\"<>]*|'[^'<>]*|[^\s\"'<>]*)\Z"  # a tag's attribute
    r"|<[A-Za-z][^<>\s]*:[^<>\s]*\Z"  # <scheme:…>
    r"|<!--(?:(?!-->).)*\Z"
    r"|<(?P<tag>code|pre|kbd|samp|tt)\b[^<>]*>(?:(?!</(?P=tag)>).)*\Z",  # <code>…
    re.DOTALL | re.IGNORECASE,
)
"""What must not stand before a formula, because it goes on with it."""
_ATTACHED: Final = re.compile(r"\\[A-Za-z%]|\A[\^_]|\A[-+<>=]\Z")
"""What is TeX even right behind a letter or digit: `3$\\times$3`, `10$^{-4}$`, `p$<$0.05`."""
_TEXISH: Final = re.compile(r"[\\^_={}<>+|]")
"""Evidence enough between dollars, which hardly stand around a phrase by chance."""
_LETTERS: Final = re.compile(r"(?!\d[\d.,]* )[^A-Za-z]*(?:[A-Za-z](?![A-Za-z])[^A-Za-z]*)+")
"""Single letters with anything but words between them: `x`, `(i, j)`, `n / 2`; not `5 k`."""
_FORMULA: Final = re.compile(
    r"\\[A-Za-z{|,]|\^|(?<![A-Za-z])[A-Za-z](?:_[A-Za-z0-9{\\]|\(|'?\s*[=<>+*])|[=<>+]\s*[A-Za-z](?![A-Za-z])"
)
"""Evidence for brackets, which in Markdown may as well be escaped ones: `\\(see below\\)`, `\\[2024|2021\\]`."""
_PROSE: Final = re.compile(
    r"(?<![\\\w])(?:the|and|or|of|to|is|are|for|with|per|than|vs|each|when|where|see|note|via)(?!\w)|\be\.g\.|\bi\.e\.",
    re.IGNORECASE,
)
_GROUP: Final = re.compile(r"\\(?:text\w*|mbox|operatorname\*?|math\w+)\s*\{[^{}]*\}")
_NOT_TEX: Final = re.compile(
    r"\d[^\\^_=]*\b[a-z]{2,}\b[^\\^_=]*(?:\d[kKMB]?|[A-Z]{1,2}|[~\"'])"  # $5 each, or 10$
    r"|\{?\w{2,}\}?[/:\"'.,-]+"  # $HOME/$(pwd)
    r"|\{\{.*\}\}.*"  # ${{ a }}-${{ b }}
    r"|.+[(/]",  # $(a).b($(c)), $-based or €/$
    re.DOTALL,
)
_SUFFIX: Final = re.compile(r"(?:st|nd|rd|th|s|D|NN)(?![A-Za-z0-9$])")
_SHORT: Final = re.compile(r"[A-Za-z]|\S*[\\^_]\S*")
"""What authors write right behind a formula, and such formulas: `$i$th`, `$x_i$s`, `$k$NN`."""
_CLOSERS: Final = {
    opener: re.compile(rf"(?<!\\)(?:\\\\)*?({re.escape(closer)})")
    for opener, closer in {r"\(": r"\)", r"\[": r"\]", r"\\(": r"\\)", r"\\[": r"\\]", "$$": "$$"}.items()
}
_ESCAPE: Final = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Formula:
    r"""TeX that was found, without its delimiters but with its `\begin` and `\end`."""

    tex: str
    display: bool
    """Whether it stands on a line of its own, as opposed to in the line of text."""
    markup: str
    """The opening delimiter as the author wrote it."""
    end: int
    """Offset behind the closing delimiter for `formula_at`, number of lines taken for `block_at`."""


def formula_at(text: str, start: int, limit: int | None = None) -> Formula | None:
    """Return the formula that begins with the delimiter at `start`, or None where the author meant plain text."""
    opener = OPENER.match(text, start)
    if opener is None or _escaped(text, start) or _OUT_OF_BOUNDS.search(text, max(0, start - _LOOK_BACK), start):
        return None
    end = min(len(text) if limit is None else limit, start + REACH)
    match opener.lastgroup:
        case "code":
            return _code(text, opener, end)
        case "double":
            return _double(text, opener, end)
        case "single":
            return _single(text, opener, end)
        case "bracket":
            return _bracket(text, opener, end)
        case _:
            return _environment(text, opener, end)


def _escaped(text: str, at: int) -> bool:
    """Whether an odd number of backslashes stands before `at`."""
    first = at
    while first and text[first - 1] == "\\":
        first -= 1
    return (at - first) % 2 == 1


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the characters before and behind a piece of text, empty at its ends."""
    return text[start - 1 : start] if start else "", text[end : end + 1]


def _code(text: str, opener: re.Match[str], end: int) -> Formula | None:
    """GitHub's own delimiters, a dollar and backticks, whose content is never doubted."""
    closer = opener[0][:0:-1] + "$"
    close = text.find(closer, opener.end(), end)
    before, after = _around(text, opener.start(), close + len(closer))
    content = text[opener.end() : close]
    if close < 0 or "`" in content or before == "`" or _WORD.match(before) or _WORD.match(after) or not content.strip():
        return None
    return Formula(content.strip(), False, opener[0], close + len(closer))


def _double(text: str, opener: re.Match[str], end: int) -> Formula | None:
    close = _closing_dollar(text, opener.end(), "$$", end)
    content = text[opener.end() : close].strip()
    if close < 0 or not content or "$" in _around(text, opener.start(), close + 2):
        return None
    return None if _is_prose(content) else Formula(content, True, "$$", close + 2)


def _single(text: str, opener: re.Match[str], end: int) -> Formula | None:
    start = opener.end()
    close = _closing_dollar(text, start, "$", end)
    content = text[start:close]
    if close < 0 or not content.strip():
        return None
    before, after = _around(text, opener.start(), close + 1)
    if before == "$" or (after == "{" and content[0] == "{") or _NOT_TEX.fullmatch(content):
        return None
    glued = bool(_WORD.match(before)), bool(_WORD.match(after))
    padded = content[0].isspace(), content[-1].isspace()
    if any(glued) and any(padded):
        return None
    if any(glued):
        suffixed = not glued[0] and _SUFFIX.match(text, close + 1) and _SHORT.fullmatch(content)
        plausible = bool(suffixed or _ATTACHED.search(content))
    elif any(padded):
        plausible = _is_likely(content) if all(padded) else bool(_FORMULA.search(content))
    else:
        return Formula(content, False, "$", close + 1)
    return Formula(content.strip(), False, "$", close + 1) if plausible and not _is_prose(content) else None


def _closing_dollar(text: str, start: int, delimiter: str, end: int) -> int:
    r"""Return the offset of the dollars that close a formula, or -1; braces may hold dollars too: `\text{$x$}`."""
    depth = 0
    inner: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text, start, end):
        mark = token[0]
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth -= 1
        elif mark == delimiter and depth <= 0:
            return token.start()
        elif mark[0] in "$`\x02":
            if depth <= 0 or len(inner) == _NESTED:
                break
            inner.append(token)
    # The braces never close: the author forgot one, and KaTeX will say so.
    return next((token.start() for token in inner if token[0] == delimiter), -1)


def _bracket(text: str, opener: re.Match[str], end: int) -> Formula | None:
    close = _CLOSERS[opener[0]].search(text, opener.end(), end)
    if close is None or (opener[0][-1] == "(" and _CALLED.match(_around(text, opener.start(), 0)[0])):
        return None
    content = _unescaped(text[opener.end() : close.start(1)], opener[0])
    display = opener[0][-1] == "["
    if not (_FORMULA.search(content) or (not display and _LETTERS.fullmatch(content))) or _is_prose(content):
        return None
    return Formula(content, display, opener[0], close.end())


def _environment(text: str, opener: re.Match[str], end: int) -> Formula | None:
    close = _closing_environment(text, opener, end)
    return Formula(text[opener.start() : close], True, opener[0], close) if close > 0 else None


def _closing_environment(text: str, opener: re.Match[str], end: int) -> int:
    name = re.escape(opener[0][len(r"\begin") :])
    depth = 1
    for token in re.compile(rf"\\(begin|end){name}").finditer(text, opener.end(), end):
        depth += 1 if token[1] == "begin" else -1
        if depth == 0:
            return token.end()
    return -1


def _is_likely(content: str) -> bool:
    return bool(_TEXISH.search(content) or _LETTERS.fullmatch(content))


def _is_prose(content: str) -> bool:
    """Whether words such as `and` or `the` stand where TeX would set letters as variables."""
    return bool(_PROSE.search(_GROUP.sub("", content)))


def _unescaped(content: str, opener: str) -> str:
    r"""TeX between `\\(` and `\\)`, where Markdown has taken one backslash of each escape before TeX saw it."""
    return (_ESCAPE.sub(r"\1", content) if opener.startswith(r"\\") else content).strip()


def block_at(lines: Iterable[str]) -> Formula | None:
    """Return the display formula that begins with the first of these lines and takes whole lines, or None."""
    rows: list[str] = []
    for line in lines:
        rows.append(line.strip())
        opener = _BLOCK_OPENER.match(rows[0])
        if opener is None or (rows[-1] == "" and not _goes_on(rows, opener)):
            return None
        text = "\n".join(row for row in rows if row)
        close, end = _block_end(text, opener)
        if close >= 0:
            return _block(text, opener, close, len(rows)) if end == len(text) else None
        if len(text) > REACH:
            return None
    return None


def _block_end(text: str, opener: re.Match[str]) -> tuple[int, int]:
    """Where the block's content and its closing delimiter end; -1 while it is open."""
    if opener.lastgroup == "environment":
        close = _closing_environment(text, opener, len(text))
        return close, close
    found = _CLOSERS[opener[0]].search(text, opener.end())
    return (found.start(1), found.end()) if found else (-1, -1)


def _goes_on(rows: list[str], opener: re.Match[str]) -> bool:
    """Whether what stands before a blank line is TeX, so that an unclosed delimiter does not swallow the page."""
    last = "\n".join(rows[:-1]).rpartition("\n\n")[2].removeprefix(opener[0])
    return not last or (_is_likely(last) and not _is_prose(last))


def _block(text: str, opener: re.Match[str], close: int, lines: int) -> Formula | None:
    if opener.lastgroup == "environment":
        return Formula(text[:close], True, opener[0], lines)
    content = _unescaped(text[opener.end() : close], opener[0])
    alone = text[opener.end() : opener.end() + 1] == "\n"
    sure = alone or (not _is_prose(content) if opener[0] == "$$" else bool(_FORMULA.search(content)))
    return Formula(content, True, opener[0], lines) if content and sure else None
