"""The pages of the site as Markdown, each line with the place in the notes that it came from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import Final

from notesite.addresses import part_anchor
from notesite.compose import Materials, block_lines, definitions, label, rename, section_lines
from notesite.filenames import file_title
from notesite.markdown.delimiters import pieces
from notesite.model import Block, Copy, Line, Page, Part, Section, Source
from notesite.variants import marked
from notesite.wording import block_key

DOT: Final = " · "


def note_page(slug: str, title: str, known: Materials, parts: Sequence[Part]) -> Page:
    """A note's page: its parts one after the other, each under its source where there are several."""
    lines: list[Line] = []
    taken: dict[str, str] = {}
    several = len(parts) > 1
    names = part_names(title, [known.sheets[part.section.path].title for part in parts], parts)
    for index, part in enumerate(parts):
        # The first part of a page that is called like its source needs no heading of its own.
        headed = several and (index > 0 or known.sheets[part.section.path].title != title)
        if headed:
            lines += part_heading(names[index], index)
        if several:
            lines += part_details(part, {"", title, *names[index].split(DOT)}, known)
        lines += part_lines(part, 3 if headed else 2, index, taken, known)
        lines.append(Line())
    return Page(f"notes/{slug}.md", "note", title, tuple(lines), slug)


def part_names(title: str, names: list[str], parts: Sequence[Part]) -> list[str]:
    """What the parts are called: as their sources, those that are called alike with what tells them apart."""
    for name in [name for name, times in Counter(names).items() if times > 1]:
        alike = [index for index, other in enumerate(names) if other == name]
        own = [parts[index].section for index in alike]
        headings = ["" if section.heading in (title, name) else section.heading for section in own]
        dates = [section.added or "" for section in own]
        for telling in (headings, dates, [section.path for section in own], [section.id for section in own]):
            if len(set(telling)) == len(telling):
                for index, detail in zip(alike, telling, strict=True):
                    names[index] = f"{name}{DOT}{detail}" if detail else name
                break
    return names


def part_heading(name: str, index: int) -> Iterator[Line]:
    """The heading of one of several parts."""
    yield Line(f"## {literal(name)} {{#{part_anchor(index)}}}")
    yield Line()


def part_details(part: Part, told: Set[str], known: Materials) -> Iterator[Line]:
    """The line below: the file, its date, and the part's own heading where the headings above have not `told` it."""
    section = part.section
    details = [f"[{literal(section.path)}](../{known.addresses.pages[section.path]})"]
    details += [section.added] if section.added else []
    details += [f"“{literal(section.heading)}”"] if section.heading not in told else []
    yield Line(f'<small class="ns-from">{", ".join(details)}</small>')
    yield Line()


def part_lines(part: Part, level: int, index: int, taken: dict[str, str], known: Materials) -> Iterator[Line]:
    """The text of a part, and behind it what its copies have beyond that."""
    section = part.section
    renamed = clashes(definitions(section.text, known.sheets[section.path]), str(index + 1), taken)
    yield from section_lines(section, level, known, renamed)
    shown = {block_key(block) for block in section.blocks} if part.copies else set()
    for number, copy in enumerate(part.copies, 1):
        more = fresh(copy, shown)
        needed = tuple(labelled(more, taken, known))
        renamed = clashes(needed, f"{index + 1}-{number}", taken)
        yield from (rename(line, renamed) for line in copy_lines(more, needed, known))


def fresh(copy: Copy, shown: set[str]) -> Copy:
    """The copy without what the page shows already; what the copy adds is added to `shown`."""
    additions = tuple(block for block in copy.additions if block_key(block) not in shown)
    variants = tuple(pair for pair in copy.variants if block_key(pair[1]) not in shown)
    new = replace(copy, additions=additions, variants=variants)
    shown.update(map(block_key, new.shown))
    return new


def labelled(copy: Copy, taken: Mapping[str, str], known: Materials) -> Iterator[Block]:
    """The definitions that what is shown of the copy needs, and that the page does not have so far."""
    text = "\n\n".join(block.text for block in copy.shown if block.kind != "definition")
    for block in definitions(text, known.sheets[copy.section.path]):
        if taken.get((label(block) or "").casefold()) != block.text:
            yield block


def clashes(found: Iterable[Block], suffix: str, taken: dict[str, str]) -> dict[str, str]:
    """New names for labels that are defined differently earlier on the page; the others are added to `taken`."""
    renamed: dict[str, str] = {}
    for block in found:
        name = label(block)
        if name and taken.setdefault(name.casefold(), block.text) != block.text:
            renamed[name] = f"{name}-{suffix}"
    return renamed


def copy_lines(copy: Copy, needed: Sequence[Block], known: Materials) -> Iterator[Line]:
    """What stands only in an edited copy, and, folded, what stands differently in it; with the definitions it needs."""
    path = copy.section.path
    if copy.additions:
        yield from (Line(), Line(f"*Only in [{path}](../{known.addresses.pages[path]}):*"), Line())
        yield from block_lines(path, copy.additions, 2, known)
    if copy.variants:
        yield from (Line(), Line("<details><summary>Worded differently in " + path + "</summary>"))
        for ours, theirs in copy.variants:
            yield Line()
            yield from marked(block_lines(path, [theirs], 2, known), ours.text)
        yield from (Line(), Line("</details>"))
    for block in needed:
        if block not in copy.shown:
            yield from (Line(), *block_lines(path, [block], 0, known))


def source_page(path: str, known: Materials, sections: Sequence[Section]) -> Page:
    """The page of a source that is not one note: its own text, and its notes in the author's order."""
    title = known.sheets[path].title
    return Page(known.addresses.pages[path], "source", title, tuple(source_lines(sections, title, known)), path)


def source_titles(sources: Sequence[Source], sections: Sequence[Section]) -> dict[str, str]:
    """What each source is called: by front matter, the top heading that it begins with, its first group or its name."""
    tops = Counter(section.path for section in sections if section.level == 1)
    first = {section.path: section for section in reversed(sections) if section.level}
    named = {path: section.title for path, section in first.items() if section.level == tops[path] == 1}
    groups = {section.path: section.title for section in reversed(sections) if section.kind == "group"}
    titles: dict[str, str] = {}
    for source in sources:
        top = named.get(source.path) or groups.get(source.path)
        titles[source.path] = source.stated("title") or top or file_title(source.path)
    return titles


def source_lines(sections: Sequence[Section], title: str, known: Materials) -> Iterator[Line]:
    """The groups as headings with their introductions, the notes between as lists of links."""
    for section in sections:
        if place := known.addresses.notes.get(section.id):
            yield Line(f"- [{literal(section.title)}](../{place})")
            continue
        level = 2 + sum(group != title for group in section.groups)
        yield Line()
        if section.heading and section.heading != title:
            yield from (Line(f"{'#' * min(level, 6)} {literal(section.heading)}"), Line())
            level += 1
        yield from section_lines(section, min(level, 6), known)
        yield Line()


def literal(text: str) -> str:
    """Markdown that shows the text as it is, formulas set."""
    return "".join(piece if is_formula else escape(piece) for piece, is_formula in pieces(text))


def escape(text: str) -> str:
    """The text with a backslash before whatever Markdown would read as markup."""
    return re.sub(r"([\\`*_\[\]<>{}#])", r"\\\1", text)
