"""TeX as readable text, and advice on it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesite.markdown.hints import hints
from notesite.markdown.macros import take_definitions
from notesite.markdown.readable import readable


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        ("x_i", "x_i"),
        (r"e(n) \in \mathcal{R}^{n}", "e(n) ∈ R^n"),
        (r"A_i = \Sigma_{j=1}^{T} \space a_{ij}x_{j}", "A_i = Σ_(j=1)^T a_ijx_j"),
        (r"\frac{2Bd^2}{312 \cdot 10^{12}}s", "2Bd^2/(312 · 10^12)s"),
        (r"\frac12 \dfrac{a+b}{c}", "1/2 (a+b)/c"),
        (r"\sqrt{x} \sqrt{a + b}", "√x √(a + b)"),
        (r"\log x \log{y} \exp(z)", "log x log y exp(z)"),
        (r"\left\lbrace a, \{b\} \right\rbrace", "{ a, {b} }"),
        (r"\begin{array}{cc} a & b \\ c & d \end{array}", "a b c d"),
        (r"\text{softmax}(QK^\top/\sqrt{d_k})V", "softmax(QK^⊤/√d_k)V"),
        (r"\lambda \Lambda \omega", "λ Λ ω"),
        (r"95\% \& \$5", "95% & $5"),
        (r"x^{(i)}", "x^((i))"),
        ("{{{x", "x"),
        ("x_", "x_"),
    ],
)
def test_readable(tex: str, text: str) -> None:
    assert readable(tex) == text


@given(st.text(alphabet=r"\frac{}^_ ab&~$%"))
def test_readable_never_fails_and_is_one_line(tex: str) -> None:
    assert "\n" not in readable(tex)


@pytest.mark.parametrize("piece", ["{", "^", r"\frac", r"\sqrt{", "{^"])
def test_readable_survives_endless_nesting(piece: str) -> None:
    assert isinstance(readable(piece * 20_000), str)


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"x \in R^{T} -> y", [r"\to"]),
        ("B << d", [r"\ll"]),
        ("argmax_{a} f", [r"\argmax"]),
        ("a_weighted", ["`a_weighted`"]),
        ("x^10", ["`^10`"]),
        (r"a \leq b \to c_{max}", []),
        (r"\text{a -> b} \argmax_i \log x_{10} W_Q", []),
        (r"x\_i", [r"`\_`"]),
    ],
)
def test_hints(tex: str, words: list[str]) -> None:
    given_hints = list(hints(tex))
    assert len(given_hints) == len(words)
    assert all(word in hint for word, hint in zip(words, given_hints, strict=True))


@pytest.mark.parametrize(
    ("tex", "macros"),
    [
        (r"\newcommand{\iid}{\overset{\text{i.i.d.}}{\sim}}", {r"\iid": r"\overset{\text{i.i.d.}}{\sim}"}),
        (r"\newcommand{iid}{\sim}", {r"\iid": r"\sim"}),
        (r"\newcommand\f[1]{f_{#1}}", {r"\f": "f_{#1}"}),
        (r"\def\f#1#2{#1/#2}", {r"\f": "#1/#2"}),
        (r"\DeclareMathOperator{\diag}{diag}", {r"\diag": r"\operatorname{diag}"}),
        (r"\DeclareMathOperator*{\amax}{arg\,max}", {r"\amax": r"\operatorname*{arg\,max}"}),
        (r"\renewcommand{\R}{\mathbb{R}} \newcommand{\a}{b}", {r"\R": r"\mathbb{R}", r"\a": "b"}),
        (r"\newcommand{\x", {}),
        ("x", {}),
    ],
)
def test_definitions(tex: str, macros: dict[str, str]) -> None:
    rest, found = take_definitions(tex)
    assert found == macros
    assert len(rest) == len(tex)
    assert rest.isspace() == bool(macros)
