"""What a server's builds share."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.livereload import LiveReloadServer

from notesite.build import build
from notesite.model import Section, Source
from notesite.serving import Memory, look_often
from notesite.split import split
from test_laws import FOLDER, TEXT


def test_only_what_changed_is_done_again() -> None:
    done: list[str] = []

    def counted(source: Source) -> tuple[Section, ...]:
        done.append(source.text)
        return split(source)

    memory = Memory()
    texts = ["# A\n\nOne.\n", "# A\n\nOne.\n", "# A\n\nTwo.\n", "# A\n\nOne.\n"]
    for text in texts:
        assert memory.for_a_build()(counted, "a.md", Source("a.md", text)) == split(Source("a.md", text))
    assert done == [texts[0], *texts[2:]]
    memory.for_a_build()
    memory.for_a_build()(counted, "a.md", Source("a.md", texts[-1]))
    assert done == [texts[0], *texts[2:], texts[-1]]


def test_equal_is_not_enough() -> None:
    """The years 2017 and 2017.0 are equal, and what a page shows of them is not."""
    memory = Memory()
    sections = [split(Source("a.md", "A.\n", meta={"year": year}))[0] for year in (2017, 2017.0)]
    assert sections[0] == sections[1]
    assert [memory.for_a_build()(repr, "a.md", section) for section in sections] == list(map(repr, sections))


@settings(max_examples=60, deadline=None)
@given(FOLDER, st.lists(st.tuples(st.sampled_from(["a.md", "b/c.md", "b/d.markdown", "e.md"]), TEXT), max_size=4))
def test_a_build_with_a_memory_is_the_same(files: dict[str, str], edits: list[tuple[str, str]]) -> None:
    memory = Memory()
    with tempfile.TemporaryDirectory() as folder:
        for name, text in [*files.items(), *edits]:
            path = Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            assert repr(build(Path(folder), once=memory.for_a_build())) == repr(build(Path(folder)))


def test_what_was_watched_still_is(tmp_path: Path) -> None:
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path))
    (tmp_path / "notes").mkdir()
    server.watch(str(tmp_path / "notes"))
    look_often(server, str(tmp_path / "notes"), [str(tmp_path / "theme")])
    assert [emitter.watch.path for emitter in server.observer.emitters] == [str(tmp_path / "notes")]
    assert server.build_delay < 0.1
    server.server_close()
