"""Put the text of a page together from source lines, each of which keeps the place it came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from notesite.model import Addresses, Block, Line, Link, Section
from notesite.resolve import destination

ATX: Final = re.compile(r"( {0,3})(#{1,6})(?=[ \t]|$)")
CODE_SPAN: Final = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
KRAMDOWN_TOC: Final = re.compile(r"^\{:\s*toc\b[^}\n]*\}\s*$", re.MULTILINE)
FOOTNOTE_USE: Final = re.compile(r"\[\^([^\]\s]+)\](?!:)")
BRACKETS: Final = re.compile(r"\[((?:[^\[\]\\]|\\.)+)\]", re.DOTALL)
LABEL: Final = re.compile(r" {0,3}\[(\^?[^\]]+)\]:")
IMAGE: Final = re.compile(r"\.(?:avif|bmp|gif|jpe?g|png|svg|webp)\Z", re.IGNORECASE)
SIZE: Final = re.compile(r"(\d+)(?:x(\d+))?")
RAW_TEXT: Final = {"<!--": "-->", "<script": "</script>", "<pre": "</pre>", "<style": "</style>"}
"""HTML that swallows what follows until it is closed."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What composing a page needs to know of a source."""

    title: str
    """What the source is called."""
    definitions: Mapping[str, tuple[Block, ...]]
    """The reference and footnote definitions by folded label."""
    footnotes: frozenset[str]
    """The footnotes that a section shown in full takes from another."""
    links: Mapping[int, tuple[Link, ...]]
    """Links by line."""


@dataclass(frozen=True, slots=True)
class Materials:
    """What composing a page needs to know of the folder."""

    addresses: Addresses
    sheets: Mapping[str, Sheet]
    """The sources that stand on the page, by path."""


def section_lines(
    section: Section, level: int, known: Materials, renamed: Mapping[str, str] | None = None
) -> list[Line]:
    """The section's text, its headings moved so that the highest is of `level`, with the definitions that it needs."""
    shift = level - min((heading_level(b) for b in section.blocks if b.kind == "heading"), default=level)
    used = frozenset(FOOTNOTE_USE.findall(section.text))
    blocks = [b for b in section.blocks if is_shown(b, used, known.sheets[section.path].footnotes)]
    lines = block_lines(section.path, blocks, shift, known)
    for definition in borrowed(section, known):
        lines += [Line(), *block_lines(section.path, [definition], 0, known)]
    return [rename(line, renamed) for line in lines] if renamed else lines


def block_lines(path: str, blocks: Sequence[Block], shift: int, known: Materials) -> list[Line]:
    """The lines of the blocks, a blank line between blocks that do not follow on one another in the source."""
    lines: list[Line] = []
    for before, block in zip([None, *blocks], blocks, strict=False):
        # Right below a paragraph a rule would make it a heading.
        if before and (block.start > before.end + 1 or (before.kind, block.kind) == ("paragraph", "rule")):
            lines.append(Line())
        lines += one_block(path, block, shift, known)
    return lines


def one_block(path: str, block: Block, shift: int, known: Materials) -> list[Line]:
    """The lines of one block with links rewritten, heading moved, and what it leaves open closed."""
    links = known.sheets[path].links
    source = block.text.split("\n")
    origins = [(path, number) for number in range(block.start, block.end + 1)]
    if block.kind == "header":
        fence = "`" * max([3, *(len(ticks) + 1 for ticks in re.findall("`+", block.text))])
        return [Line(f"{fence}yaml"), *map(Line, source, origins), Line(fence)]
    if block.kind == "heading":
        source = moved_heading(block, shift)
    if block.kind not in ("code", "math"):
        source = [
            relink(text, links[number], path, known.addresses) if number in links else text
            for number, text in enumerate(source, block.start)
        ]
    closing = open_end(block)
    return [*map(Line, source, origins), *([Line(closing)] if closing else [])]


def heading_level(block: Block) -> int:
    """The level of a heading's block, 1 to 6."""
    match = ATX.match(block.text)
    return len(match[2]) if match else 1 if block.text.rstrip().endswith("=") else 2


def moved_heading(block: Block, shift: int) -> list[str]:
    """The heading's lines at its new level; an underlined heading keeps its lines, the underline blanked."""
    lines = block.text.split("\n")
    marks = "#" * min(max(heading_level(block) + shift, 1), 6)
    if match := ATX.match(lines[0]):
        return [match[1] + marks + lines[0][match.end() :], *lines[1:]]
    return [f"{marks} {' '.join(line.strip() for line in lines[:-1])}", *[""] * (len(lines) - 1)]


