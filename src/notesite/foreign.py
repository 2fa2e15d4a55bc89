"""What Hugo, Jekyll, Obsidian and Logseq write beyond Markdown, as Markdown; every line stays on its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote

from notesite.compose import outside_code
from notesite.divs import fence_after, without_divs
from notesite.errors import Problem
from notesite.model import Source
from notesite.once import Once, anew
from notesite.shortcodes import CLOSING, shortcode, tag

TELLING: Final = re.compile(
    r"\{\{|\$\$[ \t]*\{#|\^\^|\{%|\{:|\(\(|::|[ \t]\^|^\^|%%|==|[ \t](?:CLOCK:|:END:|:LOGBOOK:)"
)
"""A line without one of these is Markdown already."""
HIGHLIGHT: Final = re.compile(r"([ \t]*)\{\{[<%]\s*(/?)\s*highlight\b\s*([\w#+.-]*)[^{}]*\}\}[ \t]*$")
MATH: Final = re.compile(r"[ \t]*\{\{[<%]\s*(/?)\s*(?:katex|math|latex)\b[^{}]*\}\}[ \t]*$")
INLINE_MATH: Final = re.compile(r"\{\{[<%]\s*(katex|math|latex)\b[^{}]*\}\}(.{1,500}?)\{\{[<%]\s*/\s*\1\s*[>%]\}\}")
SHORTCODE: Final = re.compile(r"\{\{(?:<((?:[^{}\n]|[{}](?![{}]))*)>|%((?:[^{}\n]|[{}](?![{}]))*)%)\}\}")
OPEN_SHORTCODE: Final = re.compile(r"\{\{([<%])(?:(?!\{\{|\}\}).)*\Z")
MOST_LINES: Final = 20
"""Of a shortcode; what is open for longer has no end."""
TAG: Final = re.compile(r"(?<!\{)\{%-?[ \t]*([\w-]+)([^%{}\n]*)%\}")
EQUATION_ID: Final = re.compile(r"(?<=\$\$)[ \t]*\{#[\w:-]+\}[ \t]*$")
SITE: Final = re.compile(r"(?:\{\{-?[ \t]*site\.(?:base)?url[ \t]*-?\}\})+/*")
ADDRESS: Final = re.compile(r"\{\{-?[ \t]*([\"'])([^\"'{}\n]*)\1[ \t]*\|[^{}\n]*url[ \t]*-?\}\}")
UUID: Final = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
BLOCK_ID: Final = re.compile(r"(^|[ \t])\^([A-Za-z0-9-]+)[ \t]*$")
BLOCK_LINK: Final = re.compile(r"\[\[[^\[\]\n]*#\^([A-Za-z0-9-]+)|\]\([^()\n]*#\^([A-Za-z0-9-]+)")
PROPERTY_ID: Final = re.compile(rf"([ \t]*(?:[-*] )?)id:: ({UUID})[ \t]*$")
COLLAPSED: Final = re.compile(r"([ \t]*)(collapsed:: \w+)[ \t]*$")
LOGBOOK: Final = re.compile(r"^([ \t]+)(:LOGBOOK:|:END:|CLOCK: \[.*)$")
"""What Logseq's clock writes below a block, and does not show."""
COMMENT: Final = re.compile(r"(?<![\w%])%%(?!%)(.+?)%%(?!%)")
OPEN_COMMENT: Final = re.compile(r"[ \t]*%%(?!%)")
CLOSED_COMMENT: Final = re.compile(r"%%[ \t]*$")
HIGHLIGHTED: Final = re.compile(
    r"(?<![\w=])==(?=[^\s=])([^=\n]*[^\s=])==(?![\w=])|(?<![\w^])\^\^(?=[^\s^])([^^\n]*[^\s^])\^\^(?![\w^])"
)
BLOCK_REFERENCE: Final = re.compile(rf"(\]\()?\(\(({UUID})\)\)(\))?")
EMBED: Final = re.compile(r"\{\{embed[ \t]+(\(\([^(){}\n]*\)\)|\[\[[^\[\]{}\n]*\]\])[ \t]*\}\}")
SHOWN: Final = re.compile(
    r"\{\{(?:\[\[)?(?:video|youtube|tweet|twitter|audio|pdf)(?:\]\])?:?[ \t]+(https?://[^\s{}]+)[ \t]*\}\}"
)
"""What Logseq and Roam show where it stands."""
ZOTERO_FILE: Final = re.compile(r"\{\{zotero-(?:imported|linked)-file[^{}\"\n]*\"([^{}\"\n]*)\"[ \t]*\}\}")
TASK: Final = re.compile(r"\{\{(?:\[\[)?(TODO|DONE)(?:\]\])?\}\}")
"""Roam's checkbox."""
IMAGE_SIZE: Final = re.compile(r"\{:height (\d+), :width (\d+)\}")
REFERENCE_LENGTH: Final = 80
"""Characters of a block that a reference to it shows."""


