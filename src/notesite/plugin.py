"""The MkDocs plugin: a thin adapter that hands the site's pages to MkDocs.

It and what it alone uses (`entry`, `note_pages`, `serving`) are the only modules that import MkDocs.
"""

from __future__ import annotations

import gc
import json
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from html import escape
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import quote, urljoin

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from mkdocs.config import config_options as option
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import write_file
from mkdocs.utils.templates import TemplateContext

from notesite import publish, view
from notesite.build import Options, build
from notesite.errors import NotesiteError
from notesite.kept import Kept, digest, versions
from notesite.ledger import losses
from notesite.markdown.katex import Engine, assets
from notesite.model import Note, Page, Section, Site
from notesite.navigation import navigation
from notesite.note_pages import PLUGINS, FinishedPages, NotePage, Writer
from notesite.outputs import About, Output, alternates, outputs
from notesite.policy import POLICY, further_sources, has_policy, with_policy
from notesite.redirects import redirect_page
from notesite.search.documents import documents
from notesite.search.index import search_files
from notesite.serving import Compiled, look_often, remembering
from notesite.split import split
from notesite.store import Store

log = get_plugin_logger("notesite")

THEME: Final = Path(__file__).parent / "site" / "theme"
LAST: Final = -100
"""Other plugins write into the finished site before it is put in its place."""
NOTHING: Final = Path(__file__).parent / "site" / "nothing"
"""Is not there; what MkDocs walks in the place of the notes."""
TO_A_NOTE: Final = re.compile(r'<a (?=href="\.\./(?:\.\./)*(?:notes/)?[^":?#/.]+(?:/|\.html)(?:#[^"]*)?")')
KATEX: Final = "assets/katex"
CACHE: Final = ".cache/notesite"
"""Beside mkdocs.yml: formulas that are set, and pages that are finished, once are not made again."""
GARBAGE: Final = 100_000
"""Objects made before Python looks for garbage: a site is built of objects that stay, and looking at them again and
again takes an eighth of a build's time."""
MERMAID: Final = "https://unpkg.com"
"""Where Material loads Mermaid from, for authors who have it draw their fences."""
STYLE_SHEET: Final = "assets/notesite.css"
SCRIPT: Final = "assets/notesite.js"
WITHOUT_CONTENTS: Final = ("home", "topic", "tag", "papers", "timeline", "tags", "sources")
"""Kinds of pages that have no table of contents, and so more room."""
SEARCH: Final = "assets/search"
SEARCH_PAGE: Final = "---\ntitle: Search\ntemplate: notesite/search.html\nsearch: {exclude: true}\n---\n"
SEARCH_PLUGINS: Final = frozenset({"search", "material/search"})
"""With one of them a theme shows its search box."""
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
    pages: dict[str, Page]
    index: view.Index
    rendered: dict[str, tuple[str, str]]
    """The URL and the HTML of each page, for the search; filled while MkDocs renders."""
    outputs: tuple[Output, ...]
    """Feeds and other files for programs."""
    kept: Kept
    finished: FinishedPages
    policy: Mapping[str, str] | None
    """Sources of scripts and others that the author allows besides the site's own; None where pages have no policy."""
    drafts: bool = False
    built_beside: bool = False
    """Whether the site is built beside the finished one; a server has its own folder, a dirty build needs the old."""
    building: tuple[Path, Path] | None = None
    """The folder that the site is built in, and the one that it is for."""

    def __init__(self) -> None:
        super().__init__()
        # A server's builds share what they need not make anew.
        self.compiled, self.split = Compiled(), remembering(split)

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Drafts are shown while serving only."""
        self.drafts = command == "serve"
        self.built_beside = command != "serve" and not dirty
        gc.set_threshold(GARBAGE)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add the templates, the style sheet and the Markdown extensions."""
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
        config.extra_css.insert(0, STYLE_SHEET)
        config.extra_javascript.insert(0, SCRIPT)
        for name in EXTENSIONS:
            if name not in config.markdown_extensions:
                config.markdown_extensions.append(name)
        if self.drafts:
            config.extra[POLICY] = False  # The server puts a script of its own into each page.
        self.policy = allowed_sources(config)
        self.notes, config.docs_dir = config.docs_dir, str(NOTHING)
        cache = Path(config.config_file_path).parent / CACHE
        self.engine = Engine(cache / "formulas.sqlite", self.config.macros)
        if self.built_beside:
            site = Path(config.site_dir).resolve()
            self.building = publish.begin(site), site
            config.site_dir = str(self.building[0])
        config.mdx_configs.setdefault("notesite.markdown.math", {})["engine"] = self.engine
        self.kept = Kept(Store(cache / "pages.sqlite"))
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Put the site's pages in the place of the source files."""
        config.docs_dir = self.notes
        options = Options(**self.config, drafts=self.drafts)
        try:
            self.site = build(Path(config.docs_dir), options, self.engine, self.split)
        except NotesiteError as error:
            raise PluginError(str(error)) from error
        tell(self.site)
        self.pages = {page.uri: page for page in self.site.pages}
        self.rendered = {}
        self.index = view.index(self.site)
        if config.nav is None:
            config.nav = navigation(self.site)
        for file in generated_files(self.site, config):
            files.append(file)
        add_others(files, self.site, config)
        writer = Writer(config, self.kept)
        for page in self.site.pages:
            file = files.src_uris[page.uri]
            if file.inclusion is InclusionLevel.NOT_IN_NAV:
                NotePage(file, config, writer)
        self.finished = FinishedPages(self.site, self.index, writer, self.kept, config)
        return files

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Name the page's template and title; the notes' own front matter is on the site already."""
        if own := self.pages.get(page.file.src_uri):
            page.meta = {"template": f"notesite/{own.kind}.html", "title": escape(view.plain(own.title))}
            page.meta["description"] = escape(self.index.description(own))
            if own.kind in WITHOUT_CONTENTS:
                page.meta["hide"] = ["toc", "navigation"] if own.kind == "home" else ["toc"]
            page.meta["search"] = {"exclude": True}  # from Material's own index
        return markdown

    def on_page_content(self, html: str, *, page: MkDocsPage, **_: Any) -> str:
        """Let links to notes be previewed, and keep what the search will index."""
        html = TO_A_NOTE.sub("<a data-preview ", html)
        self.rendered[page.file.src_uri] = (page.url, html)
        return html

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Give the templates what they show."""
        env.globals.update(notesite=view, site=self.site, index=self.index, edit_url=partial(edit_url, config))
        env.filters["address"] = each_time(partial(address, files))
        env.filters["typeset"] = each_time(partial(view.typeset, self.engine))
        if PLUGINS.issuperset(config.plugins) and not config.hooks:  # others may bring filters that get compiled in
            env.bytecode_cache = self.compiled
        join_neighbours(self.index, files)
        self.outputs = tuple(outputs(self.site, self.index, about(config, files)))
        env.globals["alternates"] = alternates(self.outputs)
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, nav: Navigation, **_: Any
    ) -> TemplateContext:
        """Add the page's own subject, and the finished page where it is known."""
        if own := self.pages.get(page.file.src_uri):
            entry = self.index.entries[own.subject] if own.kind == "note" else None
            values = {"own": own, "entry": entry, "finished": entry and self.finished.find(page, entry.note, nav)}
            context.update(values)  # type: ignore[typeddict-item]  # templates of ours know these, too
        return context

    @event_priority(LAST)
    def on_post_page(self, output: str, *, page: MkDocsPage, **_: Any) -> str:
        """Say which scripts may run, and keep the finished page."""
        if self.policy is not None and not has_policy(output):
            output = with_policy(output, page.content or "", self.policy)
        self.finished.keep(page, output)
        return output

    @event_priority(LAST)
    def on_post_template(self, output_content: str, *, template_name: str, **_: Any) -> str:
        """The same for the page for lost addresses."""
        if self.policy is None or not template_name.endswith(".html"):
            return output_content
        return with_policy(output_content, "", self.policy)

    @event_priority(LAST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what programs read, and close KaTeX; a context left open would hang the interpreter at its end."""
        for file in self.outputs:
            write_file(file.text.encode(), f"{config.site_dir}/{file.path}")
        if has_search(config):
            for name, content in self.search().items():
                write_file(content.encode(), f"{config.site_dir}/{SEARCH}/{name}")
        self.close()
        log.info("%d of %d notes had been finished before", self.finished.reused, len(self.site.notes))
        if self.building:
            publish.finish(*self.building)
            config.site_dir = str(self.building[1])

    def search(self) -> dict[str, str]:
        """The files of the search, made anew where a document has changed."""
        found = list(documents(self.site, self.rendered))
        topics = {topic.key: topic.name for topic in self.site.topics}
        key = digest(versions(), found, topics)
        if known := self.kept.find("search", key):
            return dict(json.loads(known))
        files = search_files(found, topics)
        self.kept.keep("search", key, json.dumps(files, ensure_ascii=False))
        return files

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, **_: Any) -> LiveReloadServer:
        """Show changes sooner."""
        look_often(server, config.docs_dir, [config.config_file_path, *config.theme.dirs])
        return server

    def on_build_error(self, *, error: Exception) -> None:
        """Close KaTeX after a build that failed, too, and leave the site as it was."""
        self.close()
        if self.building:
            publish.abandon(self.building[0])
        if isinstance(error, OSError):
            what = f"{error.filename or 'the site'}: {error.strerror}"
            raise PluginError(f"{what}; make room, or check who may write there, and build again") from error

    def close(self) -> None:
        """Let go of KaTeX and of what is kept."""
        self.engine.close()
        self.kept.close()


def allowed_sources(config: MkDocsConfig) -> dict[str, str] | None:
    """What the policy of the pages allows besides the site's own; None for no policy."""
    options = config.mdx_configs
    if options.get("notesite.markdown.gfm", {}).get("html") == "raw":
        return None  # The author wants what notes bring along to run.
    try:
        allowed = further_sources(config.extra.get(POLICY))
    except NotesiteError as error:
        raise PluginError(str(error)) from error
    fences = options.get("pymdownx.superfences", {}).get("custom_fences", ())
    if allowed is not None and any(fence.get("class") == "mermaid" for fence in fences):
        allowed["script-src"] = f"{allowed.get('script-src', '')} {MERMAID}".strip()
    return allowed


def tell(site: Site) -> None:
    """Show the author the problems; a line that is on no page ends the build."""
    if lost := site.ledger.unaccounted:
        raise PluginError("\n".join(map(str, losses(lost))))
    for problem in site.problems:
        log.log(logging.INFO if problem.hint else logging.WARNING, "%s", problem)


def generated_files(site: Site, config: MkDocsConfig) -> Iterator[File]:
    """Everything of the site that is no file of the author's."""
    yield from (generated(page, config) for page in site.pages)
    yield from (redirect(slug, note, config) for slug, note in site.redirects.items())
    if any(section.formulas for section in site.sections):
        for name, path in assets().items():
            yield File.generated(config, f"{KATEX}/{name}", abs_src_path=str(path))
    if has_search(config):
        yield search_page(config)


def generated(page: Page, config: MkDocsConfig) -> File:
    """The page as a file of MkDocs; notes stay out of the navigation, which every page carries."""
    # Without the blank line MkDocs would take a first line such as "TLDR: …" for metadata.
    file = File.generated(config, page.uri, content="\n" + page.text)
    if page.kind in ("note", "source", "tag") or page.number > 1 or (page.kind == "papers" and page.subject):
        file.inclusion = InclusionLevel.NOT_IN_NAV
    return file


def has_search(config: MkDocsConfig) -> bool:
    """Whether the author wants a search."""
    return not SEARCH_PLUGINS.isdisjoint(config.plugins)


def search_page(config: MkDocsConfig) -> File:
    """The search on a page of its own; in the navigation only where the theme has no box for it."""
    file = File.generated(config, "search.md", content=SEARCH_PAGE)
    if config.theme.name == "material":
        file.inclusion = InclusionLevel.NOT_IN_NAV
    elif isinstance(config.nav, list):
        config.nav.append({"Search": file.src_uri})
    return file


def redirect(slug: str, note: Note, config: MkDocsConfig) -> File:
    """The page at a former address of a note."""
    if config.use_directory_urls:
        return File.generated(config, f"notes/{slug}/index.html", content=redirect_page(note, f"../{note.slug}/"))
    return File.generated(config, f"notes/{slug}.html", content=redirect_page(note, f"{note.slug}.html"))


def add_others(files: Files, site: Site, config: MkDocsConfig) -> None:
    """The images and other files of the notes folder, where no page or file of the site's own is in their place."""
    taken = {file.dest_uri for file in files}
    for path in sorted(site.addresses.files):
        file = File(path, config.docs_dir, config.site_dir, config.use_directory_urls)
        if file.dest_uri in taken:
            log.warning("%s: the site has a file of its own at this address; rename yours to have it there", path)
        else:
            files.append(file)


def join_neighbours(index: view.Index, files: Files) -> None:
    """Tell MkDocs which note comes before and after each one, so that the theme leads from one to the next."""
    for before, after in index.neighbours():
        first, second = files.get_file_from_path(before.uri), files.get_file_from_path(after.uri)
        if first and first.page and second and second.page:
            first.page.next_page, second.page.previous_page = second.page, first.page


def each_time(function: Callable[[str], str]) -> Callable[[Context, str], str]:
    """A filter that is called when a page is rendered; of a constant, Jinja would compile the result in."""
    return pass_context(lambda _, text: function(text))


def address(files: Files, uri: str) -> str:
    """The URL of a page of the site, from its root; `uri` may end in an anchor."""
    path, mark, anchor = uri.partition("#")
    file = files.get_file_from_path(path)
    return (file.url if file else path) + mark + anchor


def about(config: MkDocsConfig, files: Files) -> About:
    """What the outputs say of the site."""
    root = config.site_url.rstrip("/") + "/" if config.site_url else ""
    return About(config.site_name, config.site_description or "", root, partial(address, files))


def edit_url(config: MkDocsConfig, section: Section) -> str | None:
    """Where the repository's host lets the author edit the section; None without `repo_url`."""
    if config.edit_uri_template:
        base = config.edit_uri_template.format(path=section.path, path_noext=section.path.rpartition(".")[0])
    elif config.edit_uri:
        base = config.edit_uri.rstrip("/") + "/" + quote(section.path)
    else:
        return None
    return urljoin((config.repo_url or "").rstrip("/") + "/", base) + f"#L{section.start}"
