"""Papers looked up on a server of our own that answers as arXiv and Crossref do, late, wrongly or not at all."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest

from notesite.cli import main
from notesite.commands.lookup import Network, look_up
from notesite.commands.paper import Paper
from notesite.commands.search import find, the_one
from notesite.model import Reference

MATMUL = Reference("arxiv", "2406.02528")
OLD = Reference("arxiv", "hep-th/9901001")
VLLM = Reference("doi", "10.1145/3600006.3613165")
ACL = Reference("acl", "2020.acl-main.1")
FEED = """\
<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">
  <title type="html">ArXiv Query: id_list=2406.02528</title>
  <opensearch:totalResults>1</opensearch:totalResults>
  <entry>
    <id>http://arxiv.org/abs/2406.02528v5</id>
    <published>2024-06-04T17:50:34Z</published>
    <title>Scalable MatMul-free
  Language Modeling</title>
    <summary>  Matrix multiplication dominates when $a &lt; b$ and c &gt; d.
    </summary>
    <author><name>Rui-Jie Zhu</name></author>
    <author><name>Yu Zhang</name></author>
  </entry>
  <entry>
    <id>http://arxiv.org/api/errors#incorrect_id_format_for_x</id>
    <title>Error</title>
  </entry>
</feed>
"""
WORK = {"status": "ok", "message": {"title": ["vLLM"], "author": [{"given": "Woosuk", "family": "Kwon"}]}}


class Server(ThreadingHTTPServer):
    """Answers requests to Crossref with `works`, where that is given, and others with `body`; `asked` has them all."""

    daemon_threads = True
    body = b""
    works = b""
    status = 200
    delay = 0.0
    asked: list[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_response(self.server.status)
        self.end_headers()
        body = (self.server.works if self.path.startswith("/works") else b"") or self.server.body
        for at in range(0, len(body), 100):
            time.sleep(self.server.delay)
            self.wfile.write(body[at : at + 100])

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Handler) as server:
        server.asked = []
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def network(server: Server, tmp_path: Path) -> Network:
    return Network(tmp_path / "cache", arxiv=f"{server.url}/api", crossref=f"{server.url}/works", seconds=1, pause=0)


def test_arxiv(server: Server, network: Network) -> None:
    server.body = FEED.encode()
    ((answers, failure),) = look_up([MATMUL, OLD], network)
    assert failure == ""
    assert answers == {
        MATMUL: Paper(
            "Scalable MatMul-free Language Modeling",
            MATMUL,
            "https://arxiv.org/abs/2406.02528",
            ("Rui-Jie Zhu", "Yu Zhang"),
            "2024",
            "Matrix multiplication dominates when $a < b$ and c > d.",
        )
    }
    assert parse_qs(urlsplit(server.asked[0]).query) == {"id_list": ["2406.02528,hep-th/9901001"], "max_results": ["2"]}
    assert list(look_up([MATMUL, OLD], network)) == [(answers, "")]
    assert list(look_up([MATMUL, OLD], Network(network.cache, is_offline=True, arxiv=network.arxiv))) == [(answers, "")]
    assert len(server.asked) == 1


def test_many_are_asked_for_at_once(server: Server, network: Network) -> None:
    server.body = FEED.encode()
    wanted = [Reference("arxiv", f"2406.{number:05}") for number in range(120)]
    assert len(list(look_up(wanted, network))) == len(server.asked) == 3


def test_crossref(server: Server, network: Network) -> None:
    server.body = json.dumps(WORK).encode()
    answers = dict(
        pair for found, _ in look_up([VLLM, ACL, Reference("repo", "a/b")], network) for pair in found.items()
    )
    assert answers[VLLM].title == answers[ACL].title == "vLLM"
    assert answers[VLLM].authors == ("Woosuk Kwon",)
    assert server.asked == ["/works/10.18653%2Fv1%2F2020.acl-main.1", "/works/10.1145%2F3600006.3613165"]


@pytest.mark.parametrize("wanted", [MATMUL, VLLM])
@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"<html></html>", b"{}", b"[]", b'{"message": 1}', b'{"message": {"title": 3}}', b"\xff\x00"],
)
def test_nonsense(server: Server, network: Network, wanted: Reference, body: bytes) -> None:
    server.body = body
    ((answers, failure),) = look_up([wanted], network)
    assert (answers, bool(failure)) == ({}, True)
    assert not network.cache.exists()


@pytest.mark.parametrize("wanted", [MATMUL, VLLM])
def test_errors(server: Server, network: Network, wanted: Reference) -> None:
    server.status = 503
    assert [failure for _, failure in look_up([wanted], network)] == [
        f"127.0.0.1:{server.server_port} answers 503 Service Unavailable"
    ]


def test_time_limit(server: Server, network: Network) -> None:
    server.body, server.delay = b"x" * 10_000, 0.3
    start = time.monotonic()
    ((_, failure),) = look_up([MATMUL], network)
    assert "takes too long" in failure
    assert time.monotonic() - start < 2


def test_too_much(server: Server, network: Network) -> None:
    server.body = FEED.replace("</feed>", " " * 4_100_000 + "</feed>").encode()
    assert "says too much" in next(look_up([MATMUL], network))[1]


def test_offline_asks_nobody(server: Server, network: Network) -> None:
    assert list(look_up([MATMUL, VLLM], Network(network.cache, is_offline=True, arxiv=server.url))) == []
    assert server.asked == []


def test_what_was_not_known_is_asked_for_again(server: Server, network: Network) -> None:
    server.body = FEED.encode()
    list(look_up([MATMUL, OLD], network))
    (kept,) = network.cache.iterdir()
    os.utime(kept, (0, 0))
    list(look_up([MATMUL, OLD], network))
    assert len(server.asked) == 2
    list(look_up([MATMUL], network))
    for kept in network.cache.iterdir():
        os.utime(kept, (0, 0))
    list(look_up([MATMUL], network))
    assert len(server.asked) == 3


def feed(*papers: tuple[str, str, str]) -> bytes:
    """An answer of arXiv's with these papers: number, title and author."""
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/{number}v1</id><title>{title}</title><author><name>{author}</name></author>"
        "</entry>"
        for number, title, author in papers
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'.encode()


