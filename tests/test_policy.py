"""What the policy of a page lets run."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from notesite.errors import NotesiteError
from notesite.policy import allowed_sources, with_policy


def sources(html: str) -> dict[str, list[str]]:
    """The policy's sources by directive."""
    (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
    return {name: given for name, *given in map(str.split, policy.split(";"))}


def page(head: str = "", body: str = "") -> str:
    return f'<html><head>\n<meta charset="utf-8">{head}</head><body>{body}</body></html>'


def test_only_the_theme_s_inline_scripts_run() -> None:
    note = "<p>x</p><script>alert(1)</script>"
    found = sources(with_policy(page("<script>start()</script>", note + "<script async>end()</script>"), note, {}))
    hashes = [base64.b64encode(hashlib.sha256(text).digest()).decode() for text in (b"start()", b"end()")]
    assert found["script-src"] == ["'self'", *(f"'sha256-{digest}'" for digest in hashes)]
    assert found["default-src"] == found["connect-src"] == ["'self'"]
    assert found["object-src"] == ["'none'"]


def test_hosts_in_data_are_not_allowed() -> None:
    html = page('<script type="application/ld+json">{"url": "https://a.example"}</script>')
    assert "a.example" not in str(sources(with_policy(html, "", {})))


def test_hosts_of_the_author_s_scripts_and_styles_are_allowed() -> None:
    html = page(
        '<script src="https://cdn.example/a.js" defer></script><script src="//x.example:8080/b.js">// x</script>'
        '<link rel="stylesheet" href="https://fonts.example/css"><link rel="canonical" href="https://me.example/">'
    )
    found = sources(with_policy(html, "", {}))
    assert [source for source in found["script-src"] if "'" not in source] == ["cdn.example", "x.example:8080"]
    assert found["style-src"][-1] == found["font-src"][-1] == "fonts.example"
    assert "*" in found["connect-src"]
    assert "me.example" not in str(found)


def test_an_author_widens_a_directive() -> None:
    option = {"script-src": ["https://a.example", "'unsafe-eval'"], "frame-src": "https://b.example"}
    further = allowed_sources({"content_security_policy": option}, {})
    assert further is not None
    found = sources(with_policy(page(), "", further))
    assert found["script-src"] == ["'self'", "https://a.example", "'unsafe-eval'"]
    assert found["frame-src"] == ["'self'", "https://b.example"]


def test_a_directive_that_is_none_is_told() -> None:
    with pytest.raises(NotesiteError, match="content_security_policy"):
        allowed_sources({"content_security_policy": {"scripts": "https://a.example"}}, {})


OWN = """
extra_javascript: [https://cdn.example/own.js]
markdown_extensions:
  - pymdownx.superfences:
      custom_fences: [{name: mermaid, class: mermaid, format: !!python/name:pymdownx.superfences.fence_code_format ''}]
"""


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("", ["'self'"]),
        (OWN, ["'self'", "cdn.example", "https://unpkg.com"]),
        ("extra: {content_security_policy: false}", None),
        ("markdown_extensions: [notesite.markdown.gfm: {html: raw}]", None),
    ],
)
def test_pages_have_the_policy_that_the_options_ask_for(
    tmp_path: Path, options: str, expected: list[str] | None
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text("# A note\n\nText.\n")
    config = tmp_path / "mkdocs.yml"
    config.write_text(f"site_name: Notes\ntheme: {{name: material, font: false}}\nplugins: [notesite]\n{options}\n")
    for _ in range(2):  # the second finds the note's page finished
        build(load_config(str(config)))
        for name in ("index.html", "404.html", "notes/a-note/index.html"):
            html = (tmp_path / "site" / name).read_text("utf-8")
            if expected is None:
                assert "Content-Security-Policy" not in html
            else:
                assert [s for s in sources(html)["script-src"] if not s.startswith("'sha256-")] == expected


def test_a_wrong_option_ends_the_build(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "docs").mkdir()
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: x\nplugins: [notesite]\nextra: {content_security_policy: {scripts: x}}\n")
    with pytest.raises(Abort):
        build(load_config(str(config)))
    assert "script-src" in caplog.text
