"""What a source contains, line by line: its blocks, headings, links and formulas, from one parse."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from markdown_it.token import Token

from notesite.blocks import blocks
from notesite.links import find_links, says_paper
from notesite.markdown.gfm import prepare
from notesite.markdown.parser import structure_parser
from notesite.markdown.tex import formulas, is_display
from notesite.model import Block, Formula, Link, Source
from notesite.outline import Heading, headings

ATX: Final = re.compile(r"#{1,6}\s")
SET_ANCHOR: Final = re.compile(
    r"""<[a-z][^<>]*?\b(?:id|name)=["']?([\w:.-]+)|\{#([\w:.-]+)\}\s*$""", re.IGNORECASE | re.MULTILINE
)
MOST_UNCLOSED: Final = 8
"""Fences without end that are closed for the author; each costs another parse, and a file with more is no accident."""
FOOTNOTE_LABEL: Final = re.compile(r"^\[\^[^\]]+\]:[ \t]*|^ {4}", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything in a source that the sections are made of, in order."""

    blocks: tuple[Block, ...]
    headings: tuple[Heading, ...]
    """Those at the top level, not inside a list, a quote or a folded passage."""
    links: tuple[Link, ...]
    formulas: tuple[Formula, ...]
    anchors: tuple[tuple[str, int], ...]
    """Anchors that the author set in HTML or in kramdown's braces, each with its line."""


def contents(source: Source) -> Contents:
    """Parse a source."""
    lines = source.lines
    env: dict[str, object] = {}
    tokens = [*with_footnotes(parse(lines, source.header, env), env)]
    found = (*header_block(source), *blocks(tokens, env, lines, source.header))
    starts = {block.start for block in found if block.kind == "heading"}
    heads = [head for head in headings(tokens) if head.start in starts]
    links = find_links(tokens, env, lines)
    return Contents(
        found,
        tuple(with_papers(heads, [link.line for link in links if says_paper(link)])),
        tuple(links),
        tuple(Formula(token.content, is_display(token), line + 1) for token, line in formulas(tokens)),
        tuple(set_anchors(tokens)),
    )


def with_papers(heads: Sequence[Heading], papers: Sequence[int]) -> Iterator[Heading]:
    """The headings, those told that have one of these lines below them, before the next heading."""
    behind = [bisect_left(papers, head.start) for head in heads]
    for head, (first, last) in zip(heads, pairwise([*behind, len(papers)]), strict=True):
        yield replace(head, has_paper=True) if first < last else head


def set_anchors(tokens: Sequence[Token]) -> Iterator[tuple[str, int]]:
    """`<a id="x">`, `<a name="x">` and `## Heading {#x}`, which other notes may link to."""
    for token in tokens:
        if token.map and token.type in ("inline", "html_block") and ("<" in token.content or "{#" in token.content):
            for match in SET_ANCHOR.finditer(token.content):
                yield match[1] or match[2], token.map[0] + token.content.count("\n", 0, match.start()) + 1


def parse(lines: Sequence[str], header: int, env: dict[str, object]) -> list[Token]:
    """Tokens of the lines, front matter blanked so that line numbers stay, a fence that never ends closed."""
    text = [*[""] * header, *lines[header:]]
    tokens = structure_parser().parse(prepare("\n".join(text), structure_parser()), env)
    for _ in range(MOST_UNCLOSED):
        cut = unclosed_fence(tokens, text)
        if cut is None:
            break
        line, fence = cut
        text[line] = fence
        env.clear()
        tokens = structure_parser().parse(prepare("\n".join(text), structure_parser()), env)
    return tokens


def with_footnotes(tokens: Sequence[Token], env: dict[str, object]) -> Iterator[Token]:
    """The tokens, each footnote followed by those of its text, one level down."""
    for token in tokens:
        yield token
        if token.type == "island" and token.map:
            for inner in structure_parser().parse(FOOTNOTE_LABEL.sub("", token.content), env):
                inner.level += 1
                inner.map = [line + token.map[0] for line in inner.map] if inner.map else None
                yield inner


def unclosed_fence(tokens: Sequence[Token], lines: Sequence[str]) -> tuple[int, str] | None:
    """Where to close a fence that swallows the rest of the file: at the blank line before the next heading."""
    for token in tokens:
        if token.type != "fence" or token.level or not token.map:
            continue
        start, end = token.map
        last = lines[end - 1].strip()
        if end - 1 > start and last.startswith(token.markup) and not last.strip(token.markup[0]):
            continue
        for line in range(start + 2, min(end, len(lines))):
            if ATX.match(lines[line]) and not lines[line - 1].strip():
                return line - 1, token.markup
    return None


def header_block(source: Source) -> tuple[Block, ...]:
    """Front matter that could not be read, as a block to be shown."""
    if source.meta is not None:
        return ()
    return (Block("header", 1, source.header, "\n".join(source.lines[: source.header])),)
