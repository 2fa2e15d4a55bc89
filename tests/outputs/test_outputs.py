"""What the site says to programs, read as they read it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from click.testing import CliRunner
from mkdocs.__main__ import cli

from conftest import ROOT
from notesite.build import build
from notesite.commands.bibtex import from_bibtex
from notesite.commands.csl import from_csl
from notesite.outputs import About, Output, outputs, page_outputs
from notesite.view import index

ATOM = "{http://www.w3.org/2005/Atom}"
NOTES = {
    "papers/lora.md": "---\ntitle: 'LoRA: Low-Rank & more'\ndate: 2021-06\npaper: 2106.09685\ntags: [a < b]\n"
    "authors: [Edward J. Hu, Laurens van der Maaten, OpenAI]\n---\n\n"
    "Train $\\Delta W = BA$ only; see [QLoRA](../qlora.md).\n",
    "qlora.md": "---\ndate: 2023-05-23\n---\n"
    "# [QLoRA](https://doi.org/10.1000/182)\n\nFour bits\x0b are enough for it.\n",
    "undated.md": "# Thoughts\n\nThese have no date and no paper.\n",
}


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    for path, text in NOTES.items():
        (tmp_path / "notes" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "notes" / path).write_text(text)
    return tmp_path / "notes"


def files(notes: Path, root: str = "https://example.org/x/") -> dict[str, Output]:
    site = build(notes)
    about = About("My notes", "On papers.", root, lambda uri: re.sub(r"(index)?\.md$", "/", uri).lstrip("/"))
    lists = index(site)
    beside = (file for page in site.pages for file in page_outputs(page, lists))
    return {file.path: file for file in (*outputs(lists, about), *beside)}


def test_atom(notes: Path) -> None:
    feed = ElementTree.fromstring(files(notes)["feed.xml"].text)
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["QLoRA", "LoRA: Low-Rank & more"]
    assert [entry.findtext(f"{ATOM}updated") for entry in entries] == ["2023-05-23T00:00:00Z", "2021-06-01T00:00:00Z"]
    assert entries[0].findtext(f"{ATOM}id") == "https://example.org/x/notes/qlora/"
    assert entries[0].findtext(f"{ATOM}summary") == "Four bits are enough for it."
    assert [category.get("term") for category in entries[1].findall(f"{ATOM}category")][1:] == ["a < b"]
    assert feed.findtext(f"{ATOM}updated") == "2023-05-23T00:00:00Z"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"self": "https://example.org/x/feed.xml", None: "https://example.org/x/"}


def test_json_feed(notes: Path) -> None:
    feed = json.loads(files(notes)["feed.json"].text)
    assert feed["home_page_url"] == "https://example.org/x/"
    assert feed["feed_url"] == "https://example.org/x/feed.json"
    assert [item["url"] for item in feed["items"]] == [
        "https://example.org/x/notes/qlora/",
        "https://example.org/x/notes/lora-low-rank-more/",
    ]


def test_topics_have_feeds_of_their_own(notes: Path) -> None:
    found = files(notes)
    feed = json.loads(found["topics/training-and-alignment.feed.json"].text)
    assert feed["title"] == "My notes: Training and alignment"
    assert len(feed["items"]) == 2
    assert found["topics/training-and-alignment.feed.xml"].page == "topics/training-and-alignment.md"


def test_no_feed_without_address(notes: Path) -> None:
    assert not [path for path in files(notes, root="") if "feed" in path]


def test_citations_are_read_back(notes: Path) -> None:
    found = files(notes)
    papers = [from_csl(item) for item in json.loads(found["papers.csl.json"].text)]
    assert sorted(str(paper.reference) for paper in papers) == ["arxiv:2106.09685", "doi:10.1000/182"]
    lora = next(paper for paper in papers if paper.title.startswith("LoRA"))
    assert (lora.authors, lora.year) == (("Edward J. Hu", "Laurens van der Maaten", "OpenAI"), "2021")
    assert json.loads(found["notes/lora-low-rank-more.csl.json"].text)[0]["author"] == [
        {"family": "Hu", "given": "Edward J."},
        {"family": "Maaten", "given": "Laurens", "non-dropping-particle": "van der"},
        {"literal": "OpenAI"},
    ]
    (own,) = from_bibtex(found["notes/lora-low-rank-more.bib"].text)
    assert (own.title, own.authors, own.reference) == (lora.title, lora.authors, lora.reference)
    assert len(list(from_bibtex(found["papers.bib"].text))) == 2
    assert "notes/thoughts.bib" not in found


def test_markdown(notes: Path) -> None:
    found = files(notes)
    assert found["notes/lora-low-rank-more.md"].text == (
        "# LoRA: Low-Rank & more\n\nTrain $\\Delta W = BA$ only; see [QLoRA](../notes/qlora.md).\n"
    )
    llms = found["llms.txt"].text
    assert llms.startswith("# My notes\n\n> On papers.\n\n## Training and alignment\n\n")
    links = re.findall(r"\]\(https://example\.org/x/([^)]+)\)", llms)
    assert len(links) == 3
    assert set(links) <= found.keys()


def test_the_site_has_them_and_names_them(notes: Path) -> None:
    config = {
        "INHERIT": str(ROOT / "mkdocs.yml"),
        "site_name": "N",
        "docs_dir": "notes",
        "site_url": "https://example.org/x/",
    }
    (notes.parent / "mkdocs.yml").write_text(yaml.safe_dump(config))
    done = CliRunner().invoke(cli, ["build", "--strict", "-q", "-f", str(notes.parent / "mkdocs.yml")])
    assert done.exit_code == 0, done.output
    site = notes.parent / "site"
    for path, file in files(notes).items():
        assert (site / path).is_file(), path
        if file.page.startswith("notes/"):
            html = (site / file.page.removesuffix(".md") / "index.html").read_text()
            link = f'type="{file.type}" title="{file.name}" href="../{path.removeprefix("notes/")}">'
            assert f'<link rel="alternate " {link}' in html
    for page, feed in (("index.html", "feed.xml"), ("topics/training-and-alignment/index.html", "../{}.feed.xml")):
        html = (site / page).read_text()
        href = feed.format("training-and-alignment")
        assert f'<link rel="alternate " type="application/atom+xml" title="Atom feed" href="{href}">' in html
        assert f'<a href="{href}" type="application/atom+xml">Atom feed</a>' in html
    assert "https://example.org/x/notes/qlora/" in (site / "feed.xml").read_text()
