"""Report the formulas that KaTeX refuses; setting them fills the cache from which pages are rendered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from notesite.errors import Problem
from notesite.markdown.katex import Engine, Failure
from notesite.markdown.math import with_macros
from notesite.model import Formula, Section

SHOWN: Final = 60
"""Characters of a formula that a message shows."""
UNKNOWN: Final = re.compile(r"Undefined control sequence: (\\.+)")


def check_formulas(sections: Sequence[Section], engine: Engine) -> tuple[Problem, ...]:
    """A problem for each formula that KaTeX refuses; only one for all that use the same unknown command."""
    written = [(section, formula) for section in sections for formula in section.formulas]
    wanted = [
        formula
        for section in sections
        for formula in with_macros([(formula.tex, formula.display) for formula in section.formulas], {})
    ]
    refused = [
        (section, formula, result)
        for (section, formula), result in zip(written, engine.set(wanted), strict=True)
        if isinstance(result, Failure)
    ]
    commands = [UNKNOWN.fullmatch(failure.message) for _, _, failure in refused]
    times = Counter(command[1] for command in commands if command)
    problems: dict[object, Problem] = {}
    for (section, formula, failure), command in zip(refused, commands, strict=True):
        if command:
            problems.setdefault(command[1], unknown(section, formula, command[1], times[command[1]] - 1))
        else:
            problems[section.id, len(problems)] = problem(section, formula, failure)
    return tuple(problems.values())


def unknown(section: Section, formula: Formula, command: str, others: int) -> Problem:
    """The problem of a command that is defined nowhere; on a blog the page may define it for all posts."""
    where = f" and in {others} more {'formula' if others == 1 else 'formulas'}" if others else ""
    message = (
        f"`{command}` in `{shortened(formula)}`{where} is no command of KaTeX's; define it under `macros` in "
        "mkdocs.yml, or in the note with \\newcommand; it is shown as TeX"
    )
    return Problem(section.path, formula.line, "formula", message)


def problem(section: Section, formula: Formula, failure: Failure) -> Problem:
    """The problem of one formula, in KaTeX's words."""
    at = "" if failure.position is None else f" (at character {failure.position + 1})"
    message = f"formula `{shortened(formula)}` can't be set: {failure.message}{at}; it is shown as TeX"
    return Problem(section.path, formula.line, "formula", message)


def shortened(formula: Formula) -> str:
    """As much of a formula as a message shows."""
    tex = " ".join(formula.tex.split())
    return tex if len(tex) <= SHOWN else tex[:SHOWN] + "…"
