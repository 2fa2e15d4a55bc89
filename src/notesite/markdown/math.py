"""A Python-Markdown extension that sets TeX with KaTeX at build time, with or without `notesite.markdown.gfm`.

It is python-markdown-math with its patterns replaced by the judgement of `delimiters`. Every formula becomes an element
of class `ns-tex`, which holds its TeX first, readable text while other tree processors read the page, KaTeX's output in
the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from mdx_math import InlineMathPattern
from mdx_math import MathExtension as PythonMarkdownMath

from notesite.markdown.delimiters import OPENER, block_at, formula_at
from notesite.markdown.katex import Engine, Failure, Formula, shared_engine
from notesite.markdown.macros import take_definitions
from notesite.markdown.readable import readable

CLASS: Final = "ns-tex"
"""Class of every formula's element, before and after it is set."""
FAILED: Final = "ns-tex-error"
"""Second class of a formula that KaTeX refuses; the element then shows the TeX."""

_TEX: Final = "data-tex"
"""Where the TeX is kept while the element's text is the readable one."""
_REPLACED: Final = ("math-0", "math-1", "math-2", "math-inline-0", "math-inline-1")
_BLOCK_START: Final = re.compile(r"(?:^|(?<=\n)) {0,3}(?=\$\$|\\\\?\[|\\begin\{)")
_FENCE: Final = re.compile(r"(?P<indent>[ \t>]*)(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^`\s]*)[^`]*")
_ITEM: Final = re.compile(r"[ \t>]*(?:[-*+]|\d+[.)])[ \t]")


class MathExtension(PythonMarkdownMath):  # type: ignore[misc]
    """python-markdown-math, made strict and set by KaTeX."""

    def __init__(self, **options: Any) -> None:
        super().__init__()
        self.config = {
            "engine": ["", "The notesite.markdown.katex.Engine to set formulas with; the process's own without"],
            "macros": [{}, "TeX macros of the page, such as {'\\\\R': '\\\\mathbb{R}'}"],
            "report": ["", "Called with each notesite.markdown.katex.Failure of the page"],
        }
        self.setConfigs(options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the finders and the two tree processors."""
        super().extendMarkdown(md)
        md.registerExtension(self)
        for name in _REPLACED:
            md.inlinePatterns.deregister(name, strict=False)
        md.ESCAPED_CHARS.append("$")
        md.preprocessors.register(_Fences(md), "math-fence", 27)  # before fenced_code and superfences, 25
        md.parser.blockprocessors.register(_Blocks(md.parser), "math-block", 75)  # between code and headings
        md.inlinePatterns.register(_Inline(r"\$(?=`)", md), "math-code", 195)  # before code spans, 190
        md.inlinePatterns.register(_Inline(OPENER.pattern, md), "math-inline", 185)  # before escapes, 180
        md.treeprocessors.register(_Cells(md), "math-cells", 19.5)
        md.treeprocessors.register(_Readable(md), "math-readable", 19)  # after inline, 20; before all that read text
        md.treeprocessors.register(_Setter(md, self.getConfigs()), "math-set", -100)  # after all that read text

    def leave_finding(self, md: Markdown) -> None:
        """Keep only the setting: another extension writes the elements of class `ns-tex`."""
        md.preprocessors.deregister("math-fence", strict=False)
        md.parser.blockprocessors.deregister("math-block", strict=False)
        for name in ("math-code", "math-inline"):
            md.inlinePatterns.deregister(name, strict=False)
        md.treeprocessors.deregister("math-cells", strict=False)

    def reset(self) -> None:
        """Nothing outlives a page."""


def makeExtension(**options: Any) -> MathExtension:  # noqa: N802
    """Python-Markdown's entry point."""
    return MathExtension(**options)


def element(tag: str, tex: str, *, display: bool) -> Element:
    """Return the element of a formula that is still to be set."""
    node = Element(tag, {"class": CLASS, "data-display": str(display).lower()})
    node.text = AtomicString(tex)
    return node


class _Inline(InlineMathPattern):  # type: ignore[misc]
    """A formula in the line of text; a display there stays a `span`, as a paragraph can't hold a `div`."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # noqa: N802
        formula = formula_at(data, m.start())
        if formula is None:
            return None, None, None
        return element("span", formula.tex, display=formula.display), m.start(), formula.end


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
                parent.append(element("div", formula.tex, display=True))
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


def _formulas(root: Element) -> Iterator[Element]:
    return (node for node in root.iter() if CLASS in node.get("class", "").split())


class _Cells(Treeprocessor):
    r"""In a table's cell `\|` is a bar, as on GitHub, in formulas too; Python-Markdown leaves it to us."""

    def run(self, root: Element) -> None:
        for cell in (cell for tag in ("td", "th") for cell in root.iter(tag)):
            for node in _formulas(cell):
                node.text = AtomicString((node.text or "").replace(r"\|", "|"))


class _Readable(Treeprocessor):
    """Titles, slugs, tables of contents and search see `x_i`; the TeX waits in an attribute."""

    def run(self, root: Element) -> None:
        for node in _formulas(root):
            tex = node.text or ""
            node.set(_TEX, tex)
            node.text = AtomicString(readable(take_definitions(tex)[0]))


class _Setter(Treeprocessor):
    """Puts KaTeX's output, or the marked TeX, in place of the readable text."""

    def __init__(self, md: Markdown, config: dict[str, Any]) -> None:
        super().__init__(md)
        self._config = config

    def run(self, root: Element) -> None:
        nodes = list(_formulas(root))
        found = [(node.attrib.pop(_TEX), node.get("data-display") == "true") for node in nodes]
        formulas = _with_macros(found, self._config["macros"])
        engine: Engine = self._config["engine"] or shared_engine()
        for node, formula, result in zip(nodes, formulas, engine.set(formulas), strict=True):
            node.text = None
            if formula.tex.strip():
                self._fill(node, result)

    def _fill(self, node: Element, result: str | Failure) -> None:
        if isinstance(result, str):
            node.text = AtomicString(self.md.htmlStash.store(result))
            return
        node.set("class", f"{CLASS} {FAILED}")
        node.set("title", result.message)
        SubElement(node, "code").text = AtomicString(result.tex)
        if self._config["report"]:
            self._config["report"](result)


def _with_macros(formulas: Sequence[tuple[str, bool]], macros: dict[str, str]) -> list[Formula]:
    """Return the formulas of a page, each with the macros that those before it define."""
    result = []
    for tex, display in formulas:
        rest, defined = take_definitions(tex)
        macros = {**macros, **defined}
        result.append(Formula(rest, display, macros))
    return result
