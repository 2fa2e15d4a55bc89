"""The MkDocs plugin: a thin adapter that hands the site's pages to MkDocs.

It and what it alone uses (`entry`, `finished`, `note_pages`, `quick_theme`, `rendering`, `serving`, `shells`,
`site_files`, `site_search`, `template_values`) are the only modules that import MkDocs.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from sqlite3 import Connection
from typing import Any, Final, Literal

from jinja2 import Environment
from mkdocs.config import config_options as option
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.theme import Theme
from mkdocs.utils.templates import TemplateContext

from notesite import publish, site_files, view
from notesite.build import Options, build
from notesite.caches import Caches, caches
from notesite.errors import NotesiteError, unwritten
from notesite.finished import FinishedPages, PageFile, finished_keys
from notesite.graph import Layout
from notesite.graph.pictures import Pictures
from notesite.history import read_history
from notesite.kept import Kept
from notesite.ledger import losses
from notesite.markdown.katex import Engine
from notesite.model import Site
from notesite.navigation import navigation
from notesite.note_pages import NotePage, Writer
from notesite.outputs import Output, alternates, outputs, page_outputs
from notesite.policy import POLICY, allowed_sources, with_policy
from notesite.publish import Publication, Stamp, as_written, digest_of
from notesite.quick_theme import QuickTheme
from notesite.rendering import Rendered, render, render_all
from notesite.results import Results
from notesite.search.documents import searched
from notesite.search.text import Text
from notesite.serving import Awaited, Memory, look_often
from notesite.settings import stated_options
from notesite.shells import Shells
from notesite.site_search import FOLDER, KeptSearch, are_known, files_of_search
from notesite.store import Store
from notesite.template_values import about, add_theme, add_values, meta

log = get_plugin_logger("notesite")

FIRST: Final = 100
LAST: Final = -100
"""Other plugins write into the finished site before it is put in its place."""
NOTHING: Final = Path(__file__).parent / "site" / "nothing"
"""Is not there; what MkDocs walks in the place of the notes."""
GARBAGE: Final = 100_000
"""Objects made before Python looks for garbage: a site is built of objects that stay, and looking at them again and
again takes an eighth of a build's time."""


class NotesiteConfig(Config):  # type: ignore[no-untyped-call]
    """The options below `notesite:` in `mkdocs.yml`."""

    topics = option.Optional(option.Type((dict, list)))
    file_under = option.Type(dict, default={})
    papers = option.Type(dict, default={})
    macros = option.Type(dict, default={})


