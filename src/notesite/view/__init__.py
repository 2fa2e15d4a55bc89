"""What the page templates show of notes, topics and sources, as plain values."""

from notesite.citing import bibtex
from notesite.shelves import part_anchor
from notesite.view.chips import chips
from notesite.view.data import structured
from notesite.view.descriptions import description
from notesite.view.index import Entry, Index, by_change, index
from notesite.view.places import other_keys, places, properties
from notesite.view.text import plain
from notesite.view.typeset import typeset

__all__ = [
    "Entry",
    "Index",
    "bibtex",
    "by_change",
    "chips",
    "description",
    "index",
    "other_keys",
    "part_anchor",
    "places",
    "plain",
    "properties",
    "structured",
    "typeset",
]
