"""When does a reader see the math: set at build time, or by KaTeX in the browser? Both pages side by side in Chromium.

    python benchmarks/math_page.py [path of chromium]

A page of 200 formulas in running text is served gzipped over 4G (9 Mbit/s, 60 ms) to a phone (CPU four times slower),
cold each time. Seen is when a frame ends in which there is a formula and its two main fonts. Layout shift is Chromium's
own cumulative score.
"""

import gzip
import shutil
import statistics
import sys
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import markdown
from playwright.sync_api import Browser, sync_playwright

from notesite.markdown.katex import VENDOR, assets

ROUNDS = 5
KBIT = 9000
LATENCY = 60
SLOWER = 4
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
FORMULAS = (
    r"x_{%d} \in \mathbb{R}^{d_{model}}",
    r"p_\theta(y_{%d} \mid x) = \frac{\exp(z_i / \tau)}{\sum_j \exp(z_j / \tau)}",
    r"\mathcal{L}_{%d} = -\mathbb{E}_{x \sim p} \left[ \log q(x) \right]",
    r"O(n^{%d} \log n)",
    r"\text{softmax}\left(\frac{QK^\top}{\sqrt{d_{%d}}}\right)V",
)
WATCH = """
window.shift = 0;
new PerformanceObserver(list => { for (const entry of list.getEntries()) window.shift += entry.value; })
  .observe({type: "layout-shift", buffered: true});
const frame = new MessageChannel();
frame.port1.onmessage = () => { window.seen = performance.now(); };
(function look() {
  const fonts = [...document.fonts].filter(font => font.status === "loaded").map(font => font.family);
  const loaded = ["Math", "Main"].every(name => fonts.some(font => font.includes(name)));
  requestAnimationFrame(loaded && document.querySelector(".katex-html") ? () => frame.port2.postMessage(null) : look);
})();
"""
CLIENT = """<script defer src="/katex.min.js"></script>
<script>document.addEventListener("DOMContentLoaded", () => {
  for (const node of document.querySelectorAll(".tex")) katex.render(node.textContent, node, {throwOnError: false});
});</script>"""
PRELOAD = "".join(
    f'<link rel="preload" as="font" type="font/woff2" crossorigin href="/fonts/KaTeX_{name}.woff2">'
    for name in ("Math-Italic-common", "Main-Regular-common")
)
STYLE = '<link rel="stylesheet" href="/katex.min.css"><link rel="stylesheet" href="/math.css">'
PAGE = "<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'><title>Math</title>{}{}"


def pages() -> dict[str, bytes]:
    """Return the same text with finished math, and with TeX and a script that sets it."""
    formulas = [FORMULAS[n % len(FORMULAS)] % n for n in range(200)]
    built = "\n\n".join(f"The term ${tex}$ stands in a sentence of a dozen words or so." for tex in formulas)
    client = "\n\n".join(
        f"The term <span class='tex'>{tex}</span> stands in a sentence of a dozen words or so." for tex in formulas
    )
    body = markdown.markdown(built, extensions=["notesite.markdown.math"])
    files = {f"/{name}": path.read_bytes() for name, path in assets().items()}
    files |= {"/katex.min.js": (VENDOR / "katex.min.js").read_bytes()}
    files["/built"] = PAGE.format(PRELOAD + STYLE, body).encode()
    files["/client"] = PAGE.format(STYLE + CLIENT, "".join(f"<p>{text}" for text in client.split("\n\n"))).encode()
    return {path: gzip.compress(content) if not path.endswith(".woff2") else content for path, content in files.items()}


class Handler(BaseHTTPRequestHandler):
    """Serves pages from memory."""

    def __init__(self, files: dict[str, bytes], *arguments: object) -> None:
        self.files = files
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer with what is kept for the path."""
        content = self.files.get(self.path)
        kind = {"js": "text/javascript", "css": "text/css", "woff2": "font/woff2"}.get(
            self.path.rpartition(".")[2], "text/html"
        )
        self.send_response(200 if content else 404)
        self.send_header("Content-Type", kind)
        if not self.path.endswith(".woff2"):
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def visit(browser: Browser, url: str) -> tuple[float, float]:
    """Milliseconds until the first formula is seen, and the layout shift until everything is still."""
    context = browser.new_context(viewport={"width": 400, "height": 800})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    speed = KBIT * 1000 / 8
    line = {"offline": False, "latency": LATENCY, "downloadThroughput": speed, "uploadThroughput": speed}
    session.send("Network.emulateNetworkConditions", line)
    page.add_init_script(WATCH)
    page.goto(url, wait_until="load")
    page.wait_for_function("window.seen")
    page.wait_for_timeout(1000)
    seen, shift = page.evaluate("[window.seen, window.shift]")
    context.close()
    return seen, shift


def main(chromium: str) -> None:
    files = pages()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, files))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    seen: dict[str, float] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for kind in ("built", "client"):
            runs = [visit(browser, f"http://127.0.0.1:{server.server_port}/{kind}") for _ in range(ROUNDS)]
            seen[kind] = statistics.median(time for time, _ in runs)
            shift = max(shift for _, shift in runs)
            print(f"{kind}: seen after {seen[kind]:.0f} ms, shift {shift:.4f}, {len(files['/' + kind])} bytes")
        browser.close()
    server.shutdown()
    print(f"at build time {seen['built'] / seen['client']:.2f} of the time")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else shutil.which("chromium") or "chromium")
