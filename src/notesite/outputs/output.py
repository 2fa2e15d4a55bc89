"""A file for programs, and what it says of the site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

NAMES: Final = {
    "application/atom+xml": "Atom feed",
    "application/feed+json": "JSON feed",
    "application/x-bibtex": "BibTeX",
    "application/vnd.citationstyles.csl+json": "CSL-JSON",
    "text/markdown": "Markdown",
    "text/plain": "llms.txt",
}
"""What readers call the media types."""


@dataclass(frozen=True, slots=True)
class Output:
    """A file of the site for programs, not for readers."""

    path: str
    """From the site's root."""
    type: str
    """Its media type."""
    text: str
    page: str
    """The page that it is another form of, by its place in the Markdown tree."""

    @property
    def name(self) -> str:
        """What readers call it."""
        return NAMES[self.type]


@dataclass(frozen=True, slots=True)
class About:
    """What the site is called and where it is."""

    name: str
    description: str
    root: str
    """The site's own address, with a slash at its end; empty where it is not known."""
    address: Callable[[str], str]
    """Gives the address of a page from the root, by its place in the Markdown tree."""

    def url(self, uri: str) -> str:
        """The whole address of a page."""
        return self.root + self.address(uri).removeprefix("./")
