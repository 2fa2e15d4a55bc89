"""The plugin's options as they stand in `mkdocs.yml`, read without MkDocs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import yaml

from notesite.build import Options
from notesite.errors import NotesiteError


class ConfigLoader(yaml.SafeLoader):
    """YAML in which tags of MkDocs and its extensions (`!ENV`, `!!python/name:…`) stand for nothing."""


ConfigLoader.add_multi_constructor("", lambda _loader, _suffix, _node: None)


def load_options(path: Path) -> Options:
    """The options below `plugins: - notesite:` in an `mkdocs.yml`; the default ones where there are none.

    Raises NotesiteError when the file can't be read or has an option that notesite does not know.
    """
    given = plugin_options(load_config(path))
    known = {field.name for field in fields(Options)}
    for name in given:
        if name not in known:
            raise NotesiteError(f"{path}: notesite has no option `{name}`; there are {', '.join(sorted(known))}")
    return Options(**given)


def notes_folder(path: Path) -> Path:
    """The folder of notes that an `mkdocs.yml` names."""
    return path.parent / str(load_config(path).get("docs_dir") or "docs")


def load_config(path: Path) -> Mapping[str, Any]:
    """An `mkdocs.yml` as plain data; raises NotesiteError when it can't be read."""
    try:
        config = yaml.load(path.read_text(encoding="utf-8"), ConfigLoader)
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise NotesiteError(f"{path}: can't be read: {error}") from error
    return config if isinstance(config, Mapping) else {}


def plugin_options(config: Mapping[str, Any]) -> dict[str, Any]:
    """What stands below `notesite:` in the list, or mapping, of plugins."""
    plugins = config.get("plugins") or []
    entries = [{name: given} for name, given in plugins.items()] if isinstance(plugins, Mapping) else plugins
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, Mapping) and "notesite" in entry:
            return dict(entry["notesite"] or {})
    return {}
