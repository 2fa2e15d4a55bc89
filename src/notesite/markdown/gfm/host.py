"""Every reach into the internals of Python-Markdown and its extensions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.footnotes import NBSP_PLACEHOLDER
from markdown.treeprocessors import InlineProcessor
from markdown.util import HTML_PLACEHOLDER_RE, AtomicString, Registry

from notesite.markdown import MATH
from notesite.markdown.finders import remove_finders
from notesite.markdown.gfm.islands import STARTS

CORE_INLINE: Final = (
    "backtick escape reference link image_link image_reference short_reference short_image_ref autolink automail "
    "linebreak html entity not_strong em_strong strong_em em_strong2 strong emphasis strong2 emphasis2 magic-link "
    "magic-mail arithmatex-inline"
).split()
"""Inline patterns whose work markdown-it has done; the patterns of other extensions stay."""

_FENCE_OPTIONS: Final = frozenset("title hl_lines linenums anchor_linenums".split())
_OPTION: Final = re.compile(r"([^\s={}\"']+)\s*=")
_SHEBANG: Final = re.compile(r"(?:#!|:::)([\w#.+-]+) +(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Host:
    """What the loaded extensions bring."""

    md: Markdown
    islands: frozenset[str]
    """Kinds of block syntax: see `islands`."""
    tex: bool
    """Whether an extension sets formulas."""
    arithmatex: bool
    """Whether that extension is `pymdownx.arithmatex`."""
    definitions: bool
    fences: Any
    """The preprocessor of `pymdownx.superfences`, or None."""
    backtick: Any
    """The pattern of `pymdownx.inlinehilite`, or None."""

    def write_island(self, kind: str, parent: Element, text: str) -> bool:
        """Let the extension write its block; False if it does not want it after all."""
        processor = self.md.parser.blockprocessors[kind]
        return processor.test(parent, text) and processor.run(parent, text.split("\n\n")) is not False

    def define_footnote(self, label: str, text: str) -> None:
        """Keep a footnote's text for the end of the page."""
        self._footnotes.setFootnote(label, text)

    def has_footnote(self, label: str) -> bool:
        """Whether the page has a footnote of that name so far."""
        return label in self._footnotes.footnotes

    @property
    def _footnotes(self) -> Any:
        processor: Any = self.md.parser.blockprocessors["footnote"]
        return processor.footnotes

    def highlighted_fence(self, info: str, code: str, *, safe: bool) -> str | None:
        """Let superfences write a fence, with as much of the info string as it understands; give its placeholder."""
        language = info.split()[0] if info else ""
        fence = "`" * max([2, *(len(run) for run in re.findall("`+", code))]) + "`"
        for words in dict.fromkeys((info, re.sub(r"[^\w#.+-]", "", language), "")):
            if self.fences is None or (safe and not _FENCE_OPTIONS.issuperset(_OPTION.findall(words))):
                continue
            made = self.fences.run([fence + words, *code.removesuffix("\n").split("\n"), fence])
            if len(made) == 1 and HTML_PLACEHOLDER_RE.fullmatch(made[0].strip()):
                return str(made[0].strip())
        return None

    def highlighted_span(self, code: str) -> Element | None:
        """Let `pymdownx.inlinehilite` write `#!python x`; None for other code."""
        match = _SHEBANG.match(code) if self.backtick is not None else None
        if match is None:
            return None
        self.backtick.get_settings()
        made = self.backtick.handle_code(match[1], match[2])
        if isinstance(made, str):
            return None
        made.text = AtomicString(made.text)
        return made if isinstance(made, Element) else None


def take_over(md: Markdown) -> Host:
    """Look at what is loaded and retire the parts of Python-Markdown that would parse Markdown a second time."""
    inline, blocks, before = md.inlinePatterns, md.parser.blockprocessors, md.preprocessors
    fences, backtick = _find(before, "fenced_code_block"), _find(inline, "backtick")
    arithmatex = "arithmatex-inline" in inline
    host = Host(
        md=md,
        islands=frozenset(kind for kind in STARTS if kind in blocks),
        tex=arithmatex or any(type(extension).__module__ == MATH for extension in md.registeredExtensions),
        arithmatex=arithmatex,
        definitions="deflist" in blocks,
        fences=fences if hasattr(fences, "search_nested") else None,
        backtick=backtick if hasattr(backtick, "handle_code") else None,
    )
    for name in CORE_INLINE:
        inline.deregister(name, strict=False)
    md.treeprocessors.register(OtherPatterns(md), "inline", 20)
    before.deregister("fenced_raw_block", strict=False)
    remove_finders(md)
    delimiters = _find(inline, "delimiter")  # of pymdownx: `*_~` are done, `^` and `=` are still to do
    for character in "*_~" if delimiters else "":
        delimiters.remove(character)
    return host


class OtherPatterns(InlineProcessor):
    """The inline patterns of other extensions, asked only for texts in which one of them finds something.

    Python-Markdown looks for the place of every element with a text behind it, which is quadratic in a paragraph of
    thousands of links.
    """

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Hide all other texts while Python-Markdown works."""
        searches = [pattern.getCompiledRegExp().search for pattern in self.md.inlinePatterns]
        texts = [(element, place, text) for element in tree.iter() for place, text in _texts(element)]
        others = [found for found in texts if not any(search(found[2]) for search in searches)]
        if len(others) < len(texts):
            for element, place, _ in others:
                setattr(element, place, None)
            super().run(tree, ancestors)
            for element, place, text in others:
                setattr(element, place, text)
        return tree


def _texts(element: Element) -> Iterator[tuple[str, str]]:
    """The texts in and behind an element, by the name of their attribute."""
    if element.text:
        yield "text", element.text
    if element.tail:
        yield "tail", element.tail


def _find(registry: Registry[Any], name: str) -> Any:
    return registry[name] if name in registry else None  # noqa: SIM401, a registry has no `get`


def complete_footnotes(root: Element) -> None:
    """Give a footnote that shows nothing the way back that Python-Markdown looks for in each."""
    for item in root.iter("li"):
        label = item.get("id", "").removeprefix("fn:")
        if item.get("id", "").startswith("fn:") and item.find(".//a[@class='footnote-backref']") is None:
            back = SubElement(SubElement(item, "p"), "a", {"class": "footnote-backref", "href": f"#fnref:{label}"})
            back.text = "↩"


def move_footnote_space(paragraph: Element) -> None:
    """Put the space before a footnote's way back where it belongs.

    Python-Markdown adds it to the paragraph's text, where it expects all Markdown still to be.
    """
    if len(paragraph) > 1 and paragraph.text and paragraph.text.endswith(NBSP_PLACEHOLDER):
        paragraph.text = paragraph.text.removesuffix(NBSP_PLACEHOLDER)
        paragraph[-2].tail = (paragraph[-2].tail or "") + NBSP_PLACEHOLDER
