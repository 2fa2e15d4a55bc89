"""Ask web servers whether their pages are there: a few hosts at a time, each slowly, and none that refuses again."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import groupby
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Final, Literal
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError, NameResolutionError

AGENT: Final = "notesite (checks the links in one reader's notes)"
GONE: Final = frozenset({404, 410})
"""What says that a page is not there; any other refusal may be meant for programs only."""
BUSY: Final = frozenset({429, 503})
FOR_GOOD: Final = frozenset({301, 308})
TRIES: Final = 3
RESOLVERS: Final = frozenset({"doi.org", "dx.doi.org"})
"""They redirect to publishers, who turn programs away; that they redirect says that the DOI is registered."""

Kind = Literal["there", "moved", "gone", "no host", "silent", "busy", "unclear"]
"""`silent`: the host is not reached; `unclear`: it answers, and does not tell."""
REFUSALS: Final = frozenset({"no host", "silent", "busy"})
"""Who answers so is not asked again."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How servers are asked, in seconds."""

    limit: float = 10
    """For one answer; then it is given up."""
    pause: float = 1
    """Between two questions to one host."""
    longest_pause: float = 30
    """The longest that a busy server may ask for; one that asks for more is left alone."""
    patience: float = 90
    """The longest without any answer; then the rest is given up."""
    hosts: int = 6
    """Asked at the same time."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of an address."""

    kind: Kind
    detail: str = ""
    """Where it has moved to, or what was answered."""

    @property
    def is_heard(self) -> bool:
        """Whether a server answered at all."""
        return self.kind not in ("no host", "silent")


def visit(urls: Iterable[str], manners: Manners) -> Iterator[tuple[str, Answer]]:
    """Ask for each page, in any order; the last ones are given up where nothing more is heard."""
    left = set(urls)
    waiting: SimpleQueue[list[str]] = SimpleQueue()
    answered: SimpleQueue[tuple[str, Answer]] = SimpleQueue()
    for _, same_host in groupby(sorted(left, key=host), host):
        waiting.put(sorted(same_host))
    for _ in range(manners.hosts):
        # A server that sends a byte now and then can hold its thread for ever, but not the command's end.
        Thread(target=work, args=(waiting, answered, manners), daemon=True).start()
    while left:
        try:
            url, answer = answered.get(timeout=manners.patience)
        except Empty:
            break
        left.discard(url)
        yield url, answer
    yield from ((url, Answer("silent", "it takes too long")) for url in sorted(left))


def host(url: str) -> str:
    """The host and port of an address; empty where it has none."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def work(waiting: SimpleQueue[list[str]], answered: SimpleQueue[tuple[str, Answer]], manners: Manners) -> None:
    """Visit one host after the other until none is left."""
    while True:
        try:
            urls = waiting.get_nowait()
        except Empty:
            return
        for found in visit_host(urls, manners):
            answered.put(found)


def visit_host(urls: Iterable[str], manners: Manners) -> Iterator[tuple[str, Answer]]:
    """Ask one host for its pages; once it refuses, that answer stands for all the rest."""
    answer: Answer | None = None
    with requests.Session() as session:
        session.headers["User-Agent"] = AGENT
        for url in urls:
            if answer is None or answer.kind not in REFUSALS:
                time.sleep(manners.pause if answer else 0)
                answer = ask(session, url, manners)
            yield url, answer


def ask(session: requests.Session, url: str, manners: Manners) -> Answer:
    """Ask for one page: for its head, and for all of it where the server has no answer to that."""
    try:
        response = request(session, "HEAD", url, manners)
        if response.status_code >= 400 and response.status_code not in BUSY:
            time.sleep(manners.pause)
            response = request(session, "GET", url, manners)
    except requests.TooManyRedirects:
        return Answer("unclear", "it redirects in circles")
    except (requests.Timeout, requests.ConnectionError) as error:
        return unreached(url, error, manners.limit)
    except (requests.RequestException, HTTPError, ValueError) as error:
        return Answer("unclear", f"the answer or the address makes no sense ({type(error).__name__})")
    return judge(response)


def request(session: requests.Session, method: str, url: str, manners: Manners) -> requests.Response:
    """One question, repeated when a busy server asks for that; what stands on the page is not fetched."""
    follow = host(url).partition(":")[0] not in RESOLVERS
    for left in reversed(range(TRIES)):
        with session.request(method, url, timeout=manners.limit, allow_redirects=follow, stream=True) as response:
            if response.status_code not in BUSY:
                break
        wait = wanted_pause(response.headers.get("Retry-After", ""), datetime.now(UTC))
        if left == 0 or wait > manners.longest_pause:
            break
        time.sleep(max(wait, manners.pause))
    return response


def wanted_pause(header: str, now: datetime) -> float:
    """The seconds that a Retry-After header asks for, which may be a number or a date; 0 where it makes no sense."""
    if re.fullmatch(r"\d{1,9}", header.strip()):
        return float(header)
    try:
        return max(0.0, (parsedate_to_datetime(header) - now).total_seconds())
    except (TypeError, ValueError):
        return 0.0


def unreached(url: str, error: Exception, limit: float) -> Answer:
    """Why a host was not reached within `limit` seconds."""
    asked = getattr(error, "request", None)
    last = host(asked.url or "") if asked else host(url)
    if last != host(url):
        return Answer("unclear", f"it leads on to {last}, which does not answer")
    reason = getattr(error.args[0], "reason", None) if error.args else None
    if isinstance(reason, NameResolutionError):
        return Answer("no host", "there is no host of this name")
    if isinstance(error, requests.exceptions.SSLError):
        return Answer("unclear", "its certificate is not valid")
    if isinstance(error, requests.Timeout):
        return Answer("silent", f"no answer within {limit:g} seconds")
    return Answer("silent", "it does not answer")


def judge(response: requests.Response) -> Answer:
    """What an answer says of the page."""
    status = response.status_code
    if status in GONE:
        return Answer("gone", f"{status} {response.reason}")
    if status >= 400:
        return Answer("busy" if status in BUSY else "unclear", f"it answers {status} {response.reason}")
    if response.history and all(step.status_code in FOR_GOOD for step in response.history):
        return Answer("moved", response.url)
    return Answer("there")
