"""What may reach the page from a note: no scripts, event handlers, forms, frames or addresses that run something.

GitHub's sanitiser decides on the finished page. Here the page also holds what the owner's extensions made, so notes are
cleaned where they enter: HTML tag by tag (`html`), attribute lists by attribute, links by scheme. nh3 (ammonia) judges
the attributes.
"""

from __future__ import annotations

import html
import re
from functools import cache
from typing import Final
from xml.etree.ElementTree import Element

import nh3
from markdown.treeprocessors import Treeprocessor

URL_SCHEMES: Final = frozenset(
    "http https mailto ftp ftps tel sms irc ircs xmpp news doi magnet obsidian zotero vscode mendeley".split()
)
"""Schemes that only ever open something; all others, such as `javascript:`, are refused."""

_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_UNSEEN: Final = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060\ufeff]")
_IMAGE_DATA: Final = re.compile(r"data:image/(?:gif|png|jpeg|webp);base64,[A-Za-z0-9+/=%]*\Z")
_PLAIN: Final = frozenset("id class title alt start colspan rowspan align width height type value".split())
"""Attributes whose value can do no harm, whatever it is."""
_CHECKED: Final = _PLAIN | {"href", "src"}
_ATTRIBUTES: Final = _PLAIN | set(
    "href src srcset style name target rel lang dir open cite datetime valign border cellpadding cellspacing span "
    "scope headers abbr color face size bgcolor media sizes controls loop muted poster kind label srclang reversed "
    "loading decoding role summary for checked disabled markdown".split()
)
_STYLES: Final = frozenset(
    "color background-color text-align vertical-align width height max-width max-height min-width font-weight "
    "font-style font-size text-decoration float margin margin-left margin-right margin-top margin-bottom padding "
    "border".split()
)
_CLEANER: Final = nh3.Cleaner(
    tags={"div"},
    attributes={"div": set(_ATTRIBUTES)},
    generic_attribute_prefixes={"data-", "aria-"},
    url_schemes=set(URL_SCHEMES),
    filter_style_properties=set(_STYLES),
    link_rel=None,
)
_ATTRIBUTE: Final = re.compile(r'([^\s="<>]+)="([^"]*)"')


def safe_url(url: str) -> bool:
    """Whether a link or image may have this address: a relative one, or one with a harmless scheme."""
    if url.startswith(("https://", "http://", "#")):
        return True
    url = _UNSEEN.sub("", html.unescape(url))
    scheme = _SCHEME.match(url)
    return scheme is None or scheme[1].lower() in URL_SCHEMES or _IMAGE_DATA.match(url) is not None


@cache
def safe_attributes(source: str) -> tuple[tuple[str, str], ...]:
    """The harmless attributes out of the source of a tag's attributes, such as ` href="x" onclick="y"`."""
    cleaned = _CLEANER.clean(f"<div {source.rstrip('/')}>").partition(">")[0]
    found = ((name, html.unescape(value)) for name, value in _ATTRIBUTE.findall(cleaned))
    return tuple((name, value) for name, value in found if _is_safe(name, value))


def _is_safe(name: str, value: str) -> bool:
    if name == "style":
        return bool(value) and not re.search(r"[(\\@]", value)  # no `url(`, no `expression(`
    if name.startswith("data-md-"):  # Material's scripts act on these
        return False
    return name not in ("href", "src", "poster") or safe_url(value)


class SafeAttributes(Treeprocessor):
    """Cleans the attributes that attribute lists (`{ onclick=… }`) gave to elements."""

    def run(self, root: Element) -> None:
        """Keep only harmless addresses, and of other attributes what `safe_attributes` lets through."""
        for element in root.iter():
            if element.attrib:
                _clean(element)


def _clean(element: Element) -> None:
    for name in ("href", "src"):
        if not safe_url(element.get(name) or ""):
            element.set(name, "")  # not deleted: MkDocs' link check counts on every link having one
    if element.attrib.keys() <= _CHECKED:
        return
    source = " ".join(f'{name}="{html.escape(str(value))}"' for name, value in element.attrib.items())
    safe = dict(safe_attributes(source))
    for name in element.attrib.keys() - _CHECKED:
        if name not in safe:
            del element.attrib[name]
        elif name == "style":
            element.set(name, safe[name])
