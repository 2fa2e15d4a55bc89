"""The commands read `mkdocs.yml` as MkDocs does, without MkDocs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from mkdocs.config import load_config

from notesite.errors import NotesiteError
from notesite.settings import load_options, notes_folder, site_facts

PARENT = """\
site_name: Parent
docs_dir: papers
theme: {name: mkdocs, features: [a, b]}
plugins:
  - search
  - notesite: {macros: {'\\R': r}}
"""


def test_what_is_inherited(tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    (tmp_path / "papers").mkdir()
    (tmp_path / "base" / "mkdocs.yml").write_text(PARENT)
    child = tmp_path / "mkdocs.yml"
    child.write_text("INHERIT: base/mkdocs.yml\nsite_name: Child\n")
    known = load_config(str(child))
    assert notes_folder(child) == Path(known.docs_dir)
    assert site_facts(child)["site_name"] == known.site_name == "Child"
    assert load_options(child).macros == known.plugins["notesite"].config.macros == {"\\R": "r"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("INHERIT: mkdocs.yml", "inherits from itself"),
        ("INHERIT: none.yml", "none.yml: can't be read: No such file or directory"),
        ("plugins: [{notesite: {macros: x}}]", "the option `macros` must be a mapping"),
        ("plugins: [{notesite: {macro: {}}}]", "no option `macro`; there are file_under, "),
        ("plugins: [{notesite: [macros]}]", "`notesite:` must be followed by options, not by ['macros']"),
        ("plugins: [{notesite: {papers: {1706.03762: a}}}]", "papers: `1706.03762: a` must be two texts"),
        ("plugins: [{notesite: {macros: {a: [b]}}}]", "macros: `a: ['b']` must be two texts"),
        ("a: b\nsite_name: BERT: a model", "mkdocs.yml:2: can't be read as YAML: mapping values are not allowed here;"),
        ("a: b\nsite_name: Caf\udce9", "mkdocs.yml:2: is not UTF-8; save the file as UTF-8"),
        ("a: \0", "mkdocs.yml: can't be read as YAML: "),
        ("date: 2024-13-01", "mkdocs.yml: can't be read as YAML: month must be in 1..12"),
        (f"a: {'[' * 5_000}", "mkdocs.yml: can't be read as YAML: maximum recursion depth exceeded"),
        ("- a", "mkdocs.yml: must consist of `key: value` lines"),
    ],
)
def test_mistakes(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "mkdocs.yml").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(NotesiteError, match=re.escape(message)):
        load_options(tmp_path / "mkdocs.yml")


@pytest.mark.parametrize(
    "text",
    ["", "plugins: notesite", "plugins: [notesite: {papers: }]", "plugins: [notesite, {other: x}]", "a: !ENV [B, c]"],
)
def test_nothing_is_stated(tmp_path: Path, text: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(text)
    assert notes_folder(tmp_path / "mkdocs.yml") == tmp_path / "docs"
    assert not load_options(tmp_path / "mkdocs.yml").papers
