"""The data that flows through the pipeline: Source -> Section -> Note -> Site, all of it frozen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from notesite.errors import Problem
from notesite.topics import FALLBACK, Topic

SectionKind = Literal["note", "links", "group", "preamble"]
MergeKind = Literal["exact", "edited", "same"]
BlockKind = Literal[
    "paragraph", "item", "code", "table", "math", "quote", "html", "rule", "heading", "definition", "header"
]

PAPER_SCHEMES: Final = frozenset(
    "arxiv doi acl openreview pmlr neurips nips cvf jmlr usenix s2 s2corpus pwc ieee pmid pdf".split()
)
"""Schemes of references that name a paper, as opposed to code, a model, a post or a page."""

PROSE: Final = frozenset("paragraph item table quote heading".split())
"""Kinds of blocks whose words are sentences."""


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """A link resolved to what it names, such as `arxiv:1706.03762`."""

    scheme: str
    id: str

    def __str__(self) -> str:
        return f"{self.scheme}:{self.id}"

    @property
    def is_paper(self) -> bool:
        """Whether this names a paper rather than code, a model, a post or an ordinary page."""
        return self.scheme in PAPER_SCHEMES


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the notes folder, decoded, with line feeds only."""

    path: str
    """Relative to the notes folder, with forward slashes."""
    text: str
    """The whole file without byte order mark; its line n is line n of the file."""
    header: int = 0
    """How many lines the front matter takes, fences included; 0 without front matter."""
    meta: Mapping[str, object] | None = field(default_factory=dict)
    """The front matter, dates as ISO text; None where it can't be read and is shown as text."""

    @property
    def body(self) -> int:
        """1-based first line behind the front matter; what can't be read as such is part of the text."""
        return self.header + 1 if self.meta is not None else 1

    def stated(self, key: str) -> str:
        """What the front matter says under a key, as text; empty where it says nothing."""
        return str((self.meta or {}).get(key) or "").strip()

    @property
    def lines(self) -> list[str]:
        """The lines of the text without line ends; a final line feed starts no line."""
        lines = self.text.split("\n")
        return lines[:-1] if lines[-1] == "" else lines


@dataclass(frozen=True, slots=True)
class Link:
    """A link or image as the author wrote it, with the place of its destination in the file."""

    url: str
    """The destination with escapes and entities resolved."""
    text: str
    """The link's visible text, or the image's alternative text."""
    line: int
    """1-based line of the destination in the source file."""
    start: int
    """0-based column of the destination in that line; -1 where it does not stand in the line as such."""
    end: int
    """Column behind the destination."""
    kind: Literal["link", "image", "autolink", "html", "definition", "wiki"]
    """`definition` is the destination of a reference definition (`[1]: url`); `wiki` is `[[target]]`."""
    label: str = ""
    """What the line that it begins calls it, such as `Paper` in `- **Paper**: <…>`."""
    reference: Reference | None = None
    """What it names, by the author's option where that says so; set by `identify`, for links out of the notes."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as the author wrote it."""

    tex: str
    display: bool
    line: int
    """1-based line in the source file where it, or the block that it is, begins."""


