"""Compare pages with cmark-gfm, GitHub's own parser: list items at the right depth, equal blocks, words lost.

usage: python benchmarks/gfm_fidelity.py [--plain] [-v] [FOLDER ...]     (default: ../shared/seeds)

Policies are off, so that both show what GitHub shows; `--plain` measures Python-Markdown's own parser instead.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

import cmarkgfm
import markdown
from cmarkgfm.cmark import Options

from gfm_shape import blocks, items, words

OFF = {"html": "gfm", **dict.fromkeys(["link_lines", "repairs", "callouts", "jekyll", "unknown_tags"], False)}
PLAIN = ["toc", "tables", "fenced_code", "footnotes"]
_FOOTNOTE_LINK = re.compile(r"(?:&#160;)?<a [^>]*href=\"#fn.*?</a>")
"""Both number and link notes, in different words."""
SEEDS = Path(__file__).parents[2] / "shared" / "seeds"


def main() -> int:
    """Print one line for each page that differs, and the sums."""
    folders = [Path(name) for name in sys.argv[1:] if not name.startswith("-")] or [SEEDS]
    sums: Counter[str] = Counter()
    for path in sorted(page for folder in folders for page in folder.rglob("*.md")):
        text = without_front_matter(path.read_text("utf-8-sig", errors="replace").replace("\r\n", "\n"))
        row = compare(github(text), ours(text, plain="--plain" in sys.argv), verbose="-v" in sys.argv)
        sums += row
        if row["items"] != row["items right"] or row["blocks"] != row["blocks equal"] or row["words lost"]:
            print(path.name, dict(row))
    print("pages:", dict(sums))
    return 0


def compare(want: str, got: str, *, verbose: bool) -> Counter[str]:
    """Count what agrees; list what does not if `verbose`."""
    want, got = _FOOTNOTE_LINK.sub("", want), _FOOTNOTE_LINK.sub("", got)
    there, here = blocks(want), blocks(got)
    equal = sum(size for _, _, size in SequenceMatcher(None, there, here, autojunk=False).get_matching_blocks())
    for block in (Counter(there) - Counter(here)) if verbose else ():
        print("  missing:", block[:300])
    for block in (Counter(here) - Counter(there)) if verbose else ():
        print("  added:  ", block[:300])
    lost = Counter(words(want)) - Counter(words(got))
    if verbose and lost:
        print("  lost:   ", dict(lost))
    return Counter(
        {
            "items": len(items(want)),
            "items right": (Counter(items(want)) & Counter(items(got))).total(),
            "blocks": len(there),
            "blocks equal": equal,
            "words lost": lost.total(),
        }
    )


def github(text: str) -> str:
    """Render as GitHub does, before its sanitiser."""
    options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    return cmarkgfm.github_flavored_markdown_to_html(text, options)


def ours(text: str, *, plain: bool) -> str:
    """Render with this extension, or without it."""
    if plain:
        return markdown.markdown(text, extensions=PLAIN)
    options = {"notesite.markdown.gfm": OFF}
    return markdown.markdown(text, extensions=["notesite.markdown.gfm"], extension_configs=options)


def without_front_matter(text: str) -> str:
    """Drop the front matter, which a site generator has read before."""
    head, _, rest = text.partition("\n---\n")
    return rest if head.startswith("---\n") else text


if __name__ == "__main__":
    sys.exit(main())
