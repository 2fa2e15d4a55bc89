"""`notesite print`: the whole site as one HTML page, or as a PDF that Chromium makes of it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from notesite.errors import NotesiteError

PRINTED: Final = frozenset({".pdf", ".html"})
BROWSERS: Final = (
    "chromium chromium-browser google-chrome google-chrome-stable chrome brave-browser microsoft-edge msedge"
).split()
ELSEWHERE: Final = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
"""Where browsers are that are not on the path."""
OPTIONS: Final = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)
SECONDS: Final = 600
"""A thousand notes take ten."""


def write_printed(html: str, target: Path) -> None:
    """Write the page as it is, or as a PDF where the file's ending says so; a file that is there is replaced.

    Raises NotesiteError where there is no folder or browser, that fails, or the file can't be written.
    """
    if not target.parent.is_dir():
        raise NotesiteError(f"{target.parent}: there is no such folder to write to")
    try:
        # Beside the target: a browser in a sandbox of its own, such as Ubuntu's, sees no other temporary folder.
        with TemporaryDirectory(prefix="notesite-print-", dir=target.parent) as folder:
            page = Path(folder).resolve() / "page.html"
            page.write_text(html, encoding="utf-8")
            made = page if target.suffix.lower() == ".html" else as_pdf(page, browser())
            shutil.copyfile(made, target)
    except OSError as error:
        raise NotesiteError(f"{target}: can't be written: {error.strerror}") from error


def browser() -> str:
    """The first of the browsers that print; CHROME names another one."""
    named = [os.environ["CHROME"]] if os.environ.get("CHROME") else [*BROWSERS, *ELSEWHERE]
    found = next(filter(None, map(shutil.which, named)), None)
    if found is None:
        raise NotesiteError(
            "a PDF is made by Chromium, Chrome or Edge, and none is found; install one, let CHROME name it, "
            "or write `.html` and print that from any browser"
        )
    return found


def as_pdf(page: Path, browser: str) -> Path:
    """Print a page; the PDF stands beside it."""
    pdf = page.with_suffix(".pdf")
    # As root Chromium has no sandbox to offer; the page has no scripts.
    options = [*OPTIONS, *(["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else [])]
    profile = f"--user-data-dir={page.parent / 'profile'}"
    command = [browser, *options, profile, f"--print-to-pdf={pdf}", page.as_uri()]
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=SECONDS, check=False)
    except OSError as error:
        raise NotesiteError(f"{browser}: can't be started: {error.strerror}") from error
    except subprocess.TimeoutExpired as error:
        raise NotesiteError(f"{browser}: is not done after {SECONDS} seconds; write `.html` instead") from error
    if not pdf.is_file():
        last = done.stderr.strip().rpartition("\n")[2]
        raise NotesiteError(
            f"{browser}: has made no PDF ({last or f'status {done.returncode}'}); write `.html` instead"
        )
    return pdf
