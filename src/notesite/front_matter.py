"""Front matter in YAML, TOML, JSON or Logseq's properties; slips that have one reading are mended."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from notesite.errors import Problem
from notesite.yaml_header import WIKI_LINKS, HeaderError, parse_yaml

FRONT_MATTER: Final = "front-matter"
BLANK_LINES: Final = re.compile(r"(?:[ \t]*\n)*")
"""Some editors leave blank lines above the front matter; below them it counts only if it has a known key."""
KEYS: Final = frozenset(
    "alias aliases arxiv author authors date doi draft link paper pdf tags title topic topics url year".split()
)
"""Keys that are recognised in any case; exporters write `Title:` and `DOI:`."""


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write front matter."""

    whole: re.Pattern[str]
    """The front matter from the first character of the file on; its content is the group."""
    key: re.Pattern[str]
    """A line that looks like a key; without one, what can't be read is no front matter but text."""
    parse: Callable[[str], object]
    """The content as data; raises HeaderError."""
    opening: str = ""
    """The first line, for those that must be closed by another."""


def front_matter(path: str, text: str) -> tuple[int, Mapping[str, object] | None, list[Problem]]:
    """How many lines the front matter takes, its data (None where it can't be read), and what is wrong with it."""
    start = BLANK_LINES.match(text)[0]  # type: ignore[index]  # it matches everything
    for form in FORMATS:
        match = form.whole.match(text, len(start))
        if not match:
            continue
        lines = text.count("\n", 0, match.end()) + 1
        try:
            data = form.parse(match[1])
            if not isinstance(data, Mapping):
                raise HeaderError("it is no list of `key: value` lines")
            found = {folded(str(key)): plain(value) for key, value in data.items()}
            return (lines, found, []) if not start or KEYS & found.keys() else (0, {}, [])
        except HeaderError as error:
            if start or not form.key.search(match[1]):
                return 0, {}, []
            line = text.count("\n", 0, match.start(1)) + error.line + 1
            message = f"front matter can't be read: {error}; it is shown as text until it is mended"
            return lines, None, [Problem(path, line, FRONT_MATTER, message)]
    return 0, {}, list(unclosed(path, text))


def folded(key: str) -> str:
    """A known key in lower case; others as the author wrote them."""
    return key.lower() if key.lower() in KEYS else key


def unclosed(path: str, text: str) -> Iterator[Problem]:
    """A problem where the file begins like front matter that never ends."""
    first, _, rest = text.partition("\n")
    for form in FORMATS:
        if form.opening and first.rstrip() == form.opening and form.key.match(rest):
            message = f"front matter never ends; close it with a line `{form.opening}`"
            yield Problem(path, 1, FRONT_MATTER, message)


def parse_toml(content: str) -> object:
    """TOML, as Hugo has it between `+++`."""
    try:
        return tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r" \(at line (\d+), column \d+\)| \(at end of document\)", str(error))
        line = int(place[1]) - 1 if place and place[1] else 0
        raise HeaderError(str(error).removesuffix(place[0] if place else ""), line) from error
    except (ValueError, RecursionError) as error:
        raise HeaderError(str(error)) from error


def parse_json(content: str) -> object:
    """JSON, as Hugo has it from `{` on the first line to `}` at the start of another."""
    try:
        return json.loads(content)
    except json.JSONDecodeError as error:
        raise HeaderError(error.msg, error.lineno - 1) from error
    except (ValueError, RecursionError) as error:
        raise HeaderError(str(error)) from error


PROPERTY: Final = r"[^\W\d][\w/-]*::(?:[ \t].*)?(?=\n|\Z)"
LISTS: Final = ("alias", "aliases", "tags")
"""Logseq's properties that hold several values, with commas between."""


def parse_properties(content: str) -> object:
    """Logseq's page properties, one `key:: value` a line."""
    data: dict[str, object] = {}
    for line in content.rstrip("\n").split("\n"):
        key, _, value = (part.strip() for part in line.lstrip(" -*").partition("::"))
        is_list = key.lower() in LISTS or WIKI_LINKS.fullmatch(value) is not None
        quoted = re.fullmatch(r"\"([^\"]*)\"", value)
        data[key.lower()] = (
            [part.strip() for part in value.split(",") if part.strip()] if is_list else quoted[1] if quoted else value
        )
    return data | named_by_zotero(data)


def named_by_zotero(data: Mapping[str, object]) -> dict[str, object]:
    """The paper's title and, as another name, its key, where Zotero's export is called by that."""
    title, original = data.get("title"), data.get("original-title")
    if not (isinstance(title, str) and title.startswith("@") and original):
        return {}
    return {"title": original, "aliases": [title]}


def plain(value: Any) -> object:
    """A value in JSON's types; a wiki link, which YAML reads as a list in a list, becomes the name that it links."""
    if isinstance(value, str):
        return re.sub(r"\[\[([^\[\]|]+)(?:\|[^\[\]]*)?\]\]", r"\1", value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], list):
        return plain(value[0])
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    return value


FORMATS: Final = (
    Format(
        re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE),
        re.compile(r"^[\w-][\w -]*:(\s|$)", re.MULTILINE),
        parse_yaml,
        "---",
    ),
    Format(
        re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*$", re.DOTALL | re.MULTILINE),
        re.compile(r"^\s*[\w\"'.-]+\s*=", re.MULTILINE),
        parse_toml,
        "+++",
    ),
    Format(
        re.compile(r"(\{[ \t]*\n.*?^\}|\{[ \t]*\"[^\n]*\})[ \t]*$", re.DOTALL | re.MULTILINE),
        re.compile(r"^\s*\"[^\"\n]*\"\s*:", re.MULTILINE),
        parse_json,
    ),
    Format(
        re.compile(rf"((?:[-*] )?{PROPERTY}(?:\n {{0,2}}{PROPERTY})*)(?=\n\s*\n|\n[-*] |\s*\Z)"),
        re.compile(r"::"),
        parse_properties,
    ),
)
