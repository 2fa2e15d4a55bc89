"""Finds TeX in Python-Markdown's own parsing, for pages that are rendered without `notesite.markdown.gfm`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from mdx_math import InlineMathPattern

from notesite.markdown.delimiters import OPENER, block_at, formula_at

CLASS: Final = "ns-tex"
"""Class of every formula's element, before and after it is set."""

_BLOCK_START: Final = re.compile(r"(?:^|(?<=\n)) {0,3}(?=\$\$|\\\\?\[|\\begin\{)")
_FENCE: Final = re.compile(r"(?P<indent>[ \t>]*)(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^`\s]*)[^`]*")
_ITEM: Final = re.compile(r"[ \t>]*(?:[-*+]|\d+[.)])[ \t]")


def add_finders(md: Markdown) -> None:
    """Register what writes an element of class `ns-tex`, with its TeX as text, for every formula."""
    md.ESCAPED_CHARS.append("$")
    md.preprocessors.register(_Fences(md), "math-fence", 27)  # before fenced_code and superfences, 25
    md.parser.blockprocessors.register(_Blocks(md.parser), "math-block", 75)  # between code and headings
    md.inlinePatterns.register(_Inline(r"\$(?=`)", md), "math-code", 195)  # before code spans, 190
    md.inlinePatterns.register(_Inline(OPENER.pattern, md), "math-inline", 185)  # before escapes, 180
    md.treeprocessors.register(_Cells(md), "math-cells", 19.5)


def remove_finders(md: Markdown) -> None:
    """Leave the finding to another extension."""
    md.preprocessors.deregister("math-fence", strict=False)
    md.parser.blockprocessors.deregister("math-block", strict=False)
    md.inlinePatterns.deregister("math-code", strict=False)
    md.inlinePatterns.deregister("math-inline", strict=False)
    md.treeprocessors.deregister("math-cells", strict=False)


def elements(root: Element) -> Iterator[Element]:
    """The elements of all formulas, in the order of the page."""
    return (node for node in root.iter() if CLASS in node.get("class", "").split())


def _element(tag: str, tex: str, *, display: bool) -> Element:
    """The element of a formula that is still to be set."""
    node = Element(tag, {"class": CLASS, "data-display": str(display).lower()})
    node.text = AtomicString(tex)
    return node


class _Inline(InlineMathPattern):  # type: ignore[misc]
    """A formula in the line of text; a display there stays a `span`, as a paragraph can't hold a `div`."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # noqa: N802
        formula = formula_at(data, m.start())
        if formula is None:
            return None, None, None
        return _element("span", formula.tex, display=formula.display), m.start(), formula.end


class _Blocks(BlockProcessor):
    """A display on lines of its own, in the midst of a paragraph too, or over several of Python-Markdown's blocks."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        return _BLOCK_START.search(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> bool:
        for start in _BLOCK_START.finditer(blocks[0]):
            formula = block_at(_lines([blocks[0][start.end() :], *blocks[1:]]))
            if formula:
                before = blocks[0][: start.start()].strip("\n")
                blocks[0] = blocks[0][start.end() :]
                _drop_lines(blocks, formula.end)
                if before:
                    self.parser.parseBlocks(parent, [before])
                parent.append(_element("div", formula.tex, display=True))
                return True
        return False


def _lines(blocks: Sequence[str]) -> Iterator[str]:
    for number, block in enumerate(blocks):
        if number:
            yield ""
        yield from block.split("\n")


def _drop_lines(blocks: list[str], count: int) -> None:
    """Take lines off the first blocks, where a blank line stands between two blocks."""
    while blocks and count > 0:
        lines = blocks.pop(0).split("\n")
        if rest := "\n".join(lines[count:]).strip("\n"):
            blocks.insert(0, rest)
        count -= len(lines) + 1


class _Fences(Preprocessor):
    """GitHub's ```` ```math ```` becomes a display in dollars, wherever such a fence is no code's content."""

    def run(self, lines: list[str]) -> list[str]:
        result: list[str] = []
        at = 0
        while at < len(lines):
            fence = _FENCE.fullmatch(lines[at])
            end = _closing_fence(lines, at, fence["fence"]) if fence else at
            if fence and end > at and fence["info"] == "math" and _is_block(result, fence["indent"]):
                content = [line for line in lines[at + 1 : end] if line.strip("> \t")]
                result += [f"{fence['indent']}$$", *content, f"{fence['indent']}$$"] if content else []
            else:
                result += lines[at : end + 1]
            at = end + 1
        return result


def _closing_fence(lines: Sequence[str], start: int, fence: str) -> int:
    """Index of the line that closes the fence at `start`; `start` itself where it stays open."""
    for at in range(start + 1, len(lines)):
        line = lines[at].strip("> \t")
        if line.startswith(fence) and not line.strip(fence[0]):
            return at
    return start


def _is_block(before: Sequence[str], indent: str) -> bool:
    """Whether a line so far indented is a block and not indented code, that is, belongs to a list item above."""
    width = len(indent.expandtabs(4))
    if width < 4 or ">" in indent:
        return True
    outer = (line for line in reversed(before) if line.strip() and len(line) - len(line.lstrip()) < width)
    return bool(_ITEM.match(next(outer, "")))


class _Cells(Treeprocessor):
    r"""In a table's cell `\|` is a bar, as on GitHub, in formulas too; Python-Markdown leaves it to us."""

    def run(self, root: Element) -> None:
        for cell in (cell for tag in ("td", "th") for cell in root.iter(tag)):
            for node in elements(cell):
                node.text = AtomicString((node.text or "").replace(r"\|", "|"))
