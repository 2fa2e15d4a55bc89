"""KaTeX in V8: sets formulas as HTML with MathML, and remembers on disk what it has set."""

from __future__ import annotations

import atexit
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from py_mini_racer import JSOOMException, JSTimeoutException, MiniRacer

from notesite.errors import NotesiteError
from notesite.markdown.macros import COMMON
from notesite.store import Store

VENDOR: Final = Path(__file__).parent.parent / "site" / "vendor" / "katex"
"""KaTeX's files, put there when notesite is built or installed for development."""
STYLE: Final = VENDOR.parent.parent / "math.css"
"""What a page needs beyond KaTeX's own style sheet."""

OPTIONS: Final[Mapping[str, object]] = {"throwOnError": True, "strict": False, "maxSize": 50, "maxExpand": 1000}
"""KaTeX's options: a rule of 1000em or a macro that calls itself is refused, bad style is not."""

SECONDS: Final = 2.0
"""Time for one formula; the slowest of 4,900 measured takes 0.02 s."""
BYTES: Final = 512 * 2**20
"""Memory for V8; setting 4,900 formulas takes 60 MB."""
BATCH: Final = 100
"""Formulas per call into V8: a call costs as much as three formulas."""

_SCRIPT: Final = """
const notesite = {
  options: null,
  start(options, macros) {
    this.options = options;
    for (const [name, body] of Object.entries(macros)) katex.__defineMacro(name, body);
  },
  link(context) {
    return context.command !== "\\\\includegraphics" && ["http", "https", "mailto"].includes(context.protocol);
  },
  set([tex, displayMode, macros]) {
    try {
      return katex.renderToString(tex, {...this.options, displayMode, macros, trust: this.link});
    } catch (error) {
      return {message: error.rawMessage || String(error), position: error.position ?? null};
    }
  },
};
"""
_REFERENCES: Final = ("\\eqref", "\\ref", "\\cref", "\\autoref")


@dataclass(frozen=True, slots=True)
class Formula:
    """What is to be set."""

    tex: str
    display: bool
    macros: Mapping[str, str]
    """Macros of its note, in addition to the engine's."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A formula that KaTeX refuses, and why."""

    tex: str
    display: bool
    message: str
    position: int | None
    """0-based offset in `tex`, where KaTeX gives one."""


class ForkedError(RuntimeError):
    """A formula would have to be set in a fork of the process, in which V8 does not work."""


