"""`mkdocs serve` shows every change without a restart."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from conftest import CONFIG, ROOT

PATIENCE = 30.0
"""Seconds; a rebuild takes about one on a quiet machine."""


class Served:
    """A folder of notes under `mkdocs serve`."""

    def __init__(self, notes: Path, url: str, log: Path) -> None:
        self.notes, self.url, self.log = notes, url, log

    def page(self, path: str) -> str:
        try:
            with urlopen(self.url + path, timeout=5) as answer:
                return answer.read().decode()
        except HTTPError as error:
            return f"{error.code}"
        except URLError:
            return ""

    def shows(self, path: str, text: str) -> bool:
        """Whether the page comes to show the text."""
        return self.comes_true(lambda: text in self.page(path))

    def comes_true(self, condition) -> bool:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if condition():
                return True
            time.sleep(0.1)
        return False


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "llm.md").write_text("# Papers\n\n## KV cache\n\nOld words.\n\n## RoPE\n\nRotations.\n", encoding="utf-8")
    config = tmp_path / "mkdocs.yml"
    config.write_text(CONFIG.format(root=ROOT, notes=notes, site=tmp_path / "site"), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "-f", config, "-a", f"127.0.0.1:{port}"]
    log = tmp_path / "log"
    with log.open("w") as out:
        server = subprocess.Popen(command, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, stdout=out, stderr=out)
        try:
            found = Served(notes, f"http://127.0.0.1:{port}/", log)
            assert found.comes_true(lambda: "RoPE" in found.page("notes/rope/")), log.read_text()
            yield found
        finally:
            server.terminate()
            server.wait()


def test_every_change_shows(served: Served) -> None:
    llm = served.notes / "llm.md"
    text = llm.read_text()

    llm.write_text(text.replace("Old words", "New words"), encoding="utf-8")
    assert served.shows("notes/kv-cache/", "New words")
    assert served.comes_true(lambda: "New words" in searched(served))

    (served.notes / "new.md").write_text("# FlashAttention\n\nTiles.\n", encoding="utf-8")
    assert served.shows("notes/flashattention/", "Tiles.")

    (served.notes / "new.md").rename(served.notes / "flash.md")
    assert served.shows("notes/flashattention/", "flash.md")

    (served.notes / "flash.md").unlink()
    assert served.shows("notes/flashattention/", "404")

    (served.notes / "typed.md").write_text("---\ntitle: [half\n---\n# Typed\n\nKept all the same.\n", encoding="utf-8")
    assert served.shows("notes/typed/", "Kept all the same.")
    assert "typed.md:3: front matter can't be read" in served.log.read_text()
    (served.notes / "typed.md").write_text("---\ntitle: Mended\n---\n# Typed\n\nKept.\n", encoding="utf-8")
    assert served.shows("notes/mended/", "Kept.")

    (served.notes / "draft.md").write_text("---\ndraft: true\n---\n# Half a thought\n\nHm.\n", encoding="utf-8")
    assert served.shows("notes/half-a-thought/", "Hm.")

    served.notes.rename(served.notes.with_name("away"))
    time.sleep(0.5)
    served.notes.with_name("away").rename(served.notes)
    llm.write_text(text.replace("Old words", "Back again"), encoding="utf-8")
    assert served.shows("notes/kv-cache/", "Back again")
    assert "Traceback" not in served.log.read_text()


def searched(served: Served) -> str:
    """The texts that the search shows, as a reader who opens it now gets them."""
    found = re.search(r'"digest":"(\w+)"', served.page("assets/search/engine.js"))
    return served.page(f"assets/search/{found[1]}/0.js") if found else ""
