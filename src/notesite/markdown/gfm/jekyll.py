"""What Jekyll reads before Markdown: front matter and Liquid. Every line stays on its line."""

from __future__ import annotations

import re
from typing import Final

_FRONT_MATTER: Final = re.compile(
    r"---[ \t]*\n(?:(?:\w[\w-]*[ \t]*:.*|[ \t]+.*|[-#].*)?\n)*?(?:---|\.\.\.)[ \t]*(?=\n|\Z)"
)
_COMMENT: Final = re.compile(
    r"^\{::comment\}.*?^\{:/(?:comment)?\}[ \t]*$|\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}",
    re.DOTALL | re.MULTILINE,
)
_RAW: Final = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}")
_HIGHLIGHT: Final = re.compile(r"^([ \t]*)\{%-?\s*highlight\s+([\w#+.-]+)[^%\n]*%\}[ \t]*$", re.MULTILINE)
_END_HIGHLIGHT: Final = re.compile(r"^([ \t]*)\{%-?\s*endhighlight\s*-?%\}[ \t]*$", re.MULTILINE)
_FENCE: Final = "~" * 8
"""Longer than a fence in the code is likely to be."""


def read_jekyll(text: str) -> str:
    """The text as Jekyll hands it to Markdown: highlight blocks as fences, comments gone.

    Liquid's output (`{{ … }}`) stays: outside code the pipeline has replaced it, and code may show it.
    """
    if text.startswith("---"):
        text = _FRONT_MATTER.sub(_blank, text, count=1) if _is_front_matter(text) else text
    if "{%" not in text and "{:" not in text:
        return text
    text = _COMMENT.sub(_blank, text)
    if _END_HIGHLIGHT.search(text):
        text = _HIGHLIGHT.sub(rf"\g<1>{_FENCE}\g<2>", text)
        text = _END_HIGHLIGHT.sub(rf"\g<1>{_FENCE}", text)
    return _RAW.sub("", text)


def _is_front_matter(text: str) -> bool:
    """Whether the rule on the first line opens YAML: a key must follow it at once."""
    return _FRONT_MATTER.match(text) is not None and re.match(r"---[ \t]*\n\w[\w-]*[ \t]*:", text) is not None


def _blank(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")
