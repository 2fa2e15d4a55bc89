"""Notes rendered as MkDocs would render them, but on two processors: MkDocs renders one page after the other.

Only for pages that no other plugin has a part in. The events of pages run for them as for all others.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Self

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from notesite.markdown.katex import ForkedError
from notesite.note_pages import NotePage
from notesite.processes import can_fork, in_two_processes
from notesite.search.text import Text
from notesite.shells import Shells

log = get_plugin_logger("notesite")

FEWEST: Final = 40
"""Pages for which a second process is worth its start: 50 ms, in which one process renders some 15 pages."""
ALONE: Final = 4
"""Pages rendered before there are two processes: what they compile, both have."""
PROGRESS: Final = 5.0
"""Seconds between two lines that say how far a long build is."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What is known of a page when it is written."""

    uri: str
    said: Text | None
    """What the search reads of it."""
    digests: dict[str, str]
    """Of its files, by path."""
    anchors: set[str]
    targets: list[str] | None
    """As of `NotePage`."""
    anchor_links: dict[str, dict[str, str]]
    """Links to anchors, by the place of the page that has them, as MkDocs keeps them."""

    @classmethod
    def of(cls, page: NotePage, said: Text | None, digests: dict[str, str]) -> Self:
        """What there is to know of a page that has been rendered."""
        links = {target.src_uri: anchors for target, anchors in (page.links_to_anchors or {}).items()}
        return cls(page.file.src_uri, said, digests, page.present_anchor_ids or set(), page.targets, links)

    def fill(self, page: NotePage, files: Files) -> None:
        """Tell the page what another process has found when it rendered it."""
        page.present_anchor_ids, page.targets = self.anchors, self.targets
        page.links_to_anchors = {files.src_uris[uri]: anchors for uri, anchors in self.anchor_links.items()}


Render = Callable[[NotePage], Rendered]


def render(page: NotePage, files: Files, config: MkDocsConfig, nav: Navigation, shells: Shells) -> str:
    """The finished page: all that MkDocs does from reading a page to writing it."""
    plugins = config.plugins
    plugins.on_pre_page(page, config=config, files=files)
    page.read_source(config)
    page.markdown = plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
    page.render(config, files)
    page.content = plugins.on_page_content(page.content or "", page=page, config=config, files=files)
    page.active = True
    context = plugins.on_page_context(get_context(nav, [], config, page), page=page, config=config, nav=nav)
    output = plugins.on_post_page(shells.render(context), page=page, config=config)
    page.active = False
    return output


def render_all(pages: Sequence[NotePage], render: Render, close: Callable[[], None]) -> Iterator[Rendered]:
    """Each page rendered, in any order; with a second process, where there are many and the system lets one fork.

    `close` lets go of files that two processes can't share; both open them again.
    """
    first, pages = pages[:ALONE], pages[ALONE:]
    yield from map(render, first)
    if len(pages) < FEWEST:
        yield from with_progress(pages, render)
        return
    close()
    if not can_fork():
        yield from with_progress(pages, render)
        return
    ours, theirs = in_two_processes(
        lambda: list(with_progress(pages[::2], render)), lambda: rendered_quietly(pages[1::2], render, close)
    )
    yield from (*ours, *(theirs or ()))
    done = {rendered.uri for rendered in theirs or ()}
    yield from (render(page) for page in pages[1::2] if page.file.src_uri not in done)


def with_progress(pages: Sequence[NotePage], render: Render) -> Iterator[Rendered]:
    """The pages rendered; a long build says how far it is."""
    said = time.monotonic()
    for number, page in enumerate(pages):
        if time.monotonic() - said > PROGRESS:
            said = time.monotonic()
            log.info("%d %% of the pages rendered", 100 * number // len(pages))
        yield render(page)


def rendered_quietly(pages: Sequence[NotePage], render: Render, close: Callable[[], None]) -> list[Rendered]:
    """The pages of which there is nothing to tell the author, who would not hear it from here."""
    logging.disable()
    parent = os.getppid()
    found: list[Rendered] = []
    for page in pages:
        if os.getppid() != parent:
            break
        with suppress(ForkedError):
            rendered = render(page)
            if rendered.targets is not None:
                found.append(rendered)
    close()
    return found
