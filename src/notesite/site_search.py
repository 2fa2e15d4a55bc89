"""The files of the search, made beside other work and kept from one build to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from mkdocs.structure.files import Files

from notesite.kept import Kept, digest
from notesite.model import Site
from notesite.search.documents import SEARCHED, documents
from notesite.search.index import search_files
from notesite.search.text import Text

FOLDER: Final = "assets/search"


def files_of_search(site: Site, files: Files, texts: Mapping[str, Text]) -> dict[str, str]:
    """The files by path; `texts` has what the search reads of each page."""
    urls = {uri: files.src_uris[uri].url for uri in texts}
    made = search_files(list(documents(site, urls, texts)), topics(site))
    return {f"{FOLDER}/{name}": content for name, content in made.items()}


def are_known(site: Site, texts: Mapping[str, Text]) -> bool:
    """Whether the texts of all pages that the search reads are known."""
    return all(page.uri in texts for page in site.pages if page.kind in SEARCHED)


def topics(site: Site) -> dict[str, str]:
    """The names of the topics."""
    return {topic.key: topic.name for topic in site.topics}


class KeptSearch:
    """The files as `make` gives them, or as the build before has left them where no page has changed since."""

    def __init__(self, make: Callable[[], dict[str, str]], site: Site, keys: Mapping[str, str], kept: Kept) -> None:
        self._make, self._kept = make, kept
        self._key = digest(keys, topics(site)) if keys else None
        self._files = kept.find("search", self._key, dict[str, str]) if self._key else None

    def begin(self) -> None:
        """Make them while other things are done: V8 is at work most of the time, and Python need not wait for it."""
        if self._files is None:
            thread = ThreadPoolExecutor(1)
            self._make = thread.submit(self._make).result
            thread.shutdown(wait=False)

    def files(self) -> dict[str, str]:
        """The files by path."""
        if self._files is None:
            self._files = self._make()
            if self._key:
                self._kept.keep("search", self._key, self._files)
        return self._files
