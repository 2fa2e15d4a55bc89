"""What happens to a text before it is parsed. Every line stays on its line; within mended lines columns may shift."""

from __future__ import annotations

from markdown_it import MarkdownIt

from notesite.markdown.gfm.jekyll import read_jekyll
from notesite.markdown.gfm.repair import repair
from notesite.markdown.gfm.rows import keep_cells


def prepare(text: str, parser: MarkdownIt, *, jekyll: bool = True, repairs: bool = True) -> str:
    """The text as it is to be parsed: Liquid resolved and the author's slips mended."""
    if jekyll:
        text = read_jekyll(text)
    return repair(keep_cells(text, parser), parser) if repairs else text
