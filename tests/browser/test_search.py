"""The search in a real browser: Material's box over notesite's engine."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import material
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from conftest import SHARED

NOTES = Path(__file__).parent / "notes"
INPUT = "[data-md-component=search-query]"
RESULTS = ".md-search-result__item"
TEXTS = "**/assets/search/*/*.js"
STATUS = ".md-search-result__meta"
FILTERS = ".ns-search-filters button"
OWN = "[data-ns-search-page]"
"""The search on a page of its own."""
MARKS = "[data-md-component=content] mark"
IN_VIEW = """selector => [...document.querySelectorAll(selector)].filter(element => {
  const {top, bottom, left, right} = element.getBoundingClientRect();
  const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return top >= 0 && bottom <= innerHeight && hit && (element.contains(hit) || hit.contains(element));
}).length"""
FEWEST = {"mrr": 0.95, "first": 0.93, "five": 0.97, "typo": 0.9}
"""What the queries on the seeds must reach."""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Put a site into a subfolder of a web server; the address of its home page."""
    servers: list[ThreadingHTTPServer] = []

    def start(site: Path) -> str:
        if not (site.parent / "sub" / "notes").exists():
            shutil.copytree(site, site.parent / "sub" / "notes")
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site.parent))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/sub/notes/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def home(build_site: Callable[[Path], Path], serve: Callable[[Path], str]) -> str:
    return serve(build_site(NOTES))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1280, "height": 720})
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(f"{error.message} {error.stack}"))
    yield opened
    opened.close()
    # Themes that load scripts from elsewhere fail without a network.
    assert [error for error in errors if "assets/search" in error] == []


def search(page: Page, query: str) -> None:
    """Open the search with a key and type."""
    page.keyboard.press("/")
    page.locator(INPUT).fill("")
    page.keyboard.type(query)
    page.locator(f"{RESULTS}, .ns-search-meant").first.wait_for()
    page.wait_for_function(
        "query => document.querySelector('[data-ns-answered]')?.dataset.nsAnswered === query", arg=query
    )


def titles(page: Page) -> list[str]:
    return page.locator(f"{RESULTS} h1").all_inner_texts()


def test_nothing_is_loaded_before_the_search_is_opened(page, home):
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(home)
    page.wait_for_load_state("networkidle")
    assert not [url for url in requests if "search" in url]
    search(page, "flash")
    assert any(url.endswith("assets/search/engine.js") for url in requests)
    assert not any(url.endswith("search_index.json") for url in requests)


def test_keys_find_and_open_a_note_with_the_words_marked(page, home):
    page.goto(home)
    search(page, "entropy typical")
    assert titles(page) == ["A long note on sampling"]
    assert page.locator(f"{RESULTS} mark").all_inner_texts() == ["Typical", "entropy", "typical"]
    assert page.locator(f"{RESULTS} .ns-under").inner_text() == "Typical sampling"
    page.keyboard.press("Enter")
    page.wait_for_url("**/notes/a-long-note-on-sampling/?h=*#typical-sampling")
    page.locator(MARKS).first.wait_for()
    page.wait_for_function(f"() => ({IN_VIEW})({json.dumps(MARKS)}) >= 2")


def test_titles_do_not_wait_for_texts(page, home):
    page.route(TEXTS, lambda _: None)
    page.goto(home)
    page.keyboard.press("/")
    page.keyboard.type("attention")
    page.locator(RESULTS).first.wait_for()
    page.keyboard.type(" entropy typical")
    first = page.locator(RESULTS).first
    expect(first.locator("h1")).to_have_text("A long note on sampling")
    expect(first.locator(".ns-passage")).to_have_text("")
    page.unroute(TEXTS)
    expect(first.locator("mark", has_text="entropy")).to_have_count(1)


def test_result_that_is_come_to_stays_when_texts_come(page, home):
    held: list[Route] = []
    page.route(TEXTS, lambda route: held.append(route))
    page.goto(home)
    page.keyboard.press("/")
    page.keyboard.type("attention")
    page.locator(RESULTS).first.wait_for()
    page.keyboard.press("ArrowDown")
    for route in held:
        with page.expect_response(route.request.url):
            route.continue_()
    page.wait_for_timeout(100)
    expect(page.locator(f"{RESULTS} a").first).to_be_focused()


