"""The files beside mkdocs.yml that keep what one build has made for the next one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click
from click.core import ParameterSource

FOLDER: Final = ".cache/notesite"


@dataclass(frozen=True, slots=True)
class Caches:
    """The paths of the caches."""

    formulas: Path
    """KaTeX's."""
    pages: Path
    """Pages that are finished, and what they are made of."""
    results: Path
    """Results of the steps that look at one source, section or note."""
    lock: Path
    """An empty file that is locked while a site is built."""


def caches(project: Path) -> Caches:
    """The caches of a project; they begin anew where the author gave the option `--clean`."""
    folder = project / FOLDER
    found = Caches(*(folder / f"{name}.sqlite" for name in ("formulas", "pages", "results", "building")))
    if asked_for_clean():
        for path in (found.formulas, found.pages, found.results):
            with suppress(OSError):
                path.unlink()
    return found


def asked_for_clean() -> bool:
    """Whether the option `--clean` was given; that MkDocs cleans by default does not count."""
    if (context := click.get_current_context(silent=True)) is None:
        return False
    given = {context.params.get(name): context.get_parameter_source(name) for name in ("clean", "build_type")}
    return ParameterSource.COMMANDLINE in (given.get(True), given.get("clean"))
