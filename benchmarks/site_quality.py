"""What do Lighthouse and the HTML checker say of each kind of page? On a phone, from a server that compresses.

    CHROME_PATH=/usr/bin/chromium .venv/bin/python benchmarks/site_quality.py [folder of notes]

Lighthouse and vnu are fetched by npm and need Node.js and Java. Scores are those of Lighthouse's mobile preset: a slow
4G line and a CPU four times slower. Performance is noisy on a machine with other work, the rest is not.
"""

import gzip
import json
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config

ROOT = Path(__file__).parents[1]
LIGHTHOUSE = "lighthouse@12.8.2"
CHECKER = "vnu-jar@26.9.27"
TEXT = {".html", ".css", ".js", ".json", ".xml", ".svg"}
KINDS = ("notes", "topics", "sources", "tags")
"""Folders with a page for each note, topic and so on, of which the largest is taken."""
LISTS = ("", "papers/", "timeline/", "graph/", "sources/", "tags/", "search/")


class Handler(SimpleHTTPRequestHandler):
    """Serves a site as a good host does."""

    def do_GET(self) -> None:
        """Send a page or file, text compressed."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        found = path.is_file()
        body = (path if found else Path(self.directory, "404.html")).read_bytes()
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", self.guess_type(path) if found else "text/html")
        if path.suffix in TEXT and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def pages(site: Path) -> Iterator[str]:
    """Yield the address of each list, and of the largest page of each other kind."""
    yield from (path for path in LISTS if (site / path / "index.html").is_file())
    for kind in KINDS:
        if found := sorted(site.glob(f"{kind}/*/index.html"), key=lambda path: path.stat().st_size):
            yield found[-1].parent.relative_to(site).as_posix() + "/"


def scores(url: str, folder: Path) -> tuple[str, list[str]]:
    """Give a line with Lighthouse's scores, and the audits that fail in all categories but performance."""
    result = folder / "lighthouse.json"
    flags = ["--quiet", "--output=json", f"--output-path={result}", "--chrome-flags=--headless --no-sandbox"]
    subprocess.run(["npm", "exec", "--yes", LIGHTHOUSE, "--", url, *flags], check=True, capture_output=True, cwd=folder)
    report = json.loads(result.read_text("utf-8"))
    audits = report["audits"]
    line = [f"{round(100 * category['score']):4}" for category in report["categories"].values()]
    line += [f"{audits['cumulative-layout-shift']['numericValue']:7.3f}"]
    line += [f"{audits['total-byte-weight']['numericValue'] / 1000:7.1f} kB"]
    failed = [
        f"{name}: {audits[part['id']]['title']}"
        for name, category in report["categories"].items()
        for part in category["auditRefs"]
        if name != "performance" and part["weight"] and audits[part["id"]]["score"] == 0
    ]
    return " ".join(line), failed


def checked(site: Path, paths: list[str], folder: Path) -> Counter[str]:
    """Count what the HTML checker says of the pages.

    It reads them as files, which are no site: that the policy forbids their style sheets is left out.
    """
    subprocess.run(["npm", "install", "--silent", CHECKER], check=True, cwd=folder)
    jar = folder / "node_modules/vnu-jar/build/dist/vnu.jar"
    files = [str(site / path / "index.html") for path in paths]
    done = subprocess.run(["java", "-jar", jar, "--format", "json", *files], check=False, capture_output=True)
    messages = [message["message"] for message in json.loads(done.stderr)["messages"]]
    return Counter(message for message in messages if not message.startswith("Resource violates"))


def main(notes: Path) -> None:
    """Print the scores of each page, and what the checker found."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        site = folder / "site"
        with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site))) as server:
            url = f"http://127.0.0.1:{server.server_port}/"
            config = load_config(str(ROOT / "mkdocs.yml"), docs_dir=str(notes), site_dir=str(site), site_url=url)
            build(config)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            print("perf a11y best  seo   shift   weight")
            for path in pages(site):
                line, failed = scores(url + path, folder)
                print(f"{line}  /{path}", *failed, sep="\n    ", flush=True)
            server.shutdown()
        for message, count in checked(site, list(pages(site)), folder).most_common():
            print(f"{count:4} {message}")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve() if sys.argv[1:] else ROOT / "notes")
