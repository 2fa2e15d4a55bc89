"""The files of the search, kept from one build to the next."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from notesite.finished import PageFile
from notesite.kept import Kept, digest
from notesite.model import Site
from notesite.note_pages import Writer, rendered_again
from notesite.search.documents import documents
from notesite.search.index import search_files

FOLDER: Final = "assets/search"
SEARCHED: Final = ("note", "source")
"""Kinds of pages that a search finds."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a build knows of its pages."""

    site: Site
    files: Files
    rendered: Mapping[str, tuple[str, str]]
    """The URL and the HTML of each page that was rendered."""
    keys: Mapping[str, str]
    """What stands for each page, if that is known."""


def files_of_search(known: Known, config: MkDocsConfig, writer: Writer, kept: Kept) -> dict[str, str]:
    """The files by path, made anew where a page has changed."""
    topics = {topic.key: topic.name for topic in known.site.topics}
    key = known.keys and digest(config.use_directory_urls, known.keys, topics)
    if key and (text := kept.find("search", key)):
        return dict(json.loads(text))
    found = list(documents(known.site, {**known.rendered, **not_rendered(known.files, config, writer)}))
    files = {f"{FOLDER}/{name}": content for name, content in search_files(found, topics).items()}
    if key:
        kept.keep("search", key, json.dumps(files, ensure_ascii=False))
    return files


def not_rendered(files: Files, config: MkDocsConfig, writer: Writer) -> dict[str, tuple[str, str]]:
    """The URL and the HTML of pages that were finished before."""
    found: dict[str, tuple[str, str]] = {}
    for file in files:
        if isinstance(file, PageFile) and file.finished and file.own.kind in SEARCHED:
            file.take_text()
            found[file.src_uri] = file.url, rendered_again(file, files, config, writer)
    return found
