"""Golden files, and sites built once for all tests that read them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
"""Real note files that are not the project's own; absent where the project was cloned alone."""

CONFIG = """\
INHERIT: {root}/mkdocs.yml
site_name: Notes
docs_dir: {notes}
site_dir: {site}
"""


settings.register_profile("notesite", deadline=None)
settings.load_profile("notesite")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the golden files")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--update"))


@pytest.fixture
def golden(update: bool) -> Callable[[Path, str], None]:
    """Compare a text with its golden file, or write it with --update."""

    def check(path: Path, actual: str) -> None:
        if update:
            path.write_text(actual, encoding="utf-8")
        assert actual == path.read_text(encoding="utf-8")

    return check


@pytest.fixture(scope="session")
def build_site(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Build a folder of notes with `mkdocs build --strict`, each folder once; the folder of the finished site."""
    sites: dict[Path, Path] = {}

    def build(notes: Path, *options: str) -> Path:
        if notes not in sites:
            folder = tmp_path_factory.mktemp("site")
            config = folder / "mkdocs.yml"
            config.write_text(CONFIG.format(root=ROOT, notes=notes, site=folder / "site"), encoding="utf-8")
            command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", config, *(options or ("--strict",))]
            environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr
            sites[notes] = folder / "site"
        return sites[notes]

    return build


@pytest.fixture(scope="session")
def seeds() -> Path:
    """Five real note files."""
    return shared("seeds")


def shared(name: str) -> Path:
    """A folder of real notes; the test is skipped where it is absent."""
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip(f"no folder {name} of real notes beside the project")
    return folder
