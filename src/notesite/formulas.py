"""Set every formula once: problems with the line of the author's note, and a cache that pages are rendered from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from notesite.errors import Problem
from notesite.markdown.katex import Engine, Failure
from notesite.markdown.math import with_macros
from notesite.model import Formula, Section

SHOWN: Final = 60
"""Characters of a formula that a message shows."""


def check_formulas(sections: Sequence[Section], engine: Engine) -> tuple[Problem, ...]:
    """A problem for each formula that KaTeX refuses."""
    written = [(section, formula) for section in sections for formula in section.formulas]
    wanted = [
        formula
        for section in sections
        for formula in with_macros([(formula.tex, formula.display) for formula in section.formulas], {})
    ]
    results = engine.set(wanted)
    return tuple(
        problem(section, formula, result)
        for (section, formula), result in zip(written, results, strict=True)
        if isinstance(result, Failure)
    )


def problem(section: Section, formula: Formula, failure: Failure) -> Problem:
    """What KaTeX says of a formula, where it stands."""
    tex = " ".join(formula.tex.split())
    shown = tex if len(tex) <= SHOWN else tex[:SHOWN] + "…"
    at = "" if failure.position is None else f" (at character {failure.position + 1})"
    message = f"formula `{shown}` can't be set: {failure.message}{at}; it is shown as TeX"
    return Problem(section.path, formula.line, "formula", message)
