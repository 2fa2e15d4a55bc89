"""The blocks of a source: every line that is not blank is in exactly one, or in a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from markdown_it.token import Token

from notesite.model import Block, BlockKind
from notesite.outline import is_sentence

KINDS: Final[dict[str, BlockKind]] = {
    "fence": "code",
    "code_block": "code",
    "table_open": "table",
    "blockquote_open": "quote",
    "html_block": "html",
    "hr": "rule",
    "heading_open": "heading",
    "math_block": "math",
    "island": "definition",
}
CONTAINER: Final = re.compile(
    r"<(/?)(details|div|section|article|aside|table|center|figure|blockquote|p)\b[^>]*>", re.IGNORECASE
)

Span = tuple[BlockKind, int, int]
"""Kind, 0-based first line, line behind the last."""


def blocks(tokens: Sequence[Token], env: Mapping[str, Any], lines: Sequence[str], first: int = 0) -> list[Block]:
    """All blocks from 0-based line `first` on; what no token accounts for is a paragraph, so that no line is lost."""
    spans = sorted({*token_spans(tokens), *definition_spans(env)}, key=lambda span: (span[1], -span[2]))
    found: list[Block] = []
    at = first
    for kind, start, end in join(spans, html_spans(tokens)):
        if start < at:
            continue
        found += gap(lines, at, start)
        end = trim(lines, start, min(end, len(lines)))
        if end > start:
            found.append(block(kind, lines, start, end))
        at = max(end, start)
    return found + gap(lines, at, len(lines))


def block(kind: BlockKind, lines: Sequence[str], start: int, end: int) -> Block:
    """The block of the 0-based lines start to end."""
    return Block(kind, start + 1, end, "\n".join(lines[start:end]))


def gap(lines: Sequence[str], start: int, end: int) -> list[Block]:
    """The lines between two blocks as a block, unless they are blank."""
    while start < end and not lines[start].strip():
        start += 1
    end = trim(lines, start, end)
    return [block("paragraph", lines, start, end)] if end > start else []


def trim(lines: Sequence[str], start: int, end: int) -> int:
    """The end without the blank lines before it."""
    while end > start and not lines[end - 1].strip():
        end -= 1
    return end


def token_spans(tokens: Sequence[Token]) -> Iterator[Span]:
    """The span of each top-level token; a list is one span for each of its items."""
    for index, token in enumerate(tokens):
        if not token.map or token.nesting < 0:
            continue
        if token.level == 1 and token.type == "list_item_open":
            yield "item", token.map[0], token.map[1]
        elif token.type == "heading_open" and token.level == 0 and is_sentence(token, tokens[index + 1].content):
            yield "paragraph", token.map[0], token.map[1] - 1
            yield "rule", token.map[1] - 1, token.map[1]
        elif token.level == 0 and not token.type.endswith("_list_open"):
            yield KINDS.get(token.type, "paragraph"), token.map[0], token.map[1]


def definition_spans(env: Mapping[str, Any]) -> Iterator[Span]:
    """The lines of reference definitions, for which the parser makes no token."""
    for definition in (*env.get("references", {}).values(), *env.get("duplicate_refs", [])):
        yield "definition", definition["map"][0], definition["map"][1]


def html_spans(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Lines from a tag such as `<details>` to its end, where Markdown stands between: one block, headings included."""
    spans: list[tuple[int, int]] = []
    open_tags: list[tuple[str, int]] = []
    for token in tokens:
        if token.type != "html_block" or token.level or not token.map:
            continue
        for closing, name in CONTAINER.findall(token.content):
            if not closing:
                open_tags.append((name.lower(), token.map[0]))
            elif name.lower() in (names := [tag for tag, _ in open_tags]):
                last = len(names) - 1 - names[::-1].index(name.lower())
                spans.append((open_tags[last][1], token.map[1]))
                del open_tags[last:]
    return [(start, end) for start, end in spans if end > start]


def join(spans: Sequence[Span], wholes: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """The spans, those inside one of `wholes` replaced by it."""
    ends: dict[int, int] = {}
    for start, end in wholes:
        ends[start] = max(end, ends.get(start, end))
    covered = -1
    for kind, start, end in spans:
        if start < covered:
            continue
        if whole := ends.get(start):
            kind, end = "html", max(whole, end)
            covered = end
        yield kind, start, end
