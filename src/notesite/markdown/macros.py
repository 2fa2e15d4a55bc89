"""TeX macros: those that KaTeX lacks, and those that a note defines for itself."""

from __future__ import annotations

import re
from typing import Final

COMMON: Final = {
    r"\abs": r"\left\lvert #1 \right\rvert",
    r"\celsius": r"\degree\mathrm{C}",
    r"\emph": r"\textit{#1}",
    r"\ensuremath": r"#1",
    r"\euro": r"\text{€}",
    r"\hdots": r"\ldots",
    r"\hfill": r"\quad",
    r"\label": r"\@secondoftwo{#1}{}",
    r"\mathbbm": r"\mathbb{#1}",
    r"\mathds": r"\mathbb{#1}",
    r"\mbox": r"\text{#1}",
    r"\nicefrac": r"{}^{#1}\!/_{#2}",
    r"\norm": r"\left\lVert #1 \right\rVert",
    r"\require": r"\@secondoftwo{#1}{}",
    r"\sfrac": r"{}^{#1}\!/_{#2}",
    r"\slash": r"/",
    r"\textsc": r"\text{#1}",
    r"\vspace": r"\@secondoftwo{#1}{}",
    r"\widebar": r"\overline{#1}",
    r"\xspace": r"",
}
"""Commands that papers use and KaTeX does not know; `\\label` and `\\vspace` have nothing to do in a note."""

_BRACES: Final = re.compile(r"\\.|[{}]", re.DOTALL)
_NAME: Final = r"(?:\{\s*\\?(?P<braced>[A-Za-z]+|\\.)\s*\}|\\(?P<bare>[A-Za-z]+))"
_DEFINITION: Final = re.compile(
    rf"\\(?P<kind>(?:re)?newcommand|providecommand|DeclareMathOperator|[gex]?def)(?P<star>\*?)\s*{_NAME}\s*"
    r"(?:\[\d\]\s*|(?:#\d)*\s*)(?=\{)"
)


def take_definitions(tex: str) -> tuple[str, dict[str, str]]:
    r"""The formula with spaces in place of its definitions, so that positions hold, and the macros they define.

    Default arguments (`\newcommand{\x}[1][y]{…}`) stay in the formula; KaTeX has its say on them.
    """
    macros: dict[str, str] = {}
    pieces, last = [], 0
    for found in _DEFINITION.finditer(tex):
        end = _closing_brace(tex, found.end())
        if found.start() < last or end < 0:
            continue
        body = tex[found.end() + 1 : end - 1]
        if found["kind"] == "DeclareMathOperator":
            body = rf"\operatorname{found['star']}{{{body}}}"
        macros["\\" + (found["braced"] or found["bare"]).removeprefix("\\")] = body
        pieces += [tex[last : found.start()], " " * (end - found.start())]
        last = end
    return "".join((*pieces, tex[last:])), macros


def _closing_brace(tex: str, start: int) -> int:
    """Offset behind the brace that closes the one at `start`, -1 without."""
    depth = 0
    for token in _BRACES.finditer(tex, start):
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if depth == 0:
            return token.end()
    return -1
