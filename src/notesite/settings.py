"""The plugin's options as they stand in `mkdocs.yml`, read without MkDocs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

import yaml

from notesite.build import Options
from notesite.errors import NotesiteError

OPTIONS: Final = frozenset(field.name for field in fields(Options)) - {"drafts"}
"""What may stand in `mkdocs.yml`; whether drafts are shown is decided by the command that shows them."""

FACTS: Final = ("site_name", "site_description", "site_url", "site_author", "copyright", "repo_url")
"""Settings that hold whichever engine builds the site."""


class ConfigLoader(yaml.SafeLoader):
    """YAML in which tags of MkDocs and its extensions (`!ENV`, `!!python/name:…`) are read as None."""


ConfigLoader.add_multi_constructor("", lambda _loader, _suffix, _node: None)


def load_options(path: Path) -> Options:
    """The options below `plugins: - notesite:` in an `mkdocs.yml`; the default ones where there are none.

    Raises NotesiteError when the file can't be read or has an option that notesite does not know.
    """
    return stated_options(plugin_options(load_config(path)), path)


def stated_options(given: object, path: Path) -> Options:
    """The options that stand in the configuration file `path`; raises NotesiteError for an unknown or malformed one."""
    if not isinstance(given, Mapping):
        raise NotesiteError(f"{path}: `notesite:` must be followed by options, not by {given!r}")
    stated = {str(name): value for name, value in given.items() if value is not None}
    for name, value in stated.items():
        if name not in OPTIONS:
            raise NotesiteError(f"{path}: notesite has no option `{name}`; there are {', '.join(sorted(OPTIONS))}")
        if name != "topics":
            check_texts(name, value, path)
    return Options(**stated)


def check_texts(name: str, value: object, path: Path) -> None:
    """Raise NotesiteError unless an option maps texts to texts."""
    if not isinstance(value, Mapping):
        raise NotesiteError(f"{path}: the option `{name}` must be a mapping, as in `{name}: {{name: value}}`")
    for key, text in value.items():
        if not isinstance(key, str) or not isinstance(text, str):
            raise NotesiteError(f"{path}: {name}: `{key}: {text}` must be two texts; put each of them in quotes")


def notes_folder(path: Path) -> Path:
    """The folder of notes that an `mkdocs.yml` names."""
    return path.parent / str(load_config(path).get("docs_dir") or "docs")


def site_facts(path: Path) -> dict[str, str]:
    """What an `mkdocs.yml` says of the site as a whole."""
    config = load_config(path)
    return {key: str(config[key]) for key in FACTS if config.get(key)}


def load_config(path: Path) -> Mapping[str, Any]:
    """An `mkdocs.yml` as plain data, with what it inherits; raises NotesiteError when it can't be read."""
    config = read_config(path)
    seen = {path.resolve()}
    while parent := config.pop("INHERIT", None):
        path = path.parent / str(parent)
        if path.resolve() in seen:
            raise NotesiteError(f"{path}: inherits from itself; see its line INHERIT")
        seen.add(path.resolve())
        config = inherited(read_config(path), config)
    return config


def read_config(path: Path) -> dict[str, Any]:
    """One file as plain data."""
    try:
        config = yaml.load(path.read_bytes().decode("utf-8"), ConfigLoader)
    except OSError as error:
        raise NotesiteError(f"{path}: can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise NotesiteError(f"{path}:{line}: is not UTF-8; save the file as UTF-8") from error
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        raise NotesiteError(not_yaml(path, error)) from error
    if not isinstance(config or {}, Mapping):
        raise NotesiteError(f"{path}: must consist of `key: value` lines, as in `site_name: My notes`")
    return dict(config or {})


def not_yaml(path: Path, error: Exception) -> str:
    """The message for a file that is not valid YAML, with the line where it is known."""
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    place = f"{path}:{mark.line + 1}" if mark else path
    told = error.problem if isinstance(error, yaml.MarkedYAMLError) else str(error).partition("\n")[0]
    return f"{place}: can't be read as YAML: {told}; mend it there"


def inherited(parent: Mapping[str, Any], child: Mapping[str, Any]) -> dict[str, Any]:
    """The child's settings over the parent's, as MkDocs merges them: mappings key by key, all else as a whole."""
    merged = dict(parent)
    for key, value in child.items():
        both = isinstance(value, Mapping) and isinstance(parent.get(key), Mapping)
        merged[key] = inherited(parent[key], value) if both else value
    return merged


def plugin_options(config: Mapping[str, Any]) -> object:
    """What stands below `notesite:` in the list, or mapping, of plugins."""
    plugins = config.get("plugins") or []
    entries = [{name: given} for name, given in plugins.items()] if isinstance(plugins, Mapping) else plugins
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, Mapping) and "notesite" in entry:
            return entry["notesite"] or {}
    return {}