class NotesitePlugin(BasePlugin[NotesiteConfig]):  # type: ignore[no-untyped-call]
    """Shows the notes below `docs_dir` as a site with one page for each paper."""

    engine: Engine
    caches: Caches
    notes: str
    """The folder of notes, which MkDocs itself never walks: it would follow every symbolic link, out and in circles."""
    site: Site
    index: view.Index
    files: Files
    kept: Kept
    writer: Writer
    finished: FinishedPages
    layout: Layout
    pictures: Pictures
    said: dict[str, Text]
    """What the search reads of each page; filled while pages are rendered."""
    policy: Mapping[str, str] | None
    """Sources that pages may load from besides the site, by directive; None where pages have no policy."""
    outputs: dict[str, list[Output]]
    """Feeds and other files for programs that say of several notes, by the place of the page that does."""
    made: dict[str, list[Output]]
    """The same for the page that is being made."""
    written: dict[str, dict[str, str]]
    """The files of each page that was made, with their digests."""
    ours: list[NotePage]
    """The pages that are not left to MkDocs."""
    nav: Navigation
    command: str = "build"
    is_dirty: bool = False
    """Whether MkDocs changes the old site in place, as its option `--dirty` says."""
    publication: Publication
    served: Mapping[str, Stamp]
    """What a server's last build has left in its folder, in which nobody else writes."""
    lock: Connection | None = None
    """Held while a site is built."""
    search: KeptSearch | None = None
    """None where the author wants no search, and on a server, which has it `awaited`."""
    awaited: Awaited | None = None
    """The files of a server's search, which no build needs to wait for."""

    def __init__(self) -> None:
        super().__init__()
        # A server's builds share what they need not make anew.
        self.served = {}
        self.memory: Memory | None = Memory()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Drafts are shown while serving only."""
        self.command, self.is_dirty = command, dirty
        if command != "serve":
            self.memory = None  # 30 KiB a note that one build alone has no use for
        gc.set_threshold(GARBAGE)

    @event_priority(FIRST)
    def _quicken(self, config: MkDocsConfig) -> MkDocsConfig:
        """Have templates ready sooner for other plugins, too: Material's search asks for some at once."""
        if type(config.theme) is Theme:
            config.theme = QuickTheme.of(config)
        return config

    def _configure(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add the templates, the style sheet and the Markdown extensions."""
        add_theme(config)
        if self.command == "serve":
            config.extra[POLICY] = False  # The server puts a script of its own into each page.
        self.notes, config.docs_dir = config.docs_dir, str(NOTHING)
        self.caches = caches(Path(config.config_file_path).parent)
        self.engine = Engine(self.caches.formulas, self.config.macros)
        config.mdx_configs.setdefault("notesite.markdown.math", {})["engine"] = self.engine
        self.kept, self.layout = Kept(Store(self.caches.pages)), Layout()
        site = Path(config.site_dir).resolve()
        self.publication = Publication(site, site)
        try:
            self.policy = allowed_sources(config.extra, config.mdx_configs)
        except NotesiteError as error:
            raise PluginError(str(error)) from error
        if not self.is_dirty:
            for left in publish.clear_up(site):
                log.info("%s is left of an earlier build and can't be removed; see whose it is, and remove it", left)
            self.publication = self.publishing(site)
        config.site_dir = str(self.publication.folder)
        return config

    on_config = CombinedEvent(_quicken, _configure)

    def publishing(self, site: Path) -> Publication:
        """The way into the site, with what is there from the last build; a server's site is nobody else's."""
        if self.command == "serve":
            return publish.begin(site, self.served, is_private=True)
        self.lock = publish.alone(self.caches.lock)
        return publish.begin(site, publish.as_found(site, publish.known_stamps(self.kept, site)) if self.lock else {})

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Put the site's pages in the place of the source files."""
        config.docs_dir = self.notes
        try:
            stated = stated_options(self.config, Path(config.config_file_path))
            self.arrange(Path(self.notes), replace(stated, drafts=self.command == "serve"))
        except NotesiteError as error:
            raise PluginError(str(error)) from error
        tell(self.site)
        self.files = files
        self.writer = Writer(config, self.kept)
        self.pictures = Pictures(self.index, self.kept, self.layout)
        named = repr(config.nav or "")
        config.nav = navigation(self.site) if config.nav is None else config.nav
        keys = finished_keys(self.site, self.index, config, self.writer, named)
        self.finished = FinishedPages(self.site, keys, self.kept, self.publication, self.command)
        for file in site_files.generated_files(self.site, config):
            files.append(file)
        site_files.add_others(files, self.site, config)
        self.said = self.finished.find(files)
        self.ours = site_files.add_text(files, config, self.writer, keys)
        return files

    def arrange(self, folder: Path, options: Options) -> None:
        """Make the site and its lists, not rendered yet, of what is known of them from builds before."""
        results = Results(Kept(Store(self.caches.results)))
        once = self.memory.for_a_build(results) if self.memory else results
        self.site = build(folder, options, self.engine, once, read_history(folder))
        self.index = view.index(self.site, once)
        results.close()

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002
        """Let links to anchors of finished pages be checked."""
        for page in nav.pages:
            site_files.page_of(page.file, config)
        self.nav = nav
        return nav

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Name the page's template and title; the notes' own front matter is on the site already."""
        if isinstance(page.file, PageFile):
            page.meta = meta(page.file.own, page.file.title, self.site, self.index)
        return markdown

    def on_page_content(self, html: str, *, page: MkDocsPage, **_: Any) -> str:
        """Keep what the search will index."""
        if isinstance(page.file, PageFile) and (said := searched(page.file.own.kind, html)):
            self.said[page.file.src_uri] = said
        return html

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Give the templates what they show."""
        add_values(env, self.site, self.index, self.engine, files, config)
        env.auto_reload = False  # Else each of a page's thirty includes looks whether its file has changed.
        site_files.join_neighbours(self.index, files, config)
        self.outputs, self.made, self.written = {}, {}, {}
        self.render_notes(env, config)
        if site_files.has_search(config) and not self.awaited:
            make = partial(files_of_search, self.site, files, self.said)
            self.search = KeptSearch(make, self.site, self.finished.keys, self.kept)
            if are_known(self.site, self.said):
                self.search.begin()
        self.outputs = alternates(outputs(self.index, about(config, files)))
        return env

    def render_notes(self, env: Environment, config: MkDocsConfig) -> None:
        """Render the notes that are not left to MkDocs."""
        shells = Shells(env, self.index)

        def rendered(page: NotePage) -> Rendered:
            output = render(page, self.files, config, self.nav, shells)
            self.publication.put(page.file.dest_uri, as_written(output))
            return Rendered.of(page, self.said.get(page.file.src_uri), self.written[page.file.src_uri])

        for done in render_all(self.ours, rendered, self.close):
            page = self.files.src_uris[done.uri].page
            if isinstance(page, NotePage):
                done.fill(page, self.files)
            if done.said:
                self.said[done.uri] = done.said
            self.written[done.uri] = done.digests
        site_files.check_anchors(self.ours, self.files, config)

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """List the finished pages on the map of the site, too."""
        if template_name == "sitemap.xml" and config.site_url:
            context["pages"] = [file for file in self.files if site_files.page_of(file, config)]
        return context

    def on_page_context(self, context: TemplateContext, *, page: MkDocsPage, **_: Any) -> TemplateContext:
        """Add the page's own subject, and what programs read of it."""
        if isinstance(page.file, PageFile):
            own = page.file.own
            entry = self.index.entries[own.subject] if own.kind == "note" else None
            made = self.made[own.uri] = list(page_outputs(own, self.index))
            values = {"own": own, "entry": entry, "alternates": [*made, *self.outputs.get(own.uri, ())]}
            if own.kind == "graph":
                context["drawing"] = self.pictures.of(own)  # type: ignore[typeddict-unknown-key]
            context.update(values)  # type: ignore[typeddict-item]  # templates of ours know these, too
        return context

    @event_priority(LAST)
    def on_post_page(self, output: str, *, page: MkDocsPage, **_: Any) -> str:
        """Say which scripts may run, and write what programs read of the page."""
        if self.policy is not None:
            output = with_policy(output, page.content or "", self.policy)
        made = self.made.pop(page.file.src_uri, None)
        if made is not None:
            digests = {page.file.dest_uri: digest_of(as_written(output))}
            self.written[page.file.src_uri] = digests | self.write(made)
        return output

    @event_priority(LAST)
    def on_post_template(self, output_content: str, *, template_name: str, **_: Any) -> str:
        """Say which scripts may run on the page for lost addresses."""
        if self.policy is None or not template_name.endswith(".html"):
            return output_content
        return with_policy(output_content, "", self.policy)

    @event_priority(LAST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what programs read, and close KaTeX; a context left open would hang the interpreter at its end."""
        for uri, digests in self.written.items():
            self.publication.expect(digests)
            if page := self.files.src_uris[uri].page:
                self.finished.keep(page, digests, self.said.get(uri))
        for files in self.outputs.values():
            self.write(files)
        self.bring_search()
        log.info("%d of %d pages had been finished before", self.finished.reused, len(self.site.pages))
        self.served = {}  # Where changing the site fails it may be left as anything.
        found = self.publication.finish()
        config.site_dir = str(self.publication.site)
        if self.command == "serve":
            self.served = found
        else:
            publish.keep_stamps(self.kept, self.publication.site, found)
            self.finished.forget_others(self.files)
        self.end()

    def bring_search(self) -> None:
        """Bring the files of the search into the site, or have a server make them when they are asked for."""
        if self.awaited:
            self.awaited.put_off(partial(files_of_search, self.site, self.files, self.said))
        elif self.search:
            for path, content in self.search.files().items():
                self.publication.put(path, content.encode())

    def write(self, files: Iterable[Output]) -> dict[str, str]:
        """Bring files for programs into the site; returns their digests."""
        return {file.path: self.publication.put(file.path, file.text.encode()) for file in files}

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, **_: Any) -> LiveReloadServer:
        """Show changes sooner."""
        look_often(server, config.docs_dir, [config.config_file_path, *config.theme.dirs])
        self.awaited = Awaited(server, FOLDER) if site_files.has_search(config) else None
        return server

    def on_build_error(self, *, error: Exception) -> None:
        """Close KaTeX after a build that failed, too, and leave the site as it was."""
        publish.abandon(self.publication)
        self.end()
        if isinstance(error, OSError):
            what = unwritten(error, self.publication.site)
            raise PluginError(f"{what}; make room, or check who may write there, and build again") from error

    def close(self) -> None:
        """Let go of V8 and of what is kept, until they are needed again."""
        self.engine.close()
        self.layout.close()
        self.kept.close()

    def end(self) -> None:
        """Let go of them, and of the site."""
        self.close()
        if self.lock:
            self.lock.close()
            self.lock = None


def tell(site: Site) -> None:
    """Show the author the problems; a line that is on no page ends the build."""
    if lost := site.ledger.unaccounted:
        raise PluginError("\n".join(map(str, losses(lost))))
    for problem in site.problems:
        log.log(logging.INFO if problem.hint else logging.WARNING, "%s", problem)
