"""TeX as plain text, for titles, search and descriptions: `e(n) ∈ R^n`, not KaTeX's markup."""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from functools import cache
from typing import Final

_NAMES: Final = (
    r"in=∈ notin=∉ ni=∋ subset=⊂ subseteq=⊆ supset=⊃ cup=∪ cap=∩ setminus=∖ emptyset=∅ varnothing=∅ to=→ rightarrow=→ "
    r"leftarrow=← gets=← Rightarrow=⇒ Leftrightarrow=⇔ iff=⇔ implies=⇒ mapsto=↦ leq=≤ le=≤ geq=≥ ge=≥ neq=≠ ne=≠ ll=≪ "
    r"gg=≫ approx=≈ sim=∼ simeq=≃ equiv=≡ propto=∝ times=× cdot=· div=÷ pm=± mp=∓ ast=∗ star=⋆ circ=∘ odot=⊙ otimes=⊗ "
    r"oplus=⊕ sum=∑ prod=∏ int=∫ partial=∂ nabla=∇ infty=∞ infin=∞ forall=∀ exists=∃ neg=¬ land=∧ wedge=∧ lor=∨ vee=∨ "
    r"perp=⊥ top=⊤ mid=| vert=| lvert=| rvert=| Vert=‖ lVert=‖ rVert=‖ langle=⟨ rangle=⟩ lfloor=⌊ rfloor=⌋ lceil=⌈ "
    r"rceil=⌉ ldots=… dots=… cdots=… dotsc=… dotsb=… prime=′ ell=ℓ hbar=ℏ angle=∠ triangleq=≜ coloneqq=≔ bigcup=⋃ "
    r"bigcap=⋂ lbrace={ rbrace=} lt=< gt=> degree=° dagger=† varepsilon=ε vartheta=θ varphi=φ"
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
"""Commands that change how their argument looks; the argument itself is read."""
_SPACES: Final = frozenset("space quad qquad enspace thinspace".split())
_FRACTIONS: Final = frozenset(("frac", "dfrac", "tfrac", "cfrac"))
_TOKEN: Final = re.compile(r"\\[A-Za-z]+\*?|\\.|[ \t\n]+|.", re.DOTALL)


@cache
def readable(tex: str) -> str:
    """A formula as one line of plain text that a reader or a search understands."""
    try:
        return " ".join(_sequence(deque(_TOKEN.findall(tex))).split())
    except RecursionError:
        # Braces nested by the hundred are no formula, and nobody reads them.
        return " ".join(tex.split())


def _sequence(tokens: deque[str]) -> str:
    """Read up to the brace that closes the group, or to the end."""
    text = ""
    while tokens and tokens[0] != "}":
        text += _item(tokens)
    return text


def _item(tokens: deque[str]) -> str:
    """Read one character, command or group."""
    token = tokens.popleft()
    if token == "{":
        inner = _sequence(tokens)
        if tokens:
            tokens.popleft()
        return inner
    if token in ("^", "_"):
        return token + _grouped(_argument(tokens), r"\w*|\S")
    if token[0] == "\\" and token[1:2].isalpha() and token.isascii():
        return _command(token[1:].rstrip("*"), tokens)
    if token[0] == "\\":
        return token[1:] if token[1:] in "{}%$#_&|" else " "
    return " " if token in ("&", "~", "}") else token


def _argument(tokens: deque[str]) -> str:
    """Read what a command or script applies to; nothing where the group ends first."""
    while tokens and tokens[0].isspace():
        tokens.popleft()
    return _item(tokens).strip() if tokens and tokens[0] != "}" else ""


def _grouped(text: str, alone: str) -> str:
    """Put parentheses around what is longer than may stand alone."""
    return text if re.fullmatch(alone, text) else f"({text})"


def _command(name: str, tokens: deque[str]) -> str:
    """A command's character, or the name of a function such as `log`."""
    if name in _FRACTIONS:
        return "/".join(_grouped(_argument(tokens), r"[^\s+\-=]+") for _ in range(2))
    if name == "sqrt":
        return "√" + _grouped(_argument(tokens), r"\w+")
    if name in ("begin", "end"):
        if _argument(tokens) == "array" and name == "begin":
            _argument(tokens)  # how its columns are aligned
        return " "
    if name in _SILENT:
        return ""
    if name in _SPACES:
        return " "
    character = _SYMBOLS.get(name) or _greek(name)
    glued = bool(tokens) and (tokens[0].isalnum() or tokens[0] == "{")
    return character or (f"{name} " if glued else name)


def _greek(name: str) -> str:
    """The letter of a command such as `alpha` or `Omega`, empty for other names."""
    case = "CAPITAL" if name[0].isupper() else "SMALL"
    # Unicode's "lamda" is TeX's "lambda".
    spelled = name.lower().replace("lambda", "lamda")
    try:
        return unicodedata.lookup(f"GREEK {case} LETTER {spelled.upper()}")
    except KeyError:
        return ""
