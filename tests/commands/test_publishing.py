"""The workflow that publishes runs commands that there are; MkDocs 2 is refused in words."""

from __future__ import annotations

import importlib
import shlex

import mkdocs
import pytest
import yaml

import notesite.entry
from conftest import ROOT
from notesite.cli import parser


def test_workflow() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "pages.yml").read_text("utf-8"))
    commands = [shlex.split(step["run"]) for step in workflow["jobs"]["build"]["steps"] if "run" in step]
    assert ["mkdocs", "build", "--strict"] in commands
    (ours,) = [command for command in commands if command[0] == "notesite"]
    assert parser().parse_args(ours[1:]).format == "github"


def test_mkdocs_2_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mkdocs, "__version__", "2.0.1")
    with pytest.raises(SystemExit, match=r"MkDocs 2\.0\.1 .*install `mkdocs<2` or ProperDocs"):
        importlib.reload(notesite.entry)
