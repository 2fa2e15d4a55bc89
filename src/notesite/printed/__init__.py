"""The whole site as one HTML page for paper: notes by topic, links leading from one to another within the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown import Markdown
from markupsafe import Markup

from notesite.markdown import EXTENSIONS, MATH
from notesite.markdown.katex import Engine
from notesite.model import Page, Site
from notesite.printed.embed import data_uri, formula_styles
from notesite.printed.inside import Inside
from notesite.view import Entry, chips, index, places, typeset

TEMPLATES: Final = Path(__file__).parents[1] / "site" / "printed"
LAST: Final = -200
"""Behind all other tree processors."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of the site as a part of the whole."""

    anchor: str
    title: str
    html: Markup
    entry: Entry | None
    """What is known of a note; None for a source."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A topic with its notes, or all sources."""

    anchor: str
    title: str
    intro: str
    leaves: tuple[Leaf, ...]


def printed(site: Site, name: str, notes: Path, engine: Engine) -> str:
    """The page; `notes` is where images are read from."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    environment.filters["typeset"] = lambda text: typeset(engine, text)
    template = environment.get_template("page.html")
    return template.render(
        name=name,
        chapters=list(chapters(site, notes, engine)),
        styles=Markup(formula_styles() + (TEMPLATES / "print.css").read_text(encoding="utf-8")),
        chips=chips,
        sources=lambda entry: places(entry.note, site.addresses.pages),
    )


def chapters(site: Site, notes: Path, engine: Engine) -> Iterator[Chapter]:
    """The topics in order, then the pages of the sources, which hold what introduces several notes."""
    lists = index(site)
    inside = (page.uri for page in site.pages if page.kind in ("topic", "note", "source"))
    anchors = {uri: uri.removesuffix(".md") for uri in inside}
    leaf = partial(rendered, anchors, partial(image, site, notes), engine)
    pages = {page.uri: page for page in site.pages}
    for topic in lists.topics:
        leaves = tuple(leaf(pages[entry.uri], entry) for entry in lists.of(topic.notes))
        yield Chapter(f"topics/{topic.key}", topic.name, topic.intro, leaves)
    sources = [leaf(page, None) for page in site.pages if page.kind == "source"]
    if sources:
        yield Chapter("sources", "Sources", "The files as their author arranged them.", tuple(sources))


def rendered(
    anchors: Mapping[str, str], image: Callable[[str], str | None], engine: Engine, page: Page, entry: Entry | None
) -> Leaf:
    """A page as a part of the whole; `anchors` are those of all pages, `image` gives an image's address by its path."""
    options: dict[str, dict[str, object]] = {"pymdownx.highlight": {"use_pygments": False}, MATH: {"engine": engine}}
    md = Markdown(extensions=["toc", *EXTENSIONS], extension_configs=options)
    md.treeprocessors.register(Inside(md, page.uri, anchors, image), "notesite-inside", LAST)
    return Leaf(anchors[page.uri], page.title, Markup(md.convert(page.text)), entry)


def image(site: Site, notes: Path, path: str) -> str | None:
    """An image of the notes folder as a data address; None for what is not in the folder."""
    return data_uri(notes / path) if path in site.addresses.files else None
