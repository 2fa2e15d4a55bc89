"""Problems as text, for editors and for GitHub."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from notesite.errors import Problem

Format = Callable[[Problem, Path], str]


def as_text(problem: Problem, folder: Path) -> str:  # noqa: ARG001  # its paths are those of the notes folder
    """For reading."""
    return f"{problem} (hint)" if problem.hint else str(problem)


def for_editor(problem: Problem, folder: Path) -> str:
    """As compilers write it, so that editors jump to the line: `file:line:column: warning: message [code]`."""
    kind = "note" if problem.hint else "warning"
    return f"{(folder / problem.path).as_posix()}:{problem.line}:1: {kind}: {problem.message} [{problem.code}]"


def for_github(problem: Problem, folder: Path) -> str:
    """As GitHub Actions shows it beside the line."""
    kind = "notice" if problem.hint else "error"
    file = escaped((folder / problem.path).as_posix()).replace(":", "%3A").replace(",", "%2C")
    return f"::{kind} file={file},line={problem.line},title={problem.code}::{escaped(problem.message)}"


def escaped(text: str) -> str:
    """The text without signs that end a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


FORMATS: Final[Mapping[str, Format]] = {"text": as_text, "editor": for_editor, "github": for_github}
