"""Pages that one Markdown instance renders, or that are known from an earlier build: the reach into MkDocs' internals.

MkDocs makes an instance for each page, which takes as long as a short page itself. Its own processors go with each
page, as ever: they collect anchors, check links and find the title.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape, unescape
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from markdown import Markdown
from markdown.util import AMP_SUBSTITUTE
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import (
    Page,
    _ExtractAnchorsTreeprocessor,
    _ExtractTitleTreeprocessor,
    _RawHTMLPreprocessor,
    _RelativePathTreeprocessor,
)
from mkdocs.structure.toc import get_toc

from notesite.kept import Kept, described, digest, versions
from notesite.markdown.math import FAILED

TEXT_ONLY: Final = frozenset(
    """abbr admonition attr_list codehilite def_list extra fenced_code footnotes md_in_html meta nl2br sane_lists smarty
    tables toc notesite.markdown.gfm notesite.markdown.math pymdownx.arithmatex pymdownx.betterem pymdownx.caret
    pymdownx.critic pymdownx.details pymdownx.emoji pymdownx.highlight pymdownx.inlinehilite pymdownx.keys
    pymdownx.magiclink pymdownx.mark pymdownx.saneheaders pymdownx.smartsymbols pymdownx.superfences pymdownx.tabbed
    pymdownx.tasklist pymdownx.tilde""".split()
)
"""Extensions that look at nothing but a page's text and their options; another one may read other files."""

LEFT_OUT: Final = (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT)


@dataclass(frozen=True, slots=True)
class Content:
    """What rendering a page's Markdown gives."""

    html: str
    toc: list[Any]
    """Python-Markdown's tokens."""
    title: str | None
    anchors: list[str]
    links: list[list[str]]
    """Destinations as they are in the Markdown and in the HTML."""


class Writer:
    """Renders the Markdown of pages, or finds it rendered already."""

    def __init__(self, config: MkDocsConfig, kept: Kept) -> None:
        self._config = config
        self._kept = kept

    @cached_property
    def md(self) -> Markdown:
        """The one instance."""
        return Markdown(extensions=self._config.markdown_extensions, extension_configs=self._config.mdx_configs or {})

    @cached_property
    def key(self) -> str | None:
        """Stands for what goes into every page; None where that can't be known."""
        names, options = self._config.markdown_extensions, self._config.mdx_configs
        if not TEXT_ONLY.issuperset(names) or not all(map(is_versioned, functions(options))):
            return None
        return digest(versions(), names, described(options))

    def content(self, page: Page, links: Links) -> Content:
        """The page's content, its links checked in any case."""
        name, key = f"content:{page.file.src_uri}", self.key and digest(self.key, page.file.url, page.markdown)
        known = self._kept.find(name, key, Content) if key else None
        if known and links.are(known.links):
            return known
        content = self._render(page, links)
        if key and FAILED not in content.html:  # Setting a formula may have taken too long only this time.
            self._kept.keep(name, key, content)
        return content

    def _render(self, page: Page, links: Links) -> Content:
        md = self.md
        md.reset()
        raw, anchors = _RawHTMLPreprocessor(), _ExtractAnchorsTreeprocessor(page.file, links.files, self._config)
        title = _ExtractTitleTreeprocessor()
        for processor in (raw, anchors, links, title):
            processor._register(md)
        html = md.convert(page.markdown or "")
        present = sorted(anchors.present_anchor_ids | raw.present_anchor_ids)
        return Content(html, as_text(getattr(md, "toc_tokens", [])), title.title, present, links.found)


class Links(_RelativePathTreeprocessor):
    """MkDocs' check of links, which also keeps what it made of each one."""

    def __init__(self, file: File, files: Files, config: MkDocsConfig) -> None:
        super().__init__(file, files, config)
        self.found: list[list[str]] = []
        self.targets: set[str] = set()
        """The places of pages and files that the links lead to."""
        self.broken = False
        """Whether MkDocs has something to say about a link."""

    def path_to_url(self, url: str) -> str:
        """The destination as it is from the page."""
        made = self._made(url)
        self.found.append([url, made])
        return made

    def _made(self, url: str) -> str:
        made, parts = super().path_to_url(url), urlsplit(url)
        if parts.path and not parts.scheme and not parts.netloc and AMP_SUBSTITUTE not in url:
            target = self.files.get_file_from_path(self._target_uri(self.file.src_uri, unquote(parts.path)))
            left_as_is = parts.path[0] in "/\\" and made == url
            if target is None or target.inclusion in LEFT_OUT or left_as_is:
                self.broken = True
            else:
                self.targets.add(target.src_uri)
        return made

    def are(self, known: list[list[str]]) -> bool:
        """Whether the links lead where they led; warns of those that lead nowhere."""
        if all(self._made(url) == made for url, made in known):
            return True
        self.broken = False
        self.targets.clear()
        self.links_to_anchors.clear()
        return False


def as_text(tokens: list[Any]) -> list[Any]:
    """The table of contents with names that are text; themes write them into the page as they are."""
    return [
        token | {"name": escape(unescape(token["name"]), quote=False), "children": as_text(token["children"])}
        for token in tokens
    ]


def functions(value: object) -> Iterator[Any]:
    """The functions anywhere in an extension's options, such as one that writes fences of a kind."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for item in value:
            yield from functions(item)
    elif callable(value):
        yield value


def is_versioned(function: Any) -> bool:
    """Whether a function is part of a library whose version is known."""
    return getattr(function, "__module__", "").partition(".")[0] in ("markdown", "material", "notesite", "pymdownx")


class NotePage(Page):
    """A page of MkDocs that a writer renders."""

    targets: list[str] | None = None
    """Where its links lead, as places of pages and files; None where there is something to say about the page each time
    it is built: a broken link, or a formula that was not set."""

    def __init__(self, file: File, config: MkDocsConfig, writer: Writer, title: str | None = None) -> None:
        self._writer = writer
        super().__init__(title, file, config)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Fill in what MkDocs wants to know."""
        links = Links(self.file, files, config)
        content = self._writer.content(self, links)
        self.content, self.toc = content.html, get_toc(content.toc)
        self._title_from_render = content.title
        self.present_anchor_ids = set(content.anchors)
        self.links_to_anchors = links.links_to_anchors
        self.targets = None if links.broken or FAILED in content.html else sorted(links.targets)
