"""Golden folders: notes, and the site's pages beside them, each line with the place it came from."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from notesite.build import build
from notesite.model import Page, Site

CASES = sorted((Path(__file__).parent / "golden" / "pages").iterdir())


@pytest.mark.parametrize("folder", CASES, ids=lambda path: path.name)
def test_pages(folder: Path, golden: Callable[[Path, str], None]) -> None:
    site = build(folder)
    golden(
        folder / "expected.txt", "\n".join([*map(as_text, shown(site)), *merges(site), *map(str, site.problems)]) + "\n"
    )
    assert site.ledger.unaccounted == ()


def shown(site: Site) -> list[Page]:
    return [page for page in site.pages if page.kind in ("note", "source")]


def as_text(page: Page) -> str:
    rows = []
    for line in page.lines:
        path, number = line.origin or ("", "")
        rows.append(
            f"{os.path.basename(path)}:{number:<3} | {line.text}" if line.origin else f"{'+':>10} | {line.text}"
        )
    return "\n".join([f"=== {page.uri}: {page.title}", *map(str.rstrip, rows)])


def merges(site: Site) -> list[str]:
    return [f"{merge.kind} {' '.join(merge.sections)}: {merge.why}" for merge in site.merges]