@dataclass(frozen=True, slots=True)
class Targets:
    """What the notes of a folder refer to in one another."""

    asked: frozenset[str]
    """Obsidian's block ids that some note links; another `^2` at the end of a line is text."""
    blocks: Mapping[str, tuple[str, str]]
    """Logseq's blocks by their id: the source's path, and the text."""
    closed: frozenset[str] = frozenset()
    """The shortcodes and tags of the file at hand that stand around a text."""


def in_markdown(sources: Sequence[Source], once: Once = anew) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """The sources in Markdown alone, and a hint for each kind of template in them that is shown as text."""
    known = Targets(frozenset(asked(sources)), {uuid: found for s in sources for uuid, found in blocks(s)})
    found = once.each(translated, [(source.path, source, known) for source in sources])
    return tuple(source for source, _ in found), tuple(problem for _, problems in found for problem in problems)


def asked(sources: Sequence[Source]) -> Iterator[str]:
    """The block ids that are linked."""
    for source in sources:
        if "#^" in source.text:
            for match in BLOCK_LINK.finditer(source.text):
                yield (match[1] or match[2]).lower()


def blocks(source: Source) -> Iterator[tuple[str, tuple[str, str]]]:
    """Logseq's blocks with an id of their own."""
    if "id:: " not in source.text:
        return
    text = ""
    for line in source.lines:
        if match := PROPERTY_ID.match(line):
            yield match[2], (source.path, text)
        elif "::" not in line:
            text = re.sub(r"[\[\]]", "", line.strip(" \t-*"))[:REFERENCE_LENGTH]


def translated(source: Source, known: Targets) -> tuple[Source, tuple[Problem, ...]]:
    """The source with what is outside code in Markdown, and a hint for each kind of template that stays."""
    if not TELLING.search(source.text):
        return source, ()
    start = source.body - 1
    lines = source.text.split("\n")
    if ":::" in source.text:
        lines = without_divs(lines, start)
    known = replace(known, closed=frozenset(CLOSING.findall(source.text)))
    unknown: dict[str, int] = {}
    fence = ""
    hidden = -1
    for index in range(start, len(lines)):
        if not fence and index > hidden:
            hidden = hide_comment(lines, index)
        if index <= hidden:
            continue
        if not fence and "{{" in lines[index]:
            join_shortcode(lines, index)
            unwrap_math(lines, index)
        line = lines[index] = whole_line(lines[index])
        before, fence = fence, fence_after(line, fence)
        if not before and not fence and TELLING.search(line):
            lines[index] = outside_code(line, lambda text, at=index: within_line(text, known, unknown, at))  # type: ignore[misc]
    message = "`{}` is an instruction to another site generator; it is shown as text"
    problems = (
        Problem(source.path, index + 1, "template", message.format(name), hint=True) for name, index in unknown.items()
    )
    return replace(source, text="\n".join(lines)), tuple(problems)


def join_shortcode(lines: list[str], index: int) -> None:
    """Move a shortcode that begins on a line and ends on a later one there, and leave the later ones empty."""
    if not (opened := OPEN_SHORTCODE.search(lines[index])):
        return
    for end in range(index + 1, min(index + MOST_LINES, len(lines))):
        if not lines[end].strip() or "{{" in lines[end]:
            return
        if f"{'>' if opened[1] == '<' else '%'}}}}}" in lines[end]:
            whole = " ".join(map(str.strip, lines[index + 1 : end + 1]))
            lines[index : end + 1] = [f"{lines[index]} {whole}", *[""] * (end - index)]
            return


