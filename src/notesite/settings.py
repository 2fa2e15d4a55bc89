"""The plugin's options as they stand in `mkdocs.yml`, read without MkDocs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from notesite.build import Options
from notesite.errors import NotesiteError


class ConfigLoader(yaml.SafeLoader):
    """YAML in which tags of MkDocs and its extensions (`!ENV`, `!!python/name:…`) stand for nothing."""


ConfigLoader.add_multi_constructor("", lambda _loader, _suffix, _node: None)


def load_options(path: Path) -> Options:
    """The options below `plugins: - notesite:` in an `mkdocs.yml`; the default ones where there are none.

    Raises NotesiteError when the file can't be read or the options are none that notesite has.
    """
    try:
        config = yaml.load(path.read_text(encoding="utf-8"), ConfigLoader)
    except (OSError, yaml.YAMLError) as error:
        raise NotesiteError(f"{path}: can't be read: {error}") from error
    given = plugin_options(config if isinstance(config, Mapping) else {})
    try:
        return Options(**given)
    except TypeError as error:
        raise NotesiteError(f"{path}: notesite has no such option: {error}") from error


def plugin_options(config: Mapping[str, object]) -> dict[str, object]:
    """What stands below `notesite:` in the list, or mapping, of plugins."""
    plugins = config.get("plugins") or []
    entries = [{name: given} for name, given in plugins.items()] if isinstance(plugins, Mapping) else plugins
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, Mapping) and "notesite" in entry:
            return dict(entry["notesite"] or {})
    return {}
