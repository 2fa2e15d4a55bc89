"""Seconds for hostile input of growing size: time must grow with the size, not with its square.

usage: python benchmarks/gfm_hostile.py [SIZE]
"""

from __future__ import annotations

import sys
import time

import markdown

HOSTILE = {
    "quotes": lambda n: ">" * n,
    "spaced quotes": lambda n: "> " * n + "a",
    "stars": lambda n: "*" * n,
    "underscores": lambda n: "_a" * n,
    "open brackets": lambda n: "[" * n,
    "closed brackets": lambda n: "[" * (n // 2) + "a" + "]" * (n // 2),
    "images": lambda n: "![" * n,
    "links": lambda n: "[a](" * n,
    "link and bracket": lambda n: "[a](b" * n,
    "wiki": lambda n: "[[a|" * n,
    "backticks": lambda n: "".join("`" * (i % 50 + 1) + "a" for i in range(n // 25)),
    "tags": lambda n: "<a " * n,
    "quoted tags": lambda n: '<a b="' * n,
    "lone tags": lambda n: "<b>" * n,
    "html comments": lambda n: "<!--" * n,
    "html block tags": lambda n: "<div>\n" * (n // 6),
    "entities": lambda n: "&" * n,
    "dollars": lambda n: "$" * n,
    "tildes": lambda n: "~" * n + "\n\n" + "~a " * n,
    "braces": lambda n: "{" * n + "{: .a" * n,
    "one line": lambda n: "word " * n,
    "one word": lambda n: "a" * n,
    "lines": lambda n: "a\n" * n,
    "arrows": lambda n: "-> a\n" * (n // 5),
    "items": lambda n: "- a\n" * (n // 4),
    "deep list": lambda n: "\n".join("  " * i + "- a" for i in range(int(n**0.5))),
    "list marks": lambda n: "- " * n,
    "urls": lambda n: "http://a.b/(" * (n // 12),
    "parentheses": lambda n: "http://a.b/" + ")" * n,
    "ats": lambda n: "a@" * n,
    "mail": lambda n: "a.b@c." * n,
    "table": lambda n: "|" * (n // 2) + "\n|" + "-|" * (n // 2),
    "definitions": lambda n: "[a]: b\n" * (n // 7),
    "footnotes": lambda n: "".join(f"[^{i}]: a\n" for i in range(n // 9)),
    "headings": lambda n: "# a\n" * (n // 4),
    "callouts": lambda n: "> [!note]\n" * (n // 10),
    "liquid": lambda n: "{% highlight a %}\n" * (n // 18),
    "admonitions": lambda n: "\n".join("    " * i + "!!! note" for i in range(int((n / 2) ** 0.5))),
    "spaces": lambda n: "a" + " " * n + "b",
    "dashes": lambda n: "-" * n + "a",
    "escapes": lambda n: "\\" * n,
}


def main() -> int:
    """Print what is slow, and what grows faster than it should."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    for name, make in HOSTILE.items():
        small, large = seconds(make(size)), seconds(make(2 * size))
        growth = large / max(small, 1e-3)
        print(f"{name:18} {small:6.2f} s {large:6.2f} s  x{growth:.1f}{'  <---' if large > 1 and growth > 3 else ''}")
    return 0


def seconds(text: str) -> float:
    """Measure the CPU time of one conversion."""
    md = markdown.Markdown(
        extensions=["admonition", "attr_list", "toc", "pymdownx.superfences", "notesite.markdown.gfm"]
    )
    start = time.process_time()
    md.convert(text)
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
