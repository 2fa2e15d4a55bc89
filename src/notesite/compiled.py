"""Templates compiled once, not by every build: a third of the time that a small site takes, Material's are so many."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from typing import Final

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from mkdocs.config.defaults import MkDocsConfig

from notesite.kept import Kept, versions

WITHOUT_FILTERS: Final = frozenset({"notesite", "search", "material/search"})
"""Plugins that give the templates no filters."""


class Compiled(BytecodeCache):
    """The code of templates; Jinja itself sees to it that a changed text is compiled again."""

    def __init__(self) -> None:
        self._code: dict[str, str] = {}
        self._has_more = False

    def serve(self, env: Environment, config: MkDocsConfig, kept: Kept) -> None:
        """Give an environment what is known, unless others may bring filters, which get compiled in."""
        if WITHOUT_FILTERS.issuperset(config.plugins) and not config.hooks:
            self._code = self._code or json.loads(kept.find("templates", versions()) or "{}")
            env.bytecode_cache = self

    def keep(self, kept: Kept) -> None:
        """Remember what was compiled for other processes."""
        if self._has_more:
            kept.keep("templates", versions(), json.dumps(self._code))
        self._has_more = False

    def load_bytecode(self, bucket: Bucket) -> None:
        """A template's code, if its text is still the same."""
        if code := self._code.get(bucket.key):
            bucket.bytecode_from_string(b64decode(code))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take a template's code."""
        self._code[bucket.key] = b64encode(bucket.bytecode_to_string()).decode()
        self._has_more = True
