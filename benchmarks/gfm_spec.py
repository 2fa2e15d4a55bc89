"""How many examples of the CommonMark and GFM specifications come out right, all policies off.

usage: python benchmarks/gfm_spec.py [-v]

The specifications are fetched once: from the npm package commonmark-spec, and from marko's sources for GFM.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
from pathlib import Path

import markdown

from gfm_shape import normal

CACHE = Path(__file__).parent / ".spec_cache"
OFF = dict.fromkeys(["unknown_tags", "jekyll", "callouts", "link_lines", "repairs", "heading_ids"], False)
EXAMPLE = re.compile(r"^`{32} example( [^\n]+)?\n(.*?)^\.\n(.*?)^`{32}$", re.MULTILINE | re.DOTALL)


def main() -> int:
    verbose = "-v" in sys.argv
    for name, examples, html in (("CommonMark", commonmark(), "raw"), ("GFM extensions", gfm(), "gfm")):
        wrong = [(source, want) for source, want in examples if normal(render(source, html)) != normal(want)]
        right = len(examples) - len(wrong)
        print(f"{name}: {right} of {len(examples)} ({right / len(examples):.1%})")
        for source, want in wrong if verbose else ():
            print(f"--- {source!r}\n    want {want!r}\n    got  {render(source, html)!r}")
    return 0


def render(source: str, html: str) -> str:
    options = {"notesite.markdown.gfm": OFF | {"html": html}}
    return markdown.markdown(source, extensions=["notesite.markdown.gfm"], extension_configs=options)


def commonmark() -> list[tuple[str, str]]:
    archive = next(CACHE.glob("commonmark-spec-*.tgz"), None)
    if archive is None:
        CACHE.mkdir(exist_ok=True)
        subprocess.run(["npm", "pack", "commonmark-spec@0.31.2"], cwd=CACHE, check=True, capture_output=True)
        archive = next(CACHE.glob("commonmark-spec-*.tgz"))
    return examples(member(archive, "spec.txt"), extension=False)


def gfm() -> list[tuple[str, str]]:
    archive = next(CACHE.glob("marko-*.tar.gz"), None)
    if archive is None:
        CACHE.mkdir(exist_ok=True)
        fetch = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-binary", "marko", "marko==2.2.4"]
        subprocess.run(fetch, cwd=CACHE, check=True, capture_output=True)
        archive = next(CACHE.glob("marko-*.tar.gz"))
    return examples(member(archive, "tests/spec/gfm.txt"), extension=True)


def examples(text: str, *, extension: bool) -> list[tuple[str, str]]:
    """Source and HTML of the examples that are marked as an extension's, or of those that are not."""
    text = text.replace("→", "\t")
    return [(source, html) for marker, source, html in EXAMPLE.findall(text) if bool(marker) == extension]


def member(archive: Path, end: str) -> str:
    with tarfile.open(archive) as files:
        name = next(name for name in files.getnames() if name.endswith(end))
        extracted = files.extractfile(name)
        return extracted.read().decode() if extracted else ""


if __name__ == "__main__":
    sys.exit(main())
