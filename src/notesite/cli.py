"""The command `notesite`: begin a site, see what became of the notes, and what the author should look at."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from notesite.build import Options, build
from notesite.commands.init import init
from notesite.errors import NotesiteError
from notesite.markdown.katex import Engine
from notesite.report import as_json, as_text
from notesite.settings import load_options


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
    report = commands.add_parser("report", help="tell what became of every note and line")
    report.add_argument("--json", action="store_true", help="as JSON, for programs")
    report.set_defaults(run=run_report)
    check = commands.add_parser("check", help="print problems as path:line: message")
    check.set_defaults(run=run_check)
    for command in (report, check):
        command.add_argument("notes", metavar="NOTES_DIR", type=Path, help="the folder of notes")
        command.add_argument("--config", metavar="FILE", help="an mkdocs.yml with options (default: the one here)")
    return top


def given_options(parsed: argparse.Namespace) -> Options:
    """The options in the `mkdocs.yml` that is named, else in the one here."""
    config = parsed.config or ("mkdocs.yml" if Path("mkdocs.yml").is_file() else None)
    return load_options(Path(config)) if config else Options()


def run_init(parsed: argparse.Namespace) -> int:
    """Begin a site and say how to see it."""
    for path in init(parsed.folder, parsed.notes):
        print(f"wrote {path}")
    here = parsed.folder == Path()
    print("now run:", "mkdocs serve" if here else f"cd {shlex.quote(str(parsed.folder))} && mkdocs serve")
    return 0


def run_report(parsed: argparse.Namespace) -> int:
    """Print the report."""
    site = build(parsed.notes, given_options(parsed))
    print(as_json(site) if parsed.json else "\n".join(as_text(site)))
    return 0


def run_check(parsed: argparse.Namespace) -> int:
    """Print problems and hints; 1 if there is a problem."""
    options = given_options(parsed)
    with Engine(macros=options.macros) as engine:
        problems = build(parsed.notes, options, engine).problems
    for problem in problems:
        print(f"{problem} (hint)" if problem.hint else problem)
    return int(any(not problem.hint for problem in problems))
