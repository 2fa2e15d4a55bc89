"""Markdown as its author saw it on GitHub: a Python-Markdown extension that lets markdown-it-py parse.

List it in `markdown_extensions:` as `notesite.markdown.gfm`, in any order among the others. `commonmark_parser` and
`prepare` give the same parser to those who take notes apart.
"""

from notesite.markdown.gfm.anchors import github_slug, plain_text, unique_slug
from notesite.markdown.gfm.extension import GfmExtension, makeExtension
from notesite.markdown.gfm.parser import Dialect, commonmark_parser
from notesite.markdown.gfm.prepare import prepare

__all__ = [
    "Dialect",
    "GfmExtension",
    "commonmark_parser",
    "github_slug",
    "makeExtension",
    "plain_text",
    "prepare",
    "unique_slug",
]
