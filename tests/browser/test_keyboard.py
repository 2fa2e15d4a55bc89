"""Tab leads through every kind of page: to all that can be used, in its order, and one sees where one is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from conftest import PAGES

STOPS = 80
"""Presses of the key; what stands further down a long list is like what stands before."""
PLACES = [*((kind, "desktop") for kind in PAGES), ("note", "phone")]

# What is looked at is, of Material's switch, the label, and of a node its picture; the search's field opens the search.
STOP = """async () => {
  const element = document.activeElement;
  if (element === document.body) return null;
  if (element.matches(".md-search__input")) await new Promise((resolve) => setTimeout(resolve, 300));
  const before = window.nsStop;
  const seen = element.matches(".md-option") ? element.nextElementSibling
    : element.querySelector(":scope > :is(circle, path)") ?? element;
  const look = () => {
    const { outlineStyle, outlineWidth, strokeWidth } = getComputedStyle(seen);
    return [outlineStyle, outlineWidth, strokeWidth, document.getElementById("__search").checked].join();
  };
  const { left, top, width, height } = seen.getClientRects()[0] ?? new DOMRect();
  const at = document.elementFromPoint(left + width / 2, Math.min(top + height / 2, innerHeight - 1));
  const isUncovered = seen.ownerSVGElement || seen.contains(at); // A node may lie below another.
  window.nsStops = (window.nsStops ?? new Set()).add(element);
  window.nsStop = { element, look, focused: look() };
  return {
    name: `${element.localName}.${element.getAttribute("class") ?? ""} ${element.textContent.trim().slice(0, 40)}`,
    isInOrder: !before || Boolean(before.element.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING),
    isSeen: seen.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && isUncovered,
    isLastUnmarked: Boolean(before) && before.look() === before.focused,
  };
}"""
# What can be used between the first place and the last, but was left out.
MISSED = """() => {
  const stops = [...window.nsStops];
  const usable = "a:is([href], [*|href]), button, summary, input:not(.md-toggle)";
  return [...document.querySelectorAll(`:is(main, footer) :is(${usable})`)]
    .filter((one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !stops.includes(one))
    .filter((one) => stops[0].compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING)
    .filter((one) => stops.at(-1).compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING)
    .map((one) => one.outerHTML.slice(0, 200));
}"""


def walked(page: Page) -> Iterator[dict[str, Any]]:
    """Each place that Tab leads to, until it leaves the page."""
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        if not (stop := page.evaluate(STOP)):
            return
        yield stop


@pytest.mark.parametrize(("kind", "size"), PLACES)
def test_tab_leads_through_every_kind_of_page(visit: Callable[..., Page], kind: str, size: str) -> None:
    page = visit(PAGES[kind], size)
    page.add_style_tag(content="* { transition: none !important }")
    stops = list(walked(page))
    assert stops
    assert [stop["name"] for stop in stops if not stop["isInOrder"]] == []
    assert [stop["name"] for stop in stops if not stop["isSeen"]] == []
    assert [last["name"] for last, stop in pairwise(stops) if stop["isLastUnmarked"]] == []
    assert page.evaluate(MISSED) == []


@pytest.mark.parametrize("kind", [kind for kind in PAGES if kind != "search"])  # whose field has the focus at once
def test_the_first_link_leads_to_the_content(visit: Callable[..., Page], kind: str) -> None:
    page = visit(PAGES[kind])
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(":target")).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.locator("article :focus, footer :focus")).to_have_count(1)
