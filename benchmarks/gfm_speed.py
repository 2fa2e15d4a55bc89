"""CPU time of a page of 200 words, against Python-Markdown's own parser with the same extensions.

usage: python benchmarks/gfm_speed.py
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import markdown

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
EXTENSIONS = ["toc", "tables", "admonition", "attr_list", "footnotes", "md_in_html", "pymdownx.details"]
EXTENSIONS += ["pymdownx.superfences", "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.tasklist"]
WORDS, ROUNDS = 200, 15


def main() -> int:
    """Print milliseconds a page for both, best of some rounds."""
    pages = [page for path in sorted(SEEDS.glob("*.md")) for page in cut(path.read_text("utf-8"))]
    rounds = [(seconds(pages, []), seconds(pages, ["notesite.markdown.gfm"])) for _ in range(ROUNDS)]
    plain, ours = (min(times) / len(pages) for times in zip(*rounds, strict=True))
    print(f"{len(pages)} pages: plain {plain * 1e3:.2f} ms, gfm {ours * 1e3:.2f} ms, ratio {ours / plain:.2f}")
    return 0


def cut(text: str) -> list[str]:
    """Cut a text into pages of about 200 words."""
    pages, lines = [], []
    for line in text.split("\n"):
        lines.append(line)
        if sum(len(kept.split()) for kept in lines) >= WORDS:
            pages.append("\n".join(lines))
            lines = []
    return pages


def seconds(pages: list[str], added: list[str]) -> float:
    """Render every page once, each with an instance of its own, as MkDocs does."""
    start = time.process_time()
    for page in pages:
        markdown.markdown(page, extensions=EXTENSIONS + added)
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
