"""Questions to the author, where there is one to ask."""

from __future__ import annotations

import sys


def is_terminal() -> bool:
    """Whether somebody sees what is printed and can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def answer(question: str) -> str:
    """What is typed, in lower case; empty where the input ends instead."""
    try:
        return input(question).strip().casefold()
    except EOFError:
        print()
        return ""
