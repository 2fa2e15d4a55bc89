"""Front matter in YAML: read without what could harm, and mended where a slip has one reading."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

import yaml

DEEPEST: Final = 50
"""Lists and mappings within one another; at 100,000 the loader, which is written in C, takes the process with it."""


class HeaderError(ValueError):
    """Front matter that can't be read; carries the 0-based line within it."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


class Loader(yaml.CSafeLoader):
    """YAML in which only truth values, nothing and short whole numbers are more than text.

    Dates, versions and `1706.03762` stay as they are written, and a number of a million digits costs nothing.
    """

    yaml_implicit_resolvers = {  # noqa: RUF012, as PyYAML has it
        first: [(tag, pattern) for tag, pattern in found if tag.rpartition(":")[2] in ("bool", "null", "merge")]
        for first, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"(?:0|-?[1-9]\d{0,17})\Z"), list("-0123456789"))


def parse_yaml(content: str) -> object:
    """The content as data; where it is not valid YAML, that of its mended lines."""
    try:
        return load(content)
    except HeaderError:
        mended = "\n".join(map(mend, content.replace("\t", "  ").split("\n")))
        if mended == content:
            raise
        try:
            return load(mended)
        except HeaderError:
            pass
        raise


def load(content: str) -> object:
    """YAML as data; raises HeaderError where it is invalid, has aliases or tags, or is nested too deep."""
    try:
        for _ in events(content):
            pass
        return yaml.load(content, Loader) or {}
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        raise HeaderError(str(error.problem or error.context), line) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise HeaderError(str(error).split("\n")[0]) from error


def events(content: str) -> Iterator[yaml.Event]:
    """The parser's events; raises HeaderError for aliases, by which a few lines grow without bound, and for depth."""
    depth = 0
    for event in yaml.parse(content, Loader):
        if isinstance(event, yaml.AliasEvent):
            raise HeaderError(f"`*{event.anchor}` is a YAML alias; put text that starts with `*` in quotes")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise HeaderError(f"it is nested more than {DEEPEST} deep")
        yield event


FIELD: Final = re.compile(r"(\s*(?:- +)?(?:[\w-][\w .-]*:[ ]+|- +))(\S.*?)\s*")
"""A line with a key, a dash or both, and its value."""
WIKI_LINKS: Final = re.compile(r"\[\[[^\[\]]+\]\](?:\s*,?\s*\[\[[^\[\]]+\]\])*")
CLOSING: Final = {"[": "]", "{": "}", '"': '"', "'": "'"}


def mend(line: str) -> str:
    """The line, its value quoted where it is not valid YAML as it is: `title: BERT: a model`, `authors: [[A]], [[B]]`.

    `{{date}}`, which a template leaves to be filled in, is quoted, too.
    """
    field = FIELD.fullmatch(line)
    if not field or (is_yaml(field[2]) and not field[2].startswith("{{")):
        return line
    before, value = field.groups()
    if WIKI_LINKS.fullmatch(value):
        return before + json.dumps(re.findall(r"\[\[[^\[\]]+\]\]", value), ensure_ascii=False)
    # What opens and never closes may go on in the next line, or not: two readings.
    if (closing := CLOSING.get(value[0])) and closing not in value[1:]:
        return line
    return before + json.dumps(value, ensure_ascii=False)


def is_yaml(value: str) -> bool:
    """Whether a value is valid without quotes: no syntax error, and no key within it."""
    try:
        found = list(events(f"- {value}"))
    except HeaderError:
        return True
    except yaml.YAMLError:
        return False
    return value[0] in "{[" or not any(isinstance(event, yaml.MappingStartEvent) for event in found)
