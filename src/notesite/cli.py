"""The command `notesite`: begin a site, note papers, find what is wrong in the notes, see what became of them."""

from __future__ import annotations

import argparse
import datetime
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from notesite.build import Options, build
from notesite.commands.advice import advice, close_calls
from notesite.commands.fix import Fix, fixes, write
from notesite.commands.formats import FORMATS
from notesite.commands.importing import ask, import_papers, read_papers
from notesite.commands.init import init
from notesite.commands.lookup import Network
from notesite.commands.new import append_section, report, report_noted, with_known_title, write_file
from notesite.commands.paper import mentions, paper, places
from notesite.commands.stats import stats
from notesite.errors import NotesiteError
from notesite.lexicon import build_lexicon
from notesite.markdown.katex import Engine
from notesite.report import as_json, as_text
from notesite.settings import load_options, notes_folder
from notesite.topics import load_topics

CACHE: Final = ".cache/notesite/answers"
"""Beside mkdocs.yml; nobody is asked for the same paper twice."""
TAKES_LINE: Final = frozenset("vi vim nvim nano emacs emacsclient micro kak joe".split())
"""Editors that take `+12` for a line."""


@dataclass(frozen=True, slots=True)
class Project:
    """The notes that a command is about."""

    folder: Path
    options: Options
    root: Path
    """Where mkdocs.yml stands."""


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


def project(parsed: argparse.Namespace) -> Project:
    """The notes folder named on the command line, else that of the `mkdocs.yml` here."""
    config = Path(parsed.config or "mkdocs.yml")
    is_there = parsed.config is not None or config.is_file()
    if parsed.notes is None and not is_there:
        raise NotesiteError("there is no mkdocs.yml here; name the folder that holds your notes")
    folder = parsed.notes or notes_folder(config)
    return Project(folder, load_options(config) if is_there else Options(), config.parent)


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
    return top


def add_project(command: argparse.ArgumentParser, notes: str) -> None:
    """The options by which a command finds the notes; `notes` is how their folder is named."""
    told = "the folder of notes (default: the docs_dir of mkdocs.yml)"
    command.add_argument(notes, metavar="NOTES_DIR", nargs="?", type=Path, help=told)
    command.add_argument("--config", metavar="FILE", help="an mkdocs.yml with options (default: the one here)")


def network(parsed: argparse.Namespace, project: Project) -> Network:
    """Whom to ask about papers."""
    return Network(project.root / CACHE, parsed.offline)


def on_notes(run: Callable[[argparse.Namespace, Project], int]) -> Callable[[argparse.Namespace], int]:
    """A command that needs the notes, with the folder and options that its arguments name."""
    return lambda parsed: run(parsed, project(parsed))


def run_init(parsed: argparse.Namespace) -> int:
    """Begin a site and say how to see it."""
    for path in init(parsed.folder, parsed.notes):
        print(f"wrote {path}")
    here = parsed.folder == Path()
    print("now run:", "mkdocs serve" if here else f"cd {shlex.quote(str(parsed.folder))} && mkdocs serve")
    return 0


def run_new(parsed: argparse.Namespace, project: Project) -> int:
    """Begin a note; 1 if the paper is noted already and nothing was written."""
    site = build(project.folder, project.options)
    asked = paper(parsed.what, parsed.title)
    noted = places(asked, site)
    if not noted:
        answers, failures = ask([asked], network(parsed, project))
        asked = asked.completed(next(iter(answers.values()))) if answers else with_known_title(asked, site)
        print(*failures, sep="\n", end="\n" if failures else "", file=sys.stderr)
        noted = places(asked, site)
    if noted and not parsed.to:
        print(*report_noted(noted, parsed.what, site), sep="\n")
        return edit(project.folder, noted[0]) if parsed.edit else 1
    lexicon = build_lexicon(load_topics(project.options.topics), project.options.file_under)
    today = datetime.date.today()
    if parsed.to:
        path = in_notes(parsed.to, project.folder)
        written = append_section(asked, site, project.folder, path, lexicon)
    else:
        written = write_file(asked, site, project.folder, lexicon, today)
    print(*report(written, asked), sep="\n")
    for place in mentions(asked, site):
        print(f"  linked at {place}")
    return edit(project.folder, str(written)) if parsed.edit else 0


def in_notes(file: str, folder: Path) -> str:
    """A file as the notes know it, whether it is named from here or from the notes folder."""
    here = Path(file).resolve()
    if here.is_file() and here.is_relative_to(folder.resolve()):
        return here.relative_to(folder.resolve()).as_posix()
    return Path(file).as_posix()


def edit(folder: Path, place: str) -> int:
    """Open `path:line` in the author's editor."""
    editor = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    if not editor:
        raise NotesiteError("$EDITOR names no editor; set it, as in `export EDITOR=nano`")
    path, _, line = place.rpartition(":")
    position = [f"+{line}"] if Path(editor[0]).name in TAKES_LINE else []
    try:
        return subprocess.call([*editor, *position, str(folder / path)])
    except OSError as error:
        raise NotesiteError(f"{editor[0]}: can't be started: {error.strerror}") from error


def run_import(parsed: argparse.Namespace, project: Project) -> int:
    """Begin a note on each paper of a list that has none."""
    papers = read_papers(parsed.file)
    site = build(project.folder, project.options)
    lexicon = build_lexicon(load_topics(project.options.topics), project.options.file_under)
    asked = network(parsed, project)
    for line in import_papers(papers, site, project.folder, lexicon, asked, datetime.date.today()):
        print(line)
    return 0


def run_report(parsed: argparse.Namespace, project: Project) -> int:
    """Print the report."""
    site = build(project.folder, project.options)
    print(as_json(site) if parsed.json else "\n".join(as_text(site)))
    return 0


def run_check(parsed: argparse.Namespace, project: Project) -> int:
    """Print problems and hints, or mend them; 1 if there is a problem."""
    with Engine(macros=project.options.macros) as engine:
        site = build(project.folder, project.options, engine)
    if parsed.review:
        for line in close_calls(site.notes):
            print(line)
        return 0
    if parsed.fix:
        return mend(list(fixes(site, project.folder)), project.folder, parsed.yes)
    shown = FORMATS[parsed.format]
    for problem in sorted([*site.problems, *advice(site)]):
        print(shown(problem, project.folder))
    return int(any(not problem.hint for problem in site.problems))


def mend(found: Sequence[Fix], folder: Path, is_agreed: bool) -> int:
    """Show what would change, and change it when the author agrees."""
    for fix in found:
        print(*fix.diff(), sep="\n")
    if not found:
        print("nothing to mend")
    elif is_agreed or (sys.stdin.isatty() and input("Write these changes? [y/N] ").lower().startswith("y")):
        for fix in found:
            write(fix, folder)
        print(f"{len(found)} files mended")
    else:
        print("nothing written; `--yes` writes without asking")
    return 0


def run_stats(parsed: argparse.Namespace, project: Project) -> int:  # noqa: ARG001
    """Print counts."""
    print(*stats(build(project.folder, project.options)), sep="\n")
    return 0
