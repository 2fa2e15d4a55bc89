"""Known attacks in every place of a note, in a browser: nothing runs, and nothing is left for the policy to stop."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page

from conftest import ROOT, Handler

ATTACKS = yaml.safe_load((ROOT / "tests/markdown/gfm_attacks.yml").read_text("utf-8"))
TEX = [
    r"\href{javascript:alert(1)}{x}",
    r"\url{javascript:alert(1)}",
    r"\htmlData{x=1}{\href{data:text/html,<script>alert(1)</script>}{x}}",
    r"\htmlClass{x\" onclick=\"alert(1)}{x}",
    r"\htmlStyle{background:url(javascript:alert(1))}{x}",
    r"\includegraphics[alt=x]{javascript:alert(1)}",
    r"\text{<img src=x onerror=alert(1)>}",
    r"\unknown{<script>alert(1)</script>}",
    r"</annotation></semantics></math><img src=x onerror=alert(1)>",
]
WATCH = """
window.found = [];
for (const name of ["alert", "prompt", "confirm", "print"]) window[name] = said => found.push(`${name} ${said}`);
document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
  found.push(`${violatedDirective} ${blockedURI}`));
"""
HARM = """() => {
  const active = ["iframe", "object", "embed", "base", "frame", "applet"];
  const runs = ({ name, value }) => /^on|^srcdoc$|^formaction$/i.test(name)
    || (/^(href|src|action|data|poster)$/i.test(name) && /^\\s*(javascript|vbscript|data:text)/i.test(value))
    || (name === "style" && /javascript|expression/i.test(value));
  return [...document.querySelectorAll("*")].flatMap(element => [
    ...(active.includes(element.localName) ? [element.outerHTML] : []),
    ...[...element.attributes].filter(runs).map(({ name, value }) => `<${element.localName} ${name}=${value}>`),
  ]);
}"""
SCRIPTS = """() => [...document.scripts].filter(({ type }) => !type.includes("json"))
  .map(script => script.src || script.text.replace(/new URL\\("[^"]*"/, ""))"""
LEADS_ON = '<meta http-equiv="refresh"'


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address and the folder of the site of notes that are nothing but attacks."""
    folder = tmp_path_factory.mktemp("attacked")
    (folder / "notes").mkdir()
    for number, attack in enumerate([*ATTACKS, *(f"${tex}$" for tex in TEX)]):
        line = " ".join(attack.split())
        meta = dict.fromkeys(["title", "venue", "status", line], line) | {"date": f"2024-01-{number % 28 + 1:02}"}
        meta |= {"tags": [line], "aliases": [line], "authors": [line]}
        name = line.replace("/", "∕").replace("\x02", "").replace("\x03", "")[:60].strip(". ")
        paper = f"https://arxiv.org/abs/2401.{number:05}"
        text = f'# [{line}]({paper})\n\n{attack}\n\n## {line}\n\nText [{line}]({paper} "{line}") `{line}` ${line}$\n'
        wiki = f"[[{line}]] ![[{line}]] {{% highlight {line} %}}x{{% endhighlight %}}\n\n```{line}\n{attack}\n```\n"
        header = yaml.safe_dump(meta, allow_unicode=False)
        (folder / "notes" / f"{number:03} {name}.md").write_text(f"---\n{header}---\n\n{text}\n{wiki}", "utf-8")
    (folder / "mkdocs.yml").write_text(f"INHERIT: {ROOT}/mkdocs.yml\ndocs_dir: notes\n")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder / "site"))) as server:
        url = f"http://127.0.0.1:{server.server_port}/"
        build(load_config(str(folder / "mkdocs.yml"), site_url=url, site_dir=str(folder / "site")))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield url, folder / "site"
        server.shutdown()


@pytest.fixture
def page(browser: Browser, attacked: tuple[str, Path]) -> Iterator[Page]:
    """A page that watches for what runs; the test fails where something did."""
    url, _ = attacked
    opened = browser.new_page(base_url=url)
    opened.add_init_script(WATCH)
    elsewhere: list[str] = []
    opened.on(
        "request",
        lambda request: (
            request.url.startswith((url, "data:"))
            or request.resource_type in ("image", "media")
            or elsewhere.append(request.url)
        ),
    )
    yield opened
    assert opened.evaluate("found") == []
    opened.close()
    assert elsewhere == []


def harm(page: Page) -> list[str]:
    return [*page.evaluate("found"), *page.evaluate(HARM)]


def test_nothing_runs_on_any_page(page: Page, attacked: tuple[str, Path]) -> None:
    _, site = attacked
    page.goto("")
    own = set(page.evaluate(SCRIPTS))
    found: dict[str, list[str]] = {}
    alike = [*sorted(site.glob("tags/*/*.html"))[::10], *sorted(site.glob("sources/*/*.html"))[::10]]
    for path in [*site.glob("*.html"), *site.glob("[!ts]*/**/*.html"), *site.glob("t[!a]*/**/*.html"), *alike]:
        address = path.relative_to(site).as_posix()
        if LEADS_ON in (html := path.read_text("utf-8")):
            assert not re.search(r"<(?!/?(?:!doctype|html|head|meta|title|link|body|p|a)\b)", html)
            continue
        page.goto(quote(address), wait_until="load")
        scripts = [text for text in page.evaluate(SCRIPTS) if text not in own and "/assets/" not in text]
        if wrong := harm(page) + scripts:
            found[address] = wrong
    assert found == {}
    assert len(list(site.glob("notes/*/index.html"))) > 0.9 * len(ATTACKS)


@pytest.mark.parametrize(
    "address",
    [
        "?q=<img src=x onerror=alert(1)>",
        "search/?q=<img src=x onerror=alert(1)>",
        "papers/?filter=<img src=x onerror=alert(1)>&sort=constructor",
        "papers/?sort=__proto__&down=<script>alert(1)</script>",
        "?h=<script>alert(1)</script>",
        "#<img src=x onerror=alert(1)>",
        "#javascript:alert(1)",
        "notes/<img src=x onerror=alert(1)>",
        "<script>alert(1)</script>.html",
        "notes/%22onmouseover=alert(1)//.html",
    ],
)
def test_no_address_runs(page: Page, address: str) -> None:
    page.goto(address, wait_until="networkidle")
    assert harm(page) == []


@pytest.mark.parametrize("query", ["alert", "script", "onerror img", "javascript", "<img src=x onerror=alert(1)>"])
def test_no_result_of_a_search_runs(page: Page, query: str) -> None:
    page.goto("")
    page.keyboard.press("/")
    page.keyboard.type(query)
    page.wait_for_selector("[data-ns-answered]", state="attached")
    page.wait_for_timeout(300)
    assert harm(page) == []


def test_files_for_programs_are_what_they_say(page: Page, attacked: tuple[str, Path]) -> None:
    _, site = attacked
    for path in site.rglob("*.xml"):
        ElementTree.fromstring(path.read_bytes())
    for path in site.rglob("*.json"):
        json.loads(path.read_bytes())
    data = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
    for path in site.glob("notes/*/index.html"):
        html = path.read_text("utf-8")
        if LEADS_ON not in html:
            (structured,) = data.findall(html)
            assert json.loads(structured)["@type"] == "Article"
    for name in ("feed.xml", "feed.json", "papers.bib", "llms.txt"):
        page.goto(name)
        assert page.evaluate("window.found ?? []") == []
    page.goto("")
