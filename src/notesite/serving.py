"""What makes a change show at once while serving: looking often, and not doing again what the last build did."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Final

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from mkdocs.livereload import LiveReloadServer
from watchdog.observers.polling import PollingObserver
from watchdog.utils.dirsnapshot import DirectorySnapshot

from notesite.model import Section, Source

SETTLED: Final = 0.03
"""Seconds without another change before a build begins; editors write a file in a few milliseconds. MkDocs: 0.1."""
OFTEN: Final = 0.05
SHARE: Final = 0.05
"""The folder is looked at every OFTEN seconds, but for no more than this share of the time; MkDocs looks every 0.5 s.
Looking finds changes on network drives and in containers, too, which systems do not report. 1,000 files take 10 ms."""

Split = Callable[[Source], tuple[Section, ...]]


def look_often(server: LiveReloadServer, folder: str, others: Iterable[str]) -> None:
    """Let the server look at what it watches as often as the size of `folder` allows."""
    begin = time.perf_counter()
    DirectorySnapshot(folder)
    taken = time.perf_counter() - begin
    watched = [path for path in (folder, *others) if was_watched(server, path)]
    server.observer = PollingObserver(timeout=max(OFTEN, taken / SHARE))
    server.build_delay = SETTLED
    for path in watched:
        server.watch(path)


def was_watched(server: LiveReloadServer, path: str) -> bool:
    """Take a path from what is watched; whether it was."""
    with suppress(KeyError):
        server.unwatch(path)
        return True
    return False


class Compiled(BytecodeCache):
    """Templates compiled once for all builds of a process: a third of the time that a small site takes."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """A template's code, if its text is still the same."""
        if code := self._code.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code."""
        self._code[bucket.key] = bucket.bytecode_to_string()


def remembering(split: Split) -> Split:
    """The same function, which does not do again what it did for the source the last time."""
    last: dict[str, tuple[Source, tuple[Section, ...]]] = {}

    def split_if_changed(source: Source) -> tuple[Section, ...]:
        known = last.get(source.path)
        if known is None or known[0] != source:
            known = last[source.path] = source, split(source)
        return known[1]

    return split_if_changed
