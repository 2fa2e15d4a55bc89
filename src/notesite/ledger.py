"""The proof that nothing is lost: for each source line, where it went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from notesite.compose import is_dropped, label
from notesite.errors import Problem
from notesite.model import Block, Copy, Dropped, Ledger, Note, Origin, Page, Section, Source

DRAFT: Final = "its file is a draft"
TABLE_OF_CONTENTS: Final = "kramdown's mark for a table of contents, which every page has"


def account(
    sources: Sequence[Source],
    drafts: Sequence[Source],
    sections: Sequence[Section],
    notes: Sequence[Note],
    pages: Sequence[Page],
    key: Callable[[Block], str],
) -> Ledger:
    """Account for every line of the sources, drafts among them; blocks of the same `key` are equal."""
    left_out = (*dropped(sections), *(Dropped(s.path, n, DRAFT) for s in drafts for n in range(1, len(s.lines) + 1)))
    # Of what is said of a line the last counts: one that is on a page is rendered, even where an equal one is merged.
    fates: dict[Origin, str] = {}
    for fate, origins in (
        ("dropped", ((item.path, item.line) for item in left_out)),
        ("structure", structure(sources, sections)),
        ("merged", merged(notes, key)),
        ("rendered", (line.origin for page in pages for line in page.lines if line.origin)),
    ):
        fates |= dict.fromkeys(origins, fate)
    lines = [(source.path, n, text) for source in sources for n, text in enumerate(source.lines, 1)]
    where = [fates.get((path, n)) if text.strip() else "blank" for path, n, text in lines]
    counts = Counter(where)
    lost = tuple((path, n) for (path, n, _), fate in zip(lines, where, strict=True) if fate is None)
    gone = {(path, n) for (path, n, _), fate in zip(lines, where, strict=True) if fate == "dropped"}
    shown = tuple(item for item in left_out if (item.path, item.line) in gone)
    return Ledger(len(lines), counts["rendered"], counts["merged"], counts["structure"], counts["blank"], shown, lost)


def dropped(sections: Sequence[Section]) -> Iterator[Dropped]:
    """The lines that are left out on purpose."""
    for section in sections:
        for block in filter(is_dropped, section.blocks):
            for _, line in span(section, block):
                yield Dropped(section.path, line, TABLE_OF_CONTENTS)


def structure(sources: Sequence[Source], sections: Sequence[Section]) -> Iterator[Origin]:
    """The lines that became part of the site's frame: front matter, headings, definitions of link destinations."""
    for source in sources:
        if source.meta is not None:
            yield from ((source.path, line) for line in range(1, source.header + 1))
    for section in sections:
        yield from ((section.path, line) for line in range(section.start, section.body))
        for block in section.blocks:
            if block.kind == "definition" and not (label(block) or "^").startswith("^"):
                yield from span(section, block)


def merged(notes: Sequence[Note], key: Callable[[Block], str]) -> Iterator[Origin]:
    """The lines of blocks in copies that equal a block of the part shown."""
    for part in (part for note in notes for part in note.parts if part.copies):
        shown = [*part.section.blocks, *(block for copy in part.copies for block in extras(copy))]
        known = {key(block) for block in shown} | {""}
        copied = ((copy.section, block) for copy in part.copies for block in copy.section.blocks)
        for section, block in copied:
            if key(block) in known:
                yield from span(section, block)


def extras(copy: Copy) -> Iterator[Block]:
    """What is shown of a copy beside the part."""
    yield from copy.additions
    yield from (theirs for _, theirs in copy.variants)


def span(section: Section, block: Block) -> Iterator[Origin]:
    """Each line of a block."""
    return ((section.path, line) for line in range(block.start, block.end + 1))


def losses(unaccounted: Sequence[Origin]) -> tuple[Problem, ...]:
    """A problem for each line that is on no page."""
    message = "this line is on no page of the site; please report it as a fault of notesite, with the file"
    return tuple(Problem(path, line, "lost", message) for path, line in unaccounted)
