"""TeX as plain text, for titles, search and descriptions: `e(n) ∈ R^n`, not KaTeX's markup."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

_NAMES: Final = (
    r"in=∈ notin=∉ ni=∋ subset=⊂ subseteq=⊆ supset=⊃ cup=∪ cap=∩ setminus=∖ emptyset=∅ varnothing=∅ to=→ rightarrow=→ "
    r"leftarrow=← gets=← Rightarrow=⇒ Leftrightarrow=⇔ iff=⇔ implies=⇒ mapsto=↦ leq=≤ le=≤ geq=≥ ge=≥ neq=≠ ne=≠ ll=≪ "
    r"gg=≫ approx=≈ sim=∼ simeq=≃ equiv=≡ propto=∝ times=× cdot=· div=÷ pm=± mp=∓ ast=∗ star=⋆ circ=∘ odot=⊙ otimes=⊗ "
    r"oplus=⊕ sum=∑ prod=∏ int=∫ partial=∂ nabla=∇ infty=∞ infin=∞ forall=∀ exists=∃ neg=¬ land=∧ wedge=∧ lor=∨ vee=∨ "
    r"perp=⊥ top=⊤ mid=| vert=| lvert=| rvert=| Vert=‖ lVert=‖ rVert=‖ langle=⟨ rangle=⟩ lfloor=⌊ rfloor=⌋ lceil=⌈ "
    r"rceil=⌉ ldots=… dots=… cdots=… dotsc=… dotsb=… prime=′ ell=ℓ hbar=ℏ sqrt=√ angle=∠ triangleq=≜ coloneqq=≔ "
    r"lt=< gt=> degree=° dagger=† varepsilon=ε vartheta=θ varphi=φ"
)
_SYMBOLS: Final = dict(name.split("=", 1) for name in _NAMES.split())
_LOOKS: Final = (
    "left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr displaystyle textstyle "
    "scriptstyle scriptscriptstyle limits nolimits nonumber notag mathcal mathbb mathbf mathrm mathit mathsf mathtt "
    "mathfrak mathscr mathds mathbbm boldsymbol bm pmb rm bf it cal text textbf textit textrm texttt textsf "
    "textnormal mbox hbox operatorname hat widehat tilde widetilde bar overline underline vec dot ddot mathop mathrel "
    "mathbin mathord hline label tag substack boxed underbrace overbrace phantom smash ensuremath binom"
)
_SILENT: Final = frozenset(_LOOKS.split())
_FRACTION: Final = re.compile(r"\\[dtc]?frac\s*(\{[^{}]*\}|[^{}\\\s])\s*(\{[^{}]*\}|[^{}\\\s])")
_INNER_GROUP: Final = re.compile(r"([_^]?)\{([^{}]*)\}")
_COMMAND: Final = re.compile(r"\\(?![dtc]?frac(?![A-Za-z]))(?:([A-Za-z]+)\*?|(.))(?=(\s*[A-Za-z0-9{])?)", re.DOTALL)
_ENVIRONMENT: Final = re.compile(r"\\(?:begin|end)\s*\{[^{}]*\}(?:\{[clr|]*\})?")
_BRACE: Final = re.compile(r"\\(?:([{}])|([lr])brace(?![A-Za-z]))")
_ESCAPED: Final = {"{": "\ue000", "}": "\ue001"}
"""Private characters that stand for escaped braces while the others are resolved."""
_DEEPEST: Final = 8
"""Groups inside of groups that are resolved; real formulas have at most 6."""


@cache
def readable(tex: str) -> str:
    """Return a formula as one line of plain text that a reader or a search understands."""
    text = _ENVIRONMENT.sub(" ", tex)
    text = _BRACE.sub(lambda brace: _ESCAPED[brace[1] or {"l": "{", "r": "}"}[brace[2]]], text)
    text = _COMMAND.sub(_symbol, text)
    for _ in range(_DEEPEST):
        text, fractions = _FRACTION.subn(lambda part: f"{_term(part[1])}/{_term(part[2])}", text)
        text, groups = _INNER_GROUP.subn(_group, text)
        if not fractions and not groups:
            break
    text = text.translate({ord("{"): "", ord("}"): "", ord("&"): " ", ord("~"): " "})
    for brace, private in _ESCAPED.items():
        text = text.replace(private, brace)
    return " ".join(text.split())


def _term(group: str) -> str:
    """Return a numerator or denominator, in parentheses where it is a sum."""
    inner = group.strip("{}").strip()
    return f"({inner})" if re.search(r"[-+=\s](?!$)", inner) and not inner.startswith("(") else inner


def _group(found: re.Match[str]) -> str:
    """Return a group without its braces; an index or exponent that is more than a word gets parentheses."""
    script, inner = found[1], found[2].strip()
    needs = script and not re.fullmatch(r"\w+|\\[A-Za-z]+|[^\w\s]", inner) and inner
    return f"{script}({inner})" if needs else f"{script}{inner}" if script else inner


def _symbol(command: re.Match[str]) -> str:
    """Return a command's character, the name of a function such as `log`, or nothing for what changes the look."""
    name, punctuation, follows = command.groups()
    if name is None:
        return punctuation if punctuation in "%$#_&|" else " "
    if name in _SILENT:
        return ""
    character = _SYMBOLS.get(name) or _greek(name)
    return character or (f"{name} " if follows else name)


def _greek(name: str) -> str:
    """Return the letter of a command such as `alpha` or `Omega`, empty for other names."""
    case = "CAPITAL" if name[0].isupper() else "SMALL"
    # Unicode's "lamda" is TeX's "lambda".
    spelled = name.lower().replace("lambda", "lamda")
    try:
        return unicodedata.lookup(f"GREEK {case} LETTER {spelled.upper()}")
    except KeyError:
        return ""
