"""Formulas of whole collections of notes, where those lie beside the project."""

from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from notesite.markdown.katex import Engine, Failure, Formula
from notesite.markdown.macros import take_definitions
from notesite.markdown.tex import formulas, is_display, tex_plugin

SHARED = Path(__file__).parents[2] / ".." / "shared"


def read(folder: str) -> list[Formula]:
    if not (SHARED / folder).is_dir():
        pytest.skip(f"no collection at ../shared/{folder}")
    found = []
    for path in sorted((SHARED / folder).rglob("*.md")):
        macros: dict[str, str] = {}
        for token, _ in formulas(MarkdownIt("gfm-like", {"linkify": False}).use(tex_plugin).parse(path.read_text())):
            tex, defined = take_definitions(token.content)
            macros = {**macros, **defined}
            found.append(Formula(tex, is_display(token), macros))
    return found


def test_all_formulas_of_the_seeds_are_set() -> None:
    wanted = read("seeds")
    with Engine() as engine:
        assert [result for result in engine.set(wanted) if isinstance(result, Failure)] == []
    assert len(wanted) == 72


def test_only_macros_defined_elsewhere_fail_in_lecture_notes() -> None:
    wanted = read("collections/chricro-notes")
    # Defined in the template of their site, which is not among the notes.
    macros = {rf"\{name}": "x" for name in ("E", "tp", "pt", "Xc", "bfx", "bfy", "Ind", "e")}
    with Engine(macros=macros) as engine:
        failures = [result for result in engine.set(wanted) if isinstance(result, Failure)]
    assert len(wanted) == 2459
    assert all(failure.message == "Expected 'EOF', got '#'" for failure in failures)
    assert len(failures) == 2
