"""axe-core finds nothing on any kind of page, in either scheme, on desktop and phone, menus and search open."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from conftest import PAGES, SIZES

WINDOWS = [(size, scheme) for size in SIZES for scheme in ("light", "dark")]


def findings(page: Page, axe: str) -> list[str]:
    page.evaluate(axe)
    found = page.evaluate("axe.run({ rules: { 'target-size': { enabled: true } } })")
    return [f"{rule['id']}: {node['html']}" for rule in found["violations"] for node in rule["nodes"]]


@pytest.mark.parametrize(("size", "scheme"), WINDOWS)
@pytest.mark.parametrize("kind", PAGES)
def test_every_kind_of_page(visit: Callable[..., Page], axe: str, kind: str, size: str, scheme: str) -> None:
    page = visit(PAGES[kind], size, scheme)
    page.wait_for_timeout(300)
    assert findings(page, axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_open_menu(visit: Callable[..., Page], axe: str, scheme: str) -> None:
    page = visit(PAGES["note"], "phone", scheme)
    page.click(".ns-contents summary")
    page.click("header label[for=__drawer]")
    page.wait_for_timeout(500)
    assert findings(page, axe) == []


@pytest.mark.parametrize(("size", "scheme"), WINDOWS)
def test_open_search(visit: Callable[..., Page], axe: str, size: str, scheme: str) -> None:
    page = visit("", size, scheme)
    page.click("[data-ns-search]")
    page.keyboard.type("attention")
    page.wait_for_selector(".md-search-result__item")
    page.wait_for_timeout(500)
    assert findings(page, axe) == []


@pytest.mark.parametrize("kind", PAGES)
def test_nothing_is_wider_than_a_phone(visit: Callable[..., Page], kind: str) -> None:
    page = visit(PAGES[kind], "phone")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
