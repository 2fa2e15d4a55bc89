"""The commands as they run: each takes what the command line says, prints, and returns the exit status."""

from __future__ import annotations

import argparse
import datetime
import shlex
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from notesite.build import Options, build
from notesite.commands.advice import advice, close_calls
from notesite.commands.editor import edit, in_notes
from notesite.commands.exporting import export
from notesite.commands.fix import Fix, fixes, write
from notesite.commands.formats import FORMATS
from notesite.commands.importing import ask, import_papers, read_papers
from notesite.commands.init import init
from notesite.commands.lookup import Network
from notesite.commands.new import append_section, report, report_noted, with_known_title, write_file
from notesite.commands.paper import Paper, mentions, paper, places
from notesite.commands.stats import stats
from notesite.errors import NotesiteError
from notesite.history import read_history
from notesite.lexicon import Lexicon, build_lexicon
from notesite.markdown.katex import Engine
from notesite.model import Site
from notesite.report import as_json, as_text
from notesite.settings import load_options, notes_folder, site_name
from notesite.topics import load_topics

CACHE: Final = ".cache/notesite/answers"
"""Beside mkdocs.yml; nobody is asked for the same paper twice."""


@dataclass(frozen=True, slots=True)
class Project:
    """The notes that a command is about."""

    folder: Path
    options: Options
    root: Path
    """Where mkdocs.yml stands."""
    name: str
    """What the site is called."""


def project(parsed: argparse.Namespace) -> Project:
    """The notes folder named on the command line, else that of the `mkdocs.yml` here."""
    config = Path(parsed.config or "mkdocs.yml")
    is_there = parsed.config is not None or config.is_file()
    if parsed.notes is None and not is_there:
        raise NotesiteError("there is no mkdocs.yml here; name the folder that holds your notes")
    folder = parsed.notes or notes_folder(config)
    options = load_options(config) if is_there else Options()
    name = site_name(config) if is_there else ""
    return Project(folder, options, config.parent, name or folder.resolve().name)


def on_notes(run: Callable[[argparse.Namespace, Project], int]) -> Callable[[argparse.Namespace], int]:
    """A command that needs the notes, with the folder and options that its arguments name."""
    return lambda parsed: run(parsed, project(parsed))


def read(project: Project, engine: Engine | None = None) -> Site:
    """The project's notes, arranged."""
    return build(project.folder, project.options, engine, history=read_history(project.folder))


def network(parsed: argparse.Namespace, project: Project) -> Network:
    """Whom to ask about papers."""
    return Network(project.root / CACHE, parsed.offline)


def run_init(parsed: argparse.Namespace) -> int:
    """Begin a site and say how to see it."""
    for path in init(parsed.folder, parsed.notes):
        print(f"wrote {path}")
    here = parsed.folder == Path()
    print("now run:", "mkdocs serve" if here else f"cd {shlex.quote(str(parsed.folder))} && mkdocs serve")
    return 0


def run_new(parsed: argparse.Namespace, project: Project) -> int:
    """Begin a note; 1 if the paper is noted already and nothing was written."""
    site = read(project)
    asked = paper(parsed.what, parsed.title)
    noted = places(asked, site)
    if not noted:
        asked = known(asked, site, network(parsed, project))
        noted = places(asked, site)
    if noted and not parsed.to:
        print(*report_noted(noted, parsed.what, site), sep="\n")
        return edit(project.folder, noted[0]) if parsed.edit else 1
    if parsed.to:
        path = in_notes(parsed.to, project.folder)
        written = append_section(asked, site, project.folder, path, lexicon(project))
    else:
        written = write_file(asked, site, project.folder, lexicon(project), datetime.date.today())
    print(*report(written, asked), sep="\n")
    for place in mentions(asked, site):
        print(f"  linked at {place}")
    return edit(project.folder, str(written)) if parsed.edit else 0


def known(asked: Paper, site: Site, network: Network) -> Paper:
    """The paper with what the network or the notes know of it."""
    answers, failures = ask([asked], network)
    for failure in failures:
        print(failure, file=sys.stderr)
    return asked.completed(next(iter(answers.values()))) if answers else with_known_title(asked, site)


def lexicon(project: Project) -> Lexicon:
    """The words by which notes are filed."""
    return build_lexicon(load_topics(project.options.topics), project.options.file_under)


def run_import(parsed: argparse.Namespace, project: Project) -> int:
    """Begin a note on each paper of a list that has none."""
    papers = read_papers(parsed.file)
    site = read(project)
    asked = network(parsed, project)
    for line in import_papers(papers, site, project.folder, lexicon(project), asked, datetime.date.today()):
        print(line)
    return 0


def run_report(parsed: argparse.Namespace, project: Project) -> int:
    """Print the report."""
    site = read(project)
    print(as_json(site) if parsed.json else "\n".join(as_text(site)))
    return 0


def run_check(parsed: argparse.Namespace, project: Project) -> int:
    """Print problems and hints, or mend them; 1 if there is a problem."""
    with Engine(macros=project.options.macros) as engine:
        site = read(project, engine)
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
    print(*stats(read(project)), sep="\n")
    return 0


def run_export(parsed: argparse.Namespace, project: Project) -> int:
    """Write the tree, and say how to build it."""
    site = read(project)
    count = export(site, project.folder, parsed.target, project.name, project.options.macros)
    print(f"{parsed.target}: {count} files")
    print(f"  mkdocs serve -f {shlex.quote(str(parsed.target / 'mkdocs.yml'))}")
    print(f"  zensical serve -f {shlex.quote(str(parsed.target / 'zensical.yml'))}")
    return 0
