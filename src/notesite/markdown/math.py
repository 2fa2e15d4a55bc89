"""A Python-Markdown extension that sets TeX with KaTeX at build time, with or without `notesite.markdown.gfm`.

It is python-markdown-math with its patterns replaced by the judgement of `delimiters`. Every formula becomes an element
of class `ns-tex`, which holds its TeX first, readable text while other tree processors read the page, KaTeX's output in
the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from mdx_math import MathExtension as PythonMarkdownMath

from notesite.markdown.finders import CLASS, add_finders, elements
from notesite.markdown.katex import Engine, Failure, Formula, shared_engine
from notesite.markdown.macros import take_definitions
from notesite.markdown.readable import readable

FAILED: Final = "ns-tex-error"
"""Second class of a formula that KaTeX refuses; the element then shows the TeX."""

_TEX: Final = "data-tex"
"""Where the TeX is kept while the element's text is the readable one."""
_REPLACED: Final = ("math-0", "math-1", "math-2", "math-inline-0", "math-inline-1")


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
        add_finders(md)
        md.treeprocessors.register(_Readable(md), "math-readable", 19)  # after inline, 20; before all that read text
        md.treeprocessors.register(_Setter(md, self.getConfigs()), "math-set", -100)  # after all that read text

    def reset(self) -> None:
        """Do nothing: no state outlives a page."""


def makeExtension(**options: Any) -> MathExtension:  # noqa: N802
    """Python-Markdown's entry point."""
    return MathExtension(**options)


def with_macros(formulas: Iterable[tuple[str, bool]], macros: Mapping[str, str]) -> list[Formula]:
    """The formulas of a note, each TeX and whether it is a display, with the macros that those before it define."""
    result: list[Formula] = []
    for tex, display in formulas:
        rest, defined = take_definitions(tex)
        macros = {**macros, **defined} if defined else macros
        result.append(Formula(rest, display, macros))
    return result


class _Readable(Treeprocessor):
    """Titles, slugs, tables of contents and search see `x_i`; the TeX waits in an attribute."""

    def run(self, root: Element) -> None:
        for node in elements(root):
            tex = node.text or ""
            node.set(_TEX, tex)
            node.text = AtomicString(readable(take_definitions(tex)[0]))


class _Setter(Treeprocessor):
    """Puts KaTeX's output, or the marked TeX, in place of the readable text."""

    def __init__(self, md: Markdown, config: dict[str, Any]) -> None:
        super().__init__(md)
        self._config = config

    def run(self, root: Element) -> None:
        nodes = list(elements(root))
        found = [(node.attrib.pop(_TEX, node.text or ""), node.get("data-display") == "true") for node in nodes]
        formulas = with_macros(found, self._config["macros"])
        engine: Engine = self._config["engine"] or shared_engine()
        for node, formula, (tex, _), result in zip(nodes, formulas, found, engine.set(formulas), strict=True):
            node.text = None
            if isinstance(result, Failure):
                self._mark(node, replace(result, tex=tex))
            elif formula.tex.strip():
                node.text = AtomicString(self.md.htmlStash.store(result))

    def _mark(self, node: Element, failure: Failure) -> None:
        node.set("class", f"{CLASS} {FAILED}")
        node.set("title", failure.message)
        SubElement(node, "code").text = AtomicString(failure.tex)
        if self._config["report"]:
            self._config["report"](failure)
