"""How the steps call what looks at one source, section or note: anew each time, unless a build is given a memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar, TypeVarTuple

Arguments = TypeVarTuple("Arguments")
Result = TypeVar("Result")


class Once(Protocol):
    """How to call a function of these arguments alone."""

    def __call__(self, function: Callable[[*Arguments], Result], name: str, *arguments: *Arguments) -> Result:
        """Call it, or give what it gave before; `name` says what it looks at, once in a build for each function."""


def itself(value: Result) -> Result:
    """The value; through a memory the one of the build before where that is equal."""
    return value


def anew(function: Callable[[*Arguments], Result], name: str, *arguments: *Arguments) -> Result:  # noqa: ARG001
    """Call the function."""
    return function(*arguments)
