"""Pages at former addresses that lead to the present ones."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from notesite.addresses import slugify
from notesite.model import Note

PAGE: Final = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>{title}</title>
<meta name="robots" content="noindex">
<link rel="canonical" href="{url}">
<meta http-equiv="refresh" content="0; url={url}">
</head>
<body><p><a href="{url}">{title}</a></p></body>
</html>
"""


def redirects(notes: Sequence[Note]) -> dict[str, Note]:
    """The slugs that merged sections would have and those of aliases, each with the note that it is now."""
    named = ((name, note) for note in notes for section in note.sections for name in (section.title, *section.aliases))
    taken = {note.slug for note in notes}
    found: dict[str, Note] = {}
    for name, note in named:
        slug = slugify(name)
        if slug not in taken:
            found.setdefault(slug, note)
    return found


def redirect_page(note: Note, url: str) -> str:
    """HTML that leads on to `url` at once."""
    return PAGE.format(title=escape(note.title), url=escape(url))
