"""Cut a source into sections: where a note begins and ends."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from operator import attrgetter
from pathlib import PurePosixPath
from typing import Final, TypeVar

from notesite import titles
from notesite.contents import Contents, contents
from notesite.filenames import file_title, source_date
from notesite.links import is_external
from notesite.markdown.parser import parser
from notesite.model import Block, Link, Section, SectionKind, Source
from notesite.outline import Heading, inline_text, is_article, is_companion, is_headed, is_part_name, is_rooted

MOST_PAPERS: Final = 3
"""A file with one root heading and at most this many papers linked is a note on one of them, not a collection."""
LEAST_LINES: Final = 3
LINK_LINES: Final = 0.6
"""A section is a list of links when at least this share of its lines, and at least LEAST_LINES, begin with one.
Notes on one paper that open with links (paper, code, thread) and go on in prose stay below it."""

BEGINS_WITH_LINK: Final = re.compile(
    r"(?:[-*+>]|->|\d+[.)]|\[[ xX]\]|\s)*(?:\*{0,2}|_{0,2}|[\"“'])(?:!?\[[^\]]*\]\(|<?https?://|\[\[)"
)
ENTRY: Final = re.compile(
    r"(?:[-*+]|\d+[.)]|\[[ xX]\]|\s)*(?:(\S.{11,})\[([^\[\]]+)\]{1,2}\(|\S.{10,}[^\s:：]\s+[(<]?https?://\S+\s*$)"
)
"""A title, and behind it links such as `[[arXiv](…)]` or `([paper](…))`, or an address."""
CONTINUED: Final = re.compile(r"\n(?!\s*(?:[-*+]|\d+[.)])\s)\s*")
"""Where the next line of an item begins no other."""
PAPER_LINK: Final = re.compile(
    r"arxiv\.org/|openreview\.net/|aclanthology\.org/|doi\.org/|/papers?/|\.pdf\b|proceedings\.mlr\.press/|/doi/"
    r"|ieeexplore\.ieee\.org/|link\.springer\.com/|nature\.com/articles/|rxiv\.org/|/conference/\w+/presentation/",
    re.IGNORECASE,
)
LIST_WORD: Final = re.compile(
    r"""\b(?:links?|lists?|papers|articles|posts|blogs?|resources|references|readings?|to\ read|courses|lectures|talks
    |videos|threads|books|tutorials|tools|repos(?:itories)?|bookmarks|misc)\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""A heading that announces a list."""
COLLECTION: Final = re.compile(
    r"(?:[\w-]+\s)?(?:papers|articles|notes|links|readings?|reading\ (?:log|list)|to[\ -]read|log|journal|glossary"
    r"|concepts)|things\ (?:i\ |we\ )?(?:have\ )?read\b.*",
    re.IGNORECASE,
)
"""A title of a file that holds many notes, whatever they link."""
TITLE_LINE: Final = re.compile(
    r"^[\s>*+-]*(?:paper\s)?(?:title|(?:论文)?(?:标题|题目)|(?:論文)?タイトル|(?:논문\s?)?제목)[*_]*\s?[:：]{1,2}[*_]*\s*(\S.*)",
    re.IGNORECASE | re.MULTILINE,
)
TITLE_LINES: Final = 20
"""Lines of a file in which its title may be stated."""
OTHERS: Final = 1 / 3
"""Of the headings of a form at most this share, such as its authors, has names that not every note may have."""
T = TypeVar("T")
STUB_KEYS: Final = ("title", "aliases", "alias", "authors", "author", "paper", "arxiv", "doi", "url", "citekey")
LEAST_SIBLINGS: Final = 3
LEAVES: Final = 2 / 3
"""Where at least this share of the headings of a level, and of three, have none below, that is the level of notes."""


def split(source: Source) -> tuple[Section, ...]:
    """The sections of a source in order; together they hold every line behind the front matter."""
    found = contents(source)
    stated = stated_title(source, found.headings)
    if is_one_note(found, source, is_titled=bool(stated)):
        sections = [one_note(source, found.headings, stated)]
    else:
        sections = list(several_notes(found.headings, found.links, source))
    filled = (fill(section, found, source) for section in sections)
    return tuple(s for s in filled if s.blocks or s.body > s.start or is_stub(s))


def is_stub(section: Section) -> bool:
    """Whether front matter alone makes a note: a paper to read, as Zotero and Obsidian put it down.

    A list of posts that a theme fills, as Jekyll and Hugo have them, is none.
    """
    is_list = section.meta.get("layout") not in (None, "post") or PurePosixPath(section.path).stem in (
        "_index",
        "index",
    )
    return not is_list and any(map(section.meta.get, STUB_KEYS))


def is_one_note(found: Contents, source: Source, *, is_titled: bool) -> bool:
    """Whether the file is about one paper: no headings but those of a note's parts, or one root and few papers.

    `is_titled` says whether the file states a title besides its headings.
    """
    heads = found.headings
    rooted = is_rooted(heads) or is_headed(heads)
    inner = heads[1:] if rooted else heads
    if not inner:
        return True
    name = str((source.meta or {}).get("title") or (heads[0].title if rooted else ""))
    if COLLECTION.fullmatch(name) or titles.is_date(name):
        return False
    titled = rooted or is_titled
    if any(head.href for head in inner) and 2 * sum(head.href is not None for head in inner) >= len(inner):
        return False
    parts, named = (sum(map(attrgetter(kind), inner)) for kind in ("is_part", "is_named_part"))
    papers = [link for link in found.links if PAPER_LINK.search(link.url)]
    # Without a title, a file is called by its name alone.
    titled = titled or (inner[0].is_named_part and named > 1 and not papers)
    if 2 * parts >= len(inner):
        return titled or (inner[0].is_part and 2 * parts > len(inner) and named > 0)
    few = len({link.url for link in papers}) <= MOST_PAPERS or is_article(inner)
    sparse = 2 * with_paper(inner, [link.line for link in papers], len(source.lines)) < len(inner)
    return titled and few and sparse and not any(head.href for head in inner)


def with_paper(inner: Sequence[Heading], papers: Sequence[int], end: int) -> int:
    """How many headings, parts aside, have a link to a paper below them."""
    ends = (*(head.start - 1 for head in inner[1:]), end)
    whose = ((head.start, last) for head, last in zip(inner, ends, strict=True) if not head.is_part)
    return sum(bool(between(papers, start, last, int)) for start, last in whose)


def between(items: Sequence[T], first: int, last: int, line: Callable[[T], int]) -> Sequence[T]:
    """Those of the items, which are in the order of their lines, that stand on the lines first to last."""
    return items[bisect_left(items, first, key=line) : bisect_right(items, last, key=line)]


def one_note(source: Source, heads: Sequence[Heading], stated: str) -> Section:
    """The whole file as one section, under its first heading if it begins with one."""
    meta, lines = source.meta or {}, source.lines
    end = len(lines)
    start = min(source.body, max(end, 1))
    root = heads[0] if heads and not any(map(str.strip, lines[start - 1 : heads[0].start - 1])) else None
    if root and stated and stated.casefold() != root.title.casefold():
        root = None
    if root and ((root.is_part and not is_rooted(heads)) or (is_part_name(root.title) and root.level > 1)):
        root = None  # the first of the parts of a note that only its file's name tells
    if root:
        title = stated or root.title or file_title(source.path)
        return Section(source.path, start, root.body, end, root.text, title, root.level, "note", root.href, meta=meta)
    # What stands before the title, such as a link back to the index, makes it no less the title.
    is_title = is_headed(heads) or (is_rooted(heads) and heads[0].level == 1 and not heads[0].is_part)
    title = stated or (heads[0].title if is_title else "") or file_title(source.path)
    return Section(source.path, start, start, end, "", title, 0, "note", meta=meta)


def stated_title(source: Source, heads: Sequence[Heading]) -> str:
    """The title in the front matter, else on a line of the first part, such as `* **Title**: Layer Normalization`."""
    if title := source.stated("title"):
        return title
    if heads and not is_part_name(heads[0].title):
        return ""
    found = TITLE_LINE.search("\n".join(source.lines[source.header :][:TITLE_LINES]))
    tokens = parser().parse(found[1]) if found else []
    return next((inline_text(token.children or []) for token in tokens if token.type == "inline"), "")


def several_notes(heads: Sequence[Heading], links: Sequence[Link], source: Source) -> Iterator[Section]:
    """What stands before the first heading, then a section for each heading that no note takes in."""
    path, lines, start = source.path, source.lines, source.body
    yield Section(path, start, start, heads[0].start - 1, "", file_title(path), 0, "preamble")
    ends = [*(head.start - 1 for head in heads[1:]), len(lines)]
    abroad = [link.line for link in links if is_external(link.url)]
    owns = [bool(between(abroad, head.start, last, int)) for head, last in zip(heads, ends, strict=True)]
    notes = notes_with_parts(heads, owns, lines)
    groups: list[Heading] = []
    index = 0
    while index < len(heads):
        head = heads[index]
        while groups and groups[-1].level >= head.level:
            groups.pop()
        below = descendants(heads, index)
        takes_in = below and (takes_parts(heads, index, below, owns) or index in notes)
        is_group = bool(below) and not takes_in and not owns[index]
        next_index = index + 1 + (below if takes_in else 0)
        path_above = tuple(group.title for group in groups)
        kind: SectionKind = "group" if is_group else "note"
        last = ends[next_index - 1]
        title = head.title or file_title(path)
        yield Section(path, head.start, head.body, last, head.text, title, head.level, kind, head.href, path_above)
        if is_group:
            groups.append(head)
        index = next_index


def descendants(heads: Sequence[Heading], index: int) -> int:
    """How many headings follow that are deeper than the one at `index`."""
    below = (heads[at].level for at in range(index + 1, len(heads)))
    return sum(1 for _ in takewhile(lambda level: level > heads[index].level, below))


def takes_parts(heads: Sequence[Heading], index: int, below: int, owns: Sequence[bool]) -> bool:
    """Whether the headings below are parts of this note: they link nothing, or they are Summary, Method and so on."""
    inner = heads[index + 1 : index + 1 + below]
    if all(head.is_back_matter for head in inner):
        return True
    if owns[index] and not any(owns[index + 1 : index + 1 + below]):
        return True
    others = [at for at, head in enumerate(inner, index + 1) if not head.is_part]
    alone = not any(head.href for head in inner) and not any(descendants(heads, at) for at in others)
    return len(inner) > 1 and alone and len(others) <= OTHERS * len(inner)


def notes_with_parts(heads: Sequence[Heading], owns: Sequence[bool], lines: Sequence[str]) -> set[int]:
    """The headings that are notes, and those below their parts, as nearly all headings beside them have none below.

    They have a text of their own, and nothing below them links anything but under a part's name such as References.
    """
    beside: dict[tuple[int, int], list[int]] = {}
    above: list[int] = []
    for index, head in enumerate(heads):
        while above and heads[above[-1]].level >= head.level:
            above.pop()
        beside.setdefault((above[-1] if above else -1, head.level), []).append(index)
        above.append(index)
    found: set[int] = set()
    for same in beside.values():
        below = {index: descendants(heads, index) for index in same}
        if len(same) < LEAST_SIBLINGS or list(below.values()).count(0) < LEAVES * len(same):
            continue
        found |= {index for index, count in below.items() if count and is_text(heads, index, owns, count, lines)}
    return found


def is_text(heads: Sequence[Heading], index: int, owns: Sequence[bool], below: int, lines: Sequence[str]) -> bool:
    """Whether a heading has a text, and of those below only parts have links."""
    own = lines[heads[index].body - 1 : heads[index + 1].start - 1]
    inner = range(index + 1, index + 1 + below)
    return any(map(str.strip, own)) and not any(owns[at] and not heads[at].is_part for at in inner)


def fill(section: Section, found: Contents, source: Source) -> Section:
    """The section with what stands on its lines; an empty heading is a group, many links are a list."""
    first, last = section.start, section.end
    # The section's own heading becomes its title.
    body = tuple(
        block
        for block in between(found.blocks, first, last, lambda block: block.start)
        if not (block.kind == "heading" and block.end == section.body - 1)
    )
    headings = between(found.headings, first, last, lambda head: head.start)
    anchors = between(found.anchors, first, last, lambda anchor: anchor[1])
    kind = section.kind
    links = tuple(between(found.links, first, last, lambda link: link.line))
    says_nothing = not body or (bool(section.heading) and is_contents(body, links))
    if kind == "note" and says_nothing and not section.href and not is_stub(section):
        kind = "group"
    elif kind == "note" and is_link_list(section, body):
        kind = "links"
    return replace(
        section,
        kind=kind,
        blocks=body,
        links=links,
        formulas=tuple(between(found.formulas, first, last, lambda formula: formula.line)),
        anchors=(*((head.anchor, head.start) for head in headings), *anchors),
        date=source_date(source),
    )


def is_contents(body: Sequence[Block], links: Sequence[Link]) -> bool:
    """Whether a section holds nothing but a list of links to other notes of the folder, or nothing at all."""
    listed = all(block.kind == "item" and BEGINS_WITH_LINK.match(block.text) for block in body)
    return listed and not any(is_external(link.url) or link.kind == "image" for link in links)


def is_link_list(section: Section, body: Sequence[Block]) -> bool:
    """Whether most lines begin with a link, to papers or under a heading that says so: each names another subject."""
    if section.href:
        return False
    items = [item for block in body for item in first_lines(block)]
    if all(map(is_entry, items)) and len(items) > (0 if titles.title(section.title).is_vague else 1):
        return True
    lines = [line for block in body for line in block.text.split("\n") if line.strip()]
    linked = [line for line in lines if BEGINS_WITH_LINK.match(line)]
    if len(linked) < LEAST_LINES or len(linked) < LINK_LINES * len(lines):
        return False
    papers = sum(PAPER_LINK.search(line) is not None for line in linked)
    return papers >= LEAST_LINES or LIST_WORD.search(section.heading) is not None


def first_lines(block: Block) -> list[str]:
    """The lines of a block; of an item with items below it, the first, however it is wrapped."""
    lines = CONTINUED.sub(" ", block.text).split("\n")
    return lines[:1] if block.kind == "item" else lines


def is_entry(item: str) -> bool:
    """Whether an item is a paper's title with links behind it, which only say what they lead to."""
    found = ENTRY.match(item)
    return found is not None and (not found[1] or found[1].rstrip().endswith("[") or is_companion(found[2]))
