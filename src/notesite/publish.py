"""Build beside the finished site, and change the site at the end to what was built.

Files that are in place already are not written again: they are linked into the new folder, which then takes the place
of the old one. Where links can't be had, and in a server's folder, the old one is changed file by file.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from filecmp import cmp
from pathlib import Path
from typing import Final, NamedTuple

from notesite.kept import Kept

TRIES: Final = 5
"""Other builds may end at the same moment; that five do is a fault of another kind."""
PATIENCE: Final = 600.0
"""Seconds to wait for another build of the same site; 10,000 notes take one."""


class Stamp(NamedTuple):
    """A file of the site as it was written: whoever changes it later changes its size or its time."""

    digest: str
    """Of its bytes; empty where it is not known."""
    size: int = 0
    time: int = 0
    """Of its last change, in nanoseconds."""


@dataclass(slots=True)
class Publication:
    """One build's way into the site."""

    folder: Path
    """Where the site is built: beside the finished one."""
    site: Path
    here: Mapping[str, Stamp] = field(default_factory=dict)
    """The files of the finished site."""
    stays: set[str] = field(default_factory=set)
    """Those of them that the new site has, too."""
    digests: dict[str, str] = field(default_factory=dict)
    """Of new files, as far as they are known."""
    is_private: bool = False
    """Whether nobody minds a site that is for a moment partly new: linking 40,000 files takes half a second."""

    def has(self, digests: Mapping[str, str]) -> bool:
        """Whether all these files are in place; then they stay."""
        if all(path in self.here and self.here[path].digest == digest for path, digest in digests.items()):
            self.stays.update(digests)
            return True
        return False

    def expect(self, digests: Mapping[str, str]) -> None:
        """Take note of files that are in place or in the folder, whoever has written them."""
        for path, digest in digests.items():
            if not self.has({path: digest}):
                self.digests[path] = digest

    def put(self, path: str, content: bytes) -> str:
        """Bring a file into the new site; returns its digest."""
        digest = digest_of(content)
        if not self.has({path: digest}):
            self.digests[path] = digest
            write(self.folder / path, content)
        return digest

    def finish(self) -> dict[str, Stamp]:
        """Make the site what was built; returns its files."""
        if self.folder == self.site:
            return {}
        new = {path: Stamp(self.digests.get(path, ""), *rest) for path, *rest in files_in(self.folder)}
        found = new | {path: self.here[path] for path in self.stays}
        if self.stays and (self.is_private or not self.bring_along(new, found)):
            self.update(new, found)
        else:
            replace_site(self.folder, self.site)
        return found

    def bring_along(self, new: Mapping[str, Stamp], found: dict[str, Stamp]) -> bool:
        """Link the files that stay into the new folder; whether links can be had. `found` learns of those in both."""
        same = {path for path in new if self.is_same(path, new[path])}
        try:
            for path in same:
                (self.folder / path).unlink()
                found[path] = Stamp(new[path].digest, *self.here[path][1:])
            for path in same | self.stays - new.keys():
                link(self.site / path, self.folder / path)
        except OSError:
            return False
        return True

    def update(self, new: Mapping[str, Stamp], found: dict[str, Stamp]) -> None:
        """Remove files from the site and bring others, each whole; `found` learns of those that were there."""
        remove(self.site, self.here.keys() - found.keys())
        for path in new:
            source, target = self.folder / path, self.site / path
            if not source.exists() or self.is_same(path, new[path]):
                found[path] = Stamp(new[path].digest, *measures(target.stat()))
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                move(source, target)
        shutil.rmtree(self.folder)

    def is_same(self, path: str, stamp: Stamp) -> bool:
        """Whether a new file is in place, byte for byte."""
        if path not in self.here or self.here[path].size != stamp.size:
            return False
        return cmp(self.folder / path, self.site / path, shallow=False)


def as_written(text: str) -> bytes:
    """A page as MkDocs writes it."""
    return text.encode("utf-8", errors="xmlcharrefreplace")


def write(path: Path, content: bytes) -> None:
    """Write a file; its folder is made where it is missing, which it is for one file of a thousand."""
    try:
        path.write_bytes(content)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def link(source: Path, target: Path) -> None:
    """Give a file a second place; its folder is made where it is missing."""
    try:
        os.link(source, target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(source, target)


def digest_of(content: bytes) -> str:
    """Stands for a file's content."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def begin(site: Path, here: Mapping[str, Stamp], *, is_private: bool = False) -> Publication:
    """A build in a new folder beside the site; raises PermissionError for a site that can't be changed."""
    if site.is_dir() and not os.access(site, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), os.fspath(site))
    folder = site.parent / f".{site.name}.{os.getpid()}"
    folder.mkdir(parents=True, exist_ok=True)
    if site.is_dir():  # A server's folder is for its user alone.
        shutil.copymode(site, folder)
    return Publication(folder, site, here, is_private=is_private)


