"""Links out of the notes, checked on a server of our own that is every host and answers well, badly or not at all."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from notesite.build import build
from notesite.cli import main
from notesite.commands import outside, visit
from notesite.commands.lookup import Network
from notesite.commands.outside import is_public, outside_links
from notesite.commands.visit import Answer, Manners, wanted_pause

QUICK = Manners(limit=0.5, pause=0, longest_pause=1, patience=3)
STATUS = {"/gone": 404, "/removed": 410, "/forbidden": 403, "/anti-bot": 999, "/broken": 500, "/teapot": 418}
PLACES = {"/moved": (301, "/ok"), "/lent": (302, "/ok"), "/twice": (308, "/moved"), "/mixed": (301, "/lent")}
PLACES |= {"/loop": (301, "/loop"), "/astray": (301, "http://nowhere.net/"), "/odd": (301, "http://[::/")}
FEED = """\
<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/1706.03762v7</id><title>T</title></entry></feed>
"""


class Handler(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        self.server.asked.append((self.command, self.headers["Host"].partition(":")[0] + self.path))
        path = self.path
        if path == "/nonsense":
            self.wfile.write(b"\x00\xff nonsense\r\n\r\n")
        elif path == "/slow":
            time.sleep(2)
        elif path == "/drip":
            self.drip()
        elif path == "/no-head" and self.command == "HEAD":
            self.answer(405)
        elif path == "/busy" and len(self.server.asked) == 1:
            self.answer(429, **{"Retry-After": "1"})
        elif path == "/busy-all-day":
            self.answer(429, **{"Retry-After": "86400"})
        elif path in PLACES:
            status, place = PLACES[path]
            self.answer(status, Location=place)
        elif path.startswith("/10."):
            self.answer(302 if "known" in path else 404, Location="http://publisher.net/forbidden")
        elif path.startswith("/api"):
            self.answer(200, FEED)
        else:
            self.answer(STATUS.get(path, 200))

    def do_GET(self) -> None:
        self.do_HEAD()

    def answer(self, status: int, body: str = "", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def drip(self) -> None:
        """A header that never ends, each byte in time."""
        try:
            self.wfile.write(b"HTTP/1.0 200 OK\r\nX: ")
            for _ in range(60):
                time.sleep(0.1)
                self.wfile.write(b"x")
        except OSError:
            return

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    asked: list[tuple[str, str]]

    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that give up, as they should."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """The server, which all hosts lead to but those that are not to be found."""
    look = socket.getaddrinfo

    def find(name: str, *rest: object, **options: object) -> list[object]:
        if name == "nowhere.net":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return look("127.0.0.1", *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", find)
    with Server(("127.0.0.1", 0), Handler) as server:
        server.asked = []
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def visited(server: Server) -> Callable[..., dict[str, Answer]]:
    """What is known of `host/path`s after asking for them."""

    def ask(*pages: str, manners: Manners = QUICK) -> dict[str, Answer]:
        urls = {f"http://{page.replace('/', f':{server.server_port}/', 1)}": page for page in pages}
        return {urls[url]: answer for url, answer in visit.visit(urls, manners)}

    return ask


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/ok", "there"),
        ("/注意力?q=a b", "there"),
        ("/no-head", "there"),
        ("/lent", "there"),
        ("/mixed", "there"),
        ("/moved", "moved"),
        ("/twice", "moved"),
        ("/gone", "gone"),
        ("/removed", "gone"),
        ("/forbidden", "unclear"),
        ("/anti-bot", "unclear"),
        ("/broken", "unclear"),
        ("/loop", "unclear"),
        ("/astray", "unclear"),
        ("/odd", "unclear"),
        ("/nonsense", "silent"),
        ("/slow", "silent"),
        ("/busy", "there"),
        ("/busy-all-day", "busy"),
    ],
)
def test_answers(visited: Callable[..., dict[str, Answer]], path: str, kind: str) -> None:
    page = f"a.net{path}"
    assert visited(page)[page].kind == kind


def test_where_it_moved(visited: Callable[..., dict[str, Answer]]) -> None:
    assert visited("a.net/twice")["a.net/twice"].detail.endswith("/ok")


def test_no_host(visited: Callable[..., dict[str, Answer]]) -> None:
    found = visited("nowhere.net/a", "nowhere.net/b", "a.net/astray", "a.net/ok")
    assert [found[page].kind for page in sorted(found)] == ["unclear", "there", "no host", "no host"]


def test_who_refuses_is_not_asked_again(server: Server, visited: Callable[..., dict[str, Answer]]) -> None:
    found = visited("a.net/busy-all-day", "a.net/later", "b.net/ok")
    assert {page: answer.kind for page, answer in found.items()} == {
        "a.net/busy-all-day": "busy",
        "a.net/later": "busy",
        "b.net/ok": "there",
    }
    assert sorted(server.asked) == [("HEAD", "a.net/busy-all-day"), ("HEAD", "b.net/ok")]


def test_pauses(visited: Callable[..., dict[str, Answer]], monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(visit.time, "sleep", slept.append)
    visited("a.net/1", "a.net/2", "a.net/3", "b.net/gone", manners=Manners(pause=7))
    assert [pause for pause in slept if pause] == [7, 7, 7]


def test_a_dripping_server_ends(visited: Callable[..., dict[str, Answer]]) -> None:
    assert visited("a.net/drip", manners=Manners(limit=1, pause=0, patience=1.5))["a.net/drip"].kind == "silent"


def test_only_the_doi_is_asked_for(server: Server) -> None:
    urls = [f"http://doi.org:{server.server_port}/10.1/{name}" for name in ("known", "lost")]
    assert dict(visit.visit(urls, QUICK)) == {
        urls[0]: Answer("there"),
        urls[1]: Answer("gone", "404 Not Found"),
    }
    assert not [page for _, page in server.asked if page.startswith("publisher")]


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("", 0),
        ("7", 7),
        ("Thu, 02 Jan 2020 00:00:09 GMT", 9),
        ("Wed, 01 Jan 2020 00:00:00 GMT", 0),
        ("Thu, 02 Jan 2020 00:00:09", 0),
        ("soon", 0),
        ("-1", 0),
        ("9" * 400, 0),
    ],
)
def test_retry_after(header: str, seconds: float) -> None:
    assert wanted_pause(header, datetime(2020, 1, 2, tzinfo=UTC)) == seconds


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("https://example.org/a", True),
        ("http://8.8.8.8/", True),
        ("http://localhost:8000", False),
        ("http://192.168.0.1/admin", False),
        ("http://[::1]/", False),
        ("http://nas.local/", False),
        ("https://a.org:port/", False),
        ("https://[a.org/", False),
        ("mailto:me@example.org", False),
        ("../notes/a.md", False),
    ],
)
def test_only_the_web_is_asked(url: str, public: bool) -> None:
    assert is_public(url) == public


def test_links(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# A\n\nSee [one](https://a.net/x#here), ![two](https://a.net/y.png) and <https://a.net/x>.\n"
        "Not `https://a.net/code`, [local](http://localhost/) or [other](b.md); [r].\n\n[r]: https://a.net/r\n"
    )
    (tmp_path / "b.md").write_text("# B\n\n[again](https://a.net/x)\n")
    assert outside_links(build(tmp_path)) == {
        "https://a.net/r": [("a.md", 6)],
        "https://a.net/x": [("a.md", 3), ("b.md", 3)],
        "https://a.net/y.png": [("a.md", 3)],
    }


@pytest.fixture
def notes(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Notes with links to the server, in a project that asks it for arXiv's papers, too."""
    url = f"http://127.0.0.1:{server.server_port}/api"
    monkeypatch.setattr("notesite.commands.project.Network", partial(Network, arxiv=url, pause=0))
    monkeypatch.setattr("notesite.commands.run.Manners", lambda: QUICK)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mkdocs.yml").write_text("docs_dir: notes\n")
    (tmp_path / "notes").mkdir()
    host = f"http://a.net:{server.server_port}"
    (tmp_path / "notes" / "a.md").write_text(
        f"# A\n\n- [fine]({host}/ok)\n- [gone]({host}/gone)\n- [moved]({host}/moved)\n- [who knows]({host}/forbidden)\n"
        "- https://arxiv.org/abs/1706.03762\n- https://arxiv.org/pdf/2401.00001\n"
    )
    return tmp_path / "notes"


