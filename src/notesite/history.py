"""What git knows of the notes: for each line the day on which it was committed. The only module that runs git.

The whole history is read once, as changes to the main line from the first commit on, and played back. That tells what
`git blame` does, for all files at the price of 15: 3,000 commits to 1,000 files take 1.2 s of CPU, blaming each 80.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from threading import Timer
from typing import Final

from notesite.dates import NO_HISTORY, DatedLine, History
from notesite.encoding import decode
from notesite.errors import Problem
from notesite.read import printable

PATIENCE: Final = 30.0
"""Seconds for the whole history: that of some 50,000 commits."""
QUIET: Final = ("-c", "core.fsmonitor=false", "-c", "log.showRoot=true", "-c", "core.quotePath=true", "--no-pager")
LOG: Final = (
    "--first-parent", "--diff-merges=first-parent", "--reverse", "--format=%x00%as", "--patch", "--unified=0",
    "--inter-hunk-context=0", "--find-renames", "--text", "--no-color", "--no-ext-diff", "--no-textconv",
    "--no-show-signature", "--no-relative", "--no-notes", "--src-prefix=a/", "--dst-prefix=b/", "--submodule=short",
)  # fmt: skip
"""Options for a plain log that no configuration changes, and for which git runs no other program."""
NOTES: Final = (":(top,icase)*.md", ":(top,icase)*.markdown")
"""In the whole repository, for notes are moved into their folder."""
CLEAN: Final = {
    "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none",
    "LC_ALL": "C",
}  # fmt: skip
"""Variables by which git writes, asks and fetches nothing."""
OWN: Final = frozenset({"GIT_CEILING_DIRECTORIES", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_SYSTEM"})
"""Git's own variables that are kept; others, which a git hook sets, may name another repository."""
HUNK: Final = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
DATE: Final = re.compile(rb"\x00(\d{4}-\d\d-\d\d)$")

Lines = list[tuple[bytes, str]]


def read_history(folder: Path) -> History:
    """The history of the notes below `folder`, as far as it is committed; empty where there is no git to ask."""
    try:
        told = run("-C", str(folder), "rev-parse", "--is-shallow-repository", "--show-prefix", "HEAD")
    except (OSError, subprocess.TimeoutExpired):
        return NO_HISTORY
    if told.returncode:
        return no_history(told.stderr) if b"dubious ownership" in told.stderr else NO_HISTORY
    shallow, *prefix, head = os.fsdecode(told.stdout).removesuffix("\n").split("\n")
    if shallow == "true":
        message = "this clone is shallow, so notes without a date of their own have none; fetch all of it"
        return History(problems=(hint(message + " (`fetch-depth: 0` for actions/checkout, `git fetch --unshallow`)"),))
    return committed(folder, "\n".join(prefix), head)


@lru_cache(maxsize=1)
def committed(folder: Path, prefix: str, head: str) -> History:
    """The lines of all notes below `prefix` at the commit `head`."""
    with subprocess.Popen(
        ("git", *QUIET, "-C", str(folder), "log", *LOG, head, "--", *NOTES),
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as git:
        assert git.stdout
        too_long = Timer(PATIENCE, git.kill)
        too_long.start()
        try:
            files = played_back(git.stdout)
            git.wait()
        finally:
            too_long.cancel()
    return History(texts(files, prefix)) if git.returncode == 0 else no_history(b"its log is cut short")


def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run git with these arguments."""
    return subprocess.run(
        ("git", *QUIET, *arguments),
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )


def environment() -> dict[str, str]:
    """Variables for git."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name in OWN} | CLEAN


def no_history(said: bytes) -> History:
    """A hint with what git said."""
    reason = said.decode(errors="replace").strip().partition("\n")[0]
    return History(problems=(hint(f"git can't tell how old notes are ({reason}); those without a date have none"),))


def hint(message: str) -> Problem:
    """Advice about the repository."""
    return Problem(".git", 1, "git", message, hint=True)


def played_back(log: Iterable[bytes]) -> dict[bytes, Lines]:
    """The lines of each file after the last commit, each with the date of the commit that it came with."""
    stream = iter(log)
    files: dict[bytes, Lines] = {}
    after: dict[bytes, Lines | None] = {}
    date, old, new = "", b"", b""
    for line in stream:
        if line.startswith(b"\0"):
            commit(after, files)
            date = stated[1].decode() if (stated := DATE.match(line.rstrip())) else ""
        elif line.startswith((b"--- ", b"rename from ")):
            old = path(line)
            after.setdefault(old, None)
        elif line.startswith((b"+++ ", b"rename to ")):
            if new := path(line):
                after[new] = list(files.get(old, ()))
        elif hunk := HUNK.match(line):
            change(after.get(new), hunk, date, stream)
    commit(after, files)
    return files


def commit(after: dict[bytes, Lines | None], files: dict[bytes, Lines]) -> None:
    """Change the files as a commit did; `after` is emptied for the next one."""
    for name, lines in after.items():
        if lines is None:
            files.pop(name, None)
        else:
            files[name] = lines
    after.clear()


def path(line: bytes) -> bytes:
    """The path in a line of a patch's header; empty for a file that was not, or is no longer, there."""
    kind, _, name = line.removesuffix(b"\n").removesuffix(b"\t").partition(b" ")
    if kind == b"rename":
        name = name.partition(b" ")[2]
    if name.startswith(b'"'):  # with escapes as in C, which are Python's, too
        name = ast.literal_eval(f"b{name.decode('ascii')}")
    if kind == b"rename":
        return name
    return b"" if name == b"/dev/null" else name[2:]


def change(lines: Lines | None, hunk: re.Match[bytes], date: str, stream: Iterator[bytes]) -> None:
    """Put the lines that a hunk adds in the place of those that it removes; earlier hunks are in `lines` already."""
    removed, added = int(hunk[1] or 1), int(hunk[3] or 1)
    at = int(hunk[2]) - (added > 0)
    new = [(line[1:], date) for line in body(stream, removed + added) if line.startswith(b"+")]
    if lines is not None:
        lines[at : at + removed] = new


def body(stream: Iterator[bytes], count: int) -> Iterator[bytes]:
    """The next lines of a patch, as many as its hunk says, without the remark that a file ends without line end."""
    while count and (line := next(stream, b"")):
        if not line.startswith(b"\\"):
            count -= 1
            yield line


def texts(files: Mapping[bytes, Lines], prefix: str) -> dict[str, tuple[DatedLine, ...]]:
    """The files below a folder by their paths from there, as text; dates that make no sense are left out."""
    found: dict[str, tuple[DatedLine, ...]] = {}
    for name, lines in files.items():
        shown = os.fsdecode(name)
        if shown.startswith(prefix):
            text, _ = decode(shown, b"\n".join(raw.rstrip(b"\r\n").replace(b"\r", b" ") for raw, _ in lines))
            dates = (date or None for _, date in lines)
            found[printable(shown.removeprefix(prefix))] = tuple(zip(text.split("\n"), dates, strict=False))
    return found
