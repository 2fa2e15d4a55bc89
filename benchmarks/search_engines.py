"""notesite's search beside Material's own and Pagefind: what they find, what they send and how long it takes.

    python benchmarks/search_engines.py NOTES_FOLDER [--queries FILE.json] [--counts 200 1000 10000]

Notes are made up from the sentences of the folder, and queries of parts of their titles, every other one with a typing
error. All engines run in the page itself, so that Chromium's slowing by four holds for each of them. Pagefind takes
part where it is installed: pip install 'pagefind[bin]'. The first result counts from when the search is opened, which
is when an engine loads its script, to when the page has what it shows: the titles, and the whole with the texts, which
are the same for all engines but notesite's. The queries of --queries are asked of the folder's own notes.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import random
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import mean, median
from typing import Any

import material
from playwright.sync_api import Browser, Page, sync_playwright

from notesite.build import build
from notesite.search.documents import Document, documents
from notesite.search.index import search_files
from notesite.search.text import text_of
from search_corpus import notes, sentences

try:
    from pagefind.index import IndexConfig, PagefindIndex
except ImportError:
    PagefindIndex = None

SLOWED = 4
ASKED = 100
"""Queries on made-up notes."""
OPENED = 9
"""Times that the search is opened, each with nothing in the browser's cache; the medians count."""
TYPED = "attention mechanism of language models"
START = {
    "notesite": """async () => {
        await script("engine.js");
        window.ask = (query, shown) => new Promise(resolve => {
            notesiteSearch.answer({ type: 2, data: query }, ({ data }) => {
                shown?.();
                if (data.whole) resolve(data.items.map(([item]) => item.location));
            });
        });
    }""",
    "material": """async () => {
        let answered;
        const say = data => new Promise(resolve => {
            answered = resolve;
            dispatchEvent(new MessageEvent("message", { data }));
        });
        window.postMessage = data => answered(data);
        const index = await (await fetch("search_index.json")).json();
        await script("worker.js");
        await say({ type: 0, data: { ...index, options: { suggest: true } } });
        window.ask = async query => (await say({ type: 2, data: query })).data.items.map(([item]) => item.location);
    }""",
    "pagefind": """async () => {
        const pagefind = await import(new URL("pagefind/pagefind.js", location.href));
        await pagefind.init();
        window.ask = async query => {
            const { results } = await pagefind.search(query);
            const shown = await Promise.all(results.slice(0, 15).map(result => result.data()));
            return shown.map(({ raw_url, url }) => (raw_url ?? url).replace(/^\\//, ""));
        };
    }""",
}
PAGE = """<!doctype html><script>
const script = src => new Promise((onload, onerror) => {
  document.head.append(Object.assign(document.createElement("script"), { src, onload, onerror }));
});
</script>"""


