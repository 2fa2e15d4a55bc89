"""The exported tree builds without the plugin, on three engines: same pages, words and formulas as on the site."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

from conftest import CONFIG, ROOT, shared
from notesite.build import build
from notesite.cli import main

THEIRS = {"headerlink", "md-tags", "ns-about", "ns-chips", "ns-contents", "ns-dates"}
"""What a theme or the plugin's templates add to the text."""
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
ENGINES = {
    "mkdocs": ("mkdocs.yml", "--strict", "-q"),
    "properdocs": ("mkdocs.yml", "--strict", "-q"),
    "zensical": ("zensical.yml", "--strict"),
}


class Content(HTMLParser):
    """The words and formulas of the element that holds a page's text, the theme's own additions left out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.formulas = 0
        self.open: list[tuple[str, bool, bool]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        _, inside, hidden = self.open[-1] if self.open else ("", False, False)
        inside = inside or given.get("role") == "main" or "md-content__inner" in classes
        hidden = hidden or tag in ("script", "style", "nav", "form", "button") or not THEIRS.isdisjoint(classes)
        self.formulas += inside and "katex" in classes
        if tag not in VOID:
            self.open.append((tag, inside, hidden or "katex" in classes))

    def handle_endtag(self, tag: str) -> None:
        while self.open and tag in (name for name, _, _ in self.open):
            if self.open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][1] and not self.open[-1][2]:
            self.words += re.findall(r"\w+", data)


def contents(site: Path) -> dict[str, tuple[list[str], int]]:
    """Words and number of formulas of each page."""
    found = {}
    for file in sorted(site.rglob("*.html")):
        content = Content(file.read_text("utf-8"))
        found[file.relative_to(site).as_posix()] = (content.words, content.formulas)
    found.pop("404.html")
    return found


def engine_site(engine: str, tree: Path) -> Path:
    """The tree built by one engine."""
    config, *options = ENGINES[engine]
    run(engine, tree, "-f", str(tree / config), *options)
    return (tree / "site").rename(tree / engine)


def run(engine: str, folder: Path, *options: str) -> None:
    """Build with an engine."""
    command = [sys.executable, "-m", engine, "build", *options]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["notes", "seeds"])
def test_engines_agree(name: str, tmp_path: Path, build_site: Callable[..., Path]) -> None:
    notes = ROOT / "notes" if name == "notes" else shared(name)
    tree = tmp_path / "tree"
    assert main(["export", str(tree), "--notes", str(notes), "--config", str(ROOT / "mkdocs.yml")]) == 0
    sites = {engine: contents(engine_site(engine, tree)) for engine in ENGINES}
    assert sites["mkdocs"] == sites["properdocs"] == sites["zensical"]
    for page, (words, count) in contents(build_site(notes)).items():
        if page.startswith("notes/") and words:
            assert not Counter(words) - Counter(sites["mkdocs"][page][0]), page
            assert count <= sites["mkdocs"][page][1]
    formulas = sum(count for _, count in sites["mkdocs"].values())
    assert sum(len(words) for words, _ in sites["mkdocs"].values()) > 10_000
    assert formulas >= sum(len(part.section.formulas) for note in build(notes).notes for part in note.parts)


def test_properdocs_runs_the_plugin(tmp_path: Path, seeds: Path, build_site: Callable[..., Path]) -> None:
    config = CONFIG.format(root=ROOT, notes=seeds, site=tmp_path / "site")
    (tmp_path / "properdocs.yml").write_text(config)
    run("properdocs", tmp_path, "--strict", "-q")
    assert contents(tmp_path / "site") == contents(build_site(seeds))


def test_nothing_is_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("# A\n\nText.\n")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").write_text("")
    assert main(["export", str(tmp_path / "out"), "--notes", str(tmp_path / "notes")]) == 2
    assert "is there already and not empty" in capsys.readouterr().err
    assert main(["export", str(tmp_path / "notes" / "site"), "--notes", str(tmp_path / "notes")]) == 2
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine"]
    assert [path.name for path in (tmp_path / "notes").iterdir()] == ["a.md"]


def test_what_is_said_of_the_site_goes_along(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("# A\n\nText.\n")
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: Mine\nsite_url: https://example.org/\ndocs_dir: notes\nplugins: [notesite]\n")
    assert main(["export", str(tmp_path / "out"), "--config", str(config)]) == 0
    for name in ("mkdocs.yml", "zensical.yml"):
        given = yaml.safe_load((tmp_path / "out" / name).read_text("utf-8"))
        assert (given["site_name"], given["site_url"]) == ("Mine", "https://example.org/")
