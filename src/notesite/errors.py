"""The one error for a mistake of the user's: where it is, what is wrong and what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something in the notes that the author should look at; the site is built all the same."""

    path: str
    """The file, relative to the notes folder, with forward slashes."""
    line: int
    """1-based line in that file."""
    code: str
    """A short stable name for this kind of problem, such as `front-matter`."""
    message: str
    """What is wrong and what to do, in one sentence."""
    hint: bool = False
    """Advice only: `notesite check` shows it, a build is not stopped by it."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


def unwritten(error: OSError, otherwise: object) -> str:
    """What could not be written, and why: a file where the system names it; of two, the one that was to be made."""
    return f"{error.filename2 or error.filename or otherwise}: can't be written: {error.strerror or error}"


class NotesiteError(Exception):
    """A mistake of the user's that leaves nothing to build, such as a folder that does not exist."""
