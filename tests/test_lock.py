"""What CI installs is locked, and is what the project asks for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from conftest import ROOT

LOCK = (ROOT / ".ci" / "requirements.txt").read_text("utf-8").replace("\\\n", "")
RENEW = "is not what .ci/requirements.txt has; CONTRIBUTING.md says how to renew it"


def locked() -> dict[str, list[str]]:
    """The versions by name; some packages have one for each of several kinds of machine."""
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==(\S+)", LOCK, re.MULTILINE):
        found.setdefault(canonicalize_name(name), []).append(version)
    return found


def asked() -> Iterator[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    yield from map(Requirement, project["build-system"]["requires"])
    yield from map(Requirement, project["project"]["dependencies"])
    yield from map(Requirement, project["project"]["optional-dependencies"]["dev"])
    hook = (ROOT / "hatch_build.py").read_text("utf-8")
    yield from map(Requirement, re.findall(r'^(?:NODE|FONTTOOLS) = "(.+)"', hook, re.MULTILINE))


def test_the_lock_has_what_is_asked_for() -> None:
    found = locked()
    for requirement in asked():
        versions = found.get(canonicalize_name(requirement.name), [])
        assert versions, f"{requirement} {RENEW}"
        assert all(map(requirement.specifier.contains, versions)), f"{requirement} {RENEW}"


def test_every_file_is_known_by_its_hash() -> None:
    entry = re.compile(r"[\w.-]+==[^/]*?( +--hash=sha256:[0-9a-f]{64})+")
    assert [line for line in LOCK.splitlines() if not entry.fullmatch(line)] == []