def hide_comment(lines: list[str], index: int) -> int:
    """Make HTML's of a comment of Obsidian's that begins on a line and ends on a later one; its last line, or -1."""
    if not (opened := OPEN_COMMENT.match(lines[index])) or "%%" in lines[index][opened.end() :]:
        return -1
    end = next((at for at in range(index + 1, len(lines)) if "%%" in lines[at]), None)
    if end is None or not CLOSED_COMMENT.search(lines[end]):
        return -1
    lines[index : end + 1] = [line.replace("-->", "--&gt;") for line in lines[index : end + 1]]
    lines[index] = lines[index].replace("%%", "<!--")
    lines[end] = lines[end].replace("%%", "-->")
    return end


def unwrap_math(lines: list[str], index: int) -> None:
    """Leave the lines of a shortcode for formulas empty where the formulas have dollars of their own.

    One that nothing closes only says that there are formulas on the page.
    """
    if not (opened := MATH.match(lines[index])) or opened[1]:
        return
    last = min(index + MOST_LINES, len(lines))
    found = ((at, match) for at in range(index + 1, last) if (match := MATH.match(lines[at])))
    end, closed = next(found, (index, opened))
    if not closed[1]:
        lines[index] = ""
    elif any("$" in line for line in lines[index:end]):
        lines[index] = lines[end] = ""


def whole_line(line: str) -> str:
    """The line that opens or closes a listing or a formula as a fence or dollars."""
    if "{{" not in line:
        return line
    if match := HIGHLIGHT.match(line):
        return match[1] + ("```" if match[2] else f"```{match[3]}")
    return "$$" if MATH.match(line) else line


def within_line(text: str, known: Targets, unknown: dict[str, int], index: int) -> str:
    """The text with templates, block ids and references as Markdown; `unknown` learns what stays, with its line."""
    if "{" in text:
        text = INLINE_MATH.sub(lambda match: match[2] if "$" in match[2] else f"${match[2]}$", text)
        text = SHORTCODE.sub(lambda match: shortcode(match, known.closed, unknown, index), text)
        text = TAG.sub(lambda match: tag(match, known.closed, unknown, index), text)
        text = SITE.sub("/", ADDRESS.sub(r"\2", text))
        text = EQUATION_ID.sub("", text)
        text = SHOWN.sub(r"<\1>", ZOTERO_FILE.sub(r"\1", text))
        text = TASK.sub(lambda match: "[x]" if match[1] == "DONE" else "[ ]", text)
        text = IMAGE_SIZE.sub(r"{height=\1 width=\2}", EMBED.sub(r"\1", text))
    text = COMMENT.sub(lambda match: f"<!--{match[1].replace('-->', '--&gt;')}-->", text)
    text = HIGHLIGHTED.sub(r"<mark>\1\2</mark>", LOGBOOK.sub(r"\1<!-- \2 -->", text))
    text = PROPERTY_ID.sub(r'\1<a id="ref-\2"></a>', COLLAPSED.sub(r"\1<!-- \2 -->", text))
    text = BLOCK_ID.sub(lambda match: block_id(match, known), text)
    return BLOCK_REFERENCE.sub(lambda match: block_reference(match, known), text)


def block_id(match: re.Match[str], known: Targets) -> str:
    """The mark that names a block in Obsidian as an anchor, if some note links it."""
    name = match[2].lower()
    return f'{match[1]}<a id="ref-{name}"></a>' if name in known.asked else match[0]


def block_reference(match: re.Match[str], known: Targets) -> str:
    """Logseq's `((id))` as a link that shows the block; as it is where there is no such block."""
    labelled, uuid, end = match[1] or "", match[2], match[3] or ""
    if uuid not in known.blocks:
        return match[0]
    path, text = known.blocks[uuid]
    place = f"/{quote(path)}#ref-{uuid}"
    return f"{labelled}{place}{end}" if labelled and end else f"{labelled}[{text or uuid}]({place}){end}"
