"""A build that finds pages in the cache gives the same bytes as one that does not, whatever changed in between."""

from __future__ import annotations

import logging
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from conftest import ROOT
from notesite import note_pages, rendering
from notesite.kept import Kept
from notesite.note_pages import Content, Links, NotePage, Writer
from notesite.store import Store

NOTES = {
    "llm.md": """\
# Papers

## [KV cache](https://arxiv.org/abs/2211.05102)

Keys and values are kept. See [RoPE](#rope) and ![a picture](picture.svg).

### Cost

Much.

## RoPE

### How

Rotations by $m\\theta$, as in[^1].

[^1]: A footnote.

```python
q, k = rotate(q), rotate(k)
```
""",
    "bert.md": "---\ntitle: BERT\ntags: [encoders]\ndate: 2024-01-02\nrating: 5\n---\n\nA [cache](llm.md#kv-cache).",
    "flash.md": "# FlashAttention\n\n> [!NOTE]\n> Tiles.\n\nIn tiles at 0x1f, see [BERT](bert.md) and $\\broken$.\n",
    "links.md": '# Mixtures of experts\n\n<a href="llm.md#how">RoPE</a>, [the cache](llm.md#cost).\n',
    "dead.md": '# Scaling laws\n\n[Nowhere](#nowhere), [no page](no/page.md), <a href="#no">no</a>, ![no](no.png).\n',
    "copy.md": "# FlashAttention again\n\n"
    + "Attention is computed in tiles that fit the fast memory of the chip. " * 4
    + "\n",
    "picture.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>\n",
}
OPTIONS = """\
INHERIT: {root}/mkdocs.yml
site_name: Notes
docs_dir: {folder}/notes
site_dir: {folder}/{site}
"""
OF_THE_BUILD = re.compile(r"finished before|^Building|^Documentation built|^Cleaning")


class Folder:
    """A folder of notes that is built again and again."""

    def __init__(self, path: Path, log: pytest.LogCaptureFixture) -> None:
        self.path, self.options, self.log = path, "", log
        self.notes = path / "notes"
        for name, text in NOTES.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        path = self.notes / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        text = (self.notes / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new))

    def build(self, site: str) -> dict[str, bytes]:
        """Every file of the site, and what the author was told; the sitemap's gzip holds the time it was made."""
        self.log.clear()
        config = self.path / "mkdocs.yml"
        config.write_text(OPTIONS.format(root=ROOT, folder=self.path, site=site) + self.options, encoding="utf-8")
        shown = load_config(str(config))
        rendering.FEWEST = 10_000 if site == "clean" else 2  # A second process changes nothing either.
        plugin = shown.plugins["notesite"]
        plugin.__init__()  # As in a process of its own, nothing is known from builds before but what is on disk.
        plugin.on_startup(command="build", dirty=False)
        build(shown)
        files = {p.relative_to(self.path / site).as_posix(): p for p in (self.path / site).rglob("*") if p.is_file()}
        told = sorted(text for text in self.log.messages if not OF_THE_BUILD.search(text))
        found = {name: path.read_bytes() for name, path in files.items() if name != "sitemap.xml.gz"}
        return found | {"the author is told": "\n".join(told).encode()}

    def build_clean(self) -> dict[str, bytes]:
        cache, aside = self.path / ".cache", self.path / ".aside"
        cache.rename(aside)
        site = self.build("clean")
        shutil.rmtree(cache)
        aside.rename(cache)
        return site


