"""What makes templates ready sooner changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.theme import Theme

from notesite.compiled import Compiled
from notesite.kept import Kept
from notesite.store import Store
from notesite.template_values import ListedTheme


def config_of(folder: Path, options: str = "") -> MkDocsConfig:
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "mkdocs.yml").write_text(f"site_name: Notes\n{options or 'theme: material'}\nplugins: [notesite]\n")
    return load_config(str(folder / "mkdocs.yml"))


def test_a_changed_template_is_compiled_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config, store, compilations = config_of(tmp_path), tmp_path / "kept", []
    plainly = Environment.compile

    def counted(self: Environment, *arguments: object, **options: object) -> object:
        compilations.append(arguments[0])
        return plainly(self, *arguments, **options)

    def shown(text: str, compiled: Compiled) -> str:
        env, kept = Environment(loader=DictLoader({"page": text})), Kept(Store(store))
        compiled.serve(env, config, kept)
        page = env.get_template("page").render(name="RoPE")
        compiled.keep(kept)
        kept.close()
        return page

    monkeypatch.setattr(Environment, "compile", counted)
    one, other = Compiled(), Compiled()
    assert [shown("a {{ name }}", it) for it in (one, one, other)] == ["a RoPE"] * 3
    assert len(compilations) == 1
    assert [shown("b {{ name }}", it) for it in (one, other, Compiled())] == ["b RoPE"] * 3
    assert len(compilations) == 3


def test_with_a_hook_every_build_compiles(tmp_path: Path) -> None:
    (tmp_path / "hook.py").write_text("")
    env = Environment()
    Compiled().serve(env, config_of(tmp_path, "hooks: [hook.py]"), Kept(None))
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
    assert found(ListedTheme.of(theme)) == found(theme) != []