class Engine:
    """KaTeX, started when the first formula is not in the cache; a `with` closes it."""

    def __init__(self, cache: Path | None = None, macros: Mapping[str, str] | None = None) -> None:
        self._macros = {**COMMON, **(macros or {})}
        self._cache = Store(cache) if cache else None
        self._v8: MiniRacer | None = None
        self._process = os.getpid()

    def __repr__(self) -> str:
        """What decides how formulas look, besides the version of KaTeX."""
        return f"Engine({self._macros})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End V8 and let go of the cache; the next formula starts them again."""
        self._stop()
        if self._cache:
            self._cache.close()

    def set(self, formulas: Sequence[Formula]) -> list[str | Failure]:
        """Each formula's HTML, or why KaTeX refuses it."""
        keys = [self._key(formula) for formula in formulas]
        known = {key: text.decode() for key, text in self._cache.get(keys).items()} if self._cache else {}
        new = {key: formula for key, formula in zip(keys, formulas, strict=True) if key not in known}
        rendered = dict(zip(new, self._render(list(new.values())), strict=True))
        if self._cache:
            # Whether there was time enough says nothing about the next build.
            self._cache.put({key: result.encode() for key, result in rendered.items() if isinstance(result, str)})
        results = {**known, **rendered}
        return [_result(formula, results[key]) for key, formula in zip(keys, formulas, strict=True)]

    def _key(self, formula: Formula) -> str:
        parts = [_digest(), OPTIONS, self._macros, dict(formula.macros), formula.display, formula.tex]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def _render(self, formulas: Sequence[Formula]) -> list[str | Failure]:
        """KaTeX's results as JSON, the HTML or a message with its position; a failure where a limit is met."""
        batches = (formulas[at : at + BATCH] for at in range(0, len(formulas), BATCH))
        return [result for batch in batches for result in self._batch(batch)]

    def _batch(self, formulas: Sequence[Formula]) -> list[str | Failure]:
        requests = [[formula.tex, formula.display, dict(formula.macros)] for formula in formulas]
        try:
            # One formula's time for all of them: they take a fiftieth of it, and if they do not, each gets its own.
            results: list[Any] = self._start().execute(
                f"{json.dumps(requests)}.map(request => notesite.set(request))", timeout_sec=SECONDS
            )
        except (JSTimeoutException, JSOOMException) as error:
            if isinstance(error, JSOOMException):
                self._stop()
            if len(formulas) > 1:
                return [result for formula in formulas for result in self._batch([formula])]
            return [Failure(formulas[0].tex, formulas[0].display, _gave_up(error), None)]
        return [json.dumps(result) for result in results]

    def _start(self) -> MiniRacer:
        if os.getpid() != self._process:
            raise ForkedError
        if self._v8 is None:
            # In a thread of its own, V8 takes no part in an event loop that the caller may run.
            with ThreadPoolExecutor(1) as thread:
                self._v8 = thread.submit(MiniRacer).result()
            self._v8.set_hard_memory_limit(BYTES)
            self._v8.eval(_katex())
            self._v8.eval(_SCRIPT)
            self._v8.eval(f"notesite.start({json.dumps(OPTIONS)}, {json.dumps(self._macros)})")
        return self._v8

    def _stop(self) -> None:
        if self._v8:
            self._v8.close()
        self._v8 = None


@cache
def shared_engine() -> Engine:
    """The engine, without a cache, for pages that are given none; it ends with the process."""
    engine = Engine()
    atexit.register(engine.close)
    return engine


def assets() -> dict[str, Path]:
    """What a page with formulas loads, by path below one folder of the site.

    Two style sheets with their fonts, and a script that is needed only for copying formulas as TeX.
    """
    files = [VENDOR / "katex.min.css", VENDOR / "copy-tex.min.js", *sorted(VENDOR.glob("fonts/*.woff2"))]
    return {file.relative_to(VENDOR).as_posix(): file for file in files} | {STYLE.name: STYLE}


@cache
def _katex() -> str:
    r"""KaTeX with its commands for chemistry, `\ce` and `\pu`."""
    try:
        return "\n".join((VENDOR / name).read_text(encoding="utf-8") for name in ("katex.min.js", "mhchem.min.js"))
    except FileNotFoundError:
        message = "KaTeX is missing from this copy of notesite: install it with pip, which fetches KaTeX"
        raise NotesiteError(message) from None


@cache
def _digest() -> str:
    """A hash of KaTeX and of the script that calls it, for keys of the cache."""
    return hashlib.sha256((_katex() + _SCRIPT).encode()).hexdigest()


def _gave_up(error: Exception) -> str:
    limit = f"{SECONDS:g} seconds" if isinstance(error, JSTimeoutException) else f"{BYTES // 2**20} MB"
    return f"Setting this formula takes more than {limit}"


def _result(formula: Formula, result: str | Failure) -> str | Failure:
    if isinstance(result, Failure):
        return result
    value = json.loads(result)
    if isinstance(value, str):
        return value
    return Failure(formula.tex, formula.display, _clear(value["message"]), value["position"])


def _clear(message: str) -> str:
    """KaTeX's message, with what to do where that is not obvious."""
    command = message.removeprefix("Undefined control sequence: ")
    if command in _REFERENCES:
        return f"{command} has nothing to refer to, as equations are not numbered here: name the equation in words"
    return message
