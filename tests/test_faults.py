"""Whatever happens to a build, the site is the old one or the new one, and the next build is right."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

from conftest import NOBODY, ROOT
from notesite.publish import begin, clear_up

NO_PROCESS = 2**22 + 1
"""Linux counts processes up to 2 to the 22nd."""
CONFIG = "INHERIT: {root}/mkdocs.yml\nsite_name: Notes\ndocs_dir: notes\nsite_dir: site\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with a finished site and an image."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("# A\n\n$x^2$ ![i](i.png)\n", encoding="utf-8")
    (tmp_path / "notes" / "i.png").write_bytes(b"x")
    (tmp_path / "mkdocs.yml").write_text(CONFIG.format(root=ROOT), encoding="utf-8")
    built(tmp_path)
    return tmp_path


def start(project: Path) -> subprocess.Popen[bytes]:
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "-q"]
    return subprocess.Popen(command, cwd=project, env=environment, stderr=subprocess.PIPE)


def built(project: Path) -> None:
    process = start(project)
    _, error = process.communicate(timeout=120)
    assert process.returncode == 0, error.decode()


def content(project: Path) -> dict[str, bytes]:
    """The site but for what is new in every build."""
    site = project / "site"
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if not name.startswith("sitemap")}


def left_over(project: Path) -> list[str]:
    return sorted(path.name for path in project.glob(".site*"))


def test_a_full_disk(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = content(project)

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "notes/i.png", None, "site/i.png")

    monkeypatch.setattr(File, "copy_file", fail)
    config = load_config(str(project / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    with pytest.raises(PluginError, match=r"^site/i\.png: can't be written: No space left on device; make room"):
        build(config)
    assert content(project) == before
    assert left_over(project) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("extra: {content_security_policy: 3}", "`extra: content_security_policy:` is `false`, or sources"),
        ("plugins: [notesite: {macro: {}}]", "mkdocs.yml: notesite has no option `macro`; there are file_under,"),
    ],
)
def test_a_mistake_in_mkdocs_yml(project: Path, text: str, message: str) -> None:
    (project / "mkdocs.yml").write_text(f"{CONFIG.format(root=ROOT)}{text}\n", encoding="utf-8")
    process = start(project)
    error = process.communicate(timeout=120)[1].decode()
    assert message in error
    assert "Traceback" not in error


def test_killed(project: Path) -> None:
    before = content(project)
    for seconds in (0.3, 0.6, 1.2):
        process = start(project)
        time.sleep(seconds)
        process.kill()
        process.communicate()
        assert content(project) == before
    built(project)
    assert content(project) == before
    assert left_over(project) == []


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions as Unix has them")
def test_what_builds_left_behind(open_folder: Path) -> None:
    for name in (f".site.{NO_PROCESS}", f".site-old.{NO_PROCESS}", f".site.{os.getpid()}", f".other.{NO_PROCESS}"):
        (open_folder / name / "notes").mkdir(parents=True)
        (open_folder / name / "notes" / "a.md").write_text("a")
        (open_folder / name / "notes").chmod(0o500)
    assert clear_up(open_folder / "site") == []
    assert {path.name for path in open_folder.iterdir()} == {f".site.{os.getpid()}", f".other.{NO_PROCESS}"}
    for path in open_folder.glob("*/notes"):
        path.chmod(0o700)


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() != 0, reason="takes two users")
def test_what_others_own(open_folder: Path) -> None:
    left = open_folder / f".site-old.{NO_PROCESS}"
    os.seteuid(0)
    for folder in (left, open_folder / "site"):
        folder.mkdir()
        (folder / "index.html").write_text("a")
    os.seteuid(NOBODY)
    assert clear_up(open_folder / "site") == [left]
    with pytest.raises(PermissionError, match="site"):
        begin(open_folder / "site", {})


def test_clean_forgets_what_is_kept(project: Path) -> None:
    before = content(project)
    command = [sys.executable, "-m", "mkdocs", "build"]
    for option, count in (([], "[1-9]"), (["--clean"], "0")):
        done = subprocess.run([*command, *option], cwd=project, capture_output=True, text=True, check=True)
        assert re.search(rf" {count}\d* of \d+ pages had been finished before", done.stderr), done.stderr
        assert content(project) == before


def test_two_builds_at_once(project: Path) -> None:
    before = content(project)
    processes = [start(project) for _ in range(2)]
    errors = [process.communicate(timeout=120)[1].decode() for process in processes]
    assert [process.returncode for process in processes] == [0, 0], errors
    assert content(project) == before
    assert left_over(project) == []


def damage(cache: Path) -> None:
    for path in cache.rglob("*"):
        if path.is_file():
            path.write_bytes(b"not a database" * 100)


def block(cache: Path) -> None:
    for path in sorted(cache.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    cache.rmdir()
    cache.write_bytes(b"")


@pytest.mark.parametrize("spoil", [damage, block])
def test_a_spoilt_cache(project: Path, spoil: Callable[[Path], None]) -> None:
    before = content(project)
    spoil(project / ".cache")
    built(project)
    assert content(project) == before


def test_hidden_files_of_the_site_stay(project: Path) -> None:
    (project / "site" / ".git").write_text("gitdir: elsewhere", encoding="utf-8")
    built(project)
    assert (project / "site" / ".git").is_file()


def test_pictures_of_gitbook_are_on_the_site(project: Path) -> None:
    picture = project / "notes" / ".gitbook" / "assets" / "image (1).png"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"picture")
    built(project)
    assert (project / "site" / ".gitbook" / "assets" / "image (1).png").read_bytes() == b"picture"


def edited(site: Path) -> None:
    page = site / "notes" / "a" / "index.html"
    page.write_bytes(page.read_bytes()[::-1])


def deleted(site: Path) -> None:
    (site / "notes" / "a" / "index.html").unlink()


def a_folder_for_a_file(site: Path) -> None:
    (site / "notes" / "a.md").unlink()
    (site / "notes" / "a.md").mkdir()
    (site / "notes" / "a.md" / "more").write_text("more")


def a_file_for_a_folder(site: Path) -> None:
    shutil.rmtree(site / "notes")
    (site / "notes").write_text("no folder")


def a_link_for_a_folder(site: Path) -> None:
    (site / "notes").rename(site.parent / "moved")
    (site / "notes").symlink_to(site.parent / "moved")


def more(site: Path) -> None:
    (site / "more" / "below").mkdir(parents=True)
    (site / "more" / "below" / "page.html").write_text("more")
    (site / "notes" / "b.html").write_text("more")


def gone(site: Path) -> None:
    shutil.rmtree(site)


@pytest.mark.parametrize(
    "spoil", [edited, deleted, a_folder_for_a_file, a_file_for_a_folder, a_link_for_a_folder, more, gone]
)
def test_a_site_that_others_changed(project: Path, spoil: Callable[[Path], None]) -> None:
    before = content(project)
    spoil(project / "site")
    built(project)
    assert content(project) == before
    assert not (project / "site" / "more").exists()


def test_what_is_in_place_stays(project: Path) -> None:
    def times() -> dict[str, int]:
        return {str(path): path.stat().st_mtime_ns for path in (project / "site").rglob("*") if path.is_file()}

    before = times()
    built(project)
    assert times() == before
