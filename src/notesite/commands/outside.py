"""`notesite check --external`: whether the links that lead out of the notes still lead anywhere."""

from __future__ import annotations

import ipaddress
import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, cast
from urllib.parse import urldefrag, urlsplit

from notesite.commands.lookup import Network, look_up
from notesite.commands.visit import Answer, Kind, Manners, visit
from notesite.errors import NotesiteError, Problem
from notesite.model import Reference, Site
from notesite.reference import reference
from notesite.resolve import destination
from notesite.store import Store

DAY: Final = 24 * 3600
AGES: Final[Mapping[str, int]] = {"there": 14 * DAY, "moved": 14 * DAY, "gone": DAY}
"""Seconds for which an answer holds: links rot in years, and what is gone may be back tomorrow."""
SILENT_LINKS: Final = 5
"""When so many links are not reached, and none is, it is our own connection that is down."""

Places = Mapping[str, Sequence[tuple[str, int]]]


def outside_links(site: Site) -> dict[str, list[tuple[str, int]]]:
    """The web addresses that the notes link, without fragments, each with the paths and lines of its links."""
    found: dict[str, set[tuple[str, int]]] = {}
    links = [(section.path, link) for section in site.sections for link in section.links]
    defined = {(path, link.url) for path, link in links if link.kind == "definition"}
    for path, link in links:
        url = urldefrag(destination(link, path, site.addresses) or "").url
        is_written_here = link.kind == "definition" or (path, link.url) not in defined
        if is_public(url) and is_written_here:
            found.setdefault(url, set()).add((path, link.line))
    return {url: sorted(places) for url, places in sorted(found.items())}


def is_public(url: str) -> bool:
    """Whether an address is one of the web, and not of somebody's own machine or network."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or "." not in host or host.endswith((".local", ".localhost")):
        return False
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return True


def check_outside(places: Places, network: Network, manners: Manners, store: Store) -> Iterator[Problem]:
    """What is wrong with the links; those that were asked for lately are not asked for again.

    Raises NotesiteError where nobody is reached at all.
    """
    answers = recall(places, store)
    fresh = [url for url in places if url not in answers]
    unreached = 0
    for count, (url, answer) in enumerate(ask(fresh, network, manners), 1):
        unreached += not answer.is_heard
        if unreached == count == min(SILENT_LINKS, len(fresh)):
            raise NotesiteError(f"no outside link can be reached ({url}: {answer.detail}); is this machine offline?")
        answers[url] = answer
        remember(url, answer, store)
    for url, answer in answers.items():
        if answer.kind != "there":
            yield from (as_problem(url, answer, path, line) for path, line in places[url])


def ask(urls: Sequence[str], network: Network, manners: Manners) -> Iterator[tuple[str, Answer]]:
    """Ask arXiv for all its papers at once, and every other host for its pages."""
    papers = {url: named for url in urls if (named := reference(url)) and named.scheme == "arxiv"}
    yield from visit([url for url in urls if url not in papers], manners)
    yield from ask_arxiv(papers, network)


def ask_arxiv(papers: Mapping[str, Reference], network: Network) -> Iterator[tuple[str, Answer]]:
    """Whether arXiv has these papers; however a link to one is spelt."""
    known: set[Reference] = set()
    failed = ""
    for answers, failure in look_up(sorted(set(papers.values())), network):
        known |= answers.keys()
        failed = failed or failure
    missing = Answer("silent", failed) if failed else Answer("gone", "arXiv has no paper of this number")
    yield from ((url, Answer("there") if named in known else missing) for url, named in papers.items())


def as_problem(url: str, answer: Answer, path: str, line: int) -> Problem:
    """What an answer means for the author of a link."""
    match answer.kind:
        case "gone" | "no host":
            archive = f"https://web.archive.org/web/{url}"
            message = f"{url} is gone: {answer.detail}; link where it is now, or see {archive}"
            return Problem(path, line, "outside-link", message)
        case "moved":
            message = f"{url} has moved for good; write {answer.detail}"
        case _:
            message = f"{url} could not be checked: {answer.detail}"
    return Problem(path, line, "outside-link", message, hint=True)


def recall(urls: Iterable[str], store: Store) -> dict[str, Answer]:
    """The answers that still hold."""
    now = time.time()
    found = {}
    for url, text in store.get(list(urls)).items():
        kind, detail, at = json.loads(text)
        if 0 <= now - at < AGES.get(kind, 0):
            found[url] = Answer(cast(Kind, kind), detail)
    return found


def remember(url: str, answer: Answer, store: Store) -> None:
    """Keep an answer that says something, with the time."""
    if answer.kind in AGES:
        store.put({url: json.dumps([answer.kind, answer.detail, time.time()]).encode()})