@pytest.fixture
def folder(tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.setattr(rendering, "FEWEST", rendering.FEWEST)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")  # one theme shows the time of the build
    caplog.set_level(logging.INFO)
    made = Folder(tmp_path, caplog)
    made.build("site")
    return made


def edit(name: str, old: str, new: str) -> Callable[[Folder], None]:
    return lambda folder: folder.replace(name, old, new)


def options(text: str) -> Callable[[Folder], None]:
    return lambda folder: setattr(folder, "options", text)


def template(folder: Folder) -> None:
    (folder.path / "theme" / "partials").mkdir(parents=True)
    (folder.path / "theme" / "partials" / "footer.html").write_text("{{ build_date_utc }}: mine", encoding="utf-8")
    folder.options = "theme: {custom_dir: theme}\n"


def hook(folder: Folder) -> None:
    (folder.path / "hook.py").write_text("def on_post_page(output, **_): return output + 'mine'", encoding="utf-8")
    folder.options = "hooks: [hook.py]\n"


def commit(folder: Folder) -> None:
    """The notes get dates from git."""
    identity = {"GIT_AUTHOR_DATE": "2021-02-03T04:05:06Z", "GIT_CONFIG_GLOBAL": os.devnull}
    identity |= {f"GIT_{who}_{what}": "a@b" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    for command in (["init", "-q"], ["add", "notes"], ["commit", "-q", "-m", "m"]):
        subprocess.run(["git", "-C", str(folder.path), *command], env=os.environ | identity, check=True)


CHANGES: dict[str, Callable[[Folder], None]] = {
    "nothing": lambda _: None,
    "text": edit("flash.md", "In tiles", "In small tiles"),
    "a number that looks like an address": edit("flash.md", "at 0x1f", "at 0x2f"),
    "first sentence": edit("bert.md", "A [cache]", "Words are masked in a [cache]"),
    "lines move": edit("llm.md", "# Papers\n", "# Papers\n\nAn introduction.\n"),
    "title": edit("bert.md", "title: BERT", "title: RoBERTa"),
    "heading": edit("llm.md", "## RoPE", "## Rotary embeddings"),
    "topic": edit("bert.md", "title: BERT", "title: BERT\ntopic: attention"),
    "tags": edit("bert.md", "[encoders]", "[encoders, old]"),
    "front matter": edit("bert.md", "rating: 5", "rating: 4"),
    "date": edit("bert.md", "2024-01-02", "2023-01-02"),
    "committed": commit,
    "broken front matter": edit("bert.md", "[encoders]", "[encoders"),
    "link": edit("flash.md", "(bert.md)", "(llm.md)"),
    "formula": edit("llm.md", "m\\theta", "n\\theta"),
    "new note": lambda folder: folder.write("new.md", "# Mamba\n\nState spaces, no attention.\n"),
    "file renamed": lambda folder: (folder.notes / "bert.md").rename(folder.notes / "encoders.md"),
    "file moved": lambda folder: folder.write("old/bert.md", (folder.notes / "bert.md").read_text()),
    "file deleted": lambda folder: (folder.notes / "bert.md").unlink(),
    "heading that is linked": edit("llm.md", "### Cost", "### Price"),
    "heading that HTML links": edit("llm.md", "### How", "### In which way"),
    "note that is linked deleted": edit("llm.md", "## [KV cache](https://arxiv.org/abs/2211.05102)", "## Caches"),
    "picture deleted": lambda folder: (folder.notes / "picture.svg").unlink(),
    "merge made": edit("copy.md", "# FlashAttention again", "# FlashAttention"),
    "kept apart": edit("copy.md", "# Flash", "---\nnotesite: keep\n---\n# Flash"),
    "site name": options("site_name: Others\n"),
    "site address": options("site_url: https://example.org/notes/\n"),
    "no directories": options("use_directory_urls: false\n"),
    "edit links": options("repo_url: https://github.com/me/notes\nedit_uri: edit/main/\n"),
    "option": options("plugins: [search, {notesite: {file_under: {BERT: attention}}}]\n"),
    "macros": options("plugins: [search, {notesite: {macros: {'\\broken': 'x'}}}]\n"),
    "no search": options("plugins: [notesite]\n"),
    "features": options("theme: {features: []}\n"),
    "extension": options("markdown_extensions: [abbr, {toc: {permalink: '#'}}]\n"),
    "another theme": options("theme: {name: mkdocs}\n"),
    "template": template,
    "hook": hook,
    "a note in the navigation": options("nav: [index.md, notes/bert.md, Topics: [topics/attention.md]]\n"),
    "anchors are checked": options("validation: {anchors: warn}\n"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_cached_and_clean_builds_agree(folder: Folder, change: Callable[[Folder], None]) -> None:
    change(folder)
    assert folder.build("site") == folder.build_clean()


def test_our_pages_are_those_that_mkdocs_renders(folder: Folder) -> None:
    before = folder.build("site")
    (folder.path / "hook.py").write_text("def on_post_page(output, **_): return output", encoding="utf-8")
    folder.options = "hooks: [hook.py]\n"
    assert folder.build("site") == before


@pytest.mark.parametrize("fault", ["ends", "renders nothing"])
def test_a_second_process_that_fails(folder: Folder, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> list[object]:
        return [] if fault == "renders nothing" else os._exit(1)

    monkeypatch.setattr(rendering, "rendered_quietly", fail)
    shutil.rmtree(folder.path / ".cache")
    assert folder.build("site") == folder.build_clean()


def test_a_change_undone(folder: Folder) -> None:
    before = folder.build("site")
    for there, back in ((("In tiles", "In bits")), ("In bits", "In tiles")):
        folder.replace("flash.md", there, back)
        after = folder.build("site")
    assert after == before


def test_another_version_reuses_nothing(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(note_pages, "versions", lambda: "another")
    monkeypatch.setattr(Writer, "_render", None)
    with pytest.raises(TypeError):
        folder.build("site")


def test_only_what_changed_is_rendered(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[str] = []
    render = Writer._render

    def spy(self: Writer, page: Page, links: Links) -> Content:
        rendered.append(page.file.src_uri)
        return render(self, page, links)

    monkeypatch.setattr(Writer, "_render", spy)
    monkeypatch.setattr(rendering, "can_fork", lambda: False)
    folder.build("site")
    assert rendered == ["notes/flashattention.md"], "a formula that failed may be set the next time"
    folder.replace("bert.md", "A [cache]", "No [cache]")
    folder.build("site")
    assert sorted(rendered[1:]) == ["notes/bert.md", "notes/flashattention.md"]


@pytest.mark.parametrize("damage", ["foreign", "empty", "cut", "garbled", "other rows"])
@pytest.mark.parametrize("cache", ["pages.sqlite", "results.sqlite", "formulas.sqlite"])
def test_a_damaged_cache_costs_time_only(folder: Folder, cache: str, damage: str) -> None:
    path = folder.path / ".cache" / "notesite" / cache
    content = path.read_bytes()
    if damage == "other rows":
        with Store(path)._open() as connection:
            connection.execute("UPDATE contents SET content = (SELECT max(content) FROM contents)")
    else:
        middle = len(content) // 2
        garbled = content[:middle] + bytes(1000) + content[middle + 1000 :]
        damaged = {"foreign": b"no database", "empty": b"", "cut": content[:middle], "garbled": garbled}
        path.write_bytes(damaged[damage])
    assert folder.build("site") == folder.build_clean()


def test_a_value_is_found_under_its_key_only(tmp_path: Path) -> None:
    first = Kept(Store(tmp_path / "pages"))
    first.keep("page:a", "1", "line\nline")
    first.close()
    second = Kept(Store(tmp_path / "pages"))
    assert second.find("page:a", "1", str) == "line\nline"
    assert second.find("page:a", "2", str) is None
    assert second.find("page:b", "1", str) is None
    second.close()


def test_one_instance_renders_as_many_do(folder: Folder) -> None:
    """Holds the reach into MkDocs' internals to its version: the same content, title, contents and anchors."""
    config = load_config(str(folder.path / "mkdocs.yml"))
    config = config.plugins.on_config(config)
    files = config.plugins.on_files(Files([]), config=config)
    for file in files.documentation_pages():
        ours = file.page
        if isinstance(ours, NotePage):
            theirs = Page(None, file, config)
            for page in (theirs, ours):
                page.read_source(config)
                page.render(config, files)
            for name in ("content", "title", "present_anchor_ids", "links_to_anchors"):
                assert getattr(ours, name) == getattr(theirs, name), (file.src_uri, name)
            assert str(ours.toc) == str(theirs.toc)
    config.plugins.on_build_error(error=Exception())
