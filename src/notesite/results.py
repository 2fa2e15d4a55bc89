"""What the dear steps gave in the build before, kept on disk; two processes share what is new, where it is much."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import repeat, zip_longest
from typing import Any, Final, get_type_hints

from msgspec import Raw

from notesite.build import filed, lexicon_of, written
from notesite.kept import Kept, digest, packed, unpacked, versions
from notesite.mentions import names_in
from notesite.once import Arguments, Once, Result
from notesite.processes import can_fork, in_two_processes
from notesite.view.text import summary
from notesite.vocabulary import said_in
from notesite.wording import wording

DEAR: Final[dict[Any, Any]] = {
    step: get_type_hints(step)["return"] for step in (lexicon_of, written, said_in, names_in, filed, summary, wording)
}
"""Steps that take several times as long as to read what they gave, and the type of that."""
FIRST: Final = 2
"""Calls whose time tells how long the others will take."""
WORTH: Final = 0.1
"""Seconds of work that are worth a second process, which takes 20 to 50 ms to start."""

Made = tuple[Result, bytes | None]
"""A result, and how it is kept; None for one that would not be the same again."""


class Results(Once):
    """Calls only steps whose results are not known; `close` it when a build has called all of them."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._called: set[str] = set()

    def each(self, function: Callable[[*Arguments], Result], calls: Sequence[tuple[str, *Arguments]]) -> list[Result]:
        """What the step gives for each of these arguments, or gave."""
        if function not in DEAR:
            return super().each(function, calls)
        step, kind = function.__name__, DEAR[function]
        names = [f"{step} {call[0]}" for call in calls]
        keys = dict(zip(names, keys_of(step, [call[1:] for call in calls]), strict=True))
        found: dict[str, Result] = self._kept.find_all({name: key for name, key in keys.items() if key}, kind)
        new = {name: call[1:] for name, call in zip(names, calls, strict=True) if name not in found}
        for name, (result, content) in zip(new, made(function, kind, list(new.values())), strict=True):
            found[name] = result
            if content is not None and (key := keys[name]):
                self._kept.keep(name, key, Raw(content))
        self._called.update(names)
        return [found[name] for name in names]

    def close(self) -> None:
        """Keep what this build has called, and nothing else."""
        self._kept.flush()
        self._kept.forget(lambda name: name not in self._called)
        self._kept.close()


def keys_of(step: str, calls: Sequence[tuple[object, ...]]) -> Iterator[str | None]:
    """Stands for all that goes into each result; None where that can't be told."""
    known: dict[int, str | None] = {}
    for arguments in calls:
        for argument in arguments:
            if id(argument) not in known:
                content = packed(argument)
                known[id(argument)] = None if content is None else digest(content)
        parts = [known[id(argument)] for argument in arguments]
        yield None if None in parts else digest(versions(), step, *parts)


def made(
    function: Callable[[*Arguments], Result], kind: type[Result], calls: Sequence[tuple[*Arguments]]
) -> list[Made[Result]]:
    """What the step gives for each of these arguments; every other one in a second process, where that is worth it."""

    def one(call: tuple[*Arguments]) -> Made[Result]:
        result = function(*call)
        content = packed(result)
        # What a type leaves open, such as front matter, may hold what can't be told from something else.
        return result, content if content is not None and unpacked(content, kind) == result else None

    begin = time.perf_counter()
    first, rest = [one(call) for call in calls[:FIRST]], calls[FIRST:]
    if (time.perf_counter() - begin) * len(rest) < WORTH * FIRST or not can_fork():
        return [*first, *map(one, rest)]
    other = rest[1::2]
    ours, theirs = in_two_processes(lambda: [one(call) for call in rest[::2]], lambda: [one(call)[1] for call in other])
    packed_others = zip(other, theirs or repeat(None), strict=False)
    others = [one(call) if content is None else (unpacked(content, kind), content) for call, content in packed_others]
    return [*first, *(each for pair in zip_longest(ours, others) for each in pair if each)]
