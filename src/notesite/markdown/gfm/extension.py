"""The Python-Markdown extension: markdown-it parses, Python-Markdown and its other extensions go on with the tree.

The document is put aside before other preprocessors could parse parts of it, and one block processor, which takes every
text that Python-Markdown parses, writes it. Extensions' blocks come to their own processors as islands; tree processors
(toc, attr_list, footnotes, MkDocs' link check) and postprocessors run as ever.
"""

from __future__ import annotations

from typing import Any, Final
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX, AtomicString

from notesite.markdown.gfm.blocks import write_blocks
from notesite.markdown.gfm.host import Host, complete_footnotes, move_footnote_space, take_over
from notesite.markdown.gfm.inline import write_markdown
from notesite.markdown.gfm.page import Page
from notesite.markdown.gfm.parser import Dialect
from notesite.markdown.gfm.prepare import prepare
from notesite.markdown.gfm.safety import SafeAttributes
from notesite.markdown.gfm.tree import Written

_BROUGHT: Final = {"footnote": "footnotes", "task-list": "pymdownx.tasklist", "attr_list": "attr_list"}
"""What GitHub and Jekyll have and the owner may not have listed: name of a processor, extension that brings it."""
_AS_ON_GITHUB: Final = {"footnotes": {"USE_DEFINITION_ORDER": False}}


class GfmExtension(Extension):
    """Shows Markdown as GitHub does; the options say where notes get more."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "html": [
                "safe",
                "HTML in notes: `safe` keeps what GitHub keeps, `gfm` all but what GFM's tag filter takes, `raw` all",
            ],
            "unknown_tags": [True, "a tag that HTML does not have (`<think>`), or a lone `<s>`, is shown as text"],
            "jekyll": [
                True,
                "front matter, Liquid's highlight blocks, kramdown's attribute and definition lists",
            ],
            "callouts": [True, "GitHub's alerts and Obsidian's callouts become admonitions"],
            "link_lines": [True, "a line that is only links stands on its own"],
            "repairs": [
                True,
                "bullets without space, `->` lists, bullets indented under a paragraph, empty items and links",
            ],
            "heading_ids": [True, "headings get the anchors that GitHub gives them"],
        }
        super().__init__(**options)
        self._host: Host | None = None

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Wait until every extension is loaded: Python-Markdown resets them then."""
        self._md = md
        md.registerExtension(self)

    def reset(self) -> None:
        """Begin a document; before the first one, take over from Python-Markdown's own parser."""
        if self._host is None:
            self._bring()
            self._host = take_over(self._md)
            self._register()
        self.page = self._begin(self._host)

    def _bring(self) -> None:
        blocks, trees = self._md.parser.blockprocessors, self._md.treeprocessors
        missing = [name for processor, name in _BROUGHT.items() if processor not in blocks and processor not in trees]
        self._md.registerExtensions(missing, _AS_ON_GITHUB)

    def _begin(self, host: Host) -> Page:
        options = self.getConfigs()
        html = options.pop("html")
        definitions = host.definitions or options["jekyll"]
        options["cjk"] = options["repairs"]
        dialect = Dialect(islands=host.islands, tex=host.tex, definitions=definitions, safe=html == "safe", **options)
        return Page(host, dialect, html)

    def _register(self) -> None:
        md = self._md
        md.preprocessors.register(_Normalise(md), "normalize_whitespace", 30)
        md.preprocessors.register(_PutAside(md, self), "notesite-gfm", 26)  # behind snippets and meta, before fences
        md.parser.blockprocessors.register(_Write(md, self), "notesite-gfm", 1000)
        md.treeprocessors.register(_CompleteFootnotes(md), "notesite-footnotes", 49)  # behind footnotes at 50
        md.treeprocessors.register(_WriteForeign(md, self), "notesite-gfm", 21)  # before inline patterns at 20
        if self.getConfig("html") == "safe":
            md.treeprocessors.register(SafeAttributes(md), "notesite-safe", 7.5)  # behind attribute lists at 8


class _Normalise(Preprocessor):
    """Line ends and the two characters that Python-Markdown needs for itself; tabs are for the parser."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines).replace(STX, "").replace(ETX, "").replace("\r\n", "\n").replace("\r", "\n")
        return text.split("\n")


class _PutAside(Preprocessor):
    """Hides the document from the preprocessors that would parse parts of it."""

    def __init__(self, md: Markdown, extension: GfmExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, lines: list[str]) -> list[str]:
        page = self._extension.page
        jekyll, repairs = page.dialect.jekyll, page.dialect.repairs
        return [page.hide(prepare("\n".join(lines), page.parser, jekyll=jekyll, repairs=repairs))]


class _Write(BlockProcessor):
    """Takes every text that is to be parsed as blocks."""

    def __init__(self, md: Markdown, extension: GfmExtension) -> None:
        super().__init__(md.parser)
        self._extension = extension

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        return True

    def run(self, parent: Element, blocks: list[str]) -> None:
        page = self._extension.page
        text, dialect = page.reveal("\n\n".join(blocks))
        blocks.clear()
        write_blocks(page, parent, text, dialect)


class _CompleteFootnotes(Treeprocessor):
    """Makes every footnote one that the next processors of the footnotes' extension can handle."""

    def run(self, root: Element) -> None:
        complete_footnotes(root)


class _WriteForeign(Treeprocessor):
    """Parses inline Markdown that other extensions put into the tree themselves: titles, tab labels."""

    def __init__(self, md: Markdown, extension: GfmExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag == "p":
                move_footnote_space(element)
            if not isinstance(element, Written) and element.text:
                self._write(element, self._extension.page.reveal(element.text)[0])

    def _write(self, element: Element, text: str) -> None:
        if isinstance(element.text, AtomicString):
            element.text = AtomicString(text)
        elif text.strip():
            element.text, children = None, list(element)
            for child in children:
                element.remove(child)
            write_markdown(self._extension.page, element, text)
            element.extend(children)


def makeExtension(**options: Any) -> GfmExtension:  # noqa: N802
    """Python-Markdown's entry point."""
    return GfmExtension(**options)