def works(*papers: tuple[str, str, str]) -> bytes:
    """An answer of Crossref's with these papers: DOI, title and author's family name."""
    items = [{"DOI": doi, "title": [title], "author": [{"family": family}]} for doi, title, family in papers]
    return json.dumps({"message": {"items": [*items, "nonsense"]}}).encode()


ATTENTION = "Attention is all you need"


@pytest.mark.parametrize(
    ("asked", "arxiv", "crossref", "picked"),
    [
        (ATTENTION, [("1706.03762", "Attention Is All You Need", "A Vaswani")], [], "arxiv:1706.03762"),
        (
            ATTENTION,
            [("2010.00001", "Attention is not all you need", "B"), ("1706.03762", "Attention Is All You Need", "A")],
            [],
            "arxiv:1706.03762",
        ),
        (
            ATTENTION,
            [("2010.00001", "Attention is not all you need", "B")],
            [("10.1000/a", ATTENTION, "V")],
            "doi:10.1000/a",
        ),
        (ATTENTION, [], [("10.1000/a", ATTENTION, "V"), ("10.1000/b", ATTENTION, "V")], "doi:10.1000/a"),
        (ATTENTION, [], [("10.1000/a", ATTENTION, "V"), ("10.1000/b", ATTENTION, "Other")], None),
        (ATTENTION, [("1706.03762", ATTENTION, ""), ("1706.03763", ATTENTION, "")], [], None),
        ("Mamba", [("2312.00752", "Mamba", "Gu")], [], None),
        ("Llama 2", [("2307.09288", "Llama 3", "T")], [], None),
        ("A thought of my own", [], [], None),
    ],
)
def test_title(
    server: Server,
    network: Network,
    asked: str,
    arxiv: list[tuple[str, str, str]],
    crossref: list[tuple[str, str, str]],
    picked: str | None,
) -> None:
    server.body, server.works = feed(*arxiv), works(*crossref)
    found, failures = find(asked, network)
    paper = the_one(found)
    assert (str(paper.reference) if paper else None, failures) == (picked, [])
    count = len(server.asked)
    assert find(asked, network) == find(asked, Network(network.cache, True, network.arxiv, network.crossref))
    assert len(server.asked) == count


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b"{}", b'{"message": []}', b'{"message": {"items": 3}}', b"[" * 100_000]
)
def test_titles_and_nonsense(server: Server, network: Network, body: bytes) -> None:
    server.body = body
    found, failures = find(ATTENTION, network)
    assert (found, len(failures)) == ([], 2)