def test_second_search_on_the_same_page_marks_the_new_words(page, home):
    page.goto(f"{home}notes/grouped-query-attention/?h=cheaper")
    page.locator(MARKS, has_text="cheaper").wait_for()
    search(page, "middle way")
    page.keyboard.press("Enter")
    page.locator(MARKS, has_text="middle").wait_for()
    assert page.locator(MARKS, has_text="cheaper").count() == 0
    assert not page.locator("#__search").is_checked()


@pytest.mark.parametrize("query", ["attention", "attention zebra"])
def test_six_results_are_in_view(page, home, query):
    page.goto(home)
    search(page, query)
    assert page.evaluate(IN_VIEW, RESULTS) >= 6
    assert page.locator(RESULTS).first.locator(".md-tag").count() >= 1


def test_arrows_walk_the_results_and_escape_leads_back(page, home):
    page.goto(home)
    link = page.locator("[data-md-component=content] a").first
    link.focus()
    search(page, "attention")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"{RESULTS} a").nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    assert not page.locator("#__search").is_checked()
    expect(link).to_be_focused()


def test_tab_and_space_filter(page, home):
    page.goto(home)
    search(page, "attention")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.locator(FILTERS).first).to_be_focused()
    page.keyboard.press("Space")
    page.locator(f"{FILTERS}[aria-pressed=true]").wait_for()
    expect(page.locator(INPUT)).to_be_focused()
    for _ in range(page.locator(FILTERS).count() + 1):
        assert page.locator("#__search").is_checked()
        page.keyboard.press("Tab")
    assert not page.locator("#__search").is_checked()


def test_chips_filter_and_go_again(page, home):
    page.goto(home)
    search(page, "attention")
    before = page.locator(RESULTS).count()
    page.locator(FILTERS, has_text="2023").click()
    page.locator(f"{FILTERS}[aria-pressed=true]").wait_for()
    assert page.locator(INPUT).input_value() == "attention year:2023"
    assert set(titles(page)) == {"Grouped Query Attention", "Ring attention"}
    page.locator(f"{FILTERS}[aria-pressed=true]").click()
    page.wait_for_function("count => document.querySelectorAll('.md-search-result__item').length === count", arg=before)


def test_what_was_perhaps_meant_can_be_asked(page, home):
    page.goto(home)
    search(page, "gruoped")
    page.locator(".ns-search-meant").click()
    page.wait_for_function("() => document.querySelector('[data-md-component=search-query]').value === 'grouped'")
    page.wait_for_function("() => !document.querySelector('.ns-search-meant')")
    assert titles(page)[0] == "Grouped Query Attention"


def test_results_are_announced(page, home):
    page.goto(home)
    search(page, "deepseek")
    assert page.locator(f"{STATUS}[role=status]").inner_text() == "1 matching document"


def test_address_with_a_query_opens_the_search(page, home):
    page.goto(f"{home}?q=flash+attention")
    page.locator(RESULTS).first.wait_for()
    assert titles(page)[0] == "Flash attention"


def test_markup_in_notes_stays_text(page, home):
    page.goto(home)
    search(page, "pitfalls")
    assert "<img" in titles(page)[0]
    assert page.locator(f"{RESULTS} img, {RESULTS} script").count() == 0
    assert page.title() != "owned"


def test_from_disk_without_a_server(page, build_site):
    page.goto((build_site(NOTES) / "index.html").as_uri())
    search(page, "entropy typical")
    page.keyboard.press("Enter")
    page.wait_for_url("file://**/notes/a-long-note-on-sampling/index.html?h=*")
    page.locator(MARKS).first.wait_for()


def test_without_workers_the_page_searches_itself(page, home):
    page.add_init_script("window.Worker = class { constructor() { throw new Error('no workers'); } };")
    page.goto(home)
    search(page, "flash attention")
    assert titles(page)[0] == "Flash attention"


def test_index_that_can_not_be_loaded_is_told(browser, home):
    page = browser.new_page()
    page.route("**/assets/search/engine.js", lambda route: route.abort())
    page.goto(home)
    page.keyboard.press("/")
    page.locator(STATUS, has_text="could not be loaded").wait_for()
    page.close()