def relink(text: str, links: Sequence[Link], path: str, addresses: Addresses) -> str:
    """The line with each destination as it is from the page; a dead one is emptied, so that its text is left."""
    for link in reversed(links):
        if link.start < 0:
            continue
        found = destination(link, path, addresses)
        if found == link.url:
            continue
        new = wiki_text(text[link.start : link.end], link, found) if link.kind == "wiki" else found or ""
        before = text[: link.start]
        if not new and before.endswith(("![](", "![](<")):
            # An image that is not there and has no text would leave no trace.
            at = before.rindex("]")
            before = before[:at] + re.sub(r"[\[\]\\]", "", link.url) + before[at:]
        text = before + new + text[link.end :]
    return text


def wiki_text(written: str, link: Link, found: str | None) -> str:
    """A wiki link as a Markdown link or image; as it was written where it leads nowhere."""
    if found is None:
        return written
    if not (written.startswith("!") and IMAGE.search(found.partition("#")[0])):
        return f"[{link.text}]({found})"
    # Behind the last bar stands the size.
    label, _, last = link.text.rpartition("|")
    size = SIZE.fullmatch(last)
    if not size:
        return f"![{link.text}]({found})"
    height = f" height={size[2]}" if size[2] else ""
    return f"![{label}]({found}){{width={size[1]}{height}}}"


def open_end(block: Block) -> str | None:
    """What closes a block that its author left open, so that it does not swallow the rest of the page."""
    first = block.text.lstrip().split("\n", 1)[0]
    if block.kind == "code" and (fence := re.match(r"`{3,}|~{3,}", first)):
        last = block.text.rstrip().rpartition("\n")[2].strip()
        closed = "\n" in block.text and last.startswith(fence[0]) and not last.strip(fence[0][0])
        return None if closed else fence[0]
    if block.kind == "html":
        for opening, closing in RAW_TEXT.items():
            if first.lower().startswith(opening) and closing not in block.text.lower():
                return closing
    return None


def is_shown(block: Block, used_here: frozenset[str], taken: frozenset[str]) -> bool:
    """Whether a block is shown where it stands: kramdown's table of contents is not, nor a footnote used elsewhere."""
    if is_dropped(block):
        return False
    name = label(block)
    return name is None or not name.startswith("^") or name[1:] in used_here or name[1:] not in taken


def is_dropped(block: Block) -> bool:
    """Whether this is kramdown's `{:toc}`, which asks for a table of contents that every page has anyway."""
    return block.kind in ("item", "paragraph") and KRAMDOWN_TOC.search(block.text) is not None


def label(block: Block) -> str | None:
    """The label that a block defines, with its `^` for a footnote."""
    match = LABEL.match(block.text) if block.kind == "definition" else None
    return " ".join(match[1].split()) if match else None


def borrowed(section: Section, known: Materials) -> Iterator[Block]:
    """Definitions from elsewhere in the source whose label the section uses."""
    own = {label(block) for block in section.blocks}
    return (block for block in definitions(section.text, known.sheets[section.path]) if label(block) not in own)


def definitions(text: str, source: Sheet) -> Iterator[Block]:
    """The definitions in the source of whatever the text has in brackets, in the order of the source."""
    names = {" ".join(name.split()).casefold() for name in BRACKETS.findall(text)}
    found = (block for name in names for block in source.definitions.get(name, ()))
    return iter(sorted(found, key=lambda block: block.start))


def rename(line: Line, renamed: Mapping[str, str]) -> Line:
    """The line with labels renamed that another part of the page defines differently; code spans are left alone."""
    return Line(outside_code(line.text, lambda text: rename_labels(text, renamed)), line.origin)


def outside_code(line: str, change: Callable[[str], str]) -> str:
    """The line with everything but its code spans changed."""
    pieces: list[str] = []
    at = 0
    for span in CODE_SPAN.finditer(line):
        pieces += [change(line[at : span.start()]), span[0]]
        at = span.end()
    return "".join([*pieces, change(line[at:])])


def rename_labels(text: str, renamed: Mapping[str, str]) -> str:
    """The text with each use and definition of a label renamed."""
    for old, new in renamed.items():
        name, target = re.escape(old), new.replace("\\", r"\\")
        if old.startswith("^"):
            text = re.sub(rf"\[{name}\]", f"[{target}]", text)
            continue
        text = re.sub(rf"(?i)\]\[{name}\]", f"][{target}]", text)
        text = re.sub(rf"(?i)^( {{0,3}})\[{name}\]:", rf"\g<1>[{target}]:", text)
        text = re.sub(rf"(?i)(?<!\])\[({name})\](?:\[\])?(?![\[(:])", rf"[\g<1>][{target}]", text)
    return text
