"""Golden files, sites built once for all tests that read them, and a browser that reads them."""

from __future__ import annotations

import base64
import hashlib
import os
import pty
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import settings
from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
"""Real note files that are not the project's own; absent where the project was cloned alone."""

PAGES = {
    "home": "",
    "topic": "topics/architectures/",
    "note": "notes/attention-is-all-you-need/",
    "papers": "papers/",
    "timeline": "timeline/",
    "graph": "graph/",
    "graph of a topic": "graph/attention/",
    "tags": "tags/",
    "tag": "tags/transformer/",
    "sources": "sources/",
    "source": "sources/attention/",
    "search": "search/",
    "lost": "notes/rope-scaling/",
}
"""A page of each kind in the site of the project's own notes."""
NOBODY = 65534
"""The user that has nothing, by number."""

SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
AXE = "axe-core@4.14.1"
AXE_INTEGRITY = "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="

COMMAND = [sys.executable, "-c", "from notesite.cli import main; raise SystemExit(main())"]
CONFIG = """\
INHERIT: {root}/mkdocs.yml
site_name: Notes
docs_dir: {notes}
site_dir: {site}
"""


os.environ["GIT_CEILING_DIRECTORIES"] = str(ROOT)  # the dates of the project's own commits are none of the tests' notes
settings.register_profile("notesite", deadline=None)
settings.load_profile("notesite")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the golden files")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--update"))


@pytest.fixture
def golden(update: bool) -> Callable[[Path, str], None]:
    """Compare a text with its golden file, or write it with --update."""

    def check(path: Path, actual: str) -> None:
        if update:
            path.write_text(actual, encoding="utf-8")
        assert actual == path.read_text(encoding="utf-8")

    return check


@pytest.fixture
def at_terminal() -> Callable[..., tuple[str, int]]:
    """Run a command at a terminal and type at its question: what is shown, and the exit status."""

    def run(arguments: list[str], question: str, typed: str) -> tuple[str, int]:
        child, terminal = pty.fork()
        if child == 0:
            os.execv(sys.executable, [*COMMAND, *arguments])
        shown = b""
        try:
            while not shown.rstrip().endswith(question.encode()):
                shown += os.read(terminal, 4096)
            os.write(terminal, typed.encode())
            while found := os.read(terminal, 4096):
                shown += found
        except OSError:  # Linux's way to say that the other side is closed
            pass
        os.close(terminal)
        return shown.decode().replace("\r", ""), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    return run


@pytest.fixture(scope="session")
def build_site(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Build a folder of notes with `mkdocs build --strict`, each folder once; the folder of the finished site."""
    sites: dict[Path, Path] = {}

    def build(notes: Path, *options: str) -> Path:
        if notes not in sites:
            folder = tmp_path_factory.mktemp("site")
            config = folder / "mkdocs.yml"
            config.write_text(CONFIG.format(root=ROOT, notes=notes, site=folder / "site"), encoding="utf-8")
            command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", config, *(options or ("--strict",))]
            environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr
            sites[notes] = folder / "site"
        return sites[notes]

    return build


@pytest.fixture(scope="session")
def seeds() -> Path:
    """Five real note files."""
    return shared("seeds")


def shared(name: str) -> Path:
    """A folder of real notes; the test is skipped where it is absent."""
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip(f"no folder {name} of real notes beside the project")
    return folder


class Handler(SimpleHTTPRequestHandler):
    """Serves files without a word; an unknown address gets the site's own page for it."""

    def log_message(self, *_: object) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        lost = Path(self.directory, "404.html")
        if code != 404 or not lost.is_file():
            super().send_error(code, message, explain)
            return
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(lost.read_bytes())


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site."""
    folder = tmp_path_factory.mktemp("site")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        url = f"http://127.0.0.1:{server.server_port}/"
        build_with_mkdocs(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(folder), site_url=url))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield url
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The machine's Chromium, or Playwright's own; closed with the module, as its event loop is in V8's way."""
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        if not chromium and not Path(playwright.chromium.executable_path).exists():
            pytest.skip("no browser: run `playwright install chromium`")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open a path of the site in a window of its own; the test fails on errors, on what the policy
    forbids, and on requests to other hosts."""
    contexts = []
    wrong: list[str] = []

    def open_page(path: str, size: str = "desktop", scheme: str = "light", **options: object) -> Page:
        context = browser.new_context(base_url=address, viewport=SIZES[size], color_scheme=scheme, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: "Content Security Policy" not in said.text or wrong.append(said.text))
        page.on("request", lambda request: request.url.startswith(address) or wrong.append(request.url))
        page.goto(path, wait_until="load")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not [found for found in wrong if not found.startswith("data:")]


@pytest.fixture(scope="session")
def axe(request: pytest.FixtureRequest) -> str:
    """The script of axe-core, fetched once from its npm package."""
    npm = shutil.which("npm")
    folder = request.config.cache.mkdir(AXE)
    tarball = folder / "axe.tgz"
    if not tarball.is_file():
        if not npm:
            pytest.skip("no npm on this machine to fetch axe-core with")
        done = subprocess.run([npm, "pack", AXE, "--silent"], cwd=folder, check=False, capture_output=True)
        if done.returncode:
            pytest.skip("axe-core can't be fetched")
        next(folder.glob("axe-core-*.tgz")).rename(tarball)
    digest = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    assert f"sha512-{digest}" == AXE_INTEGRITY
    with tarfile.open(tarball) as archive:
        script = archive.extractfile("package/axe.min.js")
        assert script
        return script.read().decode()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder for which permissions count, as they do not for root."""
    is_root = os.geteuid() == 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if is_root:
            os.chown(folder, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            if is_root:
                os.seteuid(0)
