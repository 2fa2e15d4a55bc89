"""Wiki links: `[[note]]`, `[[note|text]]`, `[[note#heading]]` and `![[embed]]`."""

from __future__ import annotations

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_WIKI: Final = re.compile(r"!?\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\](?![(\[:])")
_IMAGE: Final = re.compile(r"\.(?:avif|bmp|gif|jpe?g|png|svg|webp)\Z", re.IGNORECASE)
_WIDTH: Final = re.compile(r"(\d+)(?:x(\d+))?")


def wiki_plugin(md: MarkdownIt) -> None:
    """Turn wiki links into links and images where `env["wiki"]`, a function of the target, knows an address for them.

    What it does not know stays as GitHub shows it: the text with its brackets.
    """
    md.inline.ruler.before("link", "wiki", _wiki)


def _wiki(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] not in "![" or not (resolve := state.env.get("wiki")):
        return False
    match = _WIKI.match(state.src, state.pos, state.posMax)
    href = resolve(match[1].strip()) if match else None
    if match is None or href is None:
        return False
    if not silent:
        _push(state, match, href)
    state.pos = match.end()
    return True


def _push(state: StateInline, match: re.Match[str], href: str) -> None:
    target, label = match[1].strip(), (match[2] or match[1]).strip()
    if match[0].startswith("!") and _IMAGE.search(target):
        _push_image(state, href, label)
        return
    state.push("link_open", "a", 1).attrs = {"href": href}
    state.push("text", "", 0).content = label
    state.push("link_close", "a", -1)


def _push_image(state: StateInline, href: str, label: str) -> None:
    size = _WIDTH.fullmatch(label)
    image = state.push("image", "img", 0)
    image.attrs = {"src": href, "alt": ""}
    if size:
        image.attrs |= {"width": size[1]} | ({"height": size[2]} if size[2] else {})
    else:
        image.content = label
    image.children = []
