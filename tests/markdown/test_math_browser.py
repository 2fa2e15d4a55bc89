"""Formulas in Chromium, from a file, without scripts or network."""

import shutil
from pathlib import Path

import markdown
import pytest
from playwright.sync_api import Browser

from notesite.markdown.katex import assets

LONG = " + ".join(f"x_{{{n}}}" for n in range(60))
TEXT = f"Where $x_i \\in \\mathbb{{R}}$ is\n\n$$\n{LONG}\n$$\n\nor ${LONG}$ and ${{{LONG}}}$ in the end."
HEAD = """<!doctype html><meta charset=utf-8><meta name=viewport content="width=device-width"><title>Math</title>
<link rel=stylesheet href=katex.min.css><link rel=stylesheet href=math.css>
<script defer src=copy-tex.min.js></script>"""


@pytest.fixture
def page_url(tmp_path: Path) -> str:
    for name, source in assets().items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(source, tmp_path / name)
    (tmp_path / "index.html").write_text(HEAD + markdown.markdown(TEXT, extensions=["notesite.markdown.math"]))
    return (tmp_path / "index.html").as_uri()


def test_formulas_are_set_without_scripts(browser: Browser, page_url: str) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True, viewport={"width": 320, "height": 600})
    page = context.new_page()
    refused: list[str] = []
    page.on("requestfailed", lambda request: refused.append(request.url))
    page.goto(page_url)
    formula = page.locator(".katex-html").first.bounding_box()
    page_width = page.evaluate("document.documentElement.scrollWidth")
    display = page.locator("[data-display=true]").evaluate("node => [node.clientWidth, node.scrollWidth]")
    fonts = page.evaluate("document.fonts.ready.then(all => [...all].filter(f => f.status === 'loaded').length)")
    context.close()
    assert formula
    assert formula["height"] > 10
    assert page_width <= 320
    assert display[0] < display[1]
    assert fonts >= 2
    assert refused == []


def test_screen_readers_get_mathml(browser: Browser, page_url: str) -> None:
    page = browser.new_page()
    page.goto(page_url)
    session = page.context.new_cdp_session(page)
    roles = [node.get("role", {}).get("value") for node in session.send("Accessibility.getFullAXTree")["nodes"]]
    page.close()
    assert roles.count("math") + roles.count("MathMLMath") == 4


def test_copying_gives_the_tex(browser: Browser, page_url: str) -> None:
    page = browser.new_page()
    page.goto(page_url)
    copied = page.evaluate(
        """() => {
          getSelection().selectAllChildren(document.querySelector("p"));
          const clipboardData = new DataTransfer();
          document.dispatchEvent(new ClipboardEvent("copy", {clipboardData, bubbles: true}));
          return clipboardData.getData("text/plain");
        }"""
    )
    page.close()
    assert copied == r"Where $x_i \in \mathbb{R}$ is"
