"""Titles as HTML."""

from __future__ import annotations

from markupsafe import Markup, escape

from notesite.markdown.delimiters import pieces
from notesite.markdown.katex import Engine, Failure, Formula


def typeset(engine: Engine, text: str) -> Markup:
    """The text as HTML, its formulas set; one that KaTeX refuses is shown as it is written."""
    return Markup("").join(
        formula(engine, piece) if is_formula else escape(piece) for piece, is_formula in pieces(text)
    )


def formula(engine: Engine, tex: str) -> Markup:
    """A formula, between its dollars, as KaTeX sets it; its output is HTML already."""
    (result,) = engine.set([Formula(tex.strip("$"), False, {})])
    return escape(tex) if isinstance(result, Failure) else Markup(result)
