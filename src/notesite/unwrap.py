"""A URL taken apart, and taken out of archives, translators and redirects."""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

WRAPPERS: Final = re.compile(
    r"^(?:web\.archive\.org/(?:web/|save/)?[\d*]*[a-z_]*|archive\.(?:is|ph|today|md|org/web)/[\w./]*|r\.jina\.ai|12ft\.io|"
    r"outline\.com|via\.hypothes\.is)/(https?:/.*)$",
    re.IGNORECASE,
)
"""Services that put the wrapped URL behind their own path."""
REDIRECTS: Final = re.compile(
    r"^(?:(?:scholar|translate)\.google\.com/|docs\.google\.com/(?:g?view|viewer|url)|google\.[\w.]+/url|youtube\.com/redirect|lm?\.facebook\.com/|"
    r"slack-redir\.net/|out\.reddit\.com/|medium\.com/r/|link\.zhihu\.com/|duckduckgo\.com/l/|href\.li/|vk\.com/away|"
    r"t\.umblr\.com/|linkedin\.com/(?:redir|safety)|steamcommunity\.com/linkfilter|[\w.]*safelinks\.protection\.outlook\.com/)"
)
REDIRECT_PARAMETERS: Final = ("q", "u", "url", "target", "to", "z", "uddg")
MAX_UNWRAPPED: Final = 3
"""A wrapped link is at most wrapped a few times; a crafted one must not make us loop."""


class Address(NamedTuple):
    """A URL without its scheme, its fragment and what browsers add."""

    host: str
    path: str
    query: str

    def __str__(self) -> str:
        return f"{self.host}{self.path}" + (f"?{self.query}" if self.query else "")


def is_git(url: str) -> bool:
    """Whether a URL is one that git clones from."""
    return url.startswith(("git@", "git+", "git://", "ssh://"))


def as_address(url: str) -> Address | None:
    """A URL taken apart; None for what has no host, such as a path."""
    url = re.sub(r"^(?:git\+)?(?:git|ssh)://(?:git@)?|^git\+|^git@", "", url)
    url = re.sub(r"^(github\.com|gitlab\.com):", r"\1/", url)
    if not re.match(r"https?://", url, re.IGNORECASE):
        url = "https://" + url.removeprefix("//")
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:  # such as a bracket in the host
        return None
    if not re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", host):
        return None
    if host.endswith(".translate.goog"):
        host = re.sub(r"(?<!-)-(?!-)", ".", host.removesuffix(".translate.goog")).replace("--", "-")
    return Address(re.sub(r"^(?:www\d?|m|mobile)\.(?=.*\.)", "", host), unquote(parts.path), unquote(parts.query))


def unwrapped(address: Address | None) -> Address | None:
    """The address behind archives, translators and redirects."""
    for _ in range(MAX_UNWRAPPED):
        wrapped = inner(address) if address else None
        if wrapped is None:
            break
        address = as_address(wrapped)
    return address


def inner(address: Address) -> str | None:
    """The URL behind one archive, translator or redirect."""
    if wrapped := WRAPPERS.match(str(address)):
        return re.sub(r"^(https?:)/+", r"\1//", wrapped[1])
    if capture := re.match(r"web\.archive\.org/web/\d+[a-z_]*/([\w-]+\.[\w.-]+/.*)$", str(address)):
        return capture[1]
    if REDIRECTS.match(str(address)):
        query = parse_qs(address.query)
        found = (query[name][0] for name in REDIRECT_PARAMETERS if name in query)
        return next((value for value in found if re.match(r"https?://", value)), None)
    return None
