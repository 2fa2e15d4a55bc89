"""What `host` and `islands` take from Python-Markdown and its extensions is still there."""

import re

import markdown
import pytest
from markdown.extensions.admonition import AdmonitionProcessor
from pymdownx.details import DetailsProcessor
from pymdownx.tabbed import TabbedProcessor

from notesite.markdown.gfm.host import CORE_INLINE
from notesite.markdown.gfm.islands import STARTS

HEADS = [
    *(
        "!!! note",
        "!!!note",
        '!!! note "T"',
        '!!! note inline end ""',
        "!!!",
        "!!! note: x",
        '!!! "T"',
        '!!! note "T" x',
    ),
    *("??? note", "???+ note", '??? "T"', '???+ note "T"', "???", "??? note, really?", "??? a b", "???? note"),
    *('=== "A"', '===! "A"', '===+ "A"', '===+! "A"', '==="A"', "===", "=== A", '=== "A" b'),
]
THEIRS = {"admonition": AdmonitionProcessor.RE, "details": DetailsProcessor.START, "tabbed": TabbedProcessor.START}


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("kind", THEIRS)
def test_islands_start_where_their_extension_sees_them(kind: str, head: str) -> None:
    assert bool(STARTS[kind].match(head)) == bool(re.match(THEIRS[kind], head))


def test_every_inline_pattern_of_python_markdown_is_retired() -> None:
    own = markdown.Markdown().inlinePatterns
    assert [pattern for pattern in own if not any(name in own and own[name] is pattern for name in CORE_INLINE)] == []


def test_an_island_that_its_extension_does_not_want_is_text() -> None:
    extensions = ["pymdownx.blocks.admonition", "notesite.markdown.gfm"]
    html = markdown.markdown("/// nothing | x\n*a*\n///\n", extensions=extensions)
    assert html == "<p>/// nothing | x\n<em>a</em>\n///</p>"
