"""The shelves of the site: the default topics, and what the author adds, renames, reorders or replaces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from importlib.resources import files
from typing import Final

import yaml

from notesite.errors import NotesiteError

FALLBACK: Final = "resources"
"""The shelf of what fits nowhere else; it can be renamed and moved, not removed."""
REST: Final = "..."
"""In a list of topics: all others, in their usual order."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A shelf of notes, and the words by which notes are filed there."""

    key: str
    """Its address and its name in front matter, such as `attention`."""
    name: str
    """Its name on the site."""
    intro: str = ""
    """One sentence that introduces it."""
    headings: tuple[str, ...] = ()
    """A folder, group or tag of one of these names belongs to the topic."""
    papers: tuple[str, ...] = ()
    """Well-known papers and systems, by title or by reference such as `arxiv:1706.03762`."""
    names: tuple[str, ...] = ()
    """Systems, models and data sets: they speak for the topic in headings, and hardly in texts."""
    terms: tuple[str, ...] = ()
    """They speak for the topic wherever they stand."""
    hints: tuple[str, ...] = ()
    """They speak for the topic, but weakly."""
    vetoes: tuple[str, ...] = ()
    """They speak against the topic, and hide its terms that they contain."""
    broad: bool = False
    """Its terms stand in notes on everything else too, and count for less."""


LISTS: Final = frozenset({"headings", "papers", "names", "terms", "hints", "vetoes"})
FIELDS: Final = frozenset(field.name for field in fields(Topic)) - {"key"} | {"replace"}


def load_topics(options: object = None) -> tuple[Topic, ...]:
    """The topics in the order shown: the defaults with the author's changes.

    A mapping of keys to fields adds topics and changes those there are; `key: false` removes one. A list says which
    topics there are, in which order, each by key, name or `key: {field: …}`; the item `...` stands for all others.
    Raises NotesiteError where the option can't be understood.
    """
    defaults = default_topics()
    if options is None:
        return tuple(defaults.values())
    if isinstance(options, Mapping):
        chosen = with_changes(defaults, options)
    elif isinstance(options, Sequence) and not isinstance(options, str):
        chosen = in_order(defaults, options)
    else:
        raise NotesiteError(f"topics: a list or a mapping of topics is wanted, not {options!r}")
    chosen.setdefault(FALLBACK, defaults[FALLBACK])
    return tuple(chosen.values())


@cache
def default_topics() -> Mapping[str, Topic]:
    """The topics of `topics.yml` by key."""
    text = files("notesite").joinpath("topics.yml").read_text(encoding="utf-8")
    return {key: with_fields(Topic(key, key), given) for key, given in yaml.load(text, yaml.CSafeLoader).items()}


def with_changes(defaults: Mapping[str, Topic], changes: Mapping[object, object]) -> dict[str, Topic]:
    """The defaults with the changes merged in; new topics stand behind them, before the fallback."""
    topics = dict(defaults)
    for name, given in changes.items():
        key = topic_key(name, topics)
        if given is False and key != FALLBACK:
            topics.pop(key, None)
        else:
            topics[key] = with_fields(topics.get(key) or new_topic(key, name), given)
    topics[FALLBACK] = topics.pop(FALLBACK)
    return topics


def in_order(defaults: Mapping[str, Topic], items: Iterable[object]) -> dict[str, Topic]:
    """Exactly the topics listed, in that order."""
    changes: dict[str, Topic | None] = {}
    for name, given in (pair for item in items for pair in entries(item)):
        key = REST if name == REST else topic_key(name, defaults)
        if key in changes:
            raise NotesiteError(f"topics: {name!r} is listed twice; leave one of them out")
        changes[key] = None if key == REST else with_fields(defaults.get(key) or new_topic(key, name), given)
    rest = {key: topic for key, topic in defaults.items() if key not in changes}
    topics: dict[str, Topic] = {}
    for key, topic in changes.items():
        topics |= {key: topic} if topic else rest
    return topics


def entries(item: object) -> Iterable[tuple[object, object]]:
    """The topics that one item of the list stands for, each with its fields."""
    if isinstance(item, str):
        return [(item, None)]
    if isinstance(item, Mapping):
        return item.items()
    raise NotesiteError(f"topics: a name or `key: {{…}}` is wanted in the list, not {item!r}")


def topic_key(name: object, topics: Mapping[str, Topic]) -> str:
    """The key that a key or name stands for; a new one where no topic is called so."""
    if not isinstance(name, str) or not (key := re.sub(r"[\W_]+", "-", name.casefold()).strip("-")):
        raise NotesiteError(f"topics: {name!r} is no name for a topic; use a word or two, such as `robotics`")
    named = (topic.key for topic in topics.values() if topic.name.casefold() == name.casefold())
    return key if key in topics else next(named, key)


def new_topic(key: str, name: object) -> Topic:
    """A topic of the author's: until its fields say more, its name is its only term."""
    label = str(name).replace("-", " ")
    return Topic(key, label[:1].upper() + label[1:], headings=(label,), terms=(label,))


def with_fields(topic: Topic, given: object) -> Topic:
    """The topic with the author's fields: name and intro replace, lists are added to unless `replace: true`."""
    if given is None or given is True:
        return topic
    if not isinstance(given, Mapping):
        raise NotesiteError(f"topics: {topic.key}: fields such as `name:` and `terms:` are wanted, not {given!r}")
    if unknown := sorted(set(map(str, given)) - FIELDS):
        raise NotesiteError(f"topics: {topic.key}: unknown field {unknown[0]!r}; there are {', '.join(sorted(FIELDS))}")
    if given.get("replace"):
        topic = Topic(topic.key, topic.name, topic.intro)
    changes: dict[str, object] = {
        name: (*getattr(topic, name), *texts(topic.key, name, given[name])) for name in LISTS & given.keys()
    }
    changes |= {name: text(topic.key, name, given[name]) for name in {"name", "intro"} & given.keys()}
    changes |= {"broad": bool(given["broad"])} if "broad" in given else {}
    return replace(topic, **changes)  # type: ignore[arg-type]  # each value has the type of its field


def text(key: str, field: str, value: object) -> str:
    """A field that is one line of text."""
    if not isinstance(value, str) or not value.strip():
        raise NotesiteError(f"topics: {key}: {field}: a text is wanted, not {value!r}; put it in quotes")
    return value


def texts(key: str, field: str, value: object) -> tuple[str, ...]:
    """A field that is a list of texts; a single text is a list of one."""
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, Sequence):
        raise NotesiteError(f"topics: {key}: {field}: a list is wanted, not {value!r}")
    return tuple(text(key, field, item) for item in items)
