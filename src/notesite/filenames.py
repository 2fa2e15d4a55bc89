"""What a file's name says: a title and a date."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote

from notesite.model import Source

DATED: Final = re.compile(r"(?:^|/)(\d{4})[-_](0?[1-9]|1[0-2])[-_](0?[1-9]|[12]\d|3[01])(?:[-_ .][^/]*)?$")
"""Jekyll's posts, and the days of a journal."""
STATED: Final = re.compile(r"\d{4}(?:-\d\d){0,2}")
FOLDER_SPEAKS: Final = frozenset("_index index main note notes paper readme review".split())
"""Names of files that say nothing: the folder is called after what the file is about."""
NOTION_ID: Final = re.compile(r"[ -][0-9a-f]{32}$")
DAY: Final = re.compile(r"\d{4}[-_]\d\d(?:[-_]\d\d)?")
"""The name of a journal's page."""


def file_title(path: str) -> str:
    """A title from a file's name; a page that is its folder's index is called after the folder.

    Where the name has spaces, only characters that file systems forbid were replaced: `Loss_ A survey`, `a___b`.
    """
    name = PurePosixPath(path)
    stem = name.parent.name if name.stem.lower() in FOLDER_SPEAKS and name.parent.name else name.stem
    if DAY.fullmatch(stem):
        return stem.replace("_", "-")
    stem = NOTION_ID.sub("", re.sub(r"^\d{4}-\d\d?-\d\d?[-_ ]+", "", unquote(stem))).replace("___", "/")
    stem = re.sub(r"_+", " ", stem.replace("_ ", ": ")) if " " in stem.strip() else re.sub(r"[-_]+", " ", stem)
    return " ".join(stem.split()) or name.stem


def source_date(source: Source) -> str | None:
    """The date in the front matter, else the one in its name."""
    if stated := stated_date(source, "date"):
        return stated
    named = DATED.search(source.path)
    return f"{named[1]}-{int(named[2]):02}-{int(named[3]):02}" if named else None


def stated_date(source: Source, *keys: str) -> str | None:
    """The first ISO date that the front matter has under these keys; it may be but a year or a month."""
    found = (STATED.match(source.stated(key)) for key in keys)
    return next((match[0] for match in found if match), None)