def test_page_of_its_own(page, home):
    page.goto(f"{home}search/")
    page.locator(f"{OWN} input").fill("gqa")
    page.locator(f"{OWN} li").first.wait_for()
    assert page.locator(f"{OWN} li a").first.inner_text() == "Grouped Query Attention"
    page.locator(f"{OWN} input").fill("entropy typical")
    page.locator(f"{OWN} li a", has_text="A long note").click()
    page.wait_for_url("**/notes/a-long-note-on-sampling/**")


def test_page_of_its_own_stays_free_for_a_query_in_its_address(page, home):
    page.goto(f"{home}search/?q=grouped+query")
    page.locator(f"{OWN} li").first.wait_for()
    assert page.locator(f"{OWN} li a").first.inner_text() == "Grouped Query Attention"
    assert not page.locator("#__search").is_checked()


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_another_theme(page, serve, tmp_path, theme):
    config = tmp_path / "mkdocs.yml"
    config.write_text(
        f"site_name: Notes\ndocs_dir: {NOTES}\nsite_dir: {tmp_path}/site\ntheme: {theme}\nplugins: [search, notesite]\n"
    )
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q", "-f", config], check=True)
    page.goto(serve(tmp_path / "site") + "search/?find=grouped+query")
    page.locator(f"{OWN} li").first.wait_for()
    assert page.locator(f"{OWN} li a").first.inner_text() == "Grouped Query Attention"
    page.locator(f"{OWN} input").fill("entorpy typical")
    page.locator(".ns-search-meant").click()
    page.wait_for_function("() => document.querySelector('[data-ns-search-page] input').value === 'entropy typical'")
    page.locator(f"{OWN} li a", has_text="A long note").click()
    page.wait_for_url("**/notes/a-long-note-on-sampling/?h=*#typical-sampling")
    page.locator("mark", has_text="entropy").first.wait_for()


ASK = """async ([url, setup, query]) => {
  const worker = new Worker(url);
  const ask = message => new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = reject;
    worker.postMessage(message);
  });
  return [await ask({ type: 0, data: setup }), await ask({ type: 2, data: query })];
}"""
INDEX = {
    "config": {
        "lang": ["en"],
        "separator": "[\\s\\-]+",
        "pipeline": ["stopWordFilter"],
        "fields": {name: {"boost": 1} for name in ("title", "text", "tags")},
    },
    "docs": [{"location": "a/", "title": "Flash attention", "text": "Flash attention", "tags": ["x"]}],
    "options": {"suggest": True},
}


def test_material_speaks_as_we_do(page, home):
    """If this fails, the installed Material has changed its messages, and the worker and its start must follow."""
    page.goto(home)
    templates = Path(material.__file__).parent / "templates"
    (worker,) = (templates / "assets/javascripts/workers").glob("search.*.min.js")
    theirs = page.evaluate(ASK, [f"{home}assets/javascripts/workers/{worker.name}", INDEX, "flash"])
    ours = page.evaluate(ASK, [f"{home}assets/search/engine.js", INDEX, "flash"])
    assert [answer["type"] for answer in ours] == [answer["type"] for answer in theirs] == [1, 3]
    assert set(ours[0]) == set(theirs[0])
    assert set(ours[1]["data"]) >= set(theirs[1]["data"]) == {"items", "suggest"}
    item, their_item = ours[1]["data"]["items"][0][0], theirs[1]["data"]["items"][0][0]
    assert {name: type(item[name]) for name in item if name != "score"} == {
        name: type(their_item[name]) for name in their_item if name != "score"
    }
    box = (templates / "partials/search.html").read_text(encoding="utf-8")
    for name in ("search-query", "search-result", "search-share", "search-suggest"):
        assert f'data-md-component="{name}"' in box


LISTEN = """
const said = window.said = [];
let first;
const heard = Worker => class extends Worker {
  constructor(...given) {
    super(...given);
    first ??= this;
    if (this === first) this.addEventListener("message", ({ data }) => said.push(["received", data]));
  }
  postMessage(message) {
    if (this === first) said.push(["sent", message]);
    super.postMessage(message);
  }
};
let worker = heard(Worker);
Object.defineProperty(window, "Worker", { get: () => worker, set: next => { worker = heard(next); } });
"""
"""Writes down what Material's page says to its search worker, or to what stands in for it, and what it hears."""


