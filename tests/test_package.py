"""The package as people get it: built, installed where there is nothing else, and put to work."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import venv
from importlib.metadata import PathDistribution
from pathlib import Path
from zipfile import Path as ZipPath
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
LOWEST = re.compile(r"([\w-]+)[^;]*>=([\d.]+)[^;]*")

pytestmark = pytest.mark.package


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return package("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked source distribution."""
    folder = tmp_path_factory.mktemp("sdist")
    archive = package("sdist", ROOT, folder)
    with tarfile.open(archive) as opened:
        opened.extractall(folder, filter="data")
    return folder / archive.name.removesuffix(".tar.gz")


def package(kind: str, source: Path, folder: Path, **environment: str) -> Path:
    """Build a wheel or a source distribution."""
    run(sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", folder, cwd=source, **environment)
    (built,) = folder.iterdir()
    return built


def run(*command: object, cwd: Path, **environment: str) -> str:
    arguments = list(map(str, command))
    done = subprocess.run(arguments, cwd=cwd, env=os.environ | environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def lowest(wheel: Path) -> list[str]:
    """The lowest versions of the dependencies that the wheel allows."""
    (metadata,) = (path for path in ZipPath(wheel).iterdir() if path.name.endswith(".dist-info"))
    required = PathDistribution(metadata).requires or []
    found = (LOWEST.fullmatch(line) for line in required if "extra ==" not in line)
    return [f"{match[1]}=={match[2]}" for match in found if match]


@pytest.mark.parametrize("versions", ["lowest", "newest"])
def test_wheel_builds_a_site_in_a_bare_environment(versions: str, wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "bare", with_pip=True)
    commands = tmp_path / "bare" / ("Scripts" if os.name == "nt" else "bin")
    constraints = tmp_path / "constraints.txt"
    constraints.write_text("\n".join(lowest(wheel) if versions == "lowest" else []))
    install = ["install", "-q", "--no-compile", "--only-binary", ":all:", "-c", constraints, wheel]
    alone = {"PATH": str(commands), "NO_MKDOCS_2_WARNING": "1"}  # no Node, no npm, no compiler
    run(commands / "python", "-m", "pip", *install, cwd=tmp_path, **alone)
    assert "cd my-notes && mkdocs serve" in run(commands / "notesite", "init", "my-notes", cwd=tmp_path, **alone)
    run(commands / "mkdocs", "build", "--strict", cwd=tmp_path / "my-notes", **alone)
    site = tmp_path / "my-notes" / "site"
    assert 'class="katex"' in (site / "notes" / "attention-is-all-you-need" / "index.html").read_text("utf-8")
    assert list((site / "assets" / "search").iterdir())


def test_wheel_holds_the_licences_of_what_it_carries(wheel: Path) -> None:
    carried = list((ZipPath(wheel) / "notesite" / "site" / "vendor").iterdir())
    assert {folder.name for folder in carried} >= {"katex", "minisearch", "d3-force"}
    assert all(any(file.name.startswith("LICENSE") for file in folder.iterdir()) for folder in carried)


def test_source_distribution_has_every_file(sdist: Path) -> None:
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("no git repository tells which files there are")
    tracked = run("git", "ls-files", cwd=ROOT).splitlines()
    assert [name for name in tracked if not (sdist / name).is_file()] == []


def test_source_distribution_builds_the_same_wheel_without_npm(sdist: Path, wheel: Path, tmp_path: Path) -> None:
    again = package("wheel", sdist, tmp_path, PATH="")
    with ZipFile(wheel) as one, ZipFile(again) as other:
        assert {i.filename: i.CRC for i in one.infolist()} == {i.filename: i.CRC for i in other.infolist()}
