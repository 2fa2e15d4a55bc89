"""The Python-Markdown extension: where readable text stands and where KaTeX's output."""

import re
from typing import Any

import markdown
import pytest

from notesite.markdown.finders import remove_finders
from notesite.markdown.katex import Engine, Failure


def convert(text: str, *extensions: str, **options: Any) -> str:
    return parser(*extensions, **options).convert(text)


def parser(*extensions: str, **options: Any) -> markdown.Markdown:
    names = [*extensions, "notesite.markdown.math"]
    return markdown.Markdown(extensions=names, extension_configs={"notesite.markdown.math": options})


def annotations(page: str) -> list[str]:
    return re.findall(r'<annotation encoding="application/x-tex">(.*?)</annotation>', page, re.DOTALL)


@pytest.mark.parametrize("order", [("toc", "attr_list"), ()])
def test_table_of_contents_and_slugs_see_readable_text(order: tuple[str, ...]) -> None:
    md = parser(*(order or ("toc",)))
    page = md.convert(r"# The $\ell_2$ of $e(n) \in \mathcal{R}^{n}$" + "\n\n[TOC]")
    (entry,) = md.toc_tokens  # type: ignore[attr-defined]
    assert entry["name"] == "The ℓ_2 of e(n) ∈ R^n"
    assert entry["id"] == "the-l_2-of-en-rn"
    assert '<a href="#the-l_2-of-en-rn">The ℓ_2 of e(n) ∈ R^n</a>' in page
    assert annotations(page) == [r"\ell_2", r"e(n) \in \mathcal{R}^{n}"]


def test_formulas_everywhere() -> None:
    text = "| $a$ |\n|---|\n| $b$ |\n\n[link $c$](x.md) **$d$** [^1]\n\n- $e$\n\n> $f$\n\n[^1]: note $g$"
    page = convert(text, "tables", "footnotes")
    assert sorted(annotations(page)) == list("abcdefg")
    assert "data-tex" not in page


def test_no_script_is_needed() -> None:
    assert "<script" not in convert("$a$\n\n$$b$$")


def test_definitions_hold_from_their_formula_to_the_end_of_the_note() -> None:
    failures: list[Failure] = []
    md = parser(report=failures.append)
    first = md.convert(
        "$\\x$ and\n\n$$\n\\newcommand{\\x}[1]{y_{#1}}\n\\DeclareMathOperator{\\diag}{diag}\n$$\n\n$\\x 1 \\diag$"
    )
    assert [failure.tex for failure in failures] == [r"\x"]
    assert annotations(first)[-1] == r"\x 1 \diag"
    md.reset()
    md.convert(r"$\diag$")
    assert [failure.tex for failure in failures] == [r"\x", r"\diag"]


def test_a_formula_of_definitions_alone_takes_no_room() -> None:
    assert "katex" not in convert(r"$$\newcommand{\x}{y}$$")


def test_a_note_may_define_what_katex_knows() -> None:
    page = convert(r"$\newcommand{\R}{\mathbb{Q}} \R$ and $\newcommand{\R}{\mathbb{Z}} \R$", report=pytest.fail)
    assert ">Q<" in page
    assert ">Z<" in page


def test_macros_of_the_options() -> None:
    assert ">S<" in convert(r"$\St$", macros={r"\St": r"\mathcal{S}"}, report=pytest.fail)


def test_a_refused_definition_is_reported_as_written() -> None:
    failures: list[Failure] = []
    convert(r"$\newcommand{\x}{y} \x \foo$", report=failures.append)
    assert [(failure.tex, failure.position) for failure in failures] == [(r"\newcommand{\x}{y} \x \foo", 22)]


def test_a_refused_formula_is_shown_and_reported() -> None:
    failures: list[Failure] = []
    page = convert("a $\\foo < b$ c", report=failures.append)
    assert "<code>\\foo &lt; b</code>" in page
    assert 'class="ns-tex ns-tex-error"' in page
    assert failures == [Failure(r"\foo < b", False, r"Undefined control sequence: \foo", 0)]


def test_the_callers_engine_is_used() -> None:
    class Shouting(Engine):
        def set(self, formulas: Any) -> list[str | Failure]:
            return [f"<b>{formula.tex}!</b>" for formula in formulas]

    assert "<b>x!</b>" in convert("$x$", engine=Shouting())


def test_another_extension_may_find_the_formulas() -> None:
    md = parser()
    remove_finders(md)
    assert md.convert("$x$ \\[y^2\\]\n\n```math\nz\n```").count("ns-tex") == 0


def test_code_keeps_its_dollars_and_escapes() -> None:
    page = convert("`$x$` and\n\n    $$y$$\n\n```sh\necho $HOME $PATH\n```\n\n\\$5 \\$6", "fenced_code")
    assert "ns-tex" not in page
    assert "<code>$x$</code>" in page
    assert "echo $HOME $PATH" in page
    assert "<p>$5 $6</p>" in page
