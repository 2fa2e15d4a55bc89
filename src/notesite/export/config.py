"""The configuration of the exported tree, with the Python-Markdown extensions that notes need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import yaml

from notesite.markdown import EXTENSIONS, MATH
from notesite.model import Site
from notesite.navigation import navigation

THEMES: Final = {"mkdocs.yml": "mkdocs", "zensical.yml": "zensical"}
"""ProperDocs takes the first one, too, with the package `properdocs-theme-mkdocs`."""
OUTSIDE: Final = "/notes/\n/sources/\n/tags/\n/papers/\n/topics/\n"
"""Pages that need not be in the navigation."""


def configs(
    site: Site, facts: Mapping[str, str], macros: Mapping[str, str], sheets: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """File name and content of each configuration."""
    for file, theme in THEMES.items():
        config = {
            **facts,
            "theme": {"name": theme},
            "nav": navigation(site),
            "not_in_nav": OUTSIDE,
            "extra_css": list(sheets),
            "markdown_extensions": [
                {"toc": {"permalink": True}},
                *({name: {"macros": dict(macros)}} if macros and name == MATH else name for name in EXTENSIONS),
            ],
        }
        yield file, yaml.safe_dump(config, sort_keys=False, allow_unicode=True)
