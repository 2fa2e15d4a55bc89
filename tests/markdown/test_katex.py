"""KaTeX in V8: what it sets and refuses, its limits, its cache and its end."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from notesite.markdown import katex
from notesite.markdown.katex import Engine, Failure, Formula, assets
from notesite.markdown.macros import COMMON


def inline(tex: str, **macros: str) -> Formula:
    return Formula(tex, False, {f"\\{name}": body for name, body in macros.items()})


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine(macros={r"\R": r"\mathbb{Q}"}) as started:
        yield started


def html(result: str | Failure) -> str:
    assert isinstance(result, str), result
    return result


def test_sets_html_and_mathml_with_the_tex_to_copy(engine: Engine) -> None:
    (page,) = engine.set([inline("x_i < y")])
    assert "<math" in html(page)
    assert '<annotation encoding="application/x-tex">x_i &lt; y</annotation>' in html(page)
    assert "katex-html" in html(page)


def test_display(engine: Engine) -> None:
    (page,) = engine.set([Formula("x", True, {})])
    assert "katex-display" in html(page)


@pytest.mark.parametrize("name", COMMON)
def test_macros_that_katex_lacks(engine: Engine, name: str) -> None:
    (page,) = engine.set([inline(name + "{a}" * COMMON[name].count("#"))])
    assert html(page)


def test_macros_of_options_and_notes(engine: Engine) -> None:
    of_options, of_note, again = engine.set([inline(r"\R"), inline(r"\R", R=r"\mathbb{Z}"), inline(r"\R")])
    assert '<mi mathvariant="double-struck">Q</mi>' in html(of_options)
    assert '<mi mathvariant="double-struck">Z</mi>' in html(of_note)
    assert again == of_options


def test_chemistry(engine: Engine) -> None:
    (html,) = engine.set([inline(r"\ce{2 H2 + O2 -> 2 H2O} \pu{1.2e3 kJ//mol}")])
    assert isinstance(html, str)
    assert "ce{2 H2 + O2" in html


def test_refusal_says_what_and_where(engine: Engine) -> None:
    before, refused, after = engine.set([inline("a"), inline(r"a + \foo"), inline("b")])
    assert refused == Failure(r"a + \foo", False, r"Undefined control sequence: \foo", 4)
    assert html(before)
    assert html(after)


def test_reference_to_an_equation_gets_a_clear_message(engine: Engine) -> None:
    (refused,) = engine.set([inline(r"\eqref{a}")])
    assert isinstance(refused, Failure)
    assert "not numbered" in refused.message


@pytest.mark.parametrize(
    "tex",
    [r"\def\x{\x\x}\x", "{" * 100_000, r"\href{javascript:alert(1)}{x}", r"\includegraphics{http://a.org/b.png}"],
)
def test_hostile_formulas_do_no_harm(engine: Engine, tex: str) -> None:
    result, after = engine.set([inline(tex), inline("a")])
    assert isinstance(result, Failure) or ("href=" not in result and "<img" not in result)
    assert html(after)


def test_a_link_is_a_link(engine: Engine) -> None:
    (page,) = engine.set([inline(r"\href{https://a.org}{x}")])
    assert 'href="https://a.org"' in html(page)


def test_time_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(katex, "_SCRIPT", katex._SCRIPT + "katex.__defineMacro('\\\\stay', () => { while (true); });")
    monkeypatch.setattr(katex, "SECONDS", 0.2)
    with Engine(tmp_path / "math") as engine:
        before, stuck, after = engine.set([inline("a"), inline(r"\stay"), inline("b")])
    assert stuck == Failure(r"\stay", False, "Setting this formula takes more than 0.2 seconds", None)
    assert sqlite3.connect(tmp_path / "math").execute("SELECT count(*) FROM contents").fetchone() == (2,)
    assert html(before)
    assert html(after)


def test_memory_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    greedy = (
        "katex.__defineMacro('\\\\eat', () => { const all = []; while (true) all.push(new Array(9999).fill(1.5)); });"
    )
    monkeypatch.setattr(katex, "_SCRIPT", katex._SCRIPT + greedy)
    monkeypatch.setattr(katex, "BYTES", 64 * 2**20)
    with Engine() as engine:
        hungry, after = engine.set([inline(r"\eat"), inline("b")])
    assert hungry == Failure(r"\eat", False, "Setting this formula takes more than 64 MB", None)
    assert html(after)


def test_warm_cache_starts_no_v8(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = [inline("a"), inline(r"\foo"), inline("a")]
    with Engine(tmp_path / "math") as engine:
        cold = engine.set(wanted)
    monkeypatch.setattr(Engine, "_start", lambda _: pytest.fail("V8 was started"))
    with Engine(tmp_path / "math") as engine:
        assert engine.set(wanted) == cold


def test_cache_knows_macros_and_display_apart(tmp_path: Path) -> None:
    with Engine(tmp_path / "math") as engine:
        first = engine.set([inline(r"\x", x="a"), inline(r"\x", x="b"), Formula(r"\x", True, {r"\x": "a"})])
        assert len(set(first)) == 3
    with Engine(tmp_path / "math", macros={r"\x": "c"}) as engine:
        assert engine.set([inline(r"\x")])[0] not in first


@pytest.mark.parametrize("content", [b"", b"not a database" * 1000, b"SQLite format 3\0" + b"\0" * 5000])
def test_damaged_cache_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "math"
    path.write_bytes(content)
    for _ in range(2):
        with Engine(path) as engine:
            assert html(engine.set([inline("a")])[0])
    assert sqlite3.connect(path).execute("SELECT count(*) FROM contents").fetchone() == (1,)


def test_unusable_cache_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with Engine(tmp_path) as in_place_of_a_folder, Engine(tmp_path / "file" / "below") as below_a_file:
        assert in_place_of_a_folder.set([inline("a")]) == below_a_file.set([inline("a")])


def test_two_builds_at_once(tmp_path: Path) -> None:
    def build(number: int) -> list[str | Failure]:
        with Engine(tmp_path / "math") as engine:
            return [
                result for n in range(20) for result in engine.set([inline(f"x_{{{n}}}"), inline(f"{number} y_{n}")])
            ]

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(build, (1, 2))
    assert first[::2] == second[::2]
    assert sqlite3.connect(tmp_path / "math").execute("SELECT count(*) FROM contents").fetchone() == (60,)


def test_the_process_ends_though_nobody_closed_the_engine() -> None:
    script = "import markdown; print(len(markdown.markdown('$x$', extensions=['notesite.markdown.math'])))"
    done = subprocess.run([sys.executable, "-c", script], timeout=30, capture_output=True, text=True, check=True)
    assert int(done.stdout) > 100
    assert done.stderr == ""


def test_an_event_loop_is_no_obstacle() -> None:
    async def build() -> list[str | Failure]:
        with Engine() as engine:
            return engine.set([inline("a")])

    assert html(asyncio.run(build())[0])


def test_a_closed_engine_starts_again() -> None:
    engine = Engine()
    first = engine.set([inline("a")])
    engine.close()
    engine.close()
    assert engine.set([inline("a")]) == first
    engine.close()


def test_assets_are_style_sheets_their_fonts_and_the_script_for_copying() -> None:
    files = assets()
    assert {path.suffix for path in files.values()} == {".css", ".woff2", ".js"}
    style = files["katex.min.css"].read_text()
    assert all(name in style for name in files if name.startswith("fonts/"))
    assert all(path.is_file() for path in files.values())
