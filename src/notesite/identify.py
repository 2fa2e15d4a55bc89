"""Which paper or system a section is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from notesite.errors import Problem
from notesite.links import is_paper_label, says_paper
from notesite.mentions import begins_with
from notesite.model import Link, Reference, Section, Source
from notesite.once import Once, anew
from notesite.outline import is_companion
from notesite.reference import parse_reference, reference
from notesite.titles import is_date, same_word, title
from notesite.wording import words

LINK_LABEL: Final = re.compile(r"(?:url|(?:source|web)?\s?link|source|doi|链接|地址|リンク|링크)", re.IGNORECASE)
"""The label before the address of what a note is about, be it a paper or not."""
HEADER_KEYS: Final = "arxiv arxiv_id eprint doi url link pdf paper_url source openreview".split()
"""Where reference managers and blogs put a paper's address; unlike `paper:` they may also name another page."""
TOP_BLOCKS: Final = 3
ROWS: Final = 3
"""So many lines below its first has a table with two rows."""
LEAST_TELLING: Final = 2
"""A link's text that has all telling words of the title, and at least so many, names the same paper."""


@dataclass(frozen=True, slots=True)
class Stated:
    """The author's option `papers`, taken apart by its keys."""

    sections: Mapping[str, Reference]
    """By `path:line`, by `path:heading` and by title, folded."""
    references: Mapping[Reference, Reference]
    """One reference that stands for another, such as a conference's for arXiv's."""


def identify(
    sections: Sequence[Section],
    sources: Mapping[str, Source],
    papers: Mapping[str, str] | None = None,
    once: Once = anew,
) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
    """Set each section's references and primary, ordered by path and line.

    The author's word comes first: `papers` maps a title, a reference, `path:line` or `path:heading` to a reference or a
    URL; then a file's `paper:` in its front matter, the heading's link and the paper linked in the text.
    """
    ordered = sorted(sections, key=lambda section: (section.path, section.start))
    problems = [*unreadable(papers or {}), *unused(papers or {}, ordered), *unreadable_headers(ordered, sources)]
    stated = understood(papers or {})
    return tuple(once.each(identified, [(section.id, section, stated) for section in ordered])), tuple(problems)


def identified(section: Section, stated: Stated) -> Section:
    """The section with its references, in the order of its links, and its primary."""
    section = replace(section, links=tuple(named(link, stated) for link in section.links))
    links = [(link, link.reference) for link in section.links if link.reference is not None]
    heading = reference(section.href) if section.href else None
    found = dict.fromkeys(ref for _, ref in links)
    primary = by_author = stated_primary(section, stated)
    section = called_by_paper(section)
    if primary is None and section.kind == "note":
        primary = stated.references.get(heading, heading) if heading else paper_of_text(section, links)
        primary = primary or next(papers_of_header(section), None)
    if primary is not None:
        found = dict.fromkeys([*found, primary])
    return replace(section, references=tuple(found), primary=primary, is_stated=by_author is not None)


def named(link: Link, stated: Stated) -> Link:
    """The link with what it names; an image and a wiki link name nothing."""
    found = reference(link.url) if link.kind not in ("image", "wiki") else None
    return replace(link, reference=stated.references.get(found, found)) if found else link


def stated_primary(section: Section, stated: Stated) -> Reference | None:
    """What the author says the section is about."""
    for key in section_keys(section):
        if key in stated.sections:
            return stated.sections[key]
    header = section.meta.get("paper")
    return parse_reference(str(header)) if header else None


def section_keys(section: Section) -> Iterator[str]:
    """How the `papers` option may name a section, the most exact way first."""
    yield section.id
    for text in (section.heading, section.title):
        yield f"{section.path}:{text}".casefold()
    yield section.title.casefold()


def called_by_paper(section: Section) -> Section:
    """The section; where a date stands over it, by the name of the only paper that it links, if it begins with that."""
    papers = [link for link in section.links if link.reference and link.reference.is_paper]
    if not is_date(section.heading) or len({link.reference for link in papers}) != 1:
        return section
    first = papers[0]
    beginning = [link for link in section.links if begins_block(link, section)]
    is_entry = beginning == [first] or (says_paper(first) and not beginning)
    if is_entry and not is_companion(first.text) and not title(first.text).is_vague:
        return replace(section, title=first.text)
    return section


def begins_block(link: Link, section: Section) -> bool:
    """Whether a paragraph or an item begins with this link."""
    lines = (block.text.split("\n")[0] for block in section.blocks if block.start == link.line)
    return any(begins_with(line, link) for line in lines)


