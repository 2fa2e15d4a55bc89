"""A page that is filled into what surrounds others is, byte for byte, the page rendered alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from conftest import ROOT
from notesite import rendering
from notesite.shells import KINDS, Shells

NAMES = ["A & B", "It's <code>", 'The "quoted"', "Costs $x^2$ more", "Größe 中文", "R&amp;D"]
TEXTS = [
    "Plain.",
    "With $x$.",
    "## One\n\nText.\n\n### Two & three\n\nText.",
    "### Below <b>",
    "<h1>Whole</h1>\n\nText.",
]
OPTIONS = {
    "as it is": "",
    "with addresses of pages": "site_url: https://example.org/notes/\nuse_directory_urls: false\n",
    "with tabs and a path": "theme: {features: [navigation.tabs, navigation.path, navigation.footer, toc.integrate]}\n",
    "with a palette, a banner and a logo": "theme: {palette: {primary: red}, logo: picture.png, language: de}\n"
    "extra: {analytics: {provider: google, property: G-1}, social: [{icon: material/heart, link: https://example.org}]}\n"
    "copyright: Mine & yours\nrepo_url: https://github.com/o/r\nedit_uri: edit/main\n",
    "with notes in the navigation": "nav: [index.md, {A note: notes/a-b-0.md}, {A file: sources/packed-1.md}]\n",
    "with a sign of ours in its name": 'site_name: "Notes \\ue000"\n',
}


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """Notes with and without neighbours, headings, formulas, dates, and topics that stand beside them."""
    folder = tmp_path / "notes"
    for number in range(60):
        text = f"---\ntopic: {['attention', 'inference'][number > 10]}\n---\n\n# {NAMES[number % 6]} {number}\n\n"
        path = folder / ["", "deeper", "deeper/still"][number % 3] / f"n{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + TEXTS[number % 5] + "\n", encoding="utf-8")
    for number in range(6):
        text = "".join(
            f"## Paper {number} of {part}\n\nhttps://arxiv.org/abs/2401.{number}000{part}\n\n" for part in range(3)
        )
        (folder / "deeper" / f"packed-{number}.md").write_text(f"# Papers\n\n{text}", encoding="utf-8")
        (folder / f"packed-{number}.md").write_text(f"# More\n\n{text.replace('of', 'for')}", encoding="utf-8")
    (folder / "lone.md").write_text("---\ntopic: evaluation\n---\n\n# Alone\n\nOf this topic.\n", encoding="utf-8")
    return folder


def build_both_ways(config: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """Build a site, each page both ways; how many notes and sources there are, and how many were filled in."""
    counts = [0, 0]
    render, filled = Shells.render, Shells._filled

    def both(self: Shells, context: dict[str, Any]) -> str:
        found = render(self, context)
        assert found == self._env.get_template(context["page"].meta["template"]).render(context)
        counts[0] += context["own"].kind in KINDS
        return found

    def counted(self: Shells, *arguments: Any) -> str:
        counts[1] += 1
        return filled(self, *arguments)

    monkeypatch.setattr(Shells, "render", both)
    monkeypatch.setattr(Shells, "_filled", counted)
    monkeypatch.setattr(rendering, "FEWEST", 10_000)
    build(load_config(config))
    return counts[0], counts[1]


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
def test_made_notes(options: str, notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = notes.parent / "mkdocs.yml"
    config.write_text(f"INHERIT: {ROOT}/mkdocs.yml\ndocs_dir: {notes}\nsite_dir: {notes.parent}/site\n{options}")
    pages, filled = build_both_ways(str(config), monkeypatch)
    assert pages >= 80
    assert filled > 60 if "ue000" not in options and "navigation.path" not in options else filled == 0


def test_own_notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text(f"INHERIT: {ROOT}/mkdocs.yml\ndocs_dir: {ROOT}/notes\nsite_dir: {tmp_path}/site\n")
    pages, filled = build_both_ways(str(config), monkeypatch)
    assert filled > pages * 0.8
