"""The Content-Security-Policy of a published page: scripts of the site run, and nothing that a note might smuggle in.

Notes are cleaned before they reach a page (`markdown.gfm.safety`); the policy is what stands behind that.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, Final

from notesite.errors import NotesiteError

POLICY: Final = "content_security_policy"
"""Below `extra:` in `mkdocs.yml`: `false`, or further sources by directive."""
MERMAID: Final = "https://unpkg.com"
"""Where Material loads Mermaid from, for authors who have it draw their fences."""
DIRECTIVES: Final = frozenset(
    "default-src script-src style-src img-src media-src font-src connect-src frame-src worker-src form-action".split()
)
"""What an author may widen."""
HEAD: Final = re.compile(r"<head[^>]*>(?:\s*<meta charset=[^>]*>)?", re.IGNORECASE)
SCRIPT: Final = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.IGNORECASE | re.DOTALL)
NOT_RUN: Final = re.compile(r"\btype=[\"']?(?!text/javascript|module)[\w.+-]+/[\w.+-]+", re.IGNORECASE)
"""Data, such as JSON, in the form of a script."""
STYLE: Final = re.compile(r"<link\b(?=[^>]*\brel=[\"']?(?:stylesheet|preconnect|preload))[^>]*>", re.IGNORECASE)
HOST: Final = re.compile(r"(?:https?:|(?<=[\"'=]))//([\w.-]+(?::\d+)?)")


def with_policy(html: str, content: str, further: Mapping[str, str]) -> str:
    """The page with its policy.

    What surrounds `content`, the part that comes from notes, is the theme's and the author's: its scripts, and the
    hosts that they and its style sheets come from, are allowed. `further` are sources that the author allows besides.
    """
    shell = html.replace(content, "") if content else html
    allowed = directives(shell)
    for name, sources in further.items():
        allowed[name] = f"{allowed.get(name, allowed['default-src'])} {sources}"
    policy = escape("; ".join(f"{name} {sources}" for name, sources in allowed.items())).replace("&#x27;", "'")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return HEAD.sub(lambda head: f"{head[0]}\n    {meta}", html, count=1)


def directives(shell: str) -> dict[str, str]:
    """The sources that a page without notes needs."""
    scripts = list(SCRIPT.finditer(shell))
    # Browsers ignore scripts that are data; the HTML checker wants them allowed, too.
    inline = unique(sha256(found[2]) for found in scripts if found[2].strip())
    hosts = unique(host for found in scripts if not NOT_RUN.search(found[1]) for host in HOST.findall(found[0]))
    styles = unique(host for found in STYLE.finditer(shell) for host in HOST.findall(found[0]))
    return {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", *inline, *hosts]),
        # KaTeX places each glyph by a style attribute, and notes may colour a word; a style runs nothing.
        "style-src": " ".join(["'self' 'unsafe-inline'", *styles]),
        "font-src": " ".join(["'self' data:", *styles]),
        "img-src": "'self' * data:",
        "media-src": "'self' *",
        # A script from elsewhere, such as one that counts visits, may report to a host of its own.
        "connect-src": "'self' *" if hosts else "'self'",
        "object-src": "'none'",
        "form-action": "'self'",
        "base-uri": "'none'",
    }


def sha256(text: str) -> str:
    """The source expression that allows an inline script with this text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def unique(names: Iterator[str]) -> list[str]:
    """Each once, in order."""
    return list(dict.fromkeys(names))


def allowed_sources(extra: Mapping[str, Any], extensions: Mapping[str, Any]) -> dict[str, str] | None:
    """What an author's options allow besides the site's own, by directive; None where there is to be no policy.

    Raises NotesiteError for an unknown directive.
    """
    option = extra.get(POLICY, {})
    if option is False or extensions.get("notesite.markdown.gfm", {}).get("html") == "raw":
        return None  # With `raw`, what notes bring along is to run.
    if not isinstance(option, dict) or not DIRECTIVES.issuperset(option):
        message = f"mkdocs.yml: `extra: {POLICY}:` is `false`, or sources by directive: {', '.join(sorted(DIRECTIVES))}"
        raise NotesiteError(message)
    allowed = {name: " ".join(given) if isinstance(given, list) else str(given) for name, given in option.items()}
    fences = extensions.get("pymdownx.superfences", {}).get("custom_fences", ())
    if any(fence.get("class") == "mermaid" for fence in fences):
        allowed["script-src"] = f"{allowed.get('script-src', '')} {MERMAID}".strip()
    return allowed
