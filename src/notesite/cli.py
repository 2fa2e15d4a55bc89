"""Begin a site, add notes on papers, check the notes, and see what became of them."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import shtab

from notesite.commands.formats import FORMATS
from notesite.commands.project import on_notes
from notesite.commands.run import (
    run_check,
    run_export,
    run_import,
    run_init,
    run_new,
    run_print,
    run_report,
    run_stats,
)
from notesite.errors import NotesiteError

Run = Callable[[argparse.Namespace], int]
"""Runs a command; returns the exit status."""
AddParser = Callable[..., argparse.ArgumentParser]
"""Adds a command by its name."""
INTERRUPTED: Final = 130
"""What shells report of a command that Ctrl-C ended."""
SHELLS: Final = ("bash", "zsh", "fish")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 if all is well, 1 if there is a problem in the notes, 2 if it could not run."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal may lack some letters of the notes
    parsed = parser().parse_args(arguments)
    try:
        status = int(parsed.run(parsed))
        sys.stdout.flush()
    except BrokenPipeError:
        # Nobody reads on; what Python flushes at its end must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except NotesiteError as error:
        return failed(str(error))
    except OSError as error:
        return failed(f"{error.filename2 or error.filename or 'the output'}: {error.strerror or error}")
    return status


def failed(message: str) -> int:
    """Say why the command could not run."""
    print(f"notesite: {message}", file=sys.stderr)
    return 2


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(prog="notesite", description=__doc__)
    top.add_argument("--version", action="version", version=f"notesite {version('notesite')}")
    commands = top.add_subparsers(required=True, metavar="command")
    add_beginnings(commands.add_parser)
    add_looks(commands.add_parser)
    add_ways_out(commands.add_parser)
    return top


def add_beginnings(add_parser: AddParser) -> None:
    """The commands that write notes."""
    begin = add(add_parser, "init", run_init, "begin a site, with a few notes to try")
    add_path(begin, "folder", "FOLDER", "default: this one", shtab.DIRECTORY, nargs="?", default=Path())
    add_path(begin, "--notes", "NOTES_DIR", "for the notes in this folder, left as they are", shtab.DIRECTORY)
    new = add(add_parser, "new", on_notes(run_new), "begin a note on a paper, or say where it is noted already")
    new.add_argument("what", metavar="LINK_OR_TITLE", help="a link, a DOI, an arXiv number or a title")
    new.add_argument("--title", default="", help="what to call it")
    add_path(new, "--to", "FILE", "add a section to this file of the notes")
    new.add_argument("--edit", action="store_true", help="open the note in $VISUAL or $EDITOR")
    imported = add(add_parser, "import", on_notes(run_import), "begin a note on each paper of a list that has none")
    add_path(imported, "file", "FILE", "BibTeX, CSL-JSON or a list of links")
    for command in (new, imported):
        command.add_argument("--offline", action="store_true", help="ask neither arXiv nor Crossref")
        add_project(command, "--notes")


def add_looks(add_parser: AddParser) -> None:
    """The commands that look at notes."""
    report = add(add_parser, "report", on_notes(run_report), "report what became of every note and line")
    report.add_argument("--json", action="store_true", help="as JSON, for programs")
    check = add(add_parser, "check", on_notes(run_check), "print problems and hints as path:line: message")
    check.add_argument("--format", choices=FORMATS, default="text", help="for reading, for an editor, or for GitHub")
    more = check.add_mutually_exclusive_group()
    more.add_argument("--external", action="store_true", help="check the pages that the notes link to, too")
    more.add_argument("--review", action="store_true", help="list the notes that might stand under another topic")
    more.add_argument("--fix", action="store_true", help="fix what is safe to fix; shows the changes first")
    check.add_argument("--yes", action="store_true", help="with --fix: write without asking")
    counted = add(add_parser, "stats", on_notes(run_stats), "count notes by topic, year and month")
    for command in (report, check, counted):
        add_project(command, "notes", nargs="?")


def add_ways_out(add_parser: AddParser) -> None:
    """The commands that write what others read."""
    exported = add(
        add_parser, "export", on_notes(run_export), "write a Markdown tree for MkDocs, ProperDocs or Zensical"
    )
    add_path(exported, "target", "DIR", "a new folder", shtab.DIRECTORY)
    paper = add(add_parser, "print", on_notes(run_print), "write all notes as one PDF or one HTML page")
    add_path(paper, "target", "FILE", "its name ends in .pdf or .html; a PDF needs Chromium, Chrome or Edge")
    for command in (exported, paper):
        add_project(command, "--notes")
    completion = add(add_parser, "completion", run_completion, "print a script that completes commands in your shell")
    completion.add_argument("shell", choices=SHELLS)


def run_completion(parsed: argparse.Namespace) -> int:
    """Print the script for one shell."""
    print(shtab.complete(parser(), parsed.shell))
    return 0


def add(add_parser: AddParser, name: str, run: Run, summary: str) -> argparse.ArgumentParser:
    """A command that says what it does in one sentence."""
    command = add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
    command.set_defaults(run=run)
    return command


def add_project(command: argparse.ArgumentParser, notes: str, **options: Any) -> None:
    """The options by which a command finds the notes; `notes` is how their folder is named."""
    summary = "the folder of notes (default: the docs_dir of mkdocs.yml)"
    add_path(command, notes, "NOTES_DIR", summary, shtab.DIRECTORY, **options)
    add_path(command, "--config", "FILE", "an mkdocs.yml with options (default: the one here)")


def add_path(
    command: argparse.ArgumentParser,
    name: str,
    metavar: str,
    summary: str,
    kind: Mapping[str, object] = shtab.FILE,
    **options: Any,
) -> None:
    """An argument that a shell completes with the names of files or folders."""
    argument = command.add_argument(name, metavar=metavar, type=Path, help=summary, **options)
    argument.complete = kind  # type: ignore[attr-defined]  # this is how shtab is told
