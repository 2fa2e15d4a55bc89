"""What the theme puts around notes, rendered once for all that have it alike and filled for each.

Material renders some thirty templates for a page, nearly all of them to the same text as for the page before. Here they
are rendered with marks where pages differ, when a second page of a kind is to be rendered. It is rendered whole, too;
where that is another text, the theme does with pages what is not known here, and all of the kind are rendered whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final

from jinja2 import Environment, Template
from markupsafe import escape
from mkdocs.structure.pages import Page
from mkdocs.utils import normalize_url

from notesite.view import Index

KINDS: Final = ("note", "source")
"""Of pages: those that there are many of."""
PARTS: Final = {
    name: f"notesite/parts/{name}.html" for name in ("styles", "head", "topics", "beside", "contents", *KINDS)
}
"""Templates of what is a page's own; they know nothing of those that include them."""
MARK: Final = "#\ue000{}<&>\ue001"
"""Its signs tell whether the theme prints it as it is, and MkDocs takes it for an anchor, which it leaves alone."""
MARKED: Final = re.compile("#\ue000([a-z_]+)(<&>|&lt;&amp;&gt;)\ue001")
REST: Final = re.compile("[\ue000\ue001]")
NOWHERE: Final = "\ue001"
"""Stands for the end of an address, which no link is to show."""
Context = Mapping[str, Any]


class UnknownError(Exception):
    """The theme asks for what no mark stands for."""


class Blank:
    """A page, or what belongs to one, of which only what is the same for all of a kind is known."""

    def __init__(self, **known: object) -> None:
        vars(self).update(known)

    def __getattr__(self, name: str) -> object:
        raise UnknownError(name)


class Shells:
    """Renders pages by what each kind of them has around it."""

    def __init__(self, env: Environment, index: Index) -> None:
        self._env, self._index = env, index
        self._seen: set[object] = set()
        self._shells: dict[object, list[str] | None] = {}
        self._lists: dict[object, str] = {}

    def render(self, context: Context) -> str:
        """The page that this is the context of."""
        kind = kind_of(context) if context["own"].kind in KINDS else None
        if shell := self._shells.get(kind):
            return self._filled(shell, context)
        whole = self._env.get_template(context["page"].meta["template"]).render(context)
        if kind in self._seen and kind not in self._shells:
            shell = self._shell(context)
            self._shells[kind] = shell if shell and self._filled(shell, context) == whole else None
        elif kind:
            self._seen.add(kind)
        return whole

    @cached_property
    def _marks(self) -> dict[str, Template]:
        return {name: self._env.from_string(MARK.format(name)) for name in PARTS}

    def _shell(self, context: Context) -> list[str] | None:
        """The page as text, name and form of a mark, text, and so on; None where the theme changes a mark."""
        nobody = Blank()
        own = {"page": blank(context["page"]), "own": nobody, "entry": nobody, "alternates": nobody}
        template = self._env.get_template(context["page"].meta["template"])
        try:
            pieces = MARKED.split(template.render({**context, **own, "parts": self._marks}))
        except UnknownError:
            return None
        return None if any(map(REST.search, pieces[::3])) else pieces

    def _filled(self, shell: list[str], context: Context) -> str:
        pieces, known = shell[::3], facts(context["page"])
        for at, (name, form) in enumerate(zip(shell[1::3], shell[2::3], strict=True)):
            value = self._part(name, context) if name in PARTS else known[name] or ""
            pieces[at] += value if form == "<&>" else str(escape(value))
        return "".join(pieces)

    def _part(self, name: str, context: Context) -> str:
        return self._list(context) if name == "topics" else self._env.get_template(PARTS[name]).render(context)

    def _list(self, context: Context) -> str:
        """The navigation's list, rendered once for all notes of a topic: of each only its own line is another."""
        page, entry = context["page"], context["entry"]
        other = {**context, "page": Blank(url=place_beside(page)), "entry": entry and Blank(topic=entry.topic)}
        key = folder_of(page), entry and entry.topic.key
        if key not in self._lists:
            self._lists[key] = self._env.get_template(PARTS["topics"]).render(other)
        if not entry or not self._index.in_sidebar(entry.topic):
            return self._lists[key]
        line = self._env.get_template(PARTS["beside"])
        return self._lists[key].replace(line.render(other, other=entry), line.render(context, other=entry))


def facts(page: Page) -> dict[str, str | None]:
    """What the theme prints of a page."""
    before, after, first = page.previous_page, page.next_page, next(iter(page.toc), None)
    return {
        "title": page.meta["title"],
        "description": page.meta["description"],
        "canonical": page.canonical_url,
        "skip": first and first.url,
        "previous_url": before and normalize_url(before.url, page),
        "previous_title": before and str(before.title),
        "next_url": after and normalize_url(after.url, page),
        "next_title": after and str(after.title),
    }


def folder_of(page: Page) -> str:
    """What the address of a page begins with."""
    return page.url.rstrip("/").rpartition("/")[0]


def place_beside(page: Page) -> str:
    """The address of a page in the same folder."""
    return f"{folder_of(page)}/{NOWHERE}" + ("/" if page.url.endswith("/") else ".html")


def kind_of(context: Context) -> object:
    """What decides, besides its facts and parts, how a page looks."""
    page = context["page"]
    first = next(iter(page.toc), None)
    outline = first and (first.level, bool(first.children))
    return context["own"].kind, folder_of(page), outline, tuple(map(bool, facts(page).values()))


def blank(page: Page) -> Blank:
    """Any page of the kind of this one."""
    marks: dict[str, Any] = {name: MARK.format(name) if value else value for name, value in facts(page).items()}
    first = next(iter(page.toc), None)
    skip = first and Blank(url=marks["skip"], level=first.level, children=[Blank() for _ in first.children])
    around = {
        side: marks[f"{side}_url"] and Blank(url=marks[f"{side}_url"], title=marks[f"{side}_title"])
        for side in ("previous", "next")
    }
    return Blank(
        url=place_beside(page),
        meta={**page.meta, "title": marks["title"], "description": marks["description"]},
        canonical_url=marks["canonical"],
        previous_page=around["previous"],
        next_page=around["next"],
        toc=[skip] if skip else [],
    )
