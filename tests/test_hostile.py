"""Nothing in a folder of notes stops a build, takes it long, or leads it out of the folder."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from markdown import Markdown
from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config import load_config

from conftest import CONFIG, ROOT
from fuzzed import FOLDERS
from notesite.build import build
from notesite.errors import NotesiteError
from notesite.markdown import EXTENSIONS
from notesite.model import Site
from notesite.report import as_json

SECONDS: Final = 20
"""Time for a hostile text: a machine ten times slower than usual passes, time quadratic in the input does not."""
FUZZ: Final = int(os.environ.get("NOTESITE_FUZZ", "80"))
"""Folders to try; an hour's worth is 20,000."""

BYTES: Final = {
    "utf16.md": "# U\n\ntext é\n".encode("utf-16"),
    "utf16 without mark.md": "# U\n\ntext and more text\n".encode("utf-16-be"),
    "utf16 odd.md": b"\xff\xfea\0b",
    "utf32.md": "# U\n\ntext é\n".encode("utf-32"),
    "latin.md": "# Café\n\nnaïve\n".encode("latin-1"),
    "mixed.md": b"# A\n\ncaf\xe9\n\xff\xfe\n\xc3\xa9\n",
    "control.md": bytes(range(32)) + b"\n# C\x01\x02\x1b[31m\n\n\x02wzxhzdk:0\x03 \x0b\x0c\x1c\x7f\xc2\x85 text\n",
    "marks.md": "\ufeff\ufeff# B\u2028C\n\nx\u2029y\u0085z\n".encode(),
    "surrogates.md": "# S \ud800\n\nx\udc00y $a\ud800$ [x](\ud800.md)\n".encode("utf-8", "surrogatepass"),
    "invisible.md": "# Z\u200bw\u200d\u2060\n\n\u202eabc\u202c \u2066x\u2069\n".encode(),
    "list.md": b"---\n- a\n- b\n---\n# A\n",
    "tag.md": b"---\ntitle: !!python/object/apply:os.system [ls]\n---\n# A\n",
    "bomb.md": b"---\na: &a [x,x]\nb: &b [*a,*a]\ntitle: [*b,*b]\n---\n# A\n",
    "types.md": b"---\ntitle: [a, {b: c}]\ndate: [2020]\ntags: {a: b}\naliases: 5\ntopic: [x]\npaper: 5\n---\n",
    "tags.md": b"---\ntags: [null, 1, true, [x], {a: b}, '', '../..', index, '<script>']\n---\nt\n",
    "nothing.md": b"---\ntitle:\ndate:\ntags:\naliases:\n---\n",
    "empty.md": b"",
    "stub.md": b"---\ntitle: To read\nyear: 1973\nurl: https://example.org\n---\n",
    "hash.md": b"#",
    "rule.md": b"---",
    "index.md": b"# Index\n\nmine\n",
    "notes/index.md": b"# N\n\nx\n",
    "search/search_index.json": b"{}",
    "assets/notesite.js": b"alert(1)",
    "CON.md": b"# con\n\nx\n",
    "a b c.md": b"# [x](CON.md) ![z](pic%20one.png)\n\ny\n",
    "pic one.png": b"x",
    "日本 語.md": "# 日本\n\n語\n".encode(),
    "q?#%&'\"<>|*.md": b"# q\n\nx\n",
    "..md": b"# dots\n\nx\n",
    "new\nline.md": b"# nl\n\nx\n",
    "{{ x }}.md": b"# {{ config }} {% raw %}\n\n{{ 7*7 }} {% include 'x' %} {# c #}\n",
    "Case.md": b"# Case\n\none\n",
    "case.md": b"# Case\n\ntwo\n",
    "n" * 240 + ".md": b"# long\n\nx\n",
    "links.md": b"# L\n\n[a](javascript:alert(1)) [b](../../../etc/passwd) [c](http://[::1) [d](%) [e](%zz) [f](..) "
    b"[[..]] [[/]] [[#]] [[ ]] ![[.]] [g](\\\\x) [h](https://[x]/) "
    b"<http://[a> https://[1 http://a]b [i](arxiv.org/abs/2104.09864)\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    notes = tmp_path / "notes"
    for name, data in BYTES.items():
        path = notes / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key.md").write_text("# Do not publish\n\nsecret-word\n", encoding="utf-8")
    (notes / "out.md").symlink_to(tmp_path / "secret" / "key.md")
    (notes / "out").symlink_to(tmp_path / "secret")
    for name in ("loop", "again", "self.md"):
        (notes / name).symlink_to(notes / name if name == "self.md" else notes)
    os.mkfifo(notes / "pipe.md")
    os.mkfifo(notes / "pipe.png")
    return notes


def test_a_hostile_folder(folder: Path, build_site: Callable[..., Path]) -> None:
    assert_whole(build(folder))
    site = build_site(folder, "-q")
    pages = "".join(page.read_text(encoding="utf-8") for page in site.rglob("*.html"))
    assert "secret-word" not in pages
    assert (site / "pic one.png").is_file()
    assert (site / "assets" / "notesite.js").read_text(encoding="utf-8") != "alert(1)"


def test_messages(folder: Path) -> None:
    said = {problem.path: problem.message for problem in build(folder).problems}
    assert said["utf32.md"] == "is UTF-32; save it as UTF-8"
    assert "`*a` is a YAML alias" in said["bomb.md"]
    assert "python/object" in said["tag.md"]


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions as Unix has them")
def test_unreadable(open_folder: Path) -> None:
    for name in ("a.md", "b.png", "closed/c.md", "half/d.md", "e.md"):
        (open_folder / name).parent.mkdir(exist_ok=True)
        (open_folder / name).write_bytes(b"x")
    for name, mode in (("a.md", 0), ("b.png", 0), ("closed", 0), ("half", 0o600)):
        (open_folder / name).chmod(mode)
    said = [(problem.code, problem.path) for problem in build(open_folder).problems]
    for name in ("closed", "half"):
        (open_folder / name).chmod(0o700)
    assert said == [("unreadable", name) for name in ("a.md", "b.png", "closed", "half")]
    open_folder.chmod(0)
    with pytest.raises(NotesiteError, match=r"can't be read \(Permission denied\); check its permissions"):
        build(open_folder)
    open_folder.chmod(0o700)


def test_a_file_that_vanishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text("# A\n\nx\n", encoding="utf-8")
    monkeypatch.setattr("notesite.read.file_paths", lambda *_: ["a.md", "gone.md"])
    (problem,) = build(tmp_path).problems
    assert str(problem).startswith("gone.md:1: can't be read (No such file or directory), and is left out")


TEXTS: Final[dict[str, Callable[[], str]]] = {
    "a line of 3 MB": lambda: "word " * 600_000,
    "headings": lambda: "\n".join(f"# h{i}" for i in range(15_000)),
    "headings with links": lambda: "\n".join(f"## [h{i}](https://example.org/{i})\ntext {i}" for i in range(8_000)),
    "equal headings": lambda: "# A\n\ntext\n\n" * 8_000,
    "a list 2,000 deep": lambda: "\n".join("  " * i + "- x" for i in range(2_000)),
    "quotes in quotes": lambda: ">" * 100_000 + " x",
    "footnotes": lambda: "".join(f"x[^{i}]\n" for i in range(8_000)) + "".join(f"\n[^{i}]: n" for i in range(8_000)),
    "fences without end": lambda: "```py\n\n## a\n\n" * 8_000,
    "wiki links": lambda: "\n".join(f"- [[a{i}]] ![[{i}.png]]" for i in range(8_000)),
    "templates without end": lambda: "{{< {% {{ ((" * 50_000,
    "tags without end": lambda: "<a href=" * 50_000,
    "brackets": lambda: "[" * 30_000,
    "words and brackets": lambda: "# " + "a [b" * 20_000 + "\n\nhttps://arxiv.org/abs/2401.00001\n",
    "boxes in boxes": lambda: ":::note\n" * 5_000 + "x\n" + ":::\n" * 5_000,
    "front matter in depth": lambda: f"---\na: {'[' * 100_000}\n---\n",
    "front matter to be mended": lambda: "---\n" + "\n".join(f"k{i}: a: b" for i in range(8_000)) + "\n---\n",
    "a number of a million digits": lambda: f"---\na: {'1' * 1_000_000}\n---\n",
    "TOML in depth": lambda: f"+++\na = {'[' * 100_000}\n+++\n",
    "JSON in depth": lambda: f'{{\n"a": {"[" * 100_000}\n}}\n',
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_time(text: Callable[[], str], tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(text(), encoding="utf-8")
    start = time.process_time()
    assert_whole(build(tmp_path))
    assert time.process_time() - start < SECONDS


@pytest.mark.parametrize("text", ["[^1]:", "x[^1]\n\n[^1]: "])
def test_what_the_fuzzer_found(text: str) -> None:
    assert "<li" in Markdown(extensions=list(EXTENSIONS)).convert(text)


def test_a_line_that_the_fuzzer_found_lost(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("[^1]: x[^1]\n##### \n##### ??\n[^1]: y\n", encoding="utf-8")
    assert_whole(build(tmp_path))


@settings(max_examples=FUZZ, deadline=None, suppress_health_check=list(HealthCheck))
@given(FOLDERS)
def test_fuzz(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        written(Path(folder), files)
        site = build(Path(folder))
        again = build(Path(folder))
    assert_whole(site)
    found = as_json(site)
    assert found == as_json(again)
    found.encode()
    for page in site.pages:
        html = Markdown(extensions=list(EXTENSIONS)).convert(page.text)
        assert "<script" not in html


@settings(max_examples=max(FUZZ // 20, 2), deadline=None, suppress_health_check=list(HealthCheck))
@given(FOLDERS)
def test_fuzz_sites(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        written(project / "notes", files)
        (project / "mkdocs.yml").write_text(CONFIG.format(root=ROOT, notes="notes", site="site"), encoding="utf-8")
        config = load_config(str(project / "mkdocs.yml"))
        config.plugins.on_startup(command="build", dirty=False)
        build_with_mkdocs(config)
        pages = [page.uri for page in build(project / "notes").pages if page.kind in ("note", "source")]
        missing = [uri for uri in pages if not (project / "site" / uri.removesuffix(".md") / "index.html").is_file()]
        assert missing == []


def written(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        path = folder / name
        # A file may be in the place of a folder, or the name be longer than the system takes.
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def assert_whole(site: Site) -> None:
    ledger = site.ledger
    assert ledger.unaccounted == ()
    assert ledger.lines == sum(
        (ledger.rendered, ledger.merged, ledger.structure, ledger.blank, len(ledger.dropped)),
    )