def notesite_files(pages: Sequence[Document], folder: Path) -> None:
    for name, content in search_files(pages, {}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def material_files(pages: Sequence[Document], folder: Path) -> None:
    fields = {"title": {"boost": 1e3}, "text": {"boost": 1}, "tags": {"boost": 1e6}}
    pipeline = ["stopWordFilter"]
    config = {"lang": ["en"], "separator": "[\\s\\-]+", "pipeline": pipeline, "fields": fields}
    docs = [{"location": page.url, "title": escape(page.title), "text": escape(page.text)} for page in pages]
    (folder / "search_index.json").write_text(json.dumps({"config": config, "docs": docs}), encoding="utf-8")
    scripts = Path(material.__file__).parent / "templates/assets/javascripts/workers"
    (worker,) = scripts.glob("search.*.min.js")
    shutil.copyfile(worker, folder / "worker.js")


def pagefind_files(pages: Sequence[Document], folder: Path) -> None:
    async def write() -> None:
        async with PagefindIndex(config=IndexConfig(output_path=str(folder / "pagefind"))) as index:
            for page in pages:
                body = f"<h1>{escape(page.title)}</h1><p>{escape(page.text)}</p>"
                await index.add_html_file(content=f"<html lang=en><body>{body}</body></html>", url=f"/{page.url}")

    # Playwright has an event loop of its own in this thread.
    with ThreadPoolExecutor() as threads:
        threads.submit(asyncio.run, write()).result()


WRITE: dict[str, Callable[[Sequence[Document], Path], None]] = {
    "notesite": notesite_files,
    "material": material_files,
    "pagefind": pagefind_files,
}


class Counting(SimpleHTTPRequestHandler):
    """Sends everything compressed, as web servers do, and counts."""

    sent = 0

    def do_GET(self) -> None:
        """Send one file."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        body = compressed(path)
        Counting.sent += len(body)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def compressed(path: Path) -> bytes:
    """The file as it is sent, made beforehand, as servers keep it: compressing is no engine's time."""
    packed = path.with_name(f"{path.name}.gz")
    if not packed.exists():
        packed.write_bytes(gzip.compress(path.read_bytes(), 6))
    return packed.read_bytes()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Counting, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/page.html"
    server.shutdown()
    server.server_close()


def measured(browser: Browser, engine: str, pages: Sequence[Document]) -> str:
    """One line of the table: building, bytes, milliseconds to the first titles, with their texts, and for a key."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "page.html").write_text(PAGE)
        begun = time.perf_counter()
        WRITE[engine](pages, folder)
        building = time.perf_counter() - begun
        for path in filter(Path.is_file, list(folder.rglob("*"))):
            compressed(path)
        with served(folder) as url:
            runs = [opened(browser, engine, url) for _ in range(OPENED)]
            titles, whole, sent, key = map(median, zip(*runs, strict=True))
            found = found_at(browser, engine, url, made_up_queries(pages))
    times = f"{building:8.1f} s {sent / 1000:8.0f} KB {titles:8.0f} ms {whole:8.0f} ms {key:6.1f} ms"
    return f"{times}  {found}"


def opened(browser: Browser, engine: str, url: str) -> tuple[float, float, int, float]:
    """Milliseconds from the opening to the first titles and to the whole; bytes; milliseconds for a key."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(url)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    Counting.sent = 0
    titles, whole = timed(page, f"await ({START[engine]})(); await ask('attention', shown);")
    sent = Counting.sent
    keys = [timed(page, f"await ask({json.dumps(TYPED[:end])});")[1] for end in range(1, len(TYPED) + 1)]
    context.close()
    return titles, whole, sent, median(keys) / SLOWED


def timed(page: Page, code: str) -> tuple[float, float]:
    """Milliseconds until the code says that something is `shown`, if it does, and until it has run."""
    titles, whole = page.evaluate(f"""async () => {{
        const begun = performance.now();
        let titles;
        const shown = () => titles ??= performance.now() - begun;
        {code}
        const whole = performance.now() - begun;
        return [titles ?? whole, whole];
    }}""")
    return float(titles), float(whole)


def quality(browser: Browser, engine: str, pages: Sequence[Document], queries: Sequence[dict[str, Any]]) -> str:
    """Mean reciprocal rank, and how often a wanted note is first."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "page.html").write_text(PAGE)
        WRITE[engine](pages, folder)
        with served(folder) as url:
            return found_at(browser, engine, url, queries)


def found_at(browser: Browser, engine: str, url: str, queries: Iterable[dict[str, Any]]) -> str:
    """The same of the index at an address."""
    page = browser.new_page()
    page.goto(url)
    page.evaluate(START[engine])
    ranks = [rank(page.evaluate("query => ask(query)", query["query"]), query["gold"]) for query in queries]
    page.close()
    return (
        f"MRR {mean(1 / place if place else 0 for place in ranks):.2f}, first {mean(place == 1 for place in ranks):.2f}"
    )


def made_up_queries(pages: Sequence[Document]) -> Iterator[dict[str, Any]]:
    """Three words of a title, in every other query one with two letters swapped."""
    dice = random.Random(2)
    for number, page in enumerate(dice.sample(pages, min(ASKED, len(pages)))):
        words = [word.lower() for word in page.title.split() if len(word) > 3][:3]
        if len(words) < 3:
            continue
        gold = [other.url.split("/")[1] for other in pages if set(words) <= set(other.title.lower().split())]
        if number % 2:
            words[0] = words[0][0] + words[0][2] + words[0][1] + words[0][3:]
        yield {"query": " ".join(words), "gold": gold}


def rank(urls: Sequence[str], gold: Sequence[str]) -> int:
    return next((place for place, url in enumerate(urls, 1) if url.rstrip("/").rpartition("/")[2] in gold), 0)


def made_up(prose: list[str], count: int) -> list[Document]:
    dice = random.Random(1)
    return [
        Document(f"notes/{number}/", title, " ".join(text.split()), year=str(dice.randrange(2015, 2026)))
        for number, (title, text) in enumerate(notes(count, prose, dice))
    ]


def real(folder: Path) -> list[Document]:
    """The notes of a folder, their text as it stands in Markdown."""
    site = build(folder)
    urls = {page.uri: page.uri.removesuffix(".md") + "/" for page in site.pages}
    texts = {page.uri: text_of(f"<p>{escape(page.text)}</p>") for page in site.pages}
    return list(documents(site, urls, texts))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--queries", type=Path)
    parser.add_argument("--counts", type=int, nargs="+", default=[200, 1000])
    parsed = parser.parse_args()
    engines = [name for name in WRITE if name != "pagefind" or PagefindIndex]
    prose = sentences(parsed.folder)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        print("notes  engine      building       sent      titles       whole       key  found")
        for count in parsed.counts:
            pages = made_up(prose, count)
            for engine in engines:
                print(f"{count:5}  {engine:9}", measured(browser, engine, pages), flush=True)
        if parsed.queries:
            queries = json.loads(parsed.queries.read_text(encoding="utf-8"))
            for engine in engines:
                print(f"{engine:9}", quality(browser, engine, real(parsed.folder), queries), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
