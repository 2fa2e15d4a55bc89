"""What makes a change show at once while serving: looking often, and not doing again what the last build did."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any, Final
from wsgiref.types import StartResponse, WSGIEnvironment

from mkdocs.livereload import LiveReloadServer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingEmitter
from watchdog.utils.dirsnapshot import DirectorySnapshot

from notesite.build import Options
from notesite.compose import Materials
from notesite.foreign import Targets
from notesite.identify import Stated
from notesite.model import Addresses, Source
from notesite.once import Arguments, Once, Result, anew
from notesite.publish import write

SETTLED: Final = 0.03
"""Seconds without another change before a build begins; editors write a file in a few milliseconds. MkDocs: 0.1."""
OFTEN: Final = 0.05
SHARE: Final = 0.05
"""The folder is looked at every OFTEN seconds, but for no more than this share of the time; MkDocs looks every 0.5 s.
Looking finds changes on network drives and in containers, too, which systems do not report. 1,000 files take 10 ms."""

WHOLE: Final = (str, bytes, Source, Targets, Stated, Options, Addresses, Materials)
"""What is equal only where all that is made of it is: a source has its front matter in its text, too."""

Calls = dict[tuple[object, str], tuple[tuple[Any, ...], Any]]
"""By function and by what it looked at, the arguments and the result."""


def look_often(server: LiveReloadServer, folder: str, others: Iterable[str]) -> None:
    """Let the server look at what it watches as often as the size of `folder` allows."""
    begin = time.perf_counter()
    DirectorySnapshot(folder)
    taken = time.perf_counter() - begin
    watched = [path for path in (folder, *others) if was_watched(server, path)]
    server.observer = BaseObserver(PatientEmitter, timeout=max(OFTEN, taken / SHARE))  # type: ignore[assignment]
    server.build_delay = SETTLED
    for path in watched:
        server.watch(path)


class PatientEmitter(PollingEmitter):
    """Goes on looking at what is not there for a while: a folder taken away and put back, a file saved by renaming."""

    def queue_events(self, timeout: float) -> None:
        """Look once, when there is something to look at."""
        if not self.stopped_event.wait(timeout) and os.path.exists(self.watch.path):
            super().queue_events(0)


def was_watched(server: LiveReloadServer, path: str) -> bool:
    """Take a path from what is watched; whether it was."""
    with suppress(KeyError):
        server.unwatch(path)
        return True
    return False


class Awaited:
    """Files below one folder of a served site that no build makes: the first request for one does."""

    def __init__(self, server: LiveReloadServer, folder: str) -> None:
        self._make: Callable[[], Mapping[str, str]] = dict
        self._root, self._folder = Path(server.root), f"/{folder}/"
        self._lock = Lock()
        self._answer = server.get_app() or server.serve_request
        server.set_app(self.answer)

    def put_off(self, make: Callable[[], Mapping[str, str]]) -> None:
        """Have the files made by `make`, which gives them by path, when one is asked for."""
        with self._lock:
            self._make = make

    def answer(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """What the server answers to a request."""
        if self._folder in environ["PATH_INFO"]:
            with self._lock:
                for path, content in self._make().items():
                    write(self._root / path, content.encode())
                self._make = dict
        return self._answer(environ, start)


class Memory:
    """What the steps of the last build found out, for the next one."""

    def __init__(self) -> None:
        self._last: Calls = {}

    def for_a_build(self, first: Once = anew) -> Once:
        """Calls only functions that were not called with the same arguments in the build before.

        The first build calls them as `first` does.
        """
        before, self._last = self._last, {}
        return Remembered(before, self._last, anew if before else first)


class Remembered(Once):
    """Calls only functions that were not called with the same arguments `before`; `now` learns of all calls."""

    def __init__(self, before: Calls, now: Calls, others: Once) -> None:
        self._before, self._now, self._others = before, now, others

    def each(self, function: Callable[[*Arguments], Result], calls: Sequence[tuple[str, *Arguments]]) -> list[Result]:
        """What the function gives for each of these arguments, or gave."""
        new = [call for call in calls if not self._is_known(function, call)]
        for call, result in zip(new, self._others.each(function, new), strict=True):
            self._now[function, call[0]] = call[1:], result
        return [self._now[function, call[0]][1] for call in calls]

    def _is_known(self, function: object, call: Sequence[Any]) -> bool:
        known = self._before.get((function, call[0]))
        if known is None or not all(map(alike, known[0], call[1:])):
            return False
        self._now[function, call[0]] = known
        return True


def alike(one: object, other: object) -> bool:
    """Whether two arguments are one, or equal in all that can be made of them.

    Equality is not enough where there is front matter: the year 2017 equals 2017.0, and the one shown is another.
    """
    if isinstance(one, tuple) and isinstance(other, tuple):
        return one is other or (len(one) == len(other) and all(map(alike, one, other)))
    return one is other or (isinstance(other, WHOLE) and one == other)
