"""The site is published as the guide says; MkDocs 2 is refused in words."""

from __future__ import annotations

import importlib
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urljoin

import mkdocs
import pytest
import yaml

import notesite.entry
from conftest import ROOT
from notesite.cli import main, parser


def own_workflow() -> dict[str, object]:
    return yaml.safe_load((ROOT / ".github" / "workflows" / "pages.yml").read_text("utf-8"))


def test_workflow() -> None:
    workflow = own_workflow()
    commands = [shlex.split(step["run"]) for step in workflow["jobs"]["build"]["steps"] if "run" in step]
    assert ["mkdocs", "build", "--strict"] in commands
    (ours,) = [command for command in commands if command[0] == "notesite"]
    assert parser().parse_args(ours[1:]).format == "github"


def steps(workflow: dict[str, object]) -> dict[str, list[str]]:
    """What each job of a workflow does."""
    return {name: [step.get("uses") or step["run"] for step in job["steps"]] for name, job in workflow["jobs"].items()}


def test_the_guides_workflow_is_our_own() -> None:
    guide = (ROOT / "docs" / "guide.md").read_text("utf-8")
    shown = yaml.safe_load(next(text for text in re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL) if "jobs:" in text))
    ours = own_workflow()
    assert steps(shown)["build"] == [
        step.replace("pip install .", "pip install notesite") for step in steps(ours)["build"]
    ]
    for job in ("build", "deploy"):
        assert shown["jobs"][job]["permissions"] == ours["jobs"][job]["permissions"]


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What `mkdocs gh-deploy` pushes of a new site with a host name of its own, in a folder."""
    monkeypatch.setenv("SITE_URL", "https://notes.example.org/papers/")
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "A")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "a@example.org")

    def run(*command: object) -> None:
        done = subprocess.run(list(map(str, command)), cwd=project, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    project = tmp_path / "project"
    project.mkdir()
    run("git", "init", "-q", "--bare", tmp_path / "host.git")
    run("git", "init", "-q")
    run("git", "remote", "add", "origin", tmp_path / "host.git")
    assert main(["init", str(project)]) == 0
    (project / "notes" / "CNAME").write_text("notes.example.org\n")
    run("git", "add", ".")
    run("git", "commit", "-qm", "Begin")
    for _ in range(2):
        run(sys.executable, "-m", "mkdocs", "gh-deploy", "--strict", "-q")
    run("git", "clone", "-q", "-b", "gh-pages", tmp_path / "host.git", tmp_path / "published")
    return tmp_path / "published"


@pytest.mark.skipif(not shutil.which("git"), reason="no git on this machine")
def test_gh_deploy(published: Path) -> None:
    assert (published / "CNAME").read_text() == "notes.example.org\n"
    assert (published / ".nojekyll").exists()
    assert "<loc>https://notes.example.org/papers/notes/" in (published / "sitemap.xml").read_text()
    assert "https://notes.example.org/papers/notes/" in (published / "feed.json").read_text()
    for page in published.rglob("*.html"):
        base = "/papers/" + page.relative_to(published).as_posix().removesuffix("index.html")
        for address in re.findall(r'(?:href|src)="([^"#?]+)', page.read_text("utf-8")):
            path = urljoin(base, address)
            if not re.match(r"[a-z]+:", path):
                assert path.startswith("/papers/"), (page, address)
                file = published / path.removeprefix("/papers/")
                assert (file / "index.html" if file.is_dir() else file).is_file(), (page, address)


def test_mkdocs_2_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mkdocs, "__version__", "2.0.1")
    with pytest.raises(SystemExit, match=r"MkDocs 2\.0\.1 .*install `mkdocs<2` or ProperDocs"):
        importlib.reload(notesite.entry)
