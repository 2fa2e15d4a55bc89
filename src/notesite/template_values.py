"""The plugin's templates, and the values that they are given in addition to those of MkDocs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urljoin

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from notesite import view
from notesite.markdown import EXTENSIONS
from notesite.markdown.katex import Engine
from notesite.model import Page, Section, Site
from notesite.outputs import About
from notesite.shells import PARTS

THEME: Final = Path(__file__).parent / "site" / "theme"
STYLE_SHEET: Final = "assets/notesite.css"
SCRIPT: Final = "assets/notesite.js"

WITHOUT_CONTENTS: Final = ("home", "topic", "tag", "papers", "timeline", "graph", "tags", "sources")
"""Kinds of pages that have no table of contents, and so more room."""


def add_theme(config: MkDocsConfig) -> None:
    """Add the templates, the style sheet and the Markdown extensions."""
    config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
    config.extra_css.insert(0, STYLE_SHEET)
    config.extra_javascript.insert(0, SCRIPT)
    for name in EXTENSIONS:
        if name not in config.markdown_extensions:
            config.markdown_extensions.append(name)


def add_values(
    env: Environment, site: Site, index: view.Index, engine: Engine, files: Files, config: MkDocsConfig
) -> None:
    """Give the templates what they show."""
    env.globals.update(notesite=view, site=site, index=index, edit_url=partial(edit_url, config), parts=PARTS)
    env.filters["address"] = each_time(partial(address, files))
    env.filters["typeset"] = each_time(partial(view.typeset, engine))


def each_time(function: Callable[[str], str]) -> Callable[[Context, str], str]:
    """A filter that is called when a page is rendered; of a constant, Jinja would compile the result in."""
    return pass_context(lambda _, text: function(text))


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


def address(files: Files, uri: str) -> str:
    """The URL of a page of the site, from its root; `uri` may end in an anchor."""
    path, mark, anchor = uri.partition("#")
    file = files.src_uris.get(path)
    return (file.url if file else path) + mark + anchor


def meta(own: Page, title: str, site: Site, index: view.Index) -> dict[str, Any]:
    """A page's template, title and so on, as front matter has them; the notes' own is on the site already."""
    stated: dict[str, Any] = {
        "template": f"notesite/{own.kind}.html",
        "description": escape(view.description(own, site, index)),
        "search": {"exclude": True},  # from Material's own index
    }
    if own.kind != "home":  # which the theme calls like the site
        stated["title"] = title
    if own.kind in WITHOUT_CONTENTS:
        stated["hide"] = ["toc", "navigation"] if own.kind == "home" else ["toc"]
    return stated
