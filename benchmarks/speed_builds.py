"""Builds of the same notes by notesite, MkDocs with Material, Hugo and Zensical, side by side: cold and after a change.

    python benchmarks/speed_builds.py 1000 --hugo path/to/hugo --zensical path/to/zensical

Every tool builds a folder with one note to a file; notesite also the same notes packed 25 to a file. Hugo sets formulas
with KaTeX when it builds, Material and Zensical leave them to the browser. The rounds are interleaved, so that all
tools meet the same moods of the machine: compare ratios, not seconds.
"""

from __future__ import annotations

import argparse
import os
import resource
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
    """Seconds of one build."""

    wall: float
    cpu: float


def tools(hugo: str | None, zensical: str | None) -> Iterator[Tool]:
    ours = {"mkdocs.yml": THEME + "plugins: [search, notesite]\nmarkdown_extensions: [{toc: {permalink: true}}]\n"}
    yield Tool("notesite, packed", MKDOCS, "docs", ours, packed=True)
    yield Tool("notesite", MKDOCS, "docs", ours)
    material = {"mkdocs.yml": THEME + TOPICS_ONLY, "docs/index.md": "# Notes\n"}
    yield Tool("Material, topics only", MKDOCS, "docs", material)
    if hugo:
        yield Tool("Hugo with KaTeX", (hugo, "--quiet", "--cacheDir", "resources"), "content", HUGO)
    if zensical:
        yield Tool("Zensical", (zensical, "build"), "docs", material)


def prepare(tool: Tool, folder: Path, count: int) -> None:
    (write_packed if tool.packed else write_single)(folder / tool.notes, count)
    for name, text in tool.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def run(tool: Tool, folder: Path) -> Run:
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    command = [part if part != "resources" else str(folder / part) for part in tool.command]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{tool.name}: {done.stdout}{done.stderr}")
    wall, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(wall, cpu)


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
    options.add_argument("count", type=int, nargs="?", default=200)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--hugo")
    options.add_argument("--zensical")
    given = options.parse_args()
    chosen = list(tools(given.hugo, given.zensical))
    with tempfile.TemporaryDirectory() as base:
        runs = measure(chosen, Path(base), given.count, given.rounds)
    print(f"{given.count} notes, medians of {given.rounds} rounds (least to most), CPU s, wall s")
    for (name, kind), found in runs.items():
        walls, cpus = [run.wall for run in found], [run.cpu for run in found]
        spread = f"({min(cpus):.2f} to {max(cpus):.2f})"
        print(f"{name:24}{kind:8}CPU {median(cpus):6.2f} {spread:18} wall {median(walls):6.2f}")


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
