"""The site's pages and other files as MkDocs takes them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage

from notesite import view
from notesite.finished import PageFile
from notesite.markdown.katex import assets
from notesite.model import Note, Site
from notesite.note_pages import NotePage, Writer
from notesite.read import PICTURES
from notesite.redirects import redirect_page

log = get_plugin_logger("notesite")

KATEX: Final = "assets/katex"
SEARCH_PAGE: Final = "---\ntitle: Search\ntemplate: notesite/search.html\nsearch: {exclude: true}\n---\n"
SEARCH_PLUGINS: Final = frozenset({"search", "material/search"})
"""With one of them a theme shows its search box."""


def generated_files(site: Site, config: MkDocsConfig) -> Iterator[File]:
    """Everything of the site that is no file of the author's."""
    yield from (PageFile(page, config) for page in site.pages)
    yield from (redirect(slug, note, config) for slug, note in site.redirects.items())
    if any(section.formulas for section in site.sections):
        for name, path in assets().items():
            yield File.generated(config, f"{KATEX}/{name}", abs_src_path=str(path))
    if has_search(config):
        yield search_page(config)


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
        if PICTURES in path.split("/"):
            file.inclusion = InclusionLevel.INCLUDED  # MkDocs leaves out what is hidden
        if file.dest_uri in taken:
            log.warning("%s: the site has a file of its own at this address; rename yours to have it there", path)
        else:
            files.append(file)


def add_text(files: Files, config: MkDocsConfig, writer: Writer, keys: Container[str]) -> list[NotePage]:
    """Give the pages that are not finished their Markdown; returns those of them that are not left to MkDocs."""
    ours: list[NotePage] = []
    for file in files:
        if isinstance(file, PageFile) and not file.finished:
            file.take_text()
            if file.inclusion is InclusionLevel.NOT_IN_NAV:
                page = NotePage(file, config, writer, file.title if file.src_uri in keys else None)
                if file.src_uri in keys:
                    file.is_for_mkdocs = False
                    ours.append(page)
    return ours


def join_neighbours(index: view.Index, files: Files, config: MkDocsConfig) -> None:
    """Tell MkDocs which note comes before and after each one, so that the theme leads from one to the next."""
    for before, after in index.neighbours():
        first, second = files.get_file_from_path(before.uri), files.get_file_from_path(after.uri)
        if first and second and not (is_finished(first) and is_finished(second)):
            one, two = page_of(first, config), page_of(second, config)
            if one and two:
                one.next_page, two.previous_page = two, one


def check_anchors(pages: Iterable[NotePage], files: Files, config: MkDocsConfig) -> None:
    """Warn of links to anchors that are not there, as MkDocs does for the pages that it renders."""
    for page in pages:
        for target in page.links_to_anchors or ():
            page_of(target, config)
        page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)


def is_finished(file: File) -> bool:
    """Whether the page is in the site as it is to be."""
    return isinstance(file, PageFile) and file.finished is not None


def page_of(file: File, config: MkDocsConfig) -> MkDocsPage | None:
    """The page of a file, also where MkDocs has made none."""
    return file.as_page(config) if isinstance(file, PageFile) else file.page
