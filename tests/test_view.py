"""What the pages show, from the lists behind them to their HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from notesite.build import Options, build
from notesite.model import Block, Filing, Note, Part, Section
from notesite.shelves import MOST_ROWS, PAGE_LENGTH, tag_shelves, topic_shelves
from notesite.topics import Topic
from notesite.view import index
from notesite.view.chips import chips
from notesite.view.descriptions import listed
from notesite.view.text import SUMMARY_LENGTH, plain, shortened, summary

GOLDEN = Path(__file__).parent / "golden" / "site"
PAGES = {
    "home": "index.html",
    "topic": "topics/attention/index.html",
    "note": "notes/grouped-em-query-em-attention/index.html",
    "note_with_formula": "notes/rope-rotates-by-m-theta/index.html",
    "papers": "papers/index.html",
    "timeline": "timeline/index.html",
    "graph": "graph/index.html",
    "tags": "tags/index.html",
    "tag": "tags/kv-cache/index.html",
    "source": "sources/llm/index.html",
    "sources": "sources/index.html",
    "lost": "404.html",
}


def section(title: str, *texts: str, **meta: object) -> Section:
    blocks = tuple(Block("paragraph", n, n, text) for n, text in enumerate(texts, 2))
    return Section(f"{title}.md", 1, 2, 9, title, title, 1, "note", blocks=blocks, meta=meta)


def note(title: str, *texts: str, part: str = "", **meta: object) -> Note:
    return Note(title, (Part(section(title, *texts, **meta)),), (), filing=Filing("attention"), slug=title, part=part)


def article(html: str) -> str:
    """What is notesite's own of a page: no icons of the theme, and of a picture not where things stand."""
    (found,) = re.findall(r"<article[^>]*>\s*(.*?)\s*</article>", html, re.DOTALL)
    found = re.sub(r"<svg xmlns.*?</svg>", "<svg/>", found, flags=re.DOTALL)
    found = re.sub(r' (?:[cxy][xy12]?|r|d|viewBox|width|height|text-anchor)="[-\d.a-zLM ]+"(?=[ />])', "", found)
    return re.sub(r"\n\s*\n+", "\n", found) + "\n"


@pytest.mark.parametrize("kind", PAGES)
def test_page(kind: str, build_site: Callable[[Path], Path], golden: Callable[[Path, str], None]) -> None:
    html = (build_site(GOLDEN / "notes") / PAGES[kind]).read_text(encoding="utf-8")
    golden(GOLDEN / f"{kind}.html", article(html))


def test_head_describes_the_page(build_site: Callable[[Path], Path]) -> None:
    html = (build_site(GOLDEN / "notes") / PAGES["note"]).read_text(encoding="utf-8")
    assert "<title>Grouped &lt;em&gt;query&lt;/em&gt; attention - Notes</title>" in html
    assert '<meta name="description" content="Groups of query heads share one head of keys and values.">' in html
    assert '<meta property="og:title" content="Grouped &lt;em&gt;query&lt;/em&gt; attention">' in html
    assert '<meta property="article:published_time" content="2023-12-16">' in html
    assert '"@type": "ScholarlyArticle"' in html


def test_every_kind_of_page_has_a_title_and_a_description_of_its_own(build_site: Callable[[Path], Path]) -> None:
    heads = [(build_site(GOLDEN / "notes") / path).read_text(encoding="utf-8") for path in PAGES.values()]
    titles = [re.findall(r"<title>(.+)</title>", head) for head in heads]
    assert all(len(found) == 1 for found in titles)
    assert ["Notes"] in titles
    descriptions = [re.findall(r'<meta name="description" content="(.+)">', head) for head in heads[:-1]]
    assert all(len(found) == 1 for found in descriptions)
    for found in (titles, descriptions):
        assert len({text for (text,) in found}) == len(found)


def test_a_description_holds_as_many_titles_as_it_has_room_for() -> None:
    assert listed([]) == ""
    assert listed(["RoPE", "$\\beta$-VAE"]) == "Notes on RoPE, β-VAE."
    assert listed(["x" * 20] * 40) == "Notes on " + ", ".join(["x" * 20] * 8) + " and more."
    assert len(listed(["x" * 400])) == SUMMARY_LENGTH


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Drops recurrence and keeps attention. The rest follows.", "Drops recurrence and keeps attention."),
        (
            "See Vaswani et al. for more than this sentence says.",
            "See Vaswani et al. for more than this sentence says.",
        ),
        ("No sentence ends here", "No sentence ends here"),
        ("word " * 60, "word " * 36 + "…"),
        ("x" * 300, "x" * 180 + " …"),
    ],
)
def test_a_summary_is_a_sentence_or_two_lines(text: str, expected: str) -> None:
    assert shortened(text) == expected


def test_a_summary_passes_over_labels_and_marks() -> None:
    assert summary([section("A", "Paper:", "-> *Scales* by $\\sqrt{d}$ and [more](x.md).")]) == "Scales by √d and more."
    assert summary([section("A")]) == ""


def test_formulas_are_readable() -> None:
    assert plain(r"$\beta$-VAE costs 5$") == "β-VAE costs 5$"


