"""The files of the search, kept from one build to the next."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Final

from mkdocs.structure.files import Files

from notesite.kept import Kept, digest
from notesite.model import Site
from notesite.search.documents import documents
from notesite.search.index import search_files
from notesite.search.text import Text

FOLDER: Final = "assets/search"


def files_of_search(site: Site, files: Files, texts: Mapping[str, Text]) -> dict[str, str]:
    """The files by path; `texts` has what the search reads of each page."""
    urls = {uri: files.src_uris[uri].url for uri in texts}
    made = search_files(list(documents(site, urls, texts)), topics(site))
    return {f"{FOLDER}/{name}": content for name, content in made.items()}


def kept_files(make: Callable[[], dict[str, str]], site: Site, keys: Mapping[str, str], kept: Kept) -> dict[str, str]:
    """The files as `make` gives them, made anew where a page has changed; `keys` stand for the pages, if known."""
    key = digest(keys, topics(site))
    if keys and (text := kept.find("search", key)):
        return dict(json.loads(text))
    made = make()
    if keys:
        kept.keep("search", key, json.dumps(made, ensure_ascii=False))
    return made


def topics(site: Site) -> dict[str, str]:
    """The names of the topics."""
    return {topic.key: topic.name for topic in site.topics}
