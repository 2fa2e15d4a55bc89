"""What a server's builds share."""

from __future__ import annotations

from pathlib import Path

from jinja2 import DictLoader, Environment
from mkdocs.livereload import LiveReloadServer

from notesite.model import Source
from notesite.serving import Compiled, look_often, remembering
from notesite.split import split


def test_only_a_changed_source_is_split_again() -> None:
    done: list[str] = []

    def counted(source: Source):
        done.append(source.text)
        return split(source)

    quick = remembering(counted)
    for text in ("# A\n\nOne.\n", "# A\n\nOne.\n", "# A\n\nTwo.\n", "# A\n\nOne.\n"):
        assert quick(Source("a.md", text)) == split(Source("a.md", text))
    assert done == ["# A\n\nOne.\n", "# A\n\nTwo.\n", "# A\n\nOne.\n"]
    assert quick(Source("a.md", done[0], meta={"date": "2024"})) == split(
        Source("a.md", done[0], meta={"date": "2024"})
    )


def test_a_changed_template_is_compiled_again() -> None:
    compiled = Compiled()

    def shown(text: str) -> str:
        env = Environment(loader=DictLoader({"page": text}))
        env.bytecode_cache = compiled
        return env.get_template("page").render(name="RoPE")

    assert [shown("a {{ name }}"), shown("a {{ name }}"), shown("b {{ name }}")] == ["a RoPE", "a RoPE", "b RoPE"]


def test_what_was_watched_still_is(tmp_path: Path) -> None:
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path))
    (tmp_path / "notes").mkdir()
    server.watch(str(tmp_path / "notes"))
    look_often(server, str(tmp_path / "notes"), [str(tmp_path / "theme")])
    assert [emitter.watch.path for emitter in server.observer.emitters] == [str(tmp_path / "notes")]
    assert server.build_delay < 0.1
    server.server_close()
