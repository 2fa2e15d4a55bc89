"""Golden folders: notes as other tools keep them, and the pages and hints that become of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from notesite.build import build
from notesite.model import Site

CASES = sorted(path for path in (Path(__file__).parent / "golden" / "foreign").iterdir() if path.is_dir())


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_golden(folder: Path, golden: Callable[[Path, str], None]) -> None:
    site = build(folder)
    golden(folder.with_suffix(".txt"), "\n".join(outline(site)) + "\n")
    assert site.ledger.unaccounted == ()


def outline(site: Site) -> Iterator[str]:
    for page in site.pages:
        if page.kind in ("note", "source"):
            yield f"===== {page.uri}: {page.title}"
            yield page.text.rstrip("\n")
    yield "===== problems"
    yield from (f"{problem} (hint)" if problem.hint else str(problem) for problem in site.problems)


def test_only_a_bare_fence_ends_code(tmp_path: Path) -> None:
    """Neither for boxes nor for templates does a fence with a language end the code that it stands in."""
    code = "```text\n```python\n::: note\n{{ x }} ==y==\n:::\n```"
    (tmp_path / "a.md").write_text(f"# A\n\n{code}\n", encoding="utf-8")
    (page,) = (page for page in build(tmp_path).pages if page.kind == "note")
    assert code in page.text
