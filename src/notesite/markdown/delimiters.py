"""Finds TeX in Markdown by its delimiters, where `evidence` says that they are such.

markdown-it-py (`tex`) and Python-Markdown (`math`) both ask here, so that they can't disagree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from notesite.markdown.evidence import (
    is_attached,
    is_display,
    is_escaped,
    is_likely,
    is_other,
    is_out_of_bounds,
    is_sure,
    is_word,
)

REACH: Final = 10_000
"""Characters a formula may take, to bound the search for a missing delimiter; the longest of 2,500 has 346."""

_NESTED: Final = 16
"""Dollars looked at inside of braces; more of them means that the opening one is no formula's."""

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
_CLOSERS: Final = {
    opener: re.compile(rf"(?<!\\)(?:\\\\)*?({re.escape(closer)})")
    for opener, closer in {r"\(": r"\)", r"\[": r"\]", r"\\(": r"\\)", r"\\[": r"\\]", "$$": "$$"}.items()
}
_ESCAPE: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_WORDS: Final = r"\\(?:text\w*|math(?:bf|it|rm|sf|tt)|operatorname\*?|mbox|label|tag|ref)\s*\{[^{}]*\}"
_SUBSCRIPT: Final = re.compile(rf"({_WORDS})|\\_(?=\{{|\\[A-Za-z]|[A-Za-z0-9](?![A-Za-z0-9]))")
_PLAIN_SUBSCRIPT: Final = re.compile(rf"{_WORDS}|(?<!\\)(_)")
_ROW_END: Final = re.compile(r"(?<!\\)\\{4}(?=\s|\[|\Z)")
_PLAIN_ROW_END: Final = re.compile(r"(?<!\\)\\\\(?!\\)")


@dataclass(frozen=True, slots=True)
class Occurrence:
    r"""TeX that was found, without its delimiters but with its `\begin` and `\end`."""

    tex: str
    display: bool
    """Whether it stands on a line of its own, as opposed to in the line of text."""
    markup: str
    """The opening delimiter as the author wrote it."""
    end: int
    """Offset behind the closing delimiter for `formula_at`, number of lines taken for `block_at`."""


def formula_at(text: str, start: int, limit: int | None = None) -> Occurrence | None:
    """The formula that begins with the delimiter at `start`, or None where the author meant plain text."""
    opener = OPENER.match(text, start)
    if opener is None or is_escaped(text, start) or is_out_of_bounds(text, start):
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


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """A title in pieces: text, and between them, with their dollars, the formulas, for which the second is True."""
    done = at = 0
    while (start := text.find("$", at)) >= 0:
        found = formula_at(text, start)
        if found:
            yield text[done:start], False
            yield text[start : found.end], True
            done = found.end
        at = found.end if found else start + 1
    yield text[done:], False


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """The characters before and behind a piece of text, empty at its ends."""
    return text[start - 1 : start] if start else "", text[end : end + 1]


def _code(text: str, opener: re.Match[str], end: int) -> Occurrence | None:
    """GitHub's own delimiters, a dollar and backticks, whose content is never doubted."""
    closer = opener[0][:0:-1] + "$"
    close = text.find(closer, opener.end(), end)
    before, after = _around(text, opener.start(), close + len(closer))
    content = text[opener.end() : close]
    if close < 0 or "`" in content or before == "`" or is_word(before + after) or not content.strip():
        return None
    return Occurrence(content.strip(), False, opener[0], close + len(closer))


def _double(text: str, opener: re.Match[str], end: int) -> Occurrence | None:
    close = _closing_dollar(text, opener.end(), "$$", end)
    content = text[opener.end() : close].strip()
    if close < 0 or not content or "$" in _around(text, opener.start(), close + 2):
        return None
    return Occurrence(_as_meant(content), True, "$$", close + 2) if is_display(content) else None


def _single(text: str, opener: re.Match[str], end: int) -> Occurrence | None:
    start = opener.end()
    close = _closing_dollar(text, start, "$", end)
    content = text[start:close]
    if close < 0 or not content.strip():
        return None
    before, after = _around(text, opener.start(), close + 1)
    if before == "$" or (after == "{" and content[0] == "{") or is_other(content):
        return None
    padded = content[0].isspace() + content[-1].isspace()
    if is_word(before) or is_word(after):
        suffix = "" if is_word(before) else text[close + 1 : close + 4]
        plausible = not padded and is_attached(content, suffix)
    elif padded:
        plausible = is_likely(content) if padded == 2 else is_sure(content)
    else:
        plausible = True
    return Occurrence(_as_meant(content.strip()), False, "$", close + 1) if plausible else None


def _closing_dollar(text: str, start: int, delimiter: str, end: int) -> int:
    r"""The offset of the dollars that close a formula, or -1; braces may hold dollars too: `\text{$x$}`."""
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


def _bracket(text: str, opener: re.Match[str], end: int) -> Occurrence | None:
    close = _CLOSERS[opener[0]].search(text, opener.end(), end)
    before, _ = _around(text, opener.start(), 0)
    display = opener[0][-1] == "["
    if close is None or (not display and (is_word(before) or before == "]")):
        return None  # f\(x\), \[text\]\(url\)
    content = _unescaped(text[opener.end() : close.start(1)], opener[0])
    # An escaped backslash before a bracket is meant for a Markdown that would otherwise take it from TeX.
    sure = is_display(content) if opener[0].startswith(r"\\") else is_sure(content, letters=not display)
    return Occurrence(content, display, opener[0], close.end()) if content and sure else None


def _environment(text: str, opener: re.Match[str], end: int) -> Occurrence | None:
    close = _closing_environment(text, opener, end)
    return Occurrence(_as_meant(text[opener.start() : close]), True, opener[0], close) if close > 0 else None


def _closing_environment(text: str, opener: re.Match[str], end: int) -> int:
    name = re.escape(opener[0][len(r"\begin") :])
    depth = 1
    for token in re.compile(rf"\\(begin|end){name}").finditer(text, opener.end(), end):
        depth += 1 if token[1] == "begin" else -1
        if depth == 0:
            return token.end()
    return -1


def _unescaped(content: str, opener: str) -> str:
    r"""TeX between `\\(` and `\\)`, where Markdown has taken one backslash of each escape before TeX saw it."""
    return (_ESCAPE.sub(r"\1", content) if opener.startswith(r"\\") else _as_meant(content)).strip()


def _as_meant(tex: str) -> str:
    r"""TeX that was escaped throughout for a Markdown that knows none: `x\_{t}`, and `\\\\` for a row's end."""
    if r"\_" in tex and not any(found[1] for found in _PLAIN_SUBSCRIPT.finditer(tex)):
        tex = _SUBSCRIPT.sub(lambda match: match[1] or "_", tex)
    if r"\\\\" in tex and not _PLAIN_ROW_END.search(tex):
        tex = _ROW_END.sub(r"\\\\", tex)
    return tex


def block_at(lines: Iterable[str]) -> Occurrence | None:
    """The display formula that begins with the first of these lines and takes whole lines, or None."""
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
    return not last or is_likely(last)


def _block(text: str, opener: re.Match[str], close: int, lines: int) -> Occurrence | None:
    if opener.lastgroup == "environment":
        return Occurrence(_as_meant(text[:close]), True, opener[0], lines)
    content = _unescaped(text[opener.end() : close], opener[0])
    alone = text[opener.end() : opener.end() + 1] == "\n"
    sure = alone or (is_display(content) if opener[0] == "$$" else is_sure(content))
    return Occurrence(content, True, opener[0], lines) if content and sure else None
