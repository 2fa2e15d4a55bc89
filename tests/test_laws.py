"""What holds for every folder: no line is lost, none stands twice, and the order of files does not matter."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import shared
from notesite.build import build
from notesite.model import Site
from notesite.report import as_json

WORDS = st.sampled_from(
    "attention $x_i$ cache [RoPE](https://arxiv.org/abs/2104.09864) heads `k` <think> 1. # > | \\".split()
)
SENTENCE = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
BLOCK = st.one_of(
    SENTENCE,
    st.builds("{} {}".format, st.sampled_from("# ## ### ####".split()), SENTENCE),
    st.lists(SENTENCE, min_size=1, max_size=4).map(lambda items: "\n".join(f"- {item}" for item in items)),
    st.lists(SENTENCE, min_size=1, max_size=3).map(lambda items: "\n".join(f"> {item}" for item in items)),
    st.sampled_from(
        [
            "```py\n# code\n```",
            "```\nnever closed",
            "$$\nx < y\n$$",
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "text\n---",
            "Title\n=====",
            "<details>\n\n## inside\n\n</details>",
            "<!--\n# hidden",
            "see [^1] and [p][1]",
            "[^1]: a footnote\n    that goes on",
            "[1]: https://arxiv.org/abs/1706.03762",
            "1. TOC\n{:toc}",
            "    # indented",
            "-> a\n-> b",
            "{% highlight py %}\nx\n{% endhighlight %}",
            "### [Attention is all you need](https://arxiv.org/abs/1706.03762)",
        ]
    ),
)
HEADER = st.sampled_from(["", "---\ntitle: A\n---\n", "---\ntitle: [x\n---\n", "---\ndate: 2024-01-02\nx: y\n---\n"])
TEXT = st.builds(
    lambda header, blocks, gap: header + gap.join(blocks),
    HEADER,
    st.lists(BLOCK, max_size=8),
    st.sampled_from(["\n", "\n\n"]),
)
FOLDER = st.dictionaries(st.sampled_from(["a.md", "b/c.md", "b/d.markdown", "2024-01-02-e.md"]), TEXT, min_size=1)


def site_of(files: dict[str, str]) -> Site:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return build(Path(folder))


@settings(max_examples=150, deadline=None)
@given(FOLDER)
def test_no_line_is_lost_or_doubled(files: dict[str, str]) -> None:
    assert_whole(site_of(files))


@settings(max_examples=50, deadline=None)
@given(FOLDER)
def test_order_of_files_does_not_matter(files: dict[str, str]) -> None:
    assert as_json(site_of(files)) == as_json(site_of(dict(reversed(files.items()))))


@pytest.mark.parametrize("name", ["seeds", "collections"])
def test_real_notes(name: str) -> None:
    assert_whole(build(shared(name)))


def assert_whole(site: Site) -> None:
    ledger = site.ledger
    assert ledger.unaccounted == ()
    parts = (ledger.rendered, ledger.merged, ledger.structure, ledger.blank, len(ledger.dropped))
    assert sum(parts) == ledger.lines
    origins = Counter(line.origin for page in site.pages for line in page.lines if line.origin and line.text.strip())
    definitions = {
        (section.path, line)
        for section in site.sections
        for block in section.blocks
        if block.kind == "definition"
        for line in range(block.start, block.end + 1)
    }
    assert [origin for origin, count in origins.items() if count > 1 and origin not in definitions] == []
