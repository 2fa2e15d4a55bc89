"""The Markdown parser: GitHub's dialect, and what notes have beyond it. Splitting and rendering use the same one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt

from notesite.markdown.gfm.anchors import heading_ids
from notesite.markdown.gfm.autolink import autolink_plugin
from notesite.markdown.gfm.callouts import callouts
from notesite.markdown.gfm.emphasis import cjk_emphasis
from notesite.markdown.gfm.islands import island_rule
from notesite.markdown.gfm.kramdown import kramdown
from notesite.markdown.gfm.lines import link_lines
from notesite.markdown.gfm.mend import drop_empty_items, mend_links
from notesite.markdown.gfm.rules import as_in_cmark, definition_lists, telling
from notesite.markdown.gfm.safety import safe_url
from notesite.markdown.tex import tex_plugin


@dataclass(frozen=True, slots=True)
class Dialect:
    """What the parser recognises."""

    islands: frozenset[str] = frozenset({"footnote"})
    """Block syntaxes of Python-Markdown's extensions: see `islands`."""
    tex: bool = False
    """Formulas."""
    definitions: bool = False
    """Definition lists."""
    unknown_tags: bool = True
    """A tag that HTML does not have is text."""
    jekyll: bool = True
    """Kramdown's attribute lists and its table-of-contents mark."""
    callouts: bool = True
    """GitHub's alerts and Obsidian's callouts."""
    link_lines: bool = True
    """A line that is only links stands on its own."""
    heading_ids: bool = True
    """Headings get the anchors that GitHub gives them."""
    repairs: bool = True
    """Empty items and broken links are mended."""
    cjk: bool = True
    """In Chinese, Japanese and Korean bare addresses end before punctuation, which GitHub takes for a part of them, and
    text is bold without blanks around it."""
    safe: bool = True
    """A link that could run something is text."""
    plain: bool = True
    """Text without links, tags and formulas is taken apart, too; those who only look for these can do without."""


@cache
def commonmark_parser(dialect: Dialect) -> MarkdownIt:
    """The parser for a dialect, one for all documents: what a document defines goes into the `env` of its call."""
    md = MarkdownIt("commonmark", {"strikethrough_single_tilde": True})
    md.enable(["table", "strikethrough"])
    md.disable("text_join")  # an escaped `\*` stays apart from `*`: patterns of other extensions must not see it
    as_in_cmark(md, unknown_tags=dialect.unknown_tags)
    if dialect.tex:
        md.use(tex_plugin)
    if dialect.definitions:
        definition_lists(md)
    if dialect.islands:
        ends = ["paragraph", "reference", "blockquote", "list"]
        md.block.ruler.before("table", "island", island_rule(dialect.islands), {"alt": ends})
    md.use(autolink_plugin, cjk_ends=dialect.cjk)
    if dialect.cjk:
        md.use(cjk_emphasis)
    _add_core_rules(md, dialect)
    if not dialect.plain:
        md.core.ruler.at("inline", telling)
    if dialect.safe:
        md.validateLink = safe_url  # type: ignore[method-assign]
    return md


def _add_core_rules(md: MarkdownIt, dialect: Dialect) -> None:
    on_blocks, on_lines = md.core.ruler.before, md.core.ruler.after
    for is_wanted, add, name, rule in (
        (dialect.jekyll, on_blocks, "kramdown", kramdown),
        (dialect.callouts, on_blocks, "callouts", callouts),
        (dialect.repairs, on_blocks, "empty_items", drop_empty_items),
        (dialect.link_lines, on_lines, "link_lines", link_lines),
        (dialect.heading_ids, on_lines, "heading_ids", heading_ids),
        (dialect.repairs, on_lines, "mend_links", mend_links),
    ):
        if is_wanted:
            add("inline", name, rule)
