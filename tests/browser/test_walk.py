"""The way of someone who opens the site for the first time."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect


def test_from_home_to_a_formula(visit: Callable[..., Page]) -> None:
    page = visit("")
    page.get_by_role("main").get_by_role("link", name="Attention", exact=True).click()
    expect(page.locator(".md-content h1")).to_have_text("Attention")

    page.get_by_role("main").get_by_role("link", name="Scaled dot-product attention", exact=True).first.click()
    expect(page.locator(".md-content h1")).to_contain_text("Scaled dot-product attention")

    page.keyboard.press("/")
    page.keyboard.type("flash-attention")
    expect(page.locator(".md-search-result__link").first).to_contain_text("FlashAttention")
    page.keyboard.press("Enter")
    expect(page.locator(".md-content h1")).to_contain_text("FlashAttention")

    formula = page.locator(".katex-html").first
    expect(formula).to_be_visible()
    assert "KaTeX" in formula.evaluate("node => getComputedStyle(node.closest('.katex')).fontFamily")
