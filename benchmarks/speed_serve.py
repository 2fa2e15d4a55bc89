"""Seconds from saving a note until a server shows it, side by side: notesite, MkDocs with Material, Hugo, Zensical.

python benchmarks/speed_serve.py 200 --hugo path/to/hugo --zensical path/to/zensical
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

from speed_builds import Tool, prepare, tools

STEP: Final = 0.01
"""Seconds between two looks at the page."""
PATIENCE: Final = 120.0


def arguments(tool: Tool, port: int) -> list[str]:
    if tool.name.startswith("Hugo"):
        return [tool.command[0], "server", "--quiet", "--port", str(port), "--bind", "127.0.0.1"]
    start = [tool.command[0]] if tool.name == "Zensical" else list(tool.command[:3])
    return [*start, "serve", "-a", f"127.0.0.1:{port}"]


def wait_for(url: str, text: str) -> float:
    begin = time.perf_counter()
    while time.perf_counter() - begin < PATIENCE:
        try:
            with urlopen(url, timeout=PATIENCE) as answer:
                if text in answer.read().decode():
                    return time.perf_counter() - begin
        except (URLError, ConnectionError):
            pass
        time.sleep(STEP)
    sys.exit(f"{url} does not come to show {text!r}")


def edits(tool: Tool, folder: Path, count: int, rounds: int) -> list[float]:
    prepare(tool, folder, count)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    note = min((folder / tool.notes).rglob("*-*.md"))
    text = note.read_text(encoding="utf-8")
    if tool.name.startswith("notesite"):
        title = next(line for line in text.splitlines() if line.startswith(("title:", "## ")))
        words = "".join(part if part.isalnum() else " " for part in title.removeprefix("title:")).lower().split()
        url = f"http://127.0.0.1:{port}/notes/{'-'.join(words)}/"
    else:
        url = f"http://127.0.0.1:{port}/{note.relative_to(folder / tool.notes).with_suffix('').as_posix()}/"
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(arguments(tool, port), cwd=folder, env=environment, stdout=quiet, stderr=quiet)
    try:
        wait_for(url, "<")
        return [edit(note, text, url, number) for number in range(rounds)]
    finally:
        server.terminate()
        server.wait()


def edit(note: Path, text: str, url: str, number: int) -> float:
    time.sleep(2)  # The server is at rest.
    mark = f"Marked{number}."
    first, behind, rest = text.partition("\n\n## ")
    second, more, last = rest.partition("\n\n## ")
    changed = f"{first}{behind}{second}\n\n{mark}{more}{last}" if behind else f"{text}\n{mark}\n"
    note.write_text(changed, encoding="utf-8")
    return wait_for(url, mark)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("count", type=int, nargs="?", default=200)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--hugo")
    options.add_argument("--zensical")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as base:
        for tool in tools(given.hugo, given.zensical):
            found = edits(tool, Path(base) / tool.name, given.count, given.rounds)
            print(f"{tool.name:24}{median(found):6.2f} s ({min(found):.2f} to {max(found):.2f})", flush=True)


if __name__ == "__main__":
    main()
