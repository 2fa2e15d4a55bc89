"""Rows of tables with a bar inside a formula or code: GitHub ends the cell there, and drops what is then too many."""

from __future__ import annotations

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

_WHOLE: Final = re.compile(r"\$[^$\n]+\$|`[^`\n]+`")
"""What a reader takes for one piece."""
_CANDIDATE: Final = re.compile(r"\$[^$\n|]*\|[^$\n]*\$|`[^`\n|]*\|[^`\n]*`")
"""A quick look, before tables are sought."""
_BAR: Final = re.compile(r"(?<!\\)\|")


def keep_cells(text: str, parser: MarkdownIt) -> str:
    """Escape such bars where a row has more cells than its table, and then has as many."""
    if not _CANDIDATE.search(text):
        return text
    lines = text.split("\n")
    tokens: list[Token] = []
    parser.block.parse(text, parser, {}, tokens)
    for first, end in (token.map for token in tokens if token.type == "table_open" and token.map):
        width = _cells(lines[first])
        for row in range(first + 2, end):
            escaped = _WHOLE.sub(lambda found: _BAR.sub(r"\\|", found[0]), lines[row])
            if _cells(lines[row]) > width == _cells(escaped):
                lines[row] = escaped
    return "\n".join(lines)


def _cells(line: str) -> int:
    cells = escapedSplit(line.strip())
    return len(cells) - (cells[0] == "") - (len(cells) > 1 and cells[-1] == "")
