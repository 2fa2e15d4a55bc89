"""Templates compiled once, not by every build: a third of the time that a small site takes, Material's are so many.

What is compiled is code that will be run. It is kept in a folder that Jinja makes for the user alone, never beside the
notes, which may come from anywhere.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from jinja2 import Environment, FileSystemBytecodeCache
from jinja2.bccache import Bucket
from mkdocs.config.defaults import MkDocsConfig

from notesite.kept import versions

WITHOUT_FILTERS: Final = frozenset({"notesite", "search", "material/search"})
"""Plugins that give the templates no filters."""


class Compiled(FileSystemBytecodeCache):
    """The code of templates as these versions compile it; Jinja itself compiles a changed text again."""

    def __init__(self) -> None:
        super().__init__(pattern=f"notesite-{versions()}-%s")

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template, where there is room."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def keep_compiled(env: Environment, config: MkDocsConfig) -> None:
    """Let an environment use what is compiled, unless others may bring filters, which get compiled in."""
    if WITHOUT_FILTERS.issuperset(config.plugins) and not config.hooks:
        with suppress(OSError, RuntimeError):  # There is no folder for the user alone.
            env.bytecode_cache = Compiled()
