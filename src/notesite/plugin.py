"""The MkDocs plugin: a thin adapter that hands the site's pages to MkDocs.

It and what it alone uses (`entry`, `finished`, `note_pages`, `serving`, `site_files`, `template_values`) are the only
modules that import MkDocs.
"""

from __future__ import annotations

import gc
import json
import logging
import re
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from sqlite3 import Connection
from typing import Any, Final, Literal

from jinja2 import Environment
from mkdocs.config import config_options as option
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from notesite import view
from notesite.build import Options, build
from notesite.errors import NotesiteError
from notesite.finished import FinishedPages, PageFile, finished_keys
from notesite.history import read_history
from notesite.kept import Kept, digest
from notesite.ledger import losses
from notesite.markdown.katex import Engine
from notesite.model import Site
from notesite.navigation import navigation
from notesite.note_pages import Writer, rendered_again
from notesite.once import anew
from notesite.outputs import Output, alternates, outputs, page_outputs
from notesite.publish import Publication, Stamp, abandon, alone, as_found, begin, keep_stamps, known_stamps
from notesite.search.documents import documents
from notesite.search.index import search_files
from notesite.serving import Compiled, Memory, look_often
from notesite.site_files import add_others, add_text, generated_files, has_search, join_pages, page_of
from notesite.store import Store
from notesite.template_values import about, add_values

log = get_plugin_logger("notesite")

THEME: Final = Path(__file__).parent / "site" / "theme"
LAST: Final = -100
"""Other plugins write into the finished site before it is put in its place."""
NOTHING: Final = Path(__file__).parent / "site" / "nothing"
"""Is not there; what MkDocs walks in the place of the notes."""
TO_A_NOTE: Final = re.compile(r'<a (?=href="\.\./(?:\.\./)*(?:notes/)?[^":?#/.]+(?:/|\.html)(?:#[^"]*)?")')
CACHE: Final = ".cache/notesite"
"""Beside mkdocs.yml: formulas that are set, and pages that are finished, once are not made again."""
GARBAGE: Final = 100_000
"""Objects made before Python looks for garbage: a site is built of objects that stay, and looking at them again and
again takes an eighth of a build's time."""
STYLE_SHEET: Final = "assets/notesite.css"
SCRIPT: Final = "assets/notesite.js"
WITHOUT_CONTENTS: Final = ("home", "topic", "tag", "papers", "timeline", "tags", "sources")
"""Kinds of pages that have no table of contents, and so more room."""
SEARCH: Final = "assets/search"
SEARCHED: Final = ("note", "source")
"""Kinds of pages that a search finds."""
COMPILED: Final = frozenset({"notesite", "search", "material/search"})
"""Plugins that give the templates no filters."""
EXTENSIONS: Final = ("pymdownx.highlight", "pymdownx.superfences", "notesite.markdown.gfm", "notesite.markdown.math")
"""What notes need to look as on GitHub; options that the author gives for them stay."""


class NotesiteConfig(Config):  # type: ignore[no-untyped-call]
    """The options below `notesite:` in `mkdocs.yml`."""

    topics = option.Optional(option.Type((dict, list)))
    file_under = option.Type(dict, default={})
    papers = option.Type(dict, default={})
    macros = option.Type(dict, default={})