@dataclass(frozen=True, slots=True)
class Block:
    """The smallest piece that is compared: a paragraph, a top-level list item with its children, a fence or a table."""

    kind: BlockKind
    """`definition` defines a reference or a footnote; `header` is front matter that could not be read."""
    start: int
    """1-based first line in the source file."""
    end: int
    """1-based last line, inclusive; blank lines after the block do not count."""
    text: str
    """The source lines start..end, joined by line feeds, verbatim."""

    @property
    def is_prose(self) -> bool:
        """Whether its words are the author's sentences, not code, formulas or markup."""
        return self.kind in PROSE


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it: the unit an author wrote. A file on one paper is one section."""

    path: str
    """The source's path."""
    start: int
    """1-based line of the heading, or of the first line where there is no heading."""
    body: int
    """1-based first line behind the heading; the heading takes the lines start..body-1."""
    end: int
    """1-based last line, inclusive."""
    heading: str
    """The heading's whole text, formulas as TeX in dollars; empty without a heading of its own."""
    title: str
    """What it is called: the heading's link where that is most of it, the front matter's title or the file's name."""
    level: int
    """1 to 6; 0 without a heading of its own."""
    kind: SectionKind
    href: str | None = None
    """The destination of the heading's own link."""
    groups: tuple[str, ...] = ()
    """Headings of the groups above, outermost first."""
    blocks: tuple[Block, ...] = ()
    """The body, block by block, in order."""
    links: tuple[Link, ...] = ()
    """Every link of heading and body, in order."""
    formulas: tuple[Formula, ...] = ()
    """Every formula of heading and body, in order."""
    anchors: tuple[tuple[str, int], ...] = ()
    """The anchors of the headings it contains, its own first, then those its author set; each with its 1-based line."""
    meta: Mapping[str, object] = field(default_factory=dict)
    """The source's front matter where the file is one note, else empty."""
    date: str | None = None
    """ISO date of the source, from its front matter or its name."""
    added: str | None = None
    """That date, else the one on which git first saw the oldest of its lines; set by `dated`, as is the next one."""
    changed: str | None = None
    """ISO date of its last change, never before `added`."""
    references: tuple[Reference, ...] = ()
    """What its links name, in order, each once; set by `identify`."""
    primary: Reference | None = None
    """The paper or system that it is about; set by `identify`."""
    is_stated: bool = False
    """Whether the author says so in front matter or options, so that titles need not agree; set by `identify`."""

    @property
    def id(self) -> str:
        """`path:line` of the section, unique in the folder."""
        return f"{self.path}:{self.start}"

    @property
    def paper(self) -> Reference | None:
        """What it is about, if that is a paper."""
        return self.primary if self.primary and self.primary.is_paper else None

    @property
    def aliases(self) -> tuple[str, ...]:
        """What else it is called, by its front matter: a list, or text with commas."""
        stated = [self.meta.get(key) or [] for key in ("aliases", "alias")] if self.meta else []
        lists = (names if isinstance(names, list) else str(names).split(",") for names in stated)
        return tuple(filter(None, (str(name).strip() for names in lists for name in names)))

    @property
    def text(self) -> str:
        """The body's blocks as Markdown, a blank line between them."""
        return "\n\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Copy:
    """Another section with the same text as a part, and what it has beyond that."""

    section: Section
    kind: Literal["exact", "edited"]
    score: float
    """Containment of the shorter text in the longer one, 0 to 1; 1 for an exact copy."""
    additions: tuple[Block, ...] = ()
    """Blocks that stand only in this copy, in its order."""
    variants: tuple[tuple[Block, Block], ...] = ()
    """Pairs of nearly equal blocks: the part's and this copy's."""

    @property
    def shown(self) -> tuple[Block, ...]:
        """What is shown of it beside the part."""
        return (*self.additions, *(theirs for _, theirs in self.variants))


@dataclass(frozen=True, slots=True)
class Part:
    """One text of a note: the canonical section and its copies."""

    section: Section
    copies: tuple[Copy, ...] = ()

    @property
    def sections(self) -> tuple[Section, ...]:
        """The canonical section, then its copies."""
        return (self.section, *(copy.section for copy in self.copies))


@dataclass(frozen=True, slots=True)
class Mention:
    """A line of another section, such as a list of links, that names the note's paper or system."""

    section: Section
    line: int
    """1-based line in the section's source."""
    why: str


@dataclass(frozen=True, slots=True)
class Filing:
    """Where a note is filed, and why."""

    topic: str
    """The shelf's key, such as `attention`."""
    also: tuple[str, ...] = ()
    """Other topics that it touches, best first."""
    why: str = ""
    """The reason in words: the rule, and for the lexicon the terms with their weights."""
    close: bool = False
    """Whether the second choice came close, so that the author should look."""