def dialogue(browser: Browser, url: str) -> dict[tuple[str, int], Any]:
    """The last message of each kind, in the order of the first ones."""
    page = browser.new_page()
    page.add_init_script(LISTEN)
    page.goto(url)
    page.keyboard.press("/")
    page.wait_for_function("() => said.some(([_, { type }]) => type === 1)")
    page.locator(INPUT).fill("flash")
    page.locator(INPUT).press("End")
    page.locator(f"{RESULTS} a").first.wait_for()
    page.wait_for_function("() => said.some(([_, { data }]) => data === 'flash')")
    said = page.evaluate("said")
    page.close()
    return {(who, message["type"]): message for who, message in said}


HOLD_BACK = """
const Native = Worker;
window.Worker = class extends Native {
  set onmessage(hear) {
    super.onmessage = event => {
      const isFirst = event.data.type === 3 && !window.held;
      if (isFirst) window.held = () => hear(event);
      else hear(event);
    };
  }
};
"""
"""Holds the first result of the search back until `held` is called."""


def test_an_answer_that_comes_late_is_not_shown(browser, home):
    page = browser.new_page()
    page.add_init_script(HOLD_BACK)
    page.goto(home)
    page.keyboard.press("/")
    page.locator(INPUT).fill("flash")
    page.locator(INPUT).press("End")
    page.wait_for_function("() => window.held")
    search(page, "attention")
    shown = titles(page)
    page.evaluate("held()")
    assert titles(page) == shown
    page.close()


def test_material_says_what_we_expect(browser, home, serve, tmp_path):
    """If this fails, the installed Material has changed what it says or hears, and `start.js` must follow."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Flash attention\n\nTiles.\n")
    config = tmp_path / "mkdocs.yml"
    config.write_text(
        "site_name: Notes\ntheme: {name: material, font: false, features: [search.suggest]}\nplugins: [search]\n"
    )
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q", "-f", config], check=True)
    theirs, ours = dialogue(browser, serve(tmp_path / "site")), dialogue(browser, home)
    # Material sends its index, where the page has one, and asks once it is told that all is ready.
    setup, ready, query, result = ("sent", 0), ("received", 1), ("sent", 2), ("received", 3)
    assert [*theirs] == [setup, ready, query, result]
    assert [*ours] == [ready, query, result]
    assert theirs[setup]["data"].keys() == {"config", "docs", "options"}
    assert ours[query] == theirs[query] == {"type": 2, "data": "flash"}
    item, their_item = (said[result]["data"]["items"][0][0] for said in (ours, theirs))
    assert item.keys() - {"tags"} == their_item.keys()


def test_queries_on_real_notes(page, build_site, serve, seeds):
    queries = SHARED / "cases" / "search_queries.json"
    page.goto(serve(build_site(seeds)))
    places = [place(page, case) for case in json.loads(queries.read_text(encoding="utf-8"))]
    ranks = [rank for rank, _ in places]
    typos = [rank for rank, kind in places if kind == "typo"]
    reached = {
        "mrr": mean(1 / rank if rank else 0 for rank in ranks),
        "first": mean(rank == 1 for rank in ranks),
        "five": mean(0 < rank <= 5 for rank in ranks),
        "typo": mean(1 / rank if rank else 0 for rank in typos),
    }
    assert all(reached[name] >= least for name, least in FEWEST.items()), reached


def place(page: Page, case: dict[str, Any]) -> tuple[int, str]:
    """The rank of the first wanted note, 0 where there is none, and the kind of the query."""
    search(page, case["query"])
    links = page.locator(f"{RESULTS} a").evaluate_all("links => links.map(link => [link.pathname, link.hash])")
    gold = set(case["gold"])
    # What some take for a note of its own is to others a heading in a note.
    found = [{Path(path).name, anchor.removeprefix("#")} for path, anchor in links]
    wanted = [position for position, names in enumerate(found, 1) if names & gold]
    return (wanted[0] if wanted else 0), case["category"]


def mean(values: Any) -> float:
    numbers = list(values)
    return sum(numbers) / len(numbers)
