"""What a reader does on the site, in a real browser."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect


def column(page: Page, number: int) -> list[str]:
    return page.locator(f"[data-ns-papers] tbody tr:visible > :nth-child({number})").all_inner_texts()


def test_the_home_page_opens_the_search(visit: Callable[..., Page]) -> None:
    page = visit("")
    page.click("[data-ns-search]")
    expect(page.locator("[data-md-component=search-query]")).to_be_focused()


def test_a_lost_address_is_searched_for(visit: Callable[..., Page]) -> None:
    page = visit("old/notes/rope_scaling.html")
    page.get_by_role("button", name="Search for “rope scaling”").click()
    expect(page.locator("[data-md-component=search-query]")).to_have_value("rope scaling")
    page.wait_for_selector(".md-search-result__item")


def test_papers_are_sorted_by_keyboard_and_the_address_keeps_it(visit: Callable[..., Page]) -> None:
    page = visit("papers/")
    heading = page.get_by_role("columnheader", name="Title")
    heading.get_by_role("button").press("Enter")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    titles = column(page, 1)
    assert titles == page.evaluate("titles => titles.toSorted((a, b) => a.localeCompare(b))", titles)
    heading.get_by_role("button").press("Enter")
    page.reload()
    assert column(page, 1) == titles[::-1]


def test_papers_are_filtered_and_the_address_keeps_it(visit: Callable[..., Page]) -> None:
    page = visit("papers/")
    everything = len(column(page, 1))
    page.get_by_role("searchbox", name="Filter").fill("2017 attention")
    assert "Attention Is All You Need" in column(page, 1)
    assert set(column(page, 2)) == {"2017"}
    page.reload()
    assert 0 < len(column(page, 1)) < everything


def test_a_note_is_previewed(visit: Callable[..., Page]) -> None:
    page = visit("topics/attention/")
    link = page.locator("main .ns-entries a").first
    link.hover()
    preview = page.get_by_role("tooltip")
    expect(preview.locator("h1")).to_have_text(link.inner_text())
    preview.hover()
    page.wait_for_timeout(500)
    expect(preview).to_be_visible()
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()


def test_a_note_named_in_a_text_is_previewed_by_keyboard(visit: Callable[..., Page]) -> None:
    page = visit("notes/rope/")
    page.locator("article > p a[href$='/kv-cache/']").first.press("Shift")
    expect(page.get_by_role("tooltip")).to_contain_text("KV cache")
    page.keyboard.press("Tab")
    expect(page.get_by_role("tooltip")).to_be_hidden()


def test_a_preview_shows_formulas_and_where_its_links_lead(visit: Callable[..., Page], address: str) -> None:
    page = visit("topics/attention/")
    assert page.locator("link[href*=katex]").count() == 0
    page.locator(".ns-entries").get_by_role("link", name="RoPE", exact=True).hover()
    preview = page.get_by_role("tooltip")
    expect(preview.locator("math").first).to_be_visible()
    assert preview.locator(".katex-html").count() == 0
    expect(preview.locator(".ns-topic")).to_have_attribute("href", f"{address}topics/attention/")


def test_notes_lead_to_the_next_on_their_shelf(visit: Callable[..., Page]) -> None:
    page = visit("topics/attention/")
    first, second = page.locator("main .ns-entries a").all_inner_texts()[:2]
    page.click("main .ns-entries a")
    expect(page.locator("h1")).to_contain_text(first)
    page.get_by_role("link", name=f"Next: {second}").click()
    expect(page.locator("h1")).to_contain_text(second)


def test_the_graph_is_walked_by_keyboard(visit: Callable[..., Page]) -> None:
    page = visit("")
    page.get_by_role("link", name="Graph of all notes").click()
    page.get_by_role("main").get_by_role("link", name="Attention", exact=True).first.click()
    node = page.locator(".ns-node", has_text="RoPE").first
    node.focus()
    expect(page.locator(".ns-graph--pointed")).to_be_attached()
    assert page.locator(".ns-node:not(.ns-near)").count() > 0
    page.keyboard.press("ArrowLeft")
    expect(node).not_to_be_focused()
    name = page.locator(".ns-node:focus").get_attribute("aria-label")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(str(name))


def test_the_graph_and_its_list_say_the_same(visit: Callable[..., Page]) -> None:
    page = visit("graph/", java_script_enabled=False)
    nodes, items = page.locator(".ns-node"), page.locator(".ns-graph-list li > a")
    assert 100 < nodes.count() == items.count() <= 300
    assert [nodes.nth(at).get_attribute("aria-label") for at in range(9)] == items.all_inner_texts()[:9]
    page.get_by_role("link", name="The same as a list").click()
    page.locator(".ns-node", has_text="FlashAttention").first.locator("circle").click()
    expect(page.locator("h1")).to_contain_text("FlashAttention")


def test_the_bibtex_and_the_link_are_copied_by_keyboard(visit: Callable[..., Page]) -> None:
    page = visit("notes/attention-is-all-you-need/", permissions=["clipboard-read", "clipboard-write"])
    for name, expected in (("Copy BibTeX", "eprint = {1706.03762}"), ("Copy link", page.url)):
        page.get_by_role("button", name=name).press("Enter")
        expect(page.get_by_role("status").filter(has_text="Copied to clipboard")).to_be_visible()
        assert expected in page.evaluate("navigator.clipboard.readText()")


def test_everything_but_search_works_without_scripts(visit: Callable[..., Page]) -> None:
    page = visit("papers/", java_script_enabled=False)
    assert len(column(page, 1)) > 50
    expect(page.locator("[data-ns-filter]")).to_be_hidden()
    page.get_by_role("link", name="Attention Is All You Need").first.click()
    expect(page.locator("h1")).to_contain_text("Attention Is All You Need")
    page.locator("summary", has_text="Cite").click()
    expect(page.locator("details code")).to_contain_text("eprint = {1706.03762}")


def test_a_printed_note_is_its_text_with_addresses(visit: Callable[..., Page]) -> None:
    page = visit("notes/attention-is-all-you-need/", scheme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    for hidden in (".md-header", ".md-sidebar--primary", ".md-footer"):
        expect(page.locator(hidden)).to_be_hidden()
    written = page.evaluate(
        "[...document.querySelectorAll('article a')].map(link => getComputedStyle(link, '::after').content).join()"
    )
    assert "https://arxiv.org/abs/1706.03762" in written
    assert page.evaluate("location.origin") not in written
    assert page.evaluate("getComputedStyle(document.querySelector('.ns-about small')).color") == "rgba(0, 0, 0, 0.6)"


def transferred(request: Request) -> int:
    """Bytes on the line from a server that compresses text."""
    body = request.response().body()
    sent = body if request.resource_type in ("font", "image") else gzip.compress(body, 6)
    return request.sizes()["responseHeadersSize"] + len(sent)


@pytest.mark.parametrize("note", ["attention-is-all-you-need", "grpo", "flashattention"])
def test_a_note_page_is_light(visit: Callable[..., Page], address: str, note: str) -> None:
    """The longest notes with formulas, and all that they load at a first visit: fonts, scripts, the sitemap."""
    page = visit("about:blank")
    requests: list[Request] = []
    page.on("requestfinished", lambda request: requests.append(request))
    page.goto(f"{address}notes/{note}/", wait_until="networkidle")
    loaded = {request.url.removeprefix(address): transferred(request) for request in requests}
    assert any("common.woff2" in url for url in loaded)
    assert sum(loaded.values()) < 150_000, loaded


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("path", ["", "papers/", "timeline/", "notes/grpo/", "notes/attention-is-all-you-need/"])
def test_nothing_moves_while_a_page_loads(visit: Callable[..., Page], path: str, size: str) -> None:
    page = visit("about:blank", size)
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(({value}) => moved += value))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(path, wait_until="networkidle")
    assert page.evaluate("moved") < 0.02
