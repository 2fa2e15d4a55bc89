"""What happens to a text before it is parsed. Every line stays on its line; within mended lines columns may shift."""

from __future__ import annotations

from notesite.markdown.gfm.jekyll import read_jekyll
from notesite.markdown.gfm.parser import NOTES, Dialect, commonmark_parser
from notesite.markdown.gfm.repair import repair


def prepare(text: str, dialect: Dialect = NOTES) -> str:
    """Give the text as it is to be parsed: Liquid resolved and the author's slips mended."""
    if dialect.jekyll:
        text = read_jekyll(text)
    return repair(text, commonmark_parser(dialect)) if dialect.repairs else text
