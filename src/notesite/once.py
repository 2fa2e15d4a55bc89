"""How the steps call what looks at one source, section or note: anew each time, unless a build is given a memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar, TypeVarTuple

Arguments = TypeVarTuple("Arguments")
Result = TypeVar("Result")


class Once:
    """Calls functions of their arguments alone; those that derive from it give what such a call gave before."""

    def each(self, function: Callable[[*Arguments], Result], calls: Sequence[tuple[str, *Arguments]]) -> list[Result]:
        """What the function gives for each of these arguments.

        Before them stands what they are of, such as the path of a source: each once in a build for each function.
        """
        return [function(*call[1:]) for call in calls]

    def __call__(self, function: Callable[[*Arguments], Result], name: str, *arguments: *Arguments) -> Result:
        """The same for a single call."""
        return self.each(function, [(name, *arguments)])[0]


def itself(value: Result) -> Result:
    """The value; through a memory the one of the build before where that is equal."""
    return value


anew = Once()
"""Calls them whatever they gave before."""
