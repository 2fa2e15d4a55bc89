"""Build beside the finished site and put the new one in its place at the end, so that it is whole at any moment."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

TRIES: Final = 5
"""Other builds may end at the same moment; that five do is a fault of another kind."""


def begin(site: Path) -> Path:
    """A new folder beside the site for this process to build in; what killed builds left behind is removed."""
    ours = re.compile(rf"\.{re.escape(site.name)}(?:-old)?\.(\d+)")
    for left in site.parent.glob(".*"):
        if (match := ours.fullmatch(left.name)) and not is_running(int(match[1])):
            shutil.rmtree(left, ignore_errors=True)
    folder = site.parent / f".{site.name}.{os.getpid()}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def abandon(folder: Path) -> None:
    """Remove what a build that failed has written; the site stays as it was."""
    shutil.rmtree(folder, ignore_errors=True)


def finish(folder: Path, site: Path) -> None:
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
            shutil.rmtree(old, ignore_errors=True)


def replace_contents(folder: Path, site: Path) -> None:
    """Fill a site that is a volume of its own, which can't be renamed; it is not whole meanwhile."""
    for old in site.glob("[!.]*"):
        shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
    shutil.copytree(folder, site, dirs_exist_ok=True)
    shutil.rmtree(folder)


def is_running(process: int) -> bool:
    """Whether there is a process of this number."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
