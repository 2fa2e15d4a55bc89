"""Hints for the author: what was hardly meant as it is written, though the site shows something sensible."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from notesite.compose import heading_level, open_end
from notesite.errors import Problem
from notesite.markdown.gfm.mend import mended
from notesite.markdown.hints import hints
from notesite.markdown.parser import parser
from notesite.model import Block, Link, Note, Section, Site
from notesite.resolve import destination

EMPTY_ITEM: Final = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]*")
MANY: Final = 3
"""Two notes on one paper are a first and a second reading; three ask to be brought together."""


def advice(site: Site) -> Iterator[Problem]:
    """Every hint that the pipeline itself has no need of."""
    for section in site.sections:
        yield from unfinished(section)
        for block in section.blocks:
            yield from unbalanced(section, block)
        for link in section.links:
            yield from odd_link(section, link, site)
        for formula in section.formulas:
            yield from (hint(section, formula.line, "formula", message) for message in hints(formula.tex))
    yield from filter(None, map(noted_often, site.notes))


def hint(section: Section, line: int, code: str, message: str) -> Problem:
    """Advice on a line of a section."""
    return Problem(section.path, line, code, message, hint=True)


def unfinished(section: Section) -> Iterator[Problem]:
    """Headings with nothing under them, together, and empty bullets."""
    empty = list(empty_headings(section.blocks))
    if section.kind == "note" and section.heading and not section.blocks:
        yield hint(section, section.start, "unfinished", "nothing stands under this heading; finish the note")
    elif empty:
        others = f", nor under {len(empty) - 1} more of this note" if len(empty) > 1 else ""
        message = f"nothing stands under this heading{others}; write it or delete it"
        yield hint(section, empty[0], "unfinished", message)
    for block in section.blocks:
        if block.kind in ("item", "paragraph") and "```" not in block.text and "~~~" not in block.text:
            for number, line in enumerate(block.text.split("\n"), block.start):
                if EMPTY_ITEM.fullmatch(line):
                    yield hint(section, number, "unfinished", "an empty bullet; finish the thought or delete it")


def empty_headings(blocks: Sequence[Block]) -> Iterator[int]:
    """The lines of headings with nothing under them."""
    for block, following in zip_longest(blocks, blocks[1:]):
        if block.kind == "heading" and ends(block, following):
            yield block.start


def ends(heading: Block, following: Block | None) -> bool:
    """Whether what a heading is for ends right behind it."""
    if following is None:
        return True
    return following.kind == "heading" and heading_level(following) <= heading_level(heading)


def unbalanced(section: Section, block: Block) -> Iterator[Problem]:
    """Fences and HTML that are never closed, and lone backticks."""
    if closing := open_end(block):
        yield hint(section, block.start, "unclosed", f"what begins here is never closed; end it with {closing}")
    if block.kind in ("item", "paragraph", "quote", "table") and "`" in block.text and "\\`" not in block.text:
        for first, text in inline_texts(block):
            if "`" in text:
                message = f"a backtick has no partner in “{excerpt(text)}”; close the code or write \\`"
                yield hint(section, first, "backtick", message)


def inline_texts(block: Block) -> Iterator[tuple[int, str]]:
    """The texts of a block that are neither code nor formulas, each with its paragraph's first line."""
    for token in parser().parse(block.text):
        if token.type == "inline" and token.map:
            for child in token.children or ():
                if child.type == "text":
                    yield block.start + token.map[0], child.content


def excerpt(text: str) -> str:
    """What stands around the backtick."""
    at = text.index("`")
    return text[max(0, at - 15) : at + 25].strip()


def odd_link(section: Section, link: Link, site: Site) -> Iterator[Problem]:
    """Links that are mended on the site, and those that lead nowhere."""
    if not link.url:
        yield hint(section, link.line, "empty-link", f"the link “{link.text}” has no destination; give it one")
    elif meant := mended_url(section, link, site):
        yield hint(section, link.line, "link", f"“{link.text}” leads to no proper address; write {meant}")


def mended_url(section: Section, link: Link, site: Site) -> str | None:
    """The address that is meant where the scheme is missing or a whole link stands for it."""
    found = destination(link, section.path, site.addresses)
    is_mended = found == mended(link.url) != link.url
    return found if is_mended and link.kind in ("link", "definition", "image") else None


def noted_often(note: Note) -> Problem | None:
    """A paper with several notes that could be one."""
    if len(note.parts) < MANY:
        return None
    sections = [part.section for part in note.parts]
    places = ", ".join(section.id for section in sections[1:])
    message = f"“{note.title}” is noted {len(sections)} times, here and at {places}; bring them together if you like"
    return hint(sections[0], sections[0].start, "noted-often", message)


def close_calls(notes: Sequence[Note]) -> Iterator[str]:
    """Notes that might as well stand on another shelf, for the author to decide."""
    for note in notes:
        if note.filing.close:
            also = " or ".join(note.filing.also[:1])
            yield f"{note.id}: {note.title}: {note.filing.topic}, perhaps {also} ({note.filing.why})"
