"""Python-Markdown extensions that show notes as their author wrote them; no MkDocs in them."""

from typing import Final

MATH: Final = "notesite.markdown.math"
EXTENSIONS: Final = ("pymdownx.highlight", "pymdownx.superfences", "notesite.markdown.gfm", MATH)
"""Extensions that notes need to look as on GitHub."""