def test_check(server: Server, notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    host = f"http://a.net:{server.server_port}"
    assert main(["check", "--external"]) == 1
    out = capsys.readouterr().out.splitlines()
    assert out == [
        f"a.md:4: {host}/gone is gone: 404 Not Found; link where it is now, or see "
        f"https://web.archive.org/web/{host}/gone",
        f"a.md:5: {host}/moved has moved for good; write {host}/ok (hint)",
        f"a.md:6: {host}/forbidden could not be checked: it answers 403 Forbidden (hint)",
        "a.md:8: https://arxiv.org/pdf/2401.00001 is gone: arXiv has no paper of this number; link where it is now, "
        "or see https://web.archive.org/web/https://arxiv.org/pdf/2401.00001",
    ]
    assert notes.parent.joinpath(".cache/notesite/links.sqlite").is_file()


@pytest.mark.usefixtures("notes")
def test_answers_are_kept_for_a_time(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked() -> set[str]:
        server.asked.clear()
        main(["check", "--external"])
        return {page.partition("/")[2].partition("?")[0] for _, page in server.asked}

    assert asked() == {"ok", "gone", "moved", "forbidden", "api"}
    assert asked() == {"forbidden"}
    now = time.time()
    monkeypatch.setattr(outside.time, "time", lambda: now + 2 * 24 * 3600)
    assert asked() == {"gone", "forbidden", "api"}
    monkeypatch.setattr(outside.time, "time", lambda: now + 20 * 24 * 3600)
    assert asked() >= {"ok", "gone", "moved", "forbidden"}


def test_offline(notes: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def find(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", find)
    assert main(["check", str(notes), "--external"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "is this machine offline?" in told.err.splitlines()[-1]


def test_one_silent_host_is_not_the_net(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (notes / "b.md").write_text("# B\n\n- [one](http://nowhere.net/)\n")
    assert main(["check", "--external"]) == 1
    assert "b.md:3: http://nowhere.net/ is gone: there is no host of this name;" in capsys.readouterr().out
