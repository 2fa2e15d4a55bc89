"""What makes templates ready sooner changes nothing."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.theme import Theme

from notesite.quick_theme import QuickTheme, keep_compiled


def config_of(folder: Path, options: str = "") -> MkDocsConfig:
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "mkdocs.yml").write_text(f"site_name: Notes\n{options or 'theme: material'}\nplugins: [notesite]\n")
    return load_config(str(folder / "mkdocs.yml"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the system keeps what is temporary."""
    path = tmp_path / "system"
    path.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(path))
    return path


def test_a_changed_template_is_compiled_again(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config, compilations = config_of(tmp_path), []
    plainly = Environment.compile

    def counted(self: Environment, *arguments: object, **options: object) -> object:
        compilations.append(arguments[0])
        return plainly(self, *arguments, **options)

    def shown(text: str) -> str:
        env = Environment(loader=DictLoader({"page": text}))
        keep_compiled(env, config)
        return env.get_template("page").render(name="RoPE")

    monkeypatch.setattr(Environment, "compile", counted)
    assert [shown("a {{ name }}") for _ in range(3)] == ["a RoPE"] * 3
    assert len(compilations) == 1
    assert [shown("b {{ name }}") for _ in range(3)] == ["b RoPE"] * 3
    assert len(compilations) == 2
    kept = [path for path in folder.rglob("*") if path.is_file()]
    assert kept
    assert all(path.parent.stat().st_mode & 0o777 == 0o700 for path in kept)
    kept[0].write_bytes(b"damaged")
    assert shown("b {{ name }}") == "b RoPE"


def test_without_a_safe_folder_every_build_compiles(tmp_path: Path, folder: Path) -> None:
    (folder / f"_jinja2-cache-{os.getuid()}").write_text("in the way")
    env = Environment(loader=DictLoader({"page": "a"}))
    keep_compiled(env, config_of(tmp_path))
    assert env.bytecode_cache is None
    assert env.get_template("page").render() == "a"


def test_with_a_hook_every_build_compiles(tmp_path: Path) -> None:
    (tmp_path / "hook.py").write_text("")
    env = Environment()
    keep_compiled(env, config_of(tmp_path, "hooks: [hook.py]"))
    assert env.bytecode_cache is None


@pytest.mark.parametrize("name", ["material", "mkdocs", "readthedocs"])
def test_the_same_files_of_a_theme_are_found(name: str, tmp_path: Path) -> None:
    config = config_of(tmp_path)
    (tmp_path / "custom" / ".hidden").mkdir(parents=True)
    for path in (".hidden/x.css", "own.css", ".dot.css", "own.html"):
        (tmp_path / "custom" / path).write_text("")

    def found(theme: Theme) -> list[tuple[str, str | None]]:
        config.theme, files = theme, Files([])
        files.add_files_from_theme(theme.get_env(), config)
        return [(file.src_uri, file.abs_src_path) for file in files]

    theme = Theme(name, custom_dir=str(tmp_path / "custom"))
    config.theme = theme
    assert found(QuickTheme.of(config)) == found(theme) != []