class NotesitePlugin(BasePlugin[NotesiteConfig]):  # type: ignore[no-untyped-call]
    """Shows the notes below `docs_dir` as a site with one page for each paper."""

    engine: Engine
    notes: str
    """The folder of notes, which MkDocs itself never walks: it would follow every symbolic link, out and in circles."""
    site: Site
    index: view.Index
    files: Files
    kept: Kept
    writer: Writer
    finished: FinishedPages
    rendered: dict[str, tuple[str, str]]
    """The URL and the HTML of each page, for the search; filled while MkDocs renders."""
    outputs: dict[str, list[Output]]
    """Feeds and other files for programs that say of several notes, by the place of the page that does."""
    made: dict[str, list[Output]]
    """The same for the page that MkDocs is making."""
    command: str = "build"
    is_dirty: bool = False
    """Whether MkDocs changes the old site in place, as its option `--dirty` says."""
    publication: Publication
    served: Mapping[str, Stamp]
    """What a server's last build has left in its folder, in which nobody else writes."""
    lock: Connection | None = None
    """Held while a site is built."""

    def __init__(self) -> None:
        super().__init__()
        # A server's builds share what they need not make anew.
        self.compiled, self.served = Compiled(), {}
        self.memory: Memory | None = Memory()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Drafts are shown while serving only."""
        self.command, self.is_dirty = command, dirty
        if command != "serve":
            self.memory = None  # 30 KiB a note that one build alone has no use for
        gc.set_threshold(GARBAGE)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add the templates, the style sheet and the Markdown extensions."""
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
        config.extra_css.insert(0, STYLE_SHEET)
        config.extra_javascript.insert(0, SCRIPT)
        for name in EXTENSIONS:
            if name not in config.markdown_extensions:
                config.markdown_extensions.append(name)
        self.notes, config.docs_dir = config.docs_dir, str(NOTHING)
        cache = Path(config.config_file_path).parent / CACHE
        self.engine = Engine(cache / "formulas.sqlite", self.config.macros)
        config.mdx_configs.setdefault("notesite.markdown.math", {})["engine"] = self.engine
        self.kept = Kept(Store(cache / "pages.sqlite"))
        site = Path(config.site_dir).resolve()
        self.publication = Publication(site, site)
        if not self.is_dirty:
            self.publication = self.publishing(site, cache)
        config.site_dir = str(self.publication.folder)
        return config

    def publishing(self, site: Path, cache: Path) -> Publication:
        """The way into the site, with what is there from the last build; a server's site is nobody else's."""
        if self.command == "serve":
            return begin(site, self.served)
        self.lock = alone(cache / "building.sqlite")
        return begin(site, as_found(site, known_stamps(self.kept, site)) if self.lock else {})

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Put the site's pages in the place of the source files."""
        config.docs_dir = self.notes
        options = Options(**self.config, drafts=self.command == "serve")
        try:
            folder = Path(config.docs_dir)
            once = self.memory.for_a_build() if self.memory else anew
            self.site = build(folder, options, self.engine, once, read_history(folder))
        except NotesiteError as error:
            raise PluginError(str(error)) from error
        tell(self.site)
        self.files, self.rendered = files, {}
        self.index, self.writer = view.index(self.site), Writer(config, self.kept)
        named = repr(config.nav or "")
        config.nav = navigation(self.site) if config.nav is None else config.nav
        keys = finished_keys(self.site, self.index, config, self.writer, named)
        self.finished = FinishedPages(self.site, keys, self.kept, self.publication, self.command)
        for file in generated_files(self.site, config):
            files.append(file)
        add_others(files, self.site, config)
        self.finished.find(files)
        add_text(files, config, self.writer)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002
        """Let links to anchors of finished pages be checked."""
        for page in nav.pages:
            page_of(page.file, config)
        return nav

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Name the page's template and title; the notes' own front matter is on the site already."""
        if isinstance(page.file, PageFile):
            own = page.file.own
            page.meta = {"template": f"notesite/{own.kind}.html", "title": escape(view.plain(own.title))}
            page.meta["description"] = escape(self.index.description(own))
            if own.kind in WITHOUT_CONTENTS:
                page.meta["hide"] = ["toc", "navigation"] if own.kind == "home" else ["toc"]
            page.meta["search"] = {"exclude": True}  # from Material's own index
        return markdown

    def on_page_content(self, html: str, *, page: MkDocsPage, **_: Any) -> str:
        """Let links to notes be previewed, and keep what the search will index."""
        html = previewed(html)
        self.rendered[page.file.src_uri] = (page.url, html)
        return html

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Give the templates what they show."""
        add_values(env, self.site, self.index, self.engine, files, config)
        if COMPILED.issuperset(config.plugins) and not config.hooks:  # others may bring filters that get compiled in
            env.bytecode_cache = self.compiled
        env.auto_reload = False  # Else each of a page's thirty includes looks whether its file has changed.
        join_pages(self.index, files, config)
        self.outputs, self.made = alternates(outputs(self.index, about(config, files))), {}
        return env

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """List the finished pages on the map of the site, too."""
        if template_name == "sitemap.xml" and config.site_url:
            context["pages"] = [file for file in self.files if page_of(file, config)]
        return context

    def on_page_context(self, context: TemplateContext, *, page: MkDocsPage, **_: Any) -> TemplateContext:
        """Add the page's own subject, and what programs read of it."""
        if isinstance(page.file, PageFile):
            own = page.file.own
            entry = self.index.entries[own.subject] if own.kind == "note" else None
            made = self.made[own.uri] = list(page_outputs(own, self.index))
            values = {"own": own, "entry": entry, "alternates": [*made, *self.outputs.get(own.uri, ())]}
            context.update(values)  # type: ignore[typeddict-item]  # templates of ours know these, too
        return context

    def on_post_page(self, output: str, *, page: MkDocsPage, **_: Any) -> None:
        """Keep the finished page, and write what programs read of it."""
        made = self.made.pop(page.file.src_uri, None)
        if made is not None:
            self.finished.keep(page, {page.file.dest_uri: output} | {file.path: file.text for file in made})
            self.write(made)

    @event_priority(LAST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what programs read, and close KaTeX; a context left open would hang the interpreter at its end."""
        for files in self.outputs.values():
            self.write(files)
        if has_search(config):
            for name, content in self.search(config).items():
                self.publication.put(f"{SEARCH}/{name}", content.encode())
        log.info("%d of %d pages had been finished before", self.finished.reused, len(self.site.pages))
        self.served = {}  # Where changing the site fails it may be left as anything.
        found = self.publication.finish()
        config.site_dir = str(self.publication.site)
        if self.command == "serve":
            self.served = found
        else:
            keep_stamps(self.kept, self.publication.site, found)
            self.finished.forget_others(self.files)
        self.close()

    def write(self, files: Iterable[Output]) -> None:
        """Bring files for programs into the site."""
        for file in files:
            self.publication.put(file.path, file.text.encode())

    def search(self, config: MkDocsConfig) -> dict[str, str]:
        """The files of the search, made anew where a document has changed."""
        topics = {topic.key: topic.name for topic in self.site.topics}
        key = self.finished.keys and digest(config.use_directory_urls, self.finished.keys, topics)
        if key and (known := self.kept.find("search", key)):
            return dict(json.loads(known))
        for file in self.files:
            if isinstance(file, PageFile) and file.finished and file.own.kind in SEARCHED:
                file.take_text()
                html = rendered_again(file, self.files, config, self.writer)
                self.rendered[file.src_uri] = file.url, previewed(html)
        files = search_files(list(documents(self.site, self.rendered)), topics)
        if key:
            self.kept.keep("search", key, json.dumps(files, ensure_ascii=False))
        return files

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, **_: Any) -> LiveReloadServer:
        """Show changes sooner."""
        look_often(server, config.docs_dir, [config.config_file_path, *config.theme.dirs])
        return server

    def on_build_error(self, *, error: Exception) -> None:
        """Close KaTeX after a build that failed, too, and leave the site as it was."""
        abandon(self.publication)
        self.close()
        if isinstance(error, OSError):
            what = f"{error.filename or 'the site'}: {error.strerror}"
            raise PluginError(f"{what}; make room, or check who may write there, and build again") from error

    def close(self) -> None:
        """Let go of KaTeX, of what is kept and of the site."""
        self.engine.close()
        self.kept.close()
        if self.lock:
            self.lock.close()
            self.lock = None


def previewed(html: str) -> str:
    """The HTML with a mark at links to notes, which the script shows as previews."""
    return TO_A_NOTE.sub("<a data-preview ", html)


def tell(site: Site) -> None:
    """Show the author the problems; a line that is on no page ends the build."""
    if lost := site.ledger.unaccounted:
        raise PluginError("\n".join(map(str, losses(lost))))
    for problem in site.problems:
        log.log(logging.INFO if problem.hint else logging.WARNING, "%s", problem)
