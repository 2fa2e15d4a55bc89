"""Bold text in Chinese, Japanese and Korean, which put no blanks around it.

CommonMark tells by the blanks around punctuation whether asterisks open or close. `**重点（key）**是` has none, and
GitHub shows the asterisks; most editors show what the author meant. One asterisk alone is a footnote's more often.
"""

from __future__ import annotations

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import isWhiteSpace
from markdown_it.rules_inline import StateInline, emphasis

_CJK: Final = re.compile(r"[\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")


def cjk_emphasis(md: MarkdownIt) -> None:
    """Let two asterisks beside a Chinese, Japanese or Korean character open and close, whatever stands beyond them."""
    md.inline.ruler.at("emphasis", _emphasis)


def _emphasis(state: StateInline, silent: bool) -> bool:
    start, known = state.pos, len(state.delimiters)
    if not emphasis.tokenize(state, silent):
        return False
    if not state.src.startswith("**", start):
        return True
    before = state.src[start - 1 : start] or " "
    behind = state.src[state.pos : state.posMax][:1] or " "
    if _CJK.match(before) or _CJK.match(behind):
        for delimiter in state.delimiters[known:]:
            delimiter.open = not isWhiteSpace(ord(behind))
            delimiter.close = not isWhiteSpace(ord(before))
    return True
