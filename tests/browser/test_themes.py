"""The pages under MkDocs' own themes: nothing of notesite's breaks, and nothing is forbidden by its policy."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import ThreadingHTTPServer

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page, expect

from conftest import ROOT, Handler


@pytest.fixture(scope="module", params=["mkdocs", "readthedocs"])
def themed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site of a small folder of notes."""
    folder = tmp_path_factory.mktemp(request.param)
    (folder / "mkdocs.yml").write_text(
        f"site_name: Notes\ndocs_dir: {ROOT}/tests/browser/notes\nplugins: [search, notesite]\n"
        f"theme: {{name: {request.param}, highlightjs: false}}\n"
    )
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder / "site"))) as server:
        url = f"http://127.0.0.1:{server.server_port}/"
        build(load_config(str(folder / "mkdocs.yml"), site_url=url))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield url
        server.shutdown()


@pytest.fixture
def open_page(browser: Browser, themed: str) -> Iterator[Callable[[str], Page]]:
    context = browser.new_context(base_url=themed)
    wrong: list[str] = []

    def open_at(path: str) -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: "Content Security Policy" not in said.text or wrong.append(said.text))
        page.goto(path, wait_until="load")
        return page

    yield open_at
    context.close()
    assert wrong == []


def test_the_home_page_leads_to_the_search(open_page: Callable[[str], Page]) -> None:
    page = open_page("")
    page.click("[data-ns-search]")
    expect(page.locator("[data-ns-search-page]")).to_be_visible()


def test_papers_can_be_filtered(open_page: Callable[[str], Page]) -> None:
    page = open_page("papers/")
    page.get_by_role("searchbox", name="Filter").fill("grouped")
    expect(page.locator("[data-ns-papers] tbody tr:visible")).to_have_count(1)


def test_a_lost_address_is_searched_for(open_page: Callable[[str], Page]) -> None:
    page = open_page("notes/grouped_query%E0%A4%A.html")
    page.get_by_role("button", name="Search for “grouped query").click()
    page.wait_for_url("**/search/?find=grouped*")


def test_a_note_is_shown(open_page: Callable[[str], Page]) -> None:
    expect(open_page("notes/grouped-query-attention/").locator(".ns-about")).to_be_visible()
