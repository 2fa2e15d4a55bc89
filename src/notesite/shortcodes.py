"""Templates of other generators in a line: Hugo's shortcodes, Liquid's tags and GitBook's, as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import quote

from notesite.compose import IMAGE

CLOSING: Final = re.compile(r"\{(?:\{[<%]\s*/|%-?\s*end)\s*([\w/-]+)\s*(?:[>%]\}|-?%)\}")
PICTURE: Final = re.compile(r"(?:asset_img|image|img)\s+(?:[\w-]+\s+)*?(\S+\.(?:png|jpe?g|gif|svg|webp))\b[ \t]*(.*)")
"""Hexo's tags for images, the file among other words."""
YOUTUBE: Final = re.compile(r"youtube\s+(?:id\s*=\s*)?[\"']?([\w-]{11})\b")
CAPTION: Final = re.compile(r"(?:title|summary)\s*=\s*\"([^\"]+)\"|^\"([^\"]+)\"")
"""What a shortcode says above the text that it stands around."""
ATTRIBUTE: Final = re.compile(r"""([\w-]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s"'>%}]+))""")
READ_LATER: Final = frozenset("comment endcomment highlight endhighlight raw endraw".split())
"""Tags of Liquid's that are understood when the page is rendered."""
CONTROL: Final = frozenset("case capture for if tablerow unless".split())
"""Tags of Liquid's around what it computes."""
SAID: Final = ("title", "caption", "description", "desc", "text", "legend", "attr")
"""What a shortcode or tag for an image says below it, in one word or many."""
UNSAID: Final = ("alt", "class", "style", "sizes", "srcset", "attrlink", "link", "src")
"""What it does not say."""


def shortcode(match: re.Match[str], closed: frozenset[str], unknown: dict[str, int], index: int) -> str:
    """One of Hugo's shortcodes: an address, an image, a video, what stands around a text, or text."""
    inner = (match[1] or match[2] or "").strip()
    name, _, rest = inner.partition(" ")
    if name in ("ref", "relref"):
        target = dict(attributes(rest)).get("path") or rest.strip().strip("\"'`")
        return quote(target, safe="/#.-_~%")
    if inner.startswith("/*"):
        return match[0].replace("<", "\\<", 1).replace("/*", "").replace("*/", "")
    if found := image(rest) or around(inner, closed) or video(inner):
        return found
    unknown.setdefault("{{< " + name.lstrip("/") + " >}}", index)
    return match[0].replace("<", "\\<", 1)


def around(inner: str, closed: frozenset[str]) -> str | None:
    """What begins or ends a text that is shown as it is: the title that it gets, or nothing to be seen."""
    name, _, rest = inner.lstrip("/ ").partition(" ")
    if name not in closed:
        return None
    said = CAPTION.search(rest.strip())
    title = said[1] or said[2] if said else ""
    # One word is the name of a colour or of a picture.
    return f"**{title}**" if " " in title or (title and name == "tab") else f"<!-- {name} -->"


def video(inner: str) -> str | None:
    """The address of a video, or of whatever else is shown there from the web."""
    if found := YOUTUBE.match(inner):
        return f"<https://www.youtube.com/watch?v={found[1]}>"
    address = re.search(r"https?://[^\s\"'<>]+", inner)
    return f"<{address[0]}>" if address else None


def tag(match: re.Match[str], closed: frozenset[str], unknown: dict[str, int], index: int) -> str:
    """One of Liquid's, Hexo's or GitBook's tags: an address, an image, what stands around a text, or text."""
    name, rest = match[1], match[2].strip(" \t-")
    if name in ("post_url", "link"):
        return "/" + quote(rest.strip("/"))
    if name in READ_LATER:
        return match[0]
    if found := image(rest) or picture(f"{name} {rest}") or gitbook(name, dict(attributes(rest))):
        return found
    if (bare := name.removeprefix("end")) in closed - CONTROL:
        return f"<!-- {bare} -->"
    unknown.setdefault("{% " + name.removeprefix("end") + " %}", index)
    return match[0]


def gitbook(name: str, said: Mapping[str, str]) -> str | None:
    """One of GitBook's tags: a link, or the title of a tab."""
    if address := said.get("page" if name == "page-ref" else "url" if name == "embed" else ""):
        return f"[{address}](<{address}>)"
    return f"**{said['title']}**" if name == "tab" and "title" in said else None


def picture(inner: str) -> str | None:
    """An image of Hexo's, with what is said of it behind it."""
    found = PICTURE.match(inner)
    return f"![](<{found[1]}>) {found[2]}".rstrip() + " " if found else None


def attributes(text: str) -> Iterator[tuple[str, str]]:
    """The names and values in `a="x" b='y' c=z`."""
    for match in ATTRIBUTE.finditer(text):
        yield match[1].lower(), re.sub(r"\\(.)", r"\1", match[2] or "") or match[3] or match[4] or ""


def image(rest: str) -> str | None:
    """What shows an image, as Hugo's `figure` does: the image, and what is said of it behind it; then a blank."""
    found = dict(attributes(rest))
    source = next((value for value in found.values() if IMAGE.search(value)), None)
    if source is None:
        return None
    said = (value for key, value in found.items() if value != source and is_said(key, value))
    return f"![{found.get('alt', '')}](<{source}>) {' '.join(said)}".rstrip() + " "


def is_said(key: str, value: str) -> bool:
    """Whether a value is a caption; themes have names of their own for it, so any but a few may hold one."""
    return key in SAID or (key not in UNSAID and len(value.split()) > 1)
