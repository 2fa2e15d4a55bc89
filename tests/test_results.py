"""What steps found out in the build before, read from disk."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import msgpack

from notesite import results
from notesite.build import build, written
from notesite.kept import Kept
from notesite.model import Section, Source
from notesite.results import Results
from notesite.store import Store
from test_laws import FOLDER, TEXT

NOTE = Source("a.md", "# A\n\nOne.\n", meta={"title": "A"})


def sections(store: Path, source: Source) -> tuple[Section, ...]:
    """The sections of a source in one build."""
    known = Results(Kept(Store(store)))
    found = known(written, source.path, source, ())
    known.close()
    return found


@settings(max_examples=60, deadline=None)
@given(FOLDER, st.lists(st.tuples(st.sampled_from(["a.md", "b/c.md", "b/d.markdown", "e.md"]), TEXT), max_size=4))
def test_a_build_with_results_is_the_same(files: dict[str, str], edits: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as cache:
        for name, text in [*files.items(), *edits]:
            path = Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            known = Results(Kept(Store(Path(cache, "results"))))
            assert repr(build(Path(folder), once=known)) == repr(build(Path(folder)))
            known.close()


def test_a_source_that_stays_is_not_split_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = sections(tmp_path / "results", NOTE)
    monkeypatch.setattr("notesite.build.split", None)
    assert repr(sections(tmp_path / "results", NOTE)) == repr(first)
    with pytest.raises(TypeError):
        sections(tmp_path / "results", Source("a.md", "# A\n\nTwo.\n", meta={"title": "A"}))


def test_another_version_knows_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sections(tmp_path / "results", NOTE)
    monkeypatch.setattr(results, "versions", lambda: "another")
    monkeypatch.setattr("notesite.build.split", None)
    with pytest.raises(TypeError):
        sections(tmp_path / "results", NOTE)


@pytest.mark.parametrize("value", [2017, 2017.0, True, {"a"}, ("a",), b"a", 1 << 70, float("nan"), "\ud800"], ids=repr)
def test_front_matter_stays_what_it_is(tmp_path: Path, value: object) -> None:
    source = Source("a.md", "# A\n\nOne.\n", meta={"value": value})
    for _ in range(2):
        assert repr(sections(tmp_path / "results", source)[0].meta) == repr({"value": value})


@pytest.mark.parametrize("found", [[{"path": 1}], "garbage", None], ids=repr)
def test_results_of_another_type_are_not_believed(tmp_path: Path, found: object) -> None:
    """Whatever stands under the right digest."""
    first = sections(tmp_path / "results", NOTE)
    store = Store(tmp_path / "results")
    key, _, _ = store.get(["written a.md"])["written a.md"].partition(b"\n")
    store.put({"written a.md": key + b"\n" + msgpack.encode(found)})
    store.close()
    assert repr(sections(tmp_path / "results", NOTE)) == repr(first)


def test_what_is_gone_is_forgotten(tmp_path: Path) -> None:
    sections(tmp_path / "results", NOTE)
    sections(tmp_path / "results", Source("b.md", "B.\n"))
    store = Store(tmp_path / "results")
    assert store.names() == ["written b.md"]
    store.close()


@pytest.mark.parametrize("fails", [False, True], ids=["", "one fails"])
def test_two_processes_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, fails: bool) -> None:
    (tmp_path / "notes").mkdir()
    for number in range(9):
        (tmp_path / "notes" / f"{number}.md").write_text(f"# Note {number}\n\nWhat it says of {number}.\n")
    forks: list[object] = []
    in_two = results.in_two_processes

    def in_turn(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[object, object]:
        forks.append(theirs)
        return in_two(ours, (lambda: os._exit(1)) if fails else theirs)

    monkeypatch.setattr(results, "WORTH", 0.0)
    monkeypatch.setattr(results, "can_fork", lambda: True)
    monkeypatch.setattr(results, "in_two_processes", in_turn)
    known = Results(Kept(Store(tmp_path / "results")))
    assert repr(build(tmp_path / "notes", once=known)) == repr(build(tmp_path / "notes"))
    known.close()
    assert forks
    monkeypatch.setattr("notesite.build.split", None)
    again = Results(Kept(Store(tmp_path / "results")))
    assert len(build(tmp_path / "notes", once=again).notes) == 9
    again.close()
