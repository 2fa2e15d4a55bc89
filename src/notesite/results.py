"""What the dear steps gave in the build before, on disk: each under a digest of all that it was made of.

It is read as data of the type that the step gives and as nothing else, for it may have come with the notes.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from typing import Any, Final, get_type_hints

from msgspec import DecodeError, MsgspecError, Raw
from msgspec.msgpack import Decoder, encode

from notesite.build import filed, lexicon_of, written
from notesite.kept import packed, versions
from notesite.mentions import names_in
from notesite.once import Arguments, Result
from notesite.store import Store
from notesite.view.text import summary
from notesite.vocabulary import said_in
from notesite.wording import wording

DEAR: Final = (lexicon_of, written, said_in, names_in, filed, summary, wording)
"""Steps that take several times as long as to read what they gave."""

Row = dict[str, tuple[bytes, Raw]]
"""What is known of one source: by step and name, the digest and the result."""


_ROW: Final = Decoder(Row)
_READ: Final[dict[Any, Callable[[Raw], Any]]] = {step: Decoder(get_type_hints(step)["return"]).decode for step in DEAR}


class Results:
    """Calls only steps whose results are not known; to be saved when a build has called all of them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._now: defaultdict[str, Row] = defaultdict(dict)
        self._made: dict[int, tuple[object, bytes]] = {}
        """Results by their identity, with their digests: other steps are given them."""

    def once(self, function: Callable[[*Arguments], Result], name: str, *arguments: *Arguments) -> Result:
        """Call the step, or give what it gave."""
        if (read := _READ.get(function)) is None or (key := self._key(function.__name__, arguments)) is None:
            return function(*arguments)
        row, what = name.rpartition(":")[0] or name, f"{function.__name__} {name}"
        known, found = self._before.get(row, {}).get(what, (b"", Raw()))
        result: Result | None = None
        if known == key:
            with suppress(DecodeError):
                result = read(found)
        if result is None:
            result = function(*arguments)
            new = packed(result)
            # What a type leaves open, such as front matter, may hold what can't be told from something else.
            if new is None or read(Raw(new)) != result:
                return result
            found = Raw(new)
        self._now[row][what] = key, found
        self._made[id(result)] = result, key
        return result

    def save(self) -> None:
        """Keep what this build has called, and nothing else."""
        before, now = self._before, self._now
        self._store.remove(before.keys() - now.keys())
        self._store.put({name: encode(row) for name, row in now.items() if digests(row) != digests(before.get(name))})
        self._store.close()

    @cached_property
    def _before(self) -> dict[str, Row]:
        return {name: as_row(row) for name, row in self._store.get(self._store.names()).items()}

    def _key(self, step: str, arguments: tuple[object, ...]) -> bytes | None:
        """Stands for all that goes into a result; None where that can't be told."""
        key = hashlib.blake2b(f"{versions()} {step}".encode(), digest_size=16)
        for argument in arguments:
            part = self._made[id(argument)][1] if id(argument) in self._made else packed(argument)
            if part is None:
                return None
            key.update(part)
        return key.digest()


def as_row(content: bytes) -> Row:
    """A row of the store; empty where it is none."""
    try:
        return _ROW.decode(content)
    except MsgspecError:
        return {}


def digests(row: Row | None) -> dict[str, bytes]:
    """What a row holds, without the results."""
    return {what: key for what, (key, _) in (row or {}).items()}
