"""The notes that a command is about, and where its project stands."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from notesite.build import Options, build, lexicon_of
from notesite.caches import FOLDER
from notesite.commands.lookup import Network
from notesite.errors import NotesiteError
from notesite.history import read_history
from notesite.lexicon import Lexicon
from notesite.markdown.katex import Engine
from notesite.model import Site
from notesite.settings import load_options, notes_folder, site_facts


@dataclass(frozen=True, slots=True)
class Project:
    """The notes that a command is about."""

    folder: Path
    options: Options
    root: Path
    """Where mkdocs.yml stands."""
    facts: Mapping[str, str]
    """What is said of the site as a whole, its name included."""

    @property
    def cache(self) -> Path:
        """What is kept from one run to the next; nobody is asked for the same twice."""
        return self.root / FOLDER

    def read(self, engine: Engine | None = None) -> Site:
        """The notes, arranged; with an `engine`, also which formulas can't be set."""
        return build(self.folder, self.options, engine, history=read_history(self.folder))

    def network(self, is_offline: bool = False) -> Network:
        """Whom to ask about papers."""
        return Network(self.cache / "answers", is_offline)

    def lexicon(self) -> Lexicon:
        """The words by which notes are filed."""
        return lexicon_of(self.options)


def project(parsed: argparse.Namespace) -> Project:
    """The notes folder named on the command line, else that of the `mkdocs.yml` here."""
    config = Path(parsed.config or "mkdocs.yml")
    is_there = parsed.config is not None or config.is_file()
    if parsed.notes is None and not is_there:
        raise NotesiteError("there is no mkdocs.yml here; go to the folder that has one, or name your folder of notes")
    folder = parsed.notes or notes_folder(config)
    options = load_options(config) if is_there else Options()
    facts = {"site_name": folder.resolve().name} | (site_facts(config) if is_there else {})
    return Project(folder, options, config.parent, facts)


def on_notes(run: Callable[[argparse.Namespace, Project], int]) -> Callable[[argparse.Namespace], int]:
    """A command that needs the notes, with the folder and options that its arguments name."""
    return lambda parsed: run(parsed, project(parsed))
