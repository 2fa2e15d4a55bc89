"""The command `notesite`: begin a site, note papers, find what is wrong in the notes, see what became of them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from notesite.commands.formats import FORMATS
from notesite.commands.run import (
    on_notes,
    run_check,
    run_export,
    run_import,
    run_init,
    run_new,
    run_report,
    run_stats,
)
from notesite.errors import NotesiteError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 if all is well, 1 if there is a problem in the notes, 2 if it could not run."""
    parsed = parser().parse_args(arguments)
    try:
        return int(parsed.run(parsed))
    except NotesiteError as error:
        print(f"notesite: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 0


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(prog="notesite", description=__doc__)
    commands = top.add_subparsers(required=True, metavar="command")
    begin = commands.add_parser("init", help="begin a site, with a few notes to try")
    begin.add_argument("folder", metavar="FOLDER", nargs="?", type=Path, default=Path(), help="default: this one")
    begin.add_argument("--notes", metavar="NOTES_DIR", type=Path, help="for the notes in this folder, left as they are")
    begin.set_defaults(run=run_init)
    new = commands.add_parser("new", help="begin a note on a paper")
    new.add_argument("what", metavar="LINK_OR_TITLE", help="a link, a DOI, an arXiv number or a title")
    new.add_argument("--title", default="", help="what to call it")
    new.add_argument("--to", metavar="FILE", help="add a section to this file of the notes")
    new.add_argument("--edit", action="store_true", help="open the note in $VISUAL or $EDITOR")
    new.set_defaults(run=on_notes(run_new))
    imported = commands.add_parser("import", help="begin a note on each paper of a list")
    imported.add_argument("file", metavar="FILE", type=Path, help="BibTeX, CSL-JSON or a list of links")
    imported.set_defaults(run=on_notes(run_import))
    for command in (new, imported):
        command.add_argument("--offline", action="store_true", help="ask neither arXiv nor Crossref")
        add_project(command, "--notes")
    told = commands.add_parser("report", help="tell what became of every note and line")
    told.add_argument("--json", action="store_true", help="as JSON, for programs")
    told.set_defaults(run=on_notes(run_report))
    check = commands.add_parser("check", help="print problems as path:line: message")
    check.add_argument("--format", choices=FORMATS, default="text", help="for reading, for an editor, or for GitHub")
    check.add_argument("--review", action="store_true", help="list the notes that might stand under another topic")
    check.add_argument("--fix", action="store_true", help="mend what is safe to mend; shows the changes first")
    check.add_argument("--yes", action="store_true", help="with --fix: write without asking")
    check.set_defaults(run=on_notes(run_check))
    counted = commands.add_parser("stats", help="count notes by topic, year and month")
    counted.set_defaults(run=on_notes(run_stats))
    for command in (told, check, counted):
        add_project(command, "notes")
    exported = commands.add_parser("export", help="write a plain Markdown tree for MkDocs, ProperDocs or Zensical")
    exported.add_argument("target", metavar="DIR", type=Path, help="a new folder")
    exported.set_defaults(run=on_notes(run_export))
    add_project(exported, "--notes")
    return top


def add_project(command: argparse.ArgumentParser, notes: str) -> None:
    """The options by which a command finds the notes; `notes` is how their folder is named."""
    told = "the folder of notes (default: the docs_dir of mkdocs.yml)"
    command.add_argument(notes, metavar="NOTES_DIR", nargs="?", type=Path, help=told)
    command.add_argument("--config", metavar="FILE", help="an mkdocs.yml with options (default: the one here)")