def clear_up(site: Path) -> list[Path]:
    """Remove what builds that were killed have left beside the site; returns what can't be removed."""
    ours = re.compile(rf"\.{re.escape(site.name)}(?:-old)?\.(\d+)")
    left = [(path, ours.fullmatch(path.name)) for path in site.parent.glob(".*")]
    return [path for path, match in left if match and not is_running(int(match[1])) and not discard(path)]


def discard(folder: Path) -> bool:
    """Remove a folder, folders in it that may not be changed among them; whether it is gone."""
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        for below, _, _ in os.walk(folder):
            with suppress(OSError):
                os.chmod(below, 0o700)
        shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()


def abandon(publication: Publication) -> None:
    """Remove what a build that failed has written; the site stays as it was."""
    if publication.folder != publication.site:
        shutil.rmtree(publication.folder, ignore_errors=True)


def known_stamps(kept: Kept, site: Path) -> dict[str, Stamp]:
    """How the last build left the files of a site."""
    return kept.find(f"site:{site}", "", dict[str, Stamp]) or {}


def keep_stamps(kept: Kept, site: Path, stamps: Mapping[str, Stamp]) -> None:
    """Remember how this build leaves the files of a site."""
    kept.keep(f"site:{site}", "", {path: stamp for path, stamp in stamps.items() if stamp.digest})


def as_found(site: Path, stamps: Mapping[str, Stamp]) -> dict[str, Stamp]:
    """The files of a site, with the digests of those that nobody has changed since they got these stamps."""
    found: dict[str, Stamp] = {}
    for path, size, time in files_in(site):
        known = stamps.get(path)
        found[path] = known if known and known[1:] == (size, time) else Stamp("", size, time)
    return found


def files_in(site: Path) -> Iterator[tuple[str, int, int]]:
    """Path, size and time of every file but those that are hidden at the top, such as `.git`."""
    folders = [""]
    while folders:
        below = folders.pop()
        with suppress(FileNotFoundError), os.scandir(site / below) as entries:
            for entry in entries:
                if not below and entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{below}{entry.name}/")
                else:
                    yield f"{below}{entry.name}", *measures(entry.stat(follow_symlinks=False))


def measures(status: os.stat_result) -> tuple[int, int]:
    """What tells whether a file was changed."""
    return status.st_size, status.st_mtime_ns


def remove(site: Path, paths: Iterable[str]) -> None:
    """Remove files, and the folders that have nothing else in them."""
    for path in paths:
        (site / path).unlink(missing_ok=True)
        with suppress(OSError):
            for folder in (site / path).parents:
                if folder == site:
                    break
                folder.rmdir()


def move(source: Path, target: Path) -> None:
    """Put a file in the place of another; onto a volume of its own a file can only be copied."""
    try:
        source.replace(target)
    except OSError:
        if target.is_dir():
            raise
        shutil.copyfile(source, target)
        shutil.copystat(source, target)


def replace_site(folder: Path, site: Path) -> None:
    """Put the folder in the place of the site, with the site's hidden files; of two builds at once the later stays."""
    if os.path.ismount(site):
        replace_contents(folder, site)
        return
    old = folder.with_name(f".{site.name}-old.{os.getpid()}")
    for attempt in range(TRIES):
        with suppress(FileNotFoundError):
            site.rename(old)
            for hidden in old.glob(".*"):
                hidden.rename(folder / hidden.name)
        try:
            folder.rename(site)
            break
        except OSError:
            # Another build was faster; its site gives way.
            if attempt == TRIES - 1:
                raise
        finally:
            discard(old)


def replace_contents(folder: Path, site: Path) -> None:
    """Fill a site that is a volume of its own, which can't be renamed; it is not whole meanwhile."""
    for old in site.glob("[!.]*"):
        shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
    shutil.copytree(folder, site, dirs_exist_ok=True)
    shutil.rmtree(folder)


def alone(path: Path) -> sqlite3.Connection | None:
    """Wait until no other process holds this lock, then hold it until the connection is closed or the process ends.

    None where locks can't be had, such as in a folder that can't be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=PATIENCE, check_same_thread=False)
        connection.execute("BEGIN EXCLUSIVE")
    except (sqlite3.Error, OSError):
        return None
    return connection


def is_running(process: int) -> bool:
    """Whether there is a process of this number."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
