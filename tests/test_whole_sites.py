"""The outline of one page of each kind, of the project's own notes and of real note files by others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT, shared
from outline import outline

GOLDEN = ROOT / "tests" / "golden" / "whole_sites"
PAGES = {
    "notes": {
        "home": "",
        "topic": "topics/attention/",
        "note": "notes/rope/",
        "note_of_several_sources": "notes/attention-is-all-you-need/",
        "papers": "papers/",
        "timeline": "timeline/",
        "tags": "tags/",
        "tag": "tags/transformer/",
        "graph": "graph/",
        "graph_of_topic": "graph/sampling/",
        "sources": "sources/",
        "source": "sources/positional-embeddings/",
        "lost": "404.html",
    },
    "seeds": {
        "home": "",
        "topic": "topics/architectures/",
        "note": "notes/rope/",
        "note_of_several_sources": "notes/attention-is-all-you-need/",
        "papers": "papers/",
        "timeline": "timeline/",
        "graph": "graph/",
        "sources": "sources/",
        "source": "sources/004-328f9600c3195bcc/",
    },
}


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name, kinds in PAGES.items() for kind in kinds])
def test_page(name: str, kind: str, build_site: Callable[[Path], Path], golden: Callable[[Path, str], None]) -> None:
    site = build_site(ROOT / "notes" if name == "notes" else shared(name))
    path = PAGES[name][kind]
    html = (site / path / "index.html" if not path.endswith(".html") else site / path).read_text(encoding="utf-8")
    golden(GOLDEN / name / f"{kind}.txt", outline(html))
