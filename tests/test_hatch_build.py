"""The build hook, without the network."""

import base64
import hashlib
import importlib.util
import io
import re
import tarfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tarball(tmp_path: Path) -> Path:
    path = tmp_path / "thing-1.0.tgz"
    with tarfile.open(path, "w:gz") as archive:
        for name in ("package/dist/thing.js", "package/LICENSE", "package/../../evil.js", "package/src/thing.js"):
            member = tarfile.TarInfo(name)
            member.size = len(name)
            archive.addfile(member, io.BytesIO(name.encode()))
    return path


def package(hook: ModuleType, tarball: Path) -> Any:
    digest = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    return hook.Package("thing", "1.0", f"sha512-{digest}", r"package/(?:dist/)?(\w+\.js|LICENSE)")


def test_takes_the_files_named_and_no_others(hook: ModuleType, tarball: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = package(hook, tarball)
    monkeypatch.setattr(hook, "npm_pack", lambda _, folder: Path(folder, "t.tgz").write_bytes(tarball.read_bytes()))
    folder = tarball.parent / "vendor"
    folder.mkdir()
    (folder / "old.js").write_text("")
    hook.fetch(wanted, folder)
    assert sorted(path.name for path in folder.iterdir()) == ["LICENSE", "VERSION", "thing.js"]
    assert (folder / "VERSION").read_text() == wanted.stamp


def test_refuses_another_file_than_the_one_pinned(hook: ModuleType, tarball: Path) -> None:
    wanted = package(hook, tarball)
    tarball.write_bytes(tarball.read_bytes() + b"x")
    with pytest.raises(ValueError, match=r"thing-1\.0\.tgz: its sha512 is"):
        hook.check(tarball, wanted.integrity)


def test_fetches_only_what_is_missing(hook: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fetched: list[str] = []
    monkeypatch.setattr(hook, "fetch", lambda wanted, _: fetched.append(wanted.name))
    monkeypatch.setattr(hook.shutil, "which", lambda _: None)
    (tmp_path / hook.VENDOR / "katex").mkdir(parents=True)
    (tmp_path / hook.VENDOR / "katex" / "VERSION").write_text(hook.PACKAGES[0].stamp)
    build = hook.VendorHook(str(tmp_path), {}, None, None, str(tmp_path), "wheel")
    assert build.dependencies() == [hook.NODE]
    build.initialize("standard", {})
    assert fetched == [package.name for package in hook.PACKAGES if package.name != "katex"]


def test_parted_fonts_have_every_character_once() -> None:
    katex = ROOT / "src/notesite/site/vendor/katex"
    rules = re.findall(r"@font-face\{[^}]*unicode-range[^}]*\}", (katex / "katex.min.css").read_text())
    assert len(rules) == 8
    for rest, common in zip(rules[::2], rules[1::2], strict=True):
        (font,), (small,) = (re.findall(r"url\((fonts/[^)]+)\)", rule) for rule in (rest, common))
        assert (katex / small).stat().st_size < 0.75 * (katex / font).stat().st_size
        assert rest.partition("unicode-range")[0] == common.partition("unicode-range")[0]
        assert not characters(rest) & characters(common)
        assert ord("W") in characters(common)


def characters(rule: str) -> set[int]:
    ranges = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", rule)
    return {code for start, end in ranges for code in range(int(start, 16), int(end or start, 16) + 1)}