@dataclass(frozen=True, slots=True)
class Note:
    """One page of the site: all sections about the same paper or system, each block once."""

    title: str
    parts: tuple[Part, ...]
    references: tuple[Reference, ...]
    primary: Reference | None = None
    mentions: tuple[Mention, ...] = ()
    why: str = ""
    """Why its parts are on one page, in words; empty where there is one part."""
    filing: Filing = Filing(FALLBACK)
    """Set by `classify`."""
    slug: str = ""
    """Its address on the site, `notes/<slug>/`; set by `with_addresses`."""
    related: tuple[tuple[str, str], ...] = ()
    """Slugs of related notes with the reason; set by `with_neighbours`, as is the next one."""
    backlinks: tuple[str, ...] = ()
    """Slugs of the notes that link to it."""
    part: str = ""
    """The part of its shelf that it stands in; empty on a small shelf and for what is in no part."""

    @property
    def sections(self) -> tuple[Section, ...]:
        """Every section on this page, copies included, in the order shown."""
        return tuple(section for part in self.parts for section in part.sections)

    @property
    def links(self) -> Iterator[Link]:
        """Every link of these sections, in the order shown."""
        return (link for section in self.sections for link in section.links)

    @property
    def id(self) -> str:
        """The id of the section that comes first."""
        return self.parts[0].section.id

    @property
    def paper(self) -> Reference | None:
        """What it is about, if that is a paper."""
        return self.primary if self.primary and self.primary.is_paper else None

    @property
    def added(self) -> str | None:
        """When the oldest of its sections was written."""
        return min((section.added for section in self.sections if section.added), default=None)

    @property
    def changed(self) -> str | None:
        """When one of its sections was written or changed last."""
        return max((section.changed for section in self.sections if section.changed), default=None)


@dataclass(frozen=True, slots=True)
class Merge:
    """Sections that came together, for the report."""

    kind: MergeKind
    sections: tuple[str, ...]
    """Ids of the sections, the canonical one first."""
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A long run of words that stands verbatim in sections which are not merged."""

    words: int
    at: tuple[tuple[str, int, int], ...]
    """Path, first and last line of each place."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of all sections: the notes, and how they came together."""

    notes: tuple[Note, ...]
    """Ordered by the place of their first section."""
    merges: tuple[Merge, ...] = ()
    passages: tuple[Passage, ...] = ()
    problems: tuple[Problem, ...] = ()


Origin = tuple[str, int]
"""A source's path and a 1-based line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page's Markdown, and where it stands in the notes; None for what notesite adds."""

    text: str = ""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site, not rendered yet."""

    uri: str
    """Its place in the site's Markdown tree, such as `notes/rope.md`."""
    kind: Literal["home", "topic", "note", "sources", "source", "papers", "timeline", "graph", "tags", "tag"]
    title: str
    lines: tuple[Line, ...] = ()
    subject: str = ""
    """The note's slug, the topic's or tag's key, the source's path or the year; of a graph, its topic."""
    number: int = 1
    """Which of the pages of a long shelf."""

    @property
    def text(self) -> str:
        """The page's Markdown."""
        return "\n".join(line.text for line in self.lines) + "\n"


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line that is on no page, on purpose."""

    path: str
    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where every source line went; `lines` is the sum of all the others."""

    lines: int
    rendered: int
    merged: int
    structure: int
    """Front matter, and headings that became titles."""
    blank: int
    dropped: tuple[Dropped, ...] = ()
    unaccounted: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where everything stands on the site; pages as paths such as `notes/rope.md`, with `#anchor` where needed."""

    files: frozenset[str]
    """The other files of the notes folder."""
    notes: Mapping[str, str]
    """Section id to its place on the note's page."""
    pages: Mapping[str, str]
    """Source path to its page: the note, for a file that is one, else the page of the source."""
    anchors: Mapping[tuple[str, str], str]
    """Source path and GitHub anchor to the place of that heading."""
    names: Mapping[str, tuple[str, str]]
    """What a wiki link may call a note, folded (paths, titles, aliases), to its place and its source."""
    permalinks: Mapping[str, str] = field(default_factory=dict)
    """What a link may call a source without its folder, folded, where no other is called so, to its path."""
    files_by_name: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The other files by their names, folded, for wiki links name no folder."""

    def place(self, section: Section) -> str:
        """Where a section is shown: on a note's page, else on its source's."""
        return self.notes.get(section.id) or self.pages[section.path]


@dataclass(frozen=True, slots=True)
class Site:
    """Topics, notes, sources and pages, arranged; nothing rendered yet."""

    sources: tuple[Source, ...]
    titles: Mapping[str, str]
    """The title of each source."""
    sections: tuple[Section, ...]
    topics: tuple[Topic, ...]
    notes: tuple[Note, ...]
    pages: tuple[Page, ...]
    addresses: Addresses
    redirects: Mapping[str, Note]
    """Slugs of merged sections and aliases, and the note that each is now."""
    merges: tuple[Merge, ...]
    passages: tuple[Passage, ...]
    ledger: Ledger
    problems: tuple[Problem, ...]
