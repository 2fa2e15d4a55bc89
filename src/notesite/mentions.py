"""Lines in which other sections name what a note is about: an entry in a list, an item that begins with the name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from notesite.model import Link, Mention, Note, Reference, Section
from notesite.once import Once, anew
from notesite.titles import LEAST_WORDS, name_keys, same, title, unrelated

SIGN: Final = re.compile(r"(?:\s|[-*+>](?=\s|\[)|->|\d+[.)]\s|\[[ xX]\]\s)*")
"""What stands before the words of a list item."""
NAMED: Final = re.compile(
    r"""[*_]{0,2}\[(?P<link>[^\]\n]{2,120})\]\(
    | (?:\*\*|__)(?P<bold>[^*_\n]{2,80}?):?(?:\*\*|__)
    | [*_](?P<slanted>[^*_\n]{2,80}?):?[*_]
    | (?P<plain>[^:|(\[*\n]{2,80}?)\s*(?::(?=\s)|\||\s[–—-]\s|\((?=\[?[\w\[]))""",
    re.VERBOSE,
)
"""The name that a line begins with, set off by its markup or by what follows it."""
ABBREVIATION: Final = re.compile(r"\((\w*[A-Z]\w*[A-Z]\w*)\):\s")
"""A short name in parentheses behind the long one: Rotary Position Embedding (RoPE): …"""
SET_OFF: Final = re.compile(r"""(?<!\w)[*_"“]{1,2}([^*_"“”\n]{12,120})[*_"”]{1,2}(?!\w)""")
"""What may be a title in running text: slanted, bold or quoted."""
LONGEST_NAME: Final = 6
"""Words in a name; longer names are looked for only where markup sets them off."""
LINK_SIGN: Final = re.compile(r"(?:\*{1,2}|_{1,2}|[\"“'])?(?:\[|<?https?://)")


@dataclass(frozen=True, slots=True)
class Named:
    """A line that names what a note is about."""

    note: int
    section: Section
    line: int
    why: str
    is_entry: bool
    """Whether the line is about that and nothing else, as in a list; else it only refers to it."""

    @property
    def mention(self) -> Mention:
        """What the note's page shows of it."""
        return Mention(self.section, self.line, self.why)


@dataclass(frozen=True, slots=True)
class Name:
    """What stands in a line and may name a note: the link of a paper, or what the line begins with or sets off."""

    line: int
    text: str
    """The link's text, or the name."""
    reference: Reference | None
    """The paper that the link leads to."""
    keys: frozenset[str]
    """The spellings of the name."""
    is_entry: bool
    """Whether, if it names a note, the line is about that and nothing else."""


def mentions(notes: Sequence[Note], sections: Sequence[Section], once: Once = anew) -> list[Named]:
    """Every line that names a note, in the order of the sections; the note's own lines do not count."""
    home = {section.id: place for place, note in enumerate(notes) for section in note.sections}
    papers, listed, names = hosts(notes)
    found: dict[tuple[int, str, int], Named] = {}
    names_of = once.each(names_in, [(section.id, section) for section in sections])
    for section, held in zip(sections, names_of, strict=True):
        for name in held:
            ref = name.reference
            for named in by_link(name, ref, section, notes, papers, listed) if ref else by_name(name, section, names):
                if home.get(section.id) != named.note:
                    found.setdefault((named.note, section.id, named.line), named)
    return list(found.values())


def hosts(notes: Sequence[Note]) -> tuple[Mapping[Reference, int], Mapping[Reference, int], Mapping[str, int]]:
    """The note of each paper; for papers without one the first list that has it; and the note of each name."""
    papers: dict[Reference, int] = {}
    listed: dict[Reference, int] = {}
    named: defaultdict[str, set[int]] = defaultdict(set)
    for place, note in enumerate(notes):
        for section in note.sections:
            if section.kind == "links":
                for ref in section.references:
                    listed.setdefault(ref, place)
                continue
            if section.paper:
                papers.setdefault(section.paper, place)
            for key in (key for name in (section.title, *section.aliases) for key in name_keys(name)):
                named[key].add(place)
    return papers, listed, {key: min(places) for key, places in named.items() if len(places) == 1}


def by_link(
    name: Name,
    ref: Reference,
    section: Section,
    notes: Sequence[Note],
    papers: Mapping[Reference, int],
    listed: Mapping[Reference, int],
) -> Iterator[Named]:
    """A line that links a paper with a note, or with a place in a list."""
    if ref in papers:
        title = notes[papers[ref]].title
        if not unrelated(name.text, title):
            # Where a section is about a paper, what it links are other papers.
            in_full = not section.paper and bool(same(name.text, title))
            yield Named(papers[ref], section, name.line, f"links {ref}", name.is_entry or in_full)
    elif ref in listed and name.is_entry:
        yield Named(listed[ref], section, name.line, f"links {ref}, which is listed here", name.is_entry)


def by_name(name: Name, section: Section, names: Mapping[str, int]) -> Iterator[Named]:
    """A line that begins with the name of a note, or that sets off its whole title."""
    for key in name.keys & names.keys():
        yield Named(names[key], section, name.line, f"names {name.text!r}", name.is_entry)


def names_in(section: Section) -> tuple[Name, ...]:
    """What may name a note in a section: papers that it links first, then names."""
    lines = prose_lines(section)
    return (*linked_papers(section, lines), *names_of_lines(section, lines))


def linked_papers(section: Section, lines: Mapping[int, str]) -> Iterator[Name]:
    """The papers that the lines of a section link."""
    for link in section.links:
        ref = link.reference if link.kind != "definition" else None
        if ref is not None and ref.is_paper and link.line in lines:
            is_entry = section.kind != "note" or (not section.paper and begins_with(lines[link.line], link))
            yield Name(link.line, link.text, ref, frozenset(), is_entry)


def names_of_lines(section: Section, lines: Mapping[int, str]) -> Iterator[Name]:
    """The names that the lines of a section begin with, and the titles that they set off."""
    items = {line for block in section.blocks if block.kind == "item" for line in range(block.start, block.end + 1)}
    linked = {link.line: link.reference is not None for link in reversed(section.links)}
    for number, line in lines.items():
        is_item = number in items or linked.get(number, False)
        named = [(name, is_item) for name in line_names(line, linked.get(number))]
        named += [(name, True) for name in SET_OFF.findall(line) if len(title(name).words) >= LEAST_WORDS]
        for name, is_subject in named:
            if keys := name_keys(name):
                is_entry = section.kind != "note" or (is_subject and not section.paper)
                yield Name(number, name, None, keys, is_entry)


def line_names(line: str, leads_out: bool | None) -> Iterator[str]:
    """What may be the name that a line is about: what is set off as one, or the first words of a line with a link.

    `leads_out` is False where the line's first link stays within the notes: a table of contents names nothing new.
    """
    yield from ABBREVIATION.findall(line)
    found = NAMED.match(line, words_start(line))
    if found and not (found["link"] and not leads_out):
        yield found[found.lastgroup or 0].strip()
    elif leads_out:
        first = line[words_start(line) :].lstrip('*_["“').split()[:LONGEST_NAME]
        yield from (" ".join(first[:length]) for length in range(len(first), 1, -1))


def prose_lines(section: Section) -> dict[int, str]:
    """The lines of a section's prose by their number in the source."""
    return {
        number: line
        for block in section.blocks
        if block.kind in ("paragraph", "item", "table", "quote")
        for number, line in enumerate(block.text.split("\n"), block.start)
    }


def words_start(line: str) -> int:
    """Where the words of a line begin."""
    sign = SIGN.match(line)
    return sign.end() if sign else 0


def begins_with(line: str, link: Link) -> bool:
    """Whether a line begins with this link."""
    begin = words_start(line)
    return LINK_SIGN.match(line, begin) is not None and link.text in line[begin : begin + len(link.text) + 4]
