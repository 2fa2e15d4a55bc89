"""Ask arXiv and Crossref what they know of papers, patiently and politely; answers are kept on disk."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import requests
from urllib3.exceptions import HTTPError

from notesite.commands.csl import from_csl
from notesite.commands.paper import Paper, stated_year
from notesite.commands.visit import host, unreached
from notesite.model import Reference
from notesite.papers import paper_url
from notesite.reference import reference

ATOM: Final = "{http://www.w3.org/2005/Atom}"
AGENT: Final = "notesite (a tool for one reader's notes; asks once for each paper)"
AT_ONCE: Final = 50
"""Ids in one request to arXiv, which takes many; more would make its address too long."""
DAY: Final = 24 * 3600
MOST_BYTES: Final = 4_000_000
"""Fifty abstracts are 200 kB; a server must not be able to fill the memory."""

Answers = Mapping[Reference, Paper]


class NoAnswerError(Exception):
    """Nothing usable came from the network, and why."""


@dataclass(frozen=True, slots=True)
class Network:
    """Whom to ask, and how long to wait."""

    cache: Path
    """The folder where answers are kept."""
    is_offline: bool = False
    arxiv: str = "https://export.arxiv.org/api/query"
    crossref: str = "https://api.crossref.org/works"
    seconds: float = 10
    """For one answer; somebody is waiting at the terminal."""
    pause: float = 3
    """Seconds between requests, as arXiv asks for."""


def look_up(references: Sequence[Reference], network: Network) -> Iterator[tuple[Answers, str]]:
    """What is known of these papers, request by request, each with what went wrong.

    References that neither arXiv nor Crossref has are passed over.
    """
    last = 0.0
    for url, understand, wanted in (*arxiv_requests(references, network), *crossref_requests(references, network)):
        kept = read_kept(url, understand, network, wanted)
        if kept is not None:
            yield kept, ""
        elif not network.is_offline:
            time.sleep(max(0.0, last + network.pause - time.monotonic()) if last else 0)
            last = time.monotonic()
            yield asked(url, understand, network)


Understand = Callable[[bytes], Answers]
Request = tuple[str, Understand, Sequence[Reference]]
"""The address to ask, how to read its answer, and which papers the answer should tell of."""


def arxiv_requests(references: Sequence[Reference], network: Network) -> Iterator[Request]:
    """One request for many papers at a time."""
    papers = sorted({named for named in references if named.scheme == "arxiv"})
    for at in range(0, len(papers), AT_ONCE):
        few = papers[at : at + AT_ONCE]
        query = urlencode({"id_list": ",".join(named.id for named in few), "max_results": len(few)})
        yield f"{network.arxiv}?{query}", from_arxiv, few


def crossref_requests(references: Sequence[Reference], network: Network) -> Iterator[Request]:
    """One request for each paper; the ACL's papers have DOIs that contain their ids."""
    for named in sorted(set(references)):
        doi = {"doi": named.id, "acl": f"10.18653/v1/{named.id}"}.get(named.scheme)
        if doi:
            yield f"{network.crossref}/{quote(doi, safe='')}", partial(from_crossref, named=named), [named]


def asked(url: str, understand: Understand, network: Network) -> tuple[Answers, str]:
    """The answer of the network, which is kept if it makes sense."""
    try:
        data = fetch(url, network.seconds)
        answers = understand(data)
    except NoAnswerError as error:
        return {}, str(error)
    keep(url, data, network)
    return answers, ""


def fetch(url: str, seconds: float) -> bytes:
    """The answer to one request; raises NoAnswerError where there is none in time."""
    end = time.monotonic() + seconds
    data = b""
    try:
        with requests.get(url, headers={"User-Agent": AGENT}, timeout=seconds, stream=True) as response:
            if not response.ok:
                raise NoAnswerError(f"{host(url)} answers {response.status_code} {response.reason}")
            while chunk := response.raw.read1(65536, decode_content=True):
                data += chunk
                if time.monotonic() > end or len(data) > MOST_BYTES:
                    raise NoAnswerError(f"{host(url)} takes too long or says too much")
    except (requests.RequestException, HTTPError, ValueError) as error:
        raise NoAnswerError(f"{host(url)}: {unreached(url, error, seconds).detail}") from error
    return data


def read_kept(url: str, understand: Understand, network: Network, wanted: Sequence[Reference]) -> Answers | None:
    """The answer that was kept; None without one, or after a day where it lacks a paper that may be known by now."""
    file = kept_file(url, network)
    try:
        answers = understand(file.read_bytes())
        is_fresh = time.time() - file.stat().st_mtime < DAY
    except (OSError, NoAnswerError):
        return None
    return answers if is_fresh or network.is_offline or (wanted and answers.keys() >= set(wanted)) else None


def keep(url: str, data: bytes, network: Network) -> None:
    """Keep an answer; where that can't be done it is asked for again."""
    file = kept_file(url, network)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    except OSError:
        return


def kept_file(url: str, network: Network) -> Path:
    """Where the answer to a request is kept."""
    return network.cache / hashlib.sha256(url.encode()).hexdigest()


def from_arxiv(data: bytes) -> Answers:
    """The papers in arXiv's Atom feed; raises NoAnswerError where it is none."""
    try:
        feed = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise NoAnswerError("arXiv's answer can't be read") from error
    if feed.tag != f"{ATOM}feed":
        raise NoAnswerError("arXiv's answer is no feed")
    return {named: found for entry in feed.iter(f"{ATOM}entry") for named, found in arxiv_entry(entry)}


def arxiv_entry(entry: ElementTree.Element) -> Iterator[tuple[Reference, Paper]]:
    """One paper; nothing for the entry by which arXiv reports an error."""
    named = reference(line(entry.findtext(f"{ATOM}id")))
    title = line(entry.findtext(f"{ATOM}title"))
    if named is None or named.scheme != "arxiv" or not title:
        return
    names = (line(author.findtext(f"{ATOM}name")) for author in entry.iter(f"{ATOM}author"))
    year = line(entry.findtext(f"{ATOM}published"))[:4] or stated_year(named)
    abstract = line(entry.findtext(f"{ATOM}summary"))
    yield named, Paper(title, named, paper_url(named) or "", tuple(filter(None, names)), year, abstract)


def line(text: str | None) -> str:
    """The text of an element on one line."""
    return " ".join((text or "").split())


def from_crossref(data: bytes, named: Reference) -> Answers:
    """The paper in Crossref's JSON; raises NoAnswerError where there is none."""
    try:
        answer = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise NoAnswerError("Crossref's answer can't be read") from error
    message = answer.get("message") if isinstance(answer, Mapping) else None
    found = from_csl(message) if isinstance(message, Mapping) else Paper()
    if not found.title:
        raise NoAnswerError("Crossref's answer has no title")
    return {named: found}
