"""The index as files of the site, built in V8 by the code that the browser asks."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from py_mini_racer import MiniRacer

from notesite.errors import NotesiteError
from notesite.search.documents import Document
from notesite.search.nicknames import expansions

SITE: Final = Path(__file__).parent.parent / "site"
MINISEARCH: Final = SITE / "vendor" / "minisearch" / "index.js"
LICENCE: Final = MINISEARCH.with_name("LICENSE.txt")
FILES: Final = SITE / "search"
SHARED: Final = ("words", "packing")
"""Scripts of the build and the browser."""
ENGINE: Final = (*SHARED, "acronyms", "query", "passage", "engine", "answer")
PAGE: Final = ("panel.js", "highlight.js", "page.js", "search.css")
"""Files of the page itself, each loaded when it is needed."""
FILE_LENGTH: Final = 3_000
"""Characters of text in a file: a query loads a file for each result it shows, and a file must not be a wait."""
_LAYOUT: Final = re.compile(r"^[ \t]*(?:(?:/\*\*.*?\*/|//[^\n]*)\n)?", re.DOTALL | re.MULTILINE)
"""Indentation, and comments on lines of their own: two thirds of MiniSearch."""
BATCH: Final = 500
"""Documents handed to V8 at once."""


def search_files(documents: Sequence[Document], topics: Mapping[str, str]) -> dict[str, str]:
    """Every file of the search by its path below `assets/search/`; `topics` are the names by key."""
    starts = list(file_starts(len(document.text) for document in documents))
    texts = [document.parts or (document.text,) for document in documents]
    contents = [texts[start:end] for start, end in pairwise([*starts, len(texts)])]
    digest = hashlib.sha256(compact(texts).encode()).hexdigest()[:8]
    index = {
        "index": packed_index(documents),
        "notes": {
            "titles": [document.title for document in documents],
            "urls": [stored_url(document) for document in documents],
            "topics": [document.topic for document in documents],
            "years": [document.year for document in documents],
            "weights": [document.weight for document in documents],
        },
        "topics": dict(topics),
        "starts": starts,
        "digest": digest,
    }
    return {
        "engine.js": f"{engine_script()}({json.dumps(index, separators=(',', ':'))});\n",
        **{name: own(name) for name in PAGE},
        **{f"{digest}/{file}.js": received(f"{digest}/{file}", content) for file, content in enumerate(contents)},
    }


def stored_url(document: Document) -> str:
    """Empty where the title tells the address, as it mostly does; `urlOf` in the browser is the other half."""
    slug = re.sub(r"[^a-z0-9]+", "-", document.title.lower()).strip("-")
    return "" if document.title.isascii() and document.url == f"notes/{slug}/" else document.url


def file_starts(lengths: Iterable[int]) -> Iterable[int]:
    """The number of the first document of each file."""
    filled = 0
    for number, length in enumerate(lengths):
        if not number or filled + length > FILE_LENGTH:
            yield number
            filled = 0
        filled += length


def packed_index(documents: Sequence[Document]) -> Any:
    """MiniSearch's index of the documents as the browser unpacks it."""
    v8 = MiniRacer()
    try:
        v8.eval(scripts(*SHARED, "build"))
        for start in range(0, len(documents), BATCH):
            v8.eval(f"add({compact([fields(document) for document in documents[start : start + BATCH]])})")
        return json.loads(str(v8.eval("JSON.stringify(packed())")))
    finally:
        v8.close()


def fields(document: Document) -> dict[str, str]:
    """What MiniSearch indexes, by field."""
    return {
        "title": document.title,
        "aliases": " | ".join(document.aliases),
        "references": " ".join(document.references),
        "citations": " ".join(document.citations),
        "acronyms": " ".join(document.acronyms),
        "topic": document.topic,
        "tags": " | ".join(document.tags),
        "authors": " | ".join(document.authors),
        "year": document.year,
        "headings": " | ".join(document.headings),
        "text": document.text,
    }


@cache
def engine_script() -> str:
    """All that a browser needs to search, as a function of the index, which comes in the same file: one wait less."""
    whole = f"(index => {{\n{minisearch()}\n{scripts(*ENGINE)}\n}})"
    licence = LICENCE.read_text(encoding="utf-8").strip()
    script = f"/*\nMiniSearch, {licence}\n*/\n{_LAYOUT.sub('', whole)}"
    # A single letter beyond ASCII would make the browser keep all of the file and its index in two bytes a letter.
    return script.encode("ascii", "backslashreplace").decode()


def scripts(*names: str) -> str:
    """Some of notesite's scripts as one; `acronyms` is the table that the documents are made with."""
    return "\n".join(acronym_script() if name == "acronyms" else own(f"{name}.js") for name in names)


def acronym_script() -> str:
    """The short names of the field for the browser."""
    return f"const ACRONYMS = {compact(expansions())};"


@cache
def own(name: str) -> str:
    """One of notesite's own files."""
    return (FILES / name).read_text(encoding="utf-8")


@cache
def minisearch() -> str:
    """The library.

    Raises NotesiteError where it was not fetched.
    """
    try:
        return MINISEARCH.read_text(encoding="utf-8")
    except FileNotFoundError:
        message = "MiniSearch is missing from this copy of notesite: install it with pip, which fetches MiniSearch"
        raise NotesiteError(message) from None


def received(name: str, content: object) -> str:
    """A file that a worker reads as JSON and a page opened from disk includes as a script."""
    return f"notesiteSearch.receive({json.dumps(name)},{compact(content)})"


def compact(value: object) -> str:
    """JSON without blanks; U+2028 and U+2029 are line ends to some scripts."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