def paper_of_text(section: Section, links: Sequence[tuple[Link, Reference]]) -> Reference | None:
    """The paper in the text that the section is about: the one that is called so, or the only one."""
    papers = [(link, ref) for link, ref in links if ref.is_paper]
    own = [(link, ref) for link, ref in papers if not is_of_row(link, section)]
    labelled = dict.fromkeys(ref for link, ref in own if says_paper(link) or is_below_label(link, section))
    is_list = len({ref.scheme for ref in labelled}) < len(labelled)
    for link, ref in papers:
        if (ref in labelled and not is_list) or same_word(link.text, section.title):
            return ref
    telling = title(section.title).telling
    for link, ref in papers:
        if len(telling) >= LEAST_TELLING and telling <= set(words(link.text)):
            return ref
    alone = len({ref for _, ref in papers}) == 1 and not title(section.title).is_vague
    if own and alone and (is_at_top(papers[0][0], section) or LINK_LABEL.fullmatch(papers[0][0].label)):
        return papers[0][1]
    return None


def is_of_row(link: Link, section: Section) -> bool:
    """Whether a link stands in a table of several rows, and its row does not say that it is the paper."""
    block = next((block for block in section.blocks if block.start <= link.line <= block.end), None)
    if block is None or block.kind != "table" or block.end - block.start < ROWS:
        return False
    cells = block.text.split("\n")[link.line - block.start].strip("|> ").split("|")
    return not is_paper_label(cells[0].strip(" *"))


def is_below_label(link: Link, section: Section) -> bool:
    """Whether the heading right above a link says that it leads to the paper."""
    above = next((one for one, other in pairwise(section.blocks) if other.start <= link.line <= other.end), None)
    return above is not None and above.kind == "heading" and is_paper_label(above.text.strip("# "))


def is_at_top(link: Link, section: Section) -> bool:
    """Whether a link stands in the first paragraphs, where notes name their paper; further down it is an aside."""
    return len(section.blocks) <= TOP_BLOCKS or link.line <= section.blocks[TOP_BLOCKS - 1].end


def papers_of_header(section: Section) -> Iterator[Reference]:
    """The papers that the front matter links."""
    for key in HEADER_KEYS:
        found = parse_reference(str(section.meta.get(key) or ""))
        if found and found.is_paper:
            yield found


def understood(papers: Mapping[str, str]) -> Stated:
    """The option `papers`, its keys sorted into names of sections and references that stand for others."""
    sections: dict[str, Reference] = {}
    references: dict[Reference, Reference] = {}
    for key, value in papers.items():
        ref, alias = parse_reference(value), parse_reference(key)
        if ref is None:
            continue
        if alias is not None:
            references[alias] = ref
        sections[key] = sections[key.casefold()] = ref
    return Stated(sections, references)


def unreadable(papers: Mapping[str, str]) -> Iterator[Problem]:
    """A problem for each value of the option that names no paper."""
    for key, value in papers.items():
        if parse_reference(value) is None:
            message = (
                f"papers: {key!r}: {value!r} is no link and no reference; write it as arxiv:1706.03762 or as a URL"
            )
            yield Problem("mkdocs.yml", 1, "papers", message)


def unused(papers: Mapping[str, str], sections: Sequence[Section]) -> Iterator[Problem]:
    """A hint for each key of the option that names nothing in the notes."""
    if not papers:
        return
    known = {key for section in sections for key in section_keys(section)}
    linked = {ref for section in sections for link in section.links if (ref := reference(link.url)) is not None}
    for key in papers:
        if key not in known and key.casefold() not in known and parse_reference(key) not in linked:
            message = (
                f"papers: {key!r} is no section, title or reference in the notes; write path:line or the exact title"
            )
            yield Problem("mkdocs.yml", 1, "papers", message, hint=True)


def unreadable_headers(sections: Sequence[Section], sources: Mapping[str, Source]) -> Iterator[Problem]:
    """A problem for each `paper:` in front matter that names no paper, or is in a file of several notes."""
    for path in dict.fromkeys(section.path for section in sections):
        source = sources.get(path)
        value = (source.meta or {}).get("paper") if source else None
        if not value:
            continue
        if parse_reference(str(value)) is None:
            message = f"paper: {value!r} is no link and no reference; quote a number, as in paper: 'arxiv:1706.03762'"
            yield Problem(path, 1, "paper", message)
        elif not any(section.meta for section in sections if section.path == path):
            message = (
                "paper: is for a file that is one note; this one has several, so name each by a link in its heading"
            )
            yield Problem(path, 1, "paper", message)
