"""What a file's name says: a title and a date."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote

from notesite.model import Source

JEKYLL_DATE: Final = re.compile(r"(?:^|/)(\d{4})-(\d\d?)-(\d\d?)-[^/]*$")
FOLDER_SPEAKS: Final = frozenset("_index index main note notes paper readme review".split())
"""Names of files that say nothing: the folder is called after what the file is about."""
NOTION_ID: Final = re.compile(r"[ -][0-9a-f]{32}$")


def file_title(path: str) -> str:
    """A title from a file's name; a page that is its folder's index is called after the folder.

    Where the name has spaces, only characters that file systems forbid were replaced: `Loss_ A survey`, `a___b`.
    """
    name = PurePosixPath(path)
    stem = name.parent.name if name.stem.lower() in FOLDER_SPEAKS and name.parent.name else name.stem
    stem = NOTION_ID.sub("", re.sub(r"^\d{4}-\d\d?-\d\d?[-_ ]+", "", unquote(stem))).replace("___", "/")
    stem = re.sub(r"_+", " ", stem.replace("_ ", ": ")) if " " in stem.strip() else re.sub(r"[-_]+", " ", stem)
    return " ".join(stem.split()) or name.stem


def source_date(source: Source) -> str | None:
    """The date in the front matter, else the one a Jekyll post has in its name."""
    stated = re.match(r"\d{4}(-\d\d){0,2}", str((source.meta or {}).get("date") or ""))
    if stated:
        return stated[0]
    named = JEKYLL_DATE.search(source.path)
    return f"{named[1]}-{int(named[2]):02}-{int(named[3]):02}" if named else None
