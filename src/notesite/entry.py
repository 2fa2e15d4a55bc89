"""What MkDocs loads: the plugin, unless MkDocs is a version without plugins as notesite knows them."""

from __future__ import annotations

import sys

import mkdocs

if int(mkdocs.__version__.partition(".")[0]) >= 2:
    sys.exit(
        f"notesite: MkDocs {mkdocs.__version__} does not run notesite; install `mkdocs<2` or ProperDocs, "
        "or write a tree for any engine with `notesite export DIR`"
    )

from notesite.plugin import NotesitePlugin

__all__ = ["NotesitePlugin"]
