"""The whole as one page: nothing missing, every link inside it leads somewhere, and Chromium makes a PDF of it."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pypdf import PdfReader

from conftest import ROOT, shared
from notesite.build import build
from notesite.cli import main
from notesite.model import Site


class Document(HTMLParser):
    """What stands in an HTML page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.formulas = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if tag == "a" and "href" in given else []
        self.loaded += [given[name] for name in ("src", "srcset", "data") if name in given]
        self.loaded += [given["href"]] if tag == "link" else []
        self.formulas += "katex" in given.get("class", "").split()


def written(notes: Path, target: Path) -> Path:
    assert main(["print", str(target), "--notes", str(notes), "--config", str(ROOT / "mkdocs.yml")]) == 0
    return target


HIDDEN = re.compile(r"\]\([^)\s]+\)+|https?://\S+|\$[^$]+\$|<[^>]*>|[*_`]")


def words(site: Site) -> Counter[str]:
    """The words of the notes' paragraphs, without addresses, formulas and tags."""
    blocks = (block for note in site.notes for part in note.parts for block in part.section.blocks)
    texts = (HIDDEN.sub(" ", block.text) for block in blocks if block.kind == "paragraph")
    return Counter(word for text in texts for word in re.findall(r"[a-zA-Z]{4,}", text))


@pytest.mark.parametrize("name", ["notes", "seeds"])
def test_page(name: str, tmp_path: Path) -> None:
    notes = ROOT / "notes" if name == "notes" else shared(name)
    html = written(notes, tmp_path / "all.html").read_text("utf-8")
    document = Document(html)
    site = build(notes)
    assert [name for name, count in Counter(document.ids).items() if count > 1] == []
    inside = {unescape(link[1:]) for link in document.links if link.startswith("#")}
    assert inside - set(document.ids) == set()
    assert {f"notes/{note.slug}" for note in site.notes} <= inside
    assert [link for link in document.links if not re.match(r"#|https?:|mailto:", link)] == []
    assert [address for address in document.loaded if not address.startswith("data:")] == []
    assert "fonts/" not in html
    assert document.formulas >= sum(len(part.section.formulas) for note in site.notes for part in note.parts)
    text = unescape(re.sub(r"<[^>]+>", " ", html))
    assert words(site) - Counter(re.findall(r"[a-zA-Z]{4,}", text)) == Counter()


def test_parts_keep_to_themselves(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    text = "# {0}\n\nSee [below](#more), [the other]({1}.md#more), [the file](data.csv) and ![it](pic.png).[^1]\n\n"
    text += "## More\n\nText.\n\n<details><summary>Folded</summary>\n\nInside.\n\n</details>\n\n[^1]: A note.\n"
    (notes / "one.md").write_text(text.format("Paper of one kind", "two"))
    (notes / "two.md").write_text(text.format("Paper of another sort", "one").replace("Text.", "Words that differ."))
    (notes / "pic.png").write_bytes(b"png")
    (notes / "data.csv").write_text("1")
    html = written(notes, tmp_path / "all.html").read_text("utf-8")
    document = Document(html)
    ours, theirs = "notes/paper-of-one-kind", "notes/paper-of-another-sort"
    assert document.links.count(f"#{ours}:more") == document.links.count(f"#{theirs}:more") == 2
    assert [name for name, count in Counter(document.ids).items() if count > 1] == []
    assert {unescape(link[1:]) for link in document.links if link.startswith("#")} <= set(document.ids)
    assert document.loaded == ["data:image/png;base64,cG5n"] * 2
    assert "data.csv" not in html
    assert html.count("<details open") == 2
    assert f'<h3 id="{ours}:more">' in html


@pytest.mark.skipif(not shutil.which("chromium"), reason="no Chromium on this machine")
def test_pdf(tmp_path: Path) -> None:
    pdf = PdfReader(written(ROOT / "notes", tmp_path / "all.pdf"))
    assert [path.name for path in tmp_path.iterdir()] == ["all.pdf"]
    annotations = [note.get_object() for page in pdf.pages for note in page.get("/Annots") or ()]
    inside = [str(note["/Dest"]) for note in annotations if "/Dest" in note]
    slugs = {note.slug for note in build(ROOT / "notes").notes}
    assert {f"/notes/{slug}" for slug in slugs} <= set(inside) <= pdf.named_destinations.keys()
    assert pdf.outline[0]["/Title"] == "Research notes"
    text = "".join(page.extract_text() for page in pdf.pages)
    assert text.count("Attention Is All You Need") >= 2
    assert r"\frac" not in text


@pytest.mark.parametrize(
    ("target", "chrome", "message"),
    [
        ("all.doc", "", "the name must end in .pdf or .html"),
        ("notes/all.html", "", "is inside the notes folder"),
        ("nowhere/all.html", "", "there is no such folder"),
        ("all.pdf", "no-such-browser", "none is found; install one"),
        ("all.pdf", "true", "has made no PDF (status 0)"),
    ],
)
def test_mistakes(
    tmp_path: Path,
    target: str,
    chrome: str,
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CHROME", chrome)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("# A\n\nText.\n")
    assert main(["print", target, "--notes", "notes"]) == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / target).exists()
