"""The proof that nothing is lost: for each source line, where it went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from notesite.compose import is_dropped, label
from notesite.errors import Problem
from notesite.model import Block, Dropped, Ledger, Note, Origin, Page, Section, Source
from notesite.wording import block_key, is_held

DRAFT: Final = "its file is a draft"
TABLE_OF_CONTENTS: Final = "kramdown's mark for a table of contents, which every page has"


def account(
    sources: Sequence[Source],
    drafts: Sequence[Source],
    sections: Sequence[Section],
    notes: Sequence[Note],
    pages: Sequence[Page],
) -> Ledger:
    """Account for every line of the sources, drafts among them."""
    left_out = (*dropped(sections), *(Dropped(s.path, n, DRAFT) for s in drafts for n in range(1, len(s.lines) + 1)))
    # The first fate that applies counts: a line on a page is rendered, even where an equal one was merged.
    fates: dict[str, Collection[Origin | None]] = {
        "rendered": {line.origin for page in pages for line in page.lines},
        "merged": frozenset(merged(notes)),
        "structure": frozenset(structure(sources, sections)),
        "dropped": {(item.path, item.line) for item in left_out},
    }
    where: defaultdict[str, list[Origin]] = defaultdict(list)
    for source in sources:
        for number, text in enumerate(source.lines, 1):
            origin = source.path, number
            fate = "blank" if not text or text.isspace() else next((f for f in fates if origin in fates[f]), "lost")
            where[fate].append(origin)
    gone = set(where["dropped"])
    return Ledger(
        lines=sum(map(len, where.values())),
        rendered=len(where["rendered"]),
        merged=len(where["merged"]),
        structure=len(where["structure"]),
        blank=len(where["blank"]),
        dropped=tuple(item for item in left_out if (item.path, item.line) in gone),
        unaccounted=tuple(where["lost"]),
    )


def dropped(sections: Sequence[Section]) -> Iterator[Dropped]:
    """The lines that are left out on purpose."""
    for section in sections:
        for block in filter(is_dropped, section.blocks):
            for _, line in span(section, block):
                yield Dropped(section.path, line, TABLE_OF_CONTENTS)


def structure(sources: Sequence[Source], sections: Sequence[Section]) -> Iterator[Origin]:
    """The lines that became part of the site's frame: front matter, headings, definitions of link destinations."""
    for source in sources:
        yield from ((source.path, line) for line in range(1, source.body))
    for section in sections:
        yield from ((section.path, line) for line in range(section.start, section.body))
        for block in section.blocks:
            if block.kind == "definition" and not (label(block) or "^").startswith("^"):
                yield from span(section, block)


def merged(notes: Sequence[Note]) -> Iterator[Origin]:
    """The lines of blocks in copies that say no more than a block that is shown."""
    for part in (part for note in notes for part in note.parts if part.copies):
        shown = [*part.section.blocks, *(block for copy in part.copies for block in copy.shown)]
        known = {block_key(block) for block in shown}
        copied = ((copy.section, block) for copy in part.copies for block in copy.section.blocks)
        for section, block in copied:
            if not (key := block_key(block)) or is_held(key, known):
                yield from span(section, block)


def span(section: Section, block: Block) -> Iterator[Origin]:
    """Each line of a block."""
    return ((section.path, line) for line in range(block.start, block.end + 1))


def losses(unaccounted: Sequence[Origin]) -> tuple[Problem, ...]:
    """A problem for each line that is on no page."""
    message = "this line is on no page of the site; please report it as a fault of notesite, with the file"
    return tuple(Problem(path, line, "lost", message) for path, line in unaccounted)
