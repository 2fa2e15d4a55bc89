"""The site as a plain Markdown tree that MkDocs, ProperDocs and Zensical build without any plugin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from notesite.export.config import configs
from notesite.export.pages import page_text
from notesite.markdown.katex import assets
from notesite.model import Site
from notesite.redirects import redirect_page
from notesite.view import index

DOCS: Final = "docs"
KATEX: Final = "assets/katex"
SCRIPTS: Final = frozenset({"copy-tex.min.js"})
"""Left out, for the tree should need no scripts."""


def exported_texts(site: Site, facts: Mapping[str, str], macros: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Path and content of every text file of the tree."""
    yield from configs(site, facts, macros, [f"{KATEX}/{sheet}" for sheet in assets() if sheet.endswith(".css")])
    lists = index(site)
    for page in site.pages:
        yield f"{DOCS}/{page.uri}", page_text(page, site, lists, facts["site_name"])
    for slug, note in site.redirects.items():
        yield f"{DOCS}/notes/{slug}/index.html", redirect_page(note, f"../{note.slug}/")


def exported_files(site: Site, notes: Path) -> Iterator[tuple[str, Path]]:
    """Path of every other file of the tree, and the file that it is a copy of."""
    for path in sorted(site.addresses.files):
        yield f"{DOCS}/{path}", notes / path
    for path, file in assets().items():
        if path not in SCRIPTS:
            yield f"{DOCS}/{KATEX}/{path}", file
