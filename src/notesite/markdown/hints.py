"""Advice on TeX that sets, but surely not as its author meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_TEXT: Final = re.compile(r"\\(?:text\w*|mbox|operatorname\*?|math(?:rm|it|sf|tt|bf)|tag|label)\s*\{[^{}]*\}")
_FUNCTIONS: Final = "argmax|argmin|arccos|cos|cosh|det|dim|exp|gcd|inf|ker|lim|ln|log|max|min|sin|sinh|sup|tan|tanh|Pr"
_ADVICE: Final = tuple(
    (re.compile(pattern), advice)
    for pattern, advice in (
        (r"(?<![-\\<])->", r"`->` is a minus and a greater-than sign; an arrow is `\to`"),
        (r"=>", r"`=>` is an equals and a greater-than sign; an arrow is `\Rightarrow`"),
        (r"<-(?!-)", r"`<-` is a less-than sign and a minus; an arrow is `\gets`"),
        (r"<<", r"`<<` is two less-than signs; much less is `\ll`"),
        (r">>", r"`>>` is two greater-than signs; much greater is `\gg`"),
        (r"<=", r"`<=` is two signs; less or equal is `\le`"),
        (r">=", r"`>=` is two signs; greater or equal is `\ge`"),
        (r"!=", r"`!=` is two signs; not equal is `\ne`"),
        (r"\.\.\.", r"`...` is three points set apart badly; dots are `\ldots`"),
        (
            rf"(?<![\\A-Za-z{{])(?:{_FUNCTIONS})(?![A-Za-z])",
            r"`{0}` is set as a product of variables; the function is `\{0}`",
        ),
        (
            r"[A-Za-z][_^][A-Za-z][A-Za-z]+",
            "only the first letter of `{0}` is set low or high; put braces around them all",
        ),
        (r"[_^]\d\d+", "only the first digit of `{0}` is set low or high; put braces around them all"),
        (r"\\_", r"`\_` is an underscore as such; an index is `_`"),
    )
)


def hints(tex: str) -> Iterator[str]:
    """A sentence for each thing in a formula that was surely meant in another way."""
    bare = _TEXT.sub(" ", tex)
    for pattern, advice in _ADVICE:
        if found := pattern.search(bare):
            yield advice.replace("{0}", found[0])
