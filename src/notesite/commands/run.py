"""The commands as they run: each takes what the command line says, prints, and returns the exit status."""

from __future__ import annotations

import argparse
import datetime
import shlex
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from notesite.commands.advice import advice, close_calls
from notesite.commands.editor import edit, in_notes
from notesite.commands.exporting import export
from notesite.commands.fix import Fix, fixes, write
from notesite.commands.formats import FORMATS
from notesite.commands.importing import ask, import_papers, read_papers
from notesite.commands.init import init
from notesite.commands.lookup import Network
from notesite.commands.new import append_section, report, with_known_title, write_file
from notesite.commands.noted import Wish, ask_wish, open_file, report_noted
from notesite.commands.outside import check_outside, outside_links
from notesite.commands.paper import Paper, mentions, paper, places
from notesite.commands.printing import PRINTED, write_printed
from notesite.commands.project import Project
from notesite.commands.search import find, the_one
from notesite.commands.stats import stats
from notesite.commands.terminal import answer, is_terminal
from notesite.commands.visit import Manners
from notesite.errors import NotesiteError, Problem
from notesite.markdown.katex import Engine
from notesite.model import Site
from notesite.printed import printed
from notesite.report import as_json, as_text
from notesite.store import Store


def run_init(parsed: argparse.Namespace) -> int:
    """Begin a site and say how to see it."""
    for path in init(parsed.folder, parsed.notes):
        print(f"wrote {path}")
    here = parsed.folder == Path()
    print("now run:", "mkdocs serve" if here else f"cd {shlex.quote(str(parsed.folder))} && mkdocs serve")
    return 0


def run_new(parsed: argparse.Namespace, project: Project) -> int:
    """Begin a note; 1 if the paper is noted already and nothing was written."""
    site = project.read()
    asked = paper(parsed.what, parsed.title)
    noted = places(asked, site)
    if not noted:
        network = project.network(parsed.offline)
        asked = known(asked, site, network) if asked.reference else called(asked, network)
        noted = places(asked, site)
    target = str(parsed.to) if parsed.to else None
    if noted and not target:
        wish = wanted(noted, parsed, site)
        if wish == "section":
            target = open_file(noted, site)
        else:
            return edit(project.folder, noted[0]) if wish == "open" else 1
    if target:
        path = in_notes(target, project.folder)
        written = append_section(asked, site, project.folder, path, project.lexicon())
    else:
        written = write_file(asked, site, project.folder, project.lexicon(), datetime.date.today())
    print(*report(written, asked, site), sep="\n")
    for place in mentions(asked, site) if not noted else ():
        print(f"  linked at {place}")
    return edit(project.folder, str(written)) if parsed.edit else 0


def wanted(noted: Sequence[str], parsed: argparse.Namespace, site: Site) -> Wish:
    """What the author wants to do about a paper that is noted already; asked for at a terminal."""
    if is_terminal() and not parsed.edit:
        return ask_wish(noted, site)
    print(*report_noted(noted, parsed.what, site), sep="\n")
    return "open" if parsed.edit else "nothing"


def known(asked: Paper, site: Site, network: Network) -> Paper:
    """The paper with what the network or the notes know of it."""
    answers, failures = ask([asked], network)
    tell(failures)
    return asked.completed(next(iter(answers.values()))) if answers else with_known_title(asked, site)


def called(asked: Paper, network: Network) -> Paper:
    """The paper of this title, where there is no doubt which it is; else only the title."""
    found, failures = find(asked.title, network)
    tell(failures)
    if picked := the_one(found):
        print(f"taken for {picked.url}, which is called so; `--offline` makes a note without it")
        return picked
    if found:
        links = ", ".join(paper.url for paper in found)
        print(f"several papers are called so: {links}; went on without", file=sys.stderr)
    return asked


def tell(failures: Sequence[str]) -> None:
    """Say what could not be found out."""
    for failure in failures:
        print(f"{failure}; went on with what is known", file=sys.stderr)


def run_import(parsed: argparse.Namespace, project: Project) -> int:
    """Begin a note on each paper of a list that has none."""
    papers = read_papers(parsed.file)
    site = project.read()
    asked = project.network(parsed.offline)
    for line in import_papers(papers, site, project.folder, project.lexicon(), asked, datetime.date.today()):
        print(line)
    return 0


def run_report(parsed: argparse.Namespace, project: Project) -> int:
    """Print the report."""
    site = project.read()
    print(as_json(site) if parsed.json else "\n".join(as_text(site)))
    return 0


def run_check(parsed: argparse.Namespace, project: Project) -> int:
    """Print problems and hints, or fix them; 1 if there is a problem."""
    with Engine(macros=project.options.macros) as engine:
        site = project.read(engine)
    if parsed.review:
        for line in close_calls(site.notes):
            print(line)
        return 0
    if parsed.fix:
        return fix_files(list(fixes(site, project.folder)), project.folder, parsed.yes)
    problems = sorted([*site.problems, *advice(site), *(outside(site, project) if parsed.external else ())])
    for problem in problems:
        print(FORMATS[parsed.format](problem, project.folder))
    wrong = sum(not problem.hint for problem in problems)
    print(f"{counted(wrong, 'problem')}, {counted(len(problems) - wrong, 'hint')}", file=sys.stderr)
    return int(wrong > 0)


def outside(site: Site, project: Project) -> list[Problem]:
    """What is wrong with the links that lead out of the notes."""
    links = outside_links(site)
    print(f"{counted(len(links), 'outside link')}, asked for slowly where not lately", file=sys.stderr)
    with closing(Store(project.cache / "links.sqlite")) as store:
        return list(check_outside(links, project.network(), Manners(), store))


def fix_files(found: Sequence[Fix], folder: Path, is_agreed: bool) -> int:
    """Show what would change, and change it when the author agrees."""
    for fix in found:
        print(*fix.diff(), sep="\n")
    if not found:
        print("nothing to fix")
    elif is_agreed or (is_terminal() and answer("Write these changes? [y/N] ").startswith("y")):
        for fix in found:
            write(fix, folder)
        print(f"{counted(len(found), 'file')} fixed")
    else:
        print("nothing written; `--yes` writes without asking")
    return 0


def run_stats(parsed: argparse.Namespace, project: Project) -> int:  # noqa: ARG001
    """Print counts."""
    print(*stats(project.read()), sep="\n")
    return 0


def run_export(parsed: argparse.Namespace, project: Project) -> int:
    """Write the tree, and say how to build it."""
    site = project.read()
    count = export(site, project.folder, parsed.target, project.facts, project.options.macros)
    print(f"{parsed.target}: {count} files")
    for engine in ("mkdocs", "zensical"):
        print(f"  {engine} serve -f {shlex.quote(str(parsed.target / engine))}.yml")
    return 0


def run_print(parsed: argparse.Namespace, project: Project) -> int:
    """Write the whole as one page or PDF."""
    target: Path = parsed.target
    if target.suffix.lower() not in PRINTED:
        raise NotesiteError(f"{target}: the name must end in .pdf or .html")
    if target.resolve().is_relative_to(project.folder.resolve()):
        raise NotesiteError(f"{target}: is inside the notes folder; name a file outside of it")
    with Engine(project.cache / "formulas.sqlite", project.options.macros) as engine:
        site = project.read()
        write_printed(printed(site, project.facts["site_name"], project.folder, engine), target)
    print(f"{target}: {counted(len(site.notes), 'note')}")
    return 0


def counted(number: int, what: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number} {what}" + ("" if number == 1 else "s")
