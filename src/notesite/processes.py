"""Half of the work in a second process, where the system lets one fork."""

from __future__ import annotations

import os
import pickle
import sys
import threading
from collections.abc import Callable
from typing import TypeVar

Ours = TypeVar("Ours")
Theirs = TypeVar("Theirs")


def can_fork() -> bool:
    """Whether a second process can do a part: a fork has no threads, and locks that others hold stay locked in it."""
    return sys.platform == "linux" and (os.cpu_count() or 1) > 1 and threading.active_count() == 1


def in_two_processes(ours: Callable[[], Ours], theirs: Callable[[], Theirs]) -> tuple[Ours, Theirs | None]:
    """What both pieces of work give; `theirs` is done in a process of its own.

    It gives None where that process fails: what made it fail will be seen when the work is done here.
    """
    here, there = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            os.close(here)
            with os.fdopen(there, "wb") as pipe:
                pickle.dump(theirs(), pipe)
        finally:
            os._exit(0)
    os.close(there)
    try:
        found = ours()
    finally:
        with os.fdopen(here, "rb") as pipe:
            content = pipe.read()
        os.waitpid(process, 0)
    try:
        return found, pickle.loads(content)
    except (EOFError, pickle.UnpicklingError):
        return found, None