def test_a_long_timeline_has_a_page_for_each_year(tmp_path: Path) -> None:
    for number in range(MOST_ROWS + 1):
        text = f"---\ndate: {2020 + number % 2}-0{1 + number % 9}\n---\n# Number {number}\n\nOf {number}.\n"
        (tmp_path / f"{number}.md").write_text(text)
    site = build(tmp_path)
    assert [(p.uri, p.title) for p in site.pages if p.kind == "timeline"] == [
        ("timeline.md", "Timeline"),
        ("timeline/2021.md", "Notes of 2021"),
        ("timeline/2020.md", "Notes of 2020"),
    ]
    months = list(index(site).months("2020"))
    assert [month for month, _ in months[:2]] == ["2020-09", "2020-08"]
    assert sum(len(entries) for _, entries in months) == MOST_ROWS // 2 + 1


def test_sources_are_counted_not_places(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\n## [RoPE](https://arxiv.org/abs/2104.09864)\n\nOnce.\n" * 2)
    (tmp_path / "b.md").write_text("# B\n\n## [RoPE](https://arxiv.org/abs/2104.09864)\n\nTwice.\n")
    (entry,) = index(build(tmp_path)).entries.values()
    assert (len(entry.note.sections), entry.count) == (3, 2)


def test_every_name_in_the_front_matter_leads_to_the_note(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\nalias: Rotary\naliases: [RoFormer, Rotations]\n---\n# RoPE\n\nText.\n")
    site = build(tmp_path)
    assert list(site.redirects) == ["roformer", "rotations", "rotary"]
    assert {"roformer", "rotations", "rotary"} <= site.addresses.names.keys()


def test_long_shelves_are_split() -> None:
    notes = [note(f"{n:03}") for n in range(2 * PAGE_LENGTH + 1)]
    (shelf,) = topic_shelves([Topic("attention", "Attention"), Topic("empty", "Empty")], notes)
    assert [len(chunk) for chunk in shelf.chunks] == [PAGE_LENGTH, PAGE_LENGTH, 1]
    assert [shelf.uri(n) for n in (1, 2)] == ["topics/attention.md", "topics/attention/2.md"]


def test_parts_of_a_shelf_stand_together_the_largest_first() -> None:
    notes = [note("a"), note("b", part="KV cache"), note("c", part="RoPE"), note("d", part="RoPE")]
    (shelf,) = topic_shelves([Topic("attention", "Attention")], notes)
    assert [found.title for found in shelf.notes] == ["c", "d", "b", "a"]
    assert [(part.name, part.count, part.uri) for part in shelf.parts] == [
        ("RoPE", 2, "topics/attention.md#part-rope"),
        ("KV cache", 1, "topics/attention.md#part-kv-cache"),
    ]


def test_tags_that_differ_in_case_are_one_and_every_tag_has_its_address() -> None:
    notes = [note("1", tags=["C", "nlp"]), note("2", tags="C++, #NLP"), note("3", tags=None)]
    shelves = tag_shelves(notes)
    assert [(shelf.name, shelf.key, len(shelf.notes)) for shelf in shelves] == [
        ("C", "c", 1),
        ("C++", "c-2", 1),
        ("nlp", "nlp", 2),
    ]


def test_chips_of_a_kind_are_told_apart() -> None:
    site = build(GOLDEN / "notes")
    found = next(found for found in site.notes if found.title == "Attention Is All You Need")
    assert [(chip.kind, chip.detail) for chip in chips(found)] == [("arXiv", "1706.03762"), ("PDF", ""), ("Code", "")]
    assert list(chips(replace(found, parts=(), primary=None))) == []


def test_links_of_a_heading_are_chips(tmp_path: Path) -> None:
    heading = (
        "## Flux ([paper](https://arxiv.org/abs/2402.11111), [code](https://github.com/x/flux), [blog](https://a.org/b),"
        " [talk](https://youtu.be/abcdefghijk), [again](https://www.youtube.com/watch?v=bcdefghijkl),"
        " [mail](mailto:x@a.org), [other](other.md)), after [A post with a title of its own](https://www.c.org/d)"
    )
    (tmp_path / "a.md").write_text(
        f"{heading}\n\nIt [flows](https://e.org/f): ![](https://github.com/x/pics/raw/main/f.png)\n\n## Other\n\nx\n"
    )
    found = next(found for found in build(tmp_path).notes if found.title.startswith("Flux"))
    assert [(chip.kind, chip.detail, chip.url) for chip in chips(found)][2:] == [
        ("Code", "", "https://github.com/x/flux"),
        ("Video", "1", "https://youtu.be/abcdefghijk"),
        ("Video", "2", "https://www.youtube.com/watch?v=bcdefghijkl"),
        ("Blog", "", "https://a.org/b"),
        ("Page", "c.org", "https://www.c.org/d"),
    ]


def test_a_picture_is_no_chip_and_a_paper_keeps_the_address_that_an_option_gives_it(tmp_path: Path) -> None:
    url = "https://openreview.net/forum?id=abc"
    (tmp_path / "a.md").write_text(f"## [Flux]({url})\n\n![Plot](https://github.com/x/flux/raw/main/plot.png)\n")
    (found,) = build(tmp_path, Options(papers={url: "acl:2020.acl-main.1"})).notes
    assert [(chip.kind, chip.url) for chip in chips(found)] == [("ACL Anthology", url)]
