"""Titles as HTML."""

from __future__ import annotations

from markupsafe import Markup, escape

from notesite.markdown.katex import Engine, Failure, Formula
from notesite.pages import FORMULA


def typeset(engine: Engine, text: str) -> Markup:
    """The text as HTML, its formulas set; one that KaTeX refuses is shown as it is written."""
    pieces: list[Markup] = []
    at = 0
    for formula in FORMULA.finditer(text):
        (result,) = engine.set([Formula(formula[0].strip("$"), False, {})])
        # KaTeX's own output is HTML already.
        shown = escape(formula[0]) if isinstance(result, Failure) else Markup(result)
        pieces += [escape(text[at : formula.start()]), shown]
        at = formula.end()
    return Markup("").join([*pieces, escape(text[at:])])