@pytest.fixture
def notes(tmp_path: Path, network: Network, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A notes folder whose project asks the server."""
    hosts = partial(Network, arxiv=network.arxiv, crossref=network.crossref, seconds=1, pause=0)
    monkeypatch.setattr("notesite.commands.project.Network", hosts)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mkdocs.yml").write_text("docs_dir: notes\n")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "list.md").write_text("- [MatMul-free models](https://arxiv.org/abs/2406.02528)\n")
    return tmp_path / "notes"


def test_new(server: Server, notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    server.body = FEED.encode()
    assert main(["new", "https://arxiv.org/pdf/2406.02528"]) == 0
    text = (notes / "scalable-matmul-free-language-modeling.md").read_text()
    assert "title: Scalable MatMul-free Language Modeling\n" in text
    assert "authors: [Rui-Jie Zhu, Yu Zhang]\npaper: https://arxiv.org/abs/2406.02528\n" in text
    assert "> Abstract: Matrix multiplication dominates when $a < b$ and c > d.\n\n## Idea\n" in text
    assert "  by Rui-Jie Zhu, Yu Zhang, 2024\n" in capsys.readouterr().out
    assert main(["new", "2406.02528"]) == 1
    assert len(server.asked) == 1


def test_new_by_title(server: Server, notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    server.body = FEED.encode()
    assert main(["new", "scalable matmul-free language modeling"]) == 0
    assert parse_qs(urlsplit(server.asked[0]).query)["search_query"] == ['ti:"scalable matmul free language modeling"']
    text = (notes / "scalable-matmul-free-language-modeling.md").read_text()
    assert "title: Scalable MatMul-free Language Modeling\n" in text
    assert "paper: https://arxiv.org/abs/2406.02528\n" in text
    out = capsys.readouterr().out
    assert out.startswith("taken for https://arxiv.org/abs/2406.02528, which is called so; ")
    assert "  linked at list.md:1\n" in out
    assert main(["new", "A thought of my own"]) == 0
    assert main(["new", "Scalable MatMul-free language modeling", "--offline"]) == 1


def test_new_by_title_finds_what_is_noted_under_another(server: Server, notes: Path) -> None:
    (notes / "mine.md").write_text("# [No more multiplying](https://arxiv.org/abs/2406.02528)\n\nText.\n")
    server.body = FEED.encode()
    assert main(["new", "Scalable MatMul-free Language Modeling"]) == 1
    assert len(list(notes.iterdir())) == 2


def test_new_by_title_of_several(server: Server, notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    server.body, server.works = feed(), works(("10.1000/a", ATTENTION, "V"), ("10.1000/b", ATTENTION, "W"))
    assert main(["new", ATTENTION]) == 0
    assert (
        "several papers are called so: https://doi.org/10.1000/a, https://doi.org/10.1000/b" in capsys.readouterr().err
    )
    assert "paper:" not in (notes / "attention-is-all-you-need.md").read_text()


def test_new_goes_on_without_an_answer(server: Server, notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    server.status = 500
    assert main(["new", "2406.02528"]) == 0
    assert "title: MatMul-free models\n" in (notes / "matmul-free-models.md").read_text()
    assert "went on with what is known" in capsys.readouterr().err


def test_import(server: Server, notes: Path, tmp_path: Path) -> None:
    server.body = FEED.encode()
    (tmp_path / "links.txt").write_text("https://arxiv.org/abs/2406.02528\nhttps://arxiv.org/abs/2406.00001\n")
    assert main(["import", "links.txt"]) == 0
    assert len(server.asked) == 1
    assert sorted(path.name for path in notes.iterdir()) == [
        "arxiv-2406-00001.md",
        "list.md",
        "scalable-matmul-free-language-modeling.md",
    ]
