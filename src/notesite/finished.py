"""Pages that stand in the site as they are to be: MkDocs has nothing to do with them.

They are used only where no other plugin, hook or template of the author's can have a part in them.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage

from notesite.kept import Kept, described, digest, page_keys
from notesite.model import Page, Site
from notesite.navigation import INDEXES
from notesite.note_pages import NotePage, Writer
from notesite.publish import Publication
from notesite.search.text import Text
from notesite.view import Index, plain

PLUGINS: Final = frozenset({"notesite", "material/search"})
"""Plugins that have no part in our pages; MkDocs' own search indexes them all."""
APART: Final = frozenset({"config_file_path", "docs_dir", "site_dir", "watch", "plugins", "theme"})
"""Options that say where things are on disk, which no page shows; and two that are no plain values."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A page as it was written, and what it took for given."""

    files: dict[str, str]
    """Digests by path: the page itself first, then what programs read of it."""
    anchors: list[str]
    targets: list[str]
    """Where its links lead, as places of pages and files."""
    texts: dict[str, str]
    """Digests of the Markdown of pages that it links an anchor of."""
    said: Text | None
    """What the search reads of it; None for a page that it does not find."""


class PageFile(File):
    """A page of ours: of one that is finished, or that we render, MkDocs knows the address only."""

    finished: Finished | None = None
    is_for_mkdocs: bool = True
    """Whether MkDocs is to render it."""

    def __init__(self, page: Page, config: MkDocsConfig) -> None:
        super().__init__(page.uri, None, config.site_dir, config.use_directory_urls)
        self.generated_by, self.own = "notesite", page
        self.dest_uri = self.dest_uri  # Worked out as long as it is for MkDocs.
        # Notes stay out of the navigation, which every page carries.
        if page.kind in ("note", "source", "tag") or page.number > 1 or (page.kind in INDEXES and page.subject):
            self.inclusion = InclusionLevel.NOT_IN_NAV

    @property
    def title(self) -> str:
        """What the page is called, as HTML."""
        return escape(plain(self.own.title))

    def take_text(self) -> None:
        """Have the Markdown ready to be rendered."""
        # Without the blank line MkDocs would take a first line such as "TLDR: …" for metadata.
        self.content_string = "\n" + self.own.text

    def is_documentation_page(self) -> bool:
        """Whether MkDocs is to render it."""
        return self.is_for_mkdocs

    def copy_file(self, dirty: bool = False) -> None:
        """Do nothing: it is in place."""

    def as_page(self, config: MkDocsConfig) -> MkDocsPage:
        """What other pages show of it, and what links to it are checked against."""
        page = self.page or MkDocsPage(self.title, self, config)
        if self.finished:
            page.present_anchor_ids = set(self.finished.anchors)
        return page


class FinishedPages:
    """Finds pages that are finished, and remembers those that this build makes."""

    def __init__(self, site: Site, keys: Mapping[str, str], kept: Kept, publication: Publication, command: str) -> None:
        self.keys = keys
        self.reused = 0
        self._kept, self._publication, self._command = kept, publication, command
        self._texts = {page.uri: digest(page.text) for page in site.pages} if keys else {}

    def find(self, files: Files) -> dict[str, Text]:
        """Mark the pages that stand in the site as they are to be; returns what the search reads of them."""
        said: dict[str, Text] = {}
        known = self._kept.find_all({self._row(uri): key for uri, key in self.keys.items()}, Finished)
        for uri in self.keys:
            file = files.src_uris[uri]
            if not isinstance(file, PageFile) or not (finished := known.get(self._row(uri))):
                continue
            if self._holds(finished, files.src_uris) and self._publication.has(finished.files):
                file.finished, file.is_for_mkdocs = finished, False
                self.reused += 1
                if finished.said:
                    said[uri] = finished.said
        return said

    def keep(self, page: MkDocsPage, digests: dict[str, str], said: Text | None) -> None:
        """Remember a page by its files, unless there is something to say about it every time."""
        uri = page.file.src_uri
        targets = page.targets if isinstance(page, NotePage) else [] if not (page.content or "").strip() else None
        if (key := self.keys.get(uri)) and targets is not None and (texts := self._linked(page)) is not None:
            anchors = sorted(page.present_anchor_ids or ())
            self._kept.keep(self._row(uri), key, Finished(digests, anchors, targets, texts, said))

    def forget_others(self, files: Files) -> None:
        """Forget the pages that the site has no longer, and sites that are no more."""

        def is_done_with(name: str) -> bool:
            kind, _, rest = name.partition(":")
            if kind == "site":
                return not Path(rest).exists()
            uri = rest if kind in ("content", "drawing") else rest.partition(":")[2]
            return bool(rest) and uri not in files.src_uris

        self._kept.forget(is_done_with)

    def _row(self, uri: str) -> str:
        """Pages that are served are not those that are published."""
        return f"page:{self._command}:{uri}"

    def _holds(self, finished: Finished, targets: Container[str]) -> bool:
        """Whether what the page took for given is still so."""
        return all(uri in targets for uri in finished.targets) and all(
            self._texts.get(uri) == text for uri, text in finished.texts.items()
        )

    def _linked(self, page: MkDocsPage) -> dict[str, str] | None:
        """Digests of the texts whose anchors the page links; None where one has no such anchor."""
        links = page.links_to_anchors or {}
        for file, anchors in links.items():
            if file.page and not anchors.keys() <= (file.page.present_anchor_ids or set()):
                return None
        return {file.src_uri: self._texts[file.src_uri] for file in links if file.src_uri in self._texts}


def finished_keys(site: Site, index: Index, config: MkDocsConfig, writer: Writer, named: str) -> dict[str, str]:
    """Stands for all that goes into each page that can be reused; not those that the author's navigation names."""
    base = base_key(config, writer)
    keys = page_keys(site, index) if base else {}
    return {uri: digest(base, uri, key) for uri, key in keys.items() if uri not in named}


def base_key(config: MkDocsConfig, writer: Writer) -> str | None:
    """Stands for what every page is shown with; None where that can't be known."""
    if (
        writer.key is None
        or config.theme.name != "material"
        or config.theme.custom_dir
        or config.hooks
        or not PLUGINS.issuperset(config.plugins)
    ):
        return None
    stated = [(name, value) for name, value in config.items() if name not in APART]
    plugins = [plugin.config for plugin in config.plugins.values()]
    look = config.theme.name, dict(config.theme), config.theme.locale
    return digest(writer.key, described((stated, plugins, look)))
