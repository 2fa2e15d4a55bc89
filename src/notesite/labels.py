"""What the front matter of a note says about its topics: labels under `topic`, `tags` and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from notesite.errors import Problem
from notesite.lexicon import Lexicon
from notesite.model import Note
from notesite.stems import stems

TOPIC_KEYS: Final = ("topic", "topics")
TAG_KEYS: Final = ("tags", "tag", "keywords", "categories", "category")


def labels(note: Note, *keys: str) -> tuple[str, ...]:
    """The labels under these keys of the front matter, each once, in the order written."""
    values = (section.meta.get(key) for key in keys for section in note.sections)
    return tuple(dict.fromkeys(label for value in values for label in split_labels(value)))


def split_labels(value: object) -> Iterator[str]:
    """The labels of one field: a list, or a text with commas or semicolons."""
    items = re.split("[,;]", value) if isinstance(value, str) else value if isinstance(value, list) else ()
    return (label for item in items if (label := str(item).strip().lstrip("# ")))


def tags(note: Note) -> tuple[str, ...]:
    """The note's tags, each once whatever its case, as its author wrote it first."""
    found: dict[str, str] = {}
    for name in labels(note, "tags"):
        found.setdefault(name.casefold(), name)
    return tuple(found.values())


def unknown_topics(note: Note, lexicon: Lexicon) -> list[Problem]:
    """A problem for each `topic:` in the note's front matter that does not exist."""
    names = ", ".join(topic.key for topic in lexicon.topics)
    section = note.sections[0]
    return [
        Problem(section.path, 1, "topic", f"there is no topic {label!r}; use one of {names}, or add it to `topics:`")
        for label in labels(note, *TOPIC_KEYS)
        if stems(label) not in lexicon.named
    ]
