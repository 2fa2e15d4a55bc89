"""How a collection names its files, where it keeps them and which headings its notes have."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from notesite.addresses import slugify
from notesite.commands.paper import Paper
from notesite.model import Block, Section, Site

HEADINGS: Final = ("Idea", "Method", "Results", "Thoughts")
"""For a collection that has no habit of its own."""
USUAL: Final = 1 / 3
"""A heading that stands in this share of the collection's notes is one of its habits."""
FEWEST_NOTES: Final = 3
"""Fewer notes have no habits."""
DATED: Final = re.compile(r"\d{4}-\d\d-\d\d-")
NICKNAME_WORDS: Final = 2
"""`Toolformer` of `Toolformer: Language Models Can …` names a file; more words are no nickname."""


@dataclass(frozen=True, slots=True)
class Habits:
    """What the next file of a collection should look like."""

    folder: str = ""
    """Relative to the notes folder; empty for that itself."""
    suffix: str = ".md"
    is_dated: bool = False
    """Whether names begin with a date, as Jekyll's posts do."""
    headings: tuple[str, ...] = HEADINGS


def habits(site: Site, topic: str) -> Habits:
    """The habits of files that are one note: those on papers of the topic, else those on papers, else all."""
    alone = {path for path, page in site.addresses.pages.items() if page.startswith("notes/")}
    notes = [section for section in site.sections if section.path in alone]
    papers = [section for section in notes if section.paper]
    filed = {section.id for note in site.notes if note.filing.topic == topic for section in note.sections}
    kin = [section for section in papers if section.id in filed] or papers or notes
    if not kin:
        return Habits()
    folder = most_common([folder_of(section.path) for section in kin])
    files = [PurePosixPath(section.path) for section in kin if folder_of(section.path) == folder]
    suffix = most_common([file.suffix for file in files])
    is_dated = 2 * sum(DATED.match(file.name) is not None for file in files) > len(files)
    return Habits(folder, suffix, is_dated, usual_headings(papers or notes) or HEADINGS)


def folder_of(path: str) -> str:
    """The folder of a file; empty for the notes folder itself."""
    return path.rpartition("/")[0]


def most_common(items: Sequence[str]) -> str:
    """The item that is there most often; of equals the first in the alphabet."""
    counts = Counter(items)
    return min(counts, key=lambda item: (-counts[item], item))


def usual_headings(notes: Sequence[Section]) -> tuple[str, ...]:
    """The headings that many of these notes have, in the order in which they mostly stand."""
    if len(notes) < FEWEST_NOTES:
        return ()
    places: dict[str, list[int]] = {}
    for note in notes:
        names = dict.fromkeys(heading_text(block) for block in note.blocks if block.kind == "heading")
        for place, name in enumerate(names):
            places.setdefault(name, []).append(place)
    usual = {name: sum(at) / len(at) for name, at in places.items() if len(at) >= USUAL * len(notes)}
    return tuple(sorted(usual, key=lambda name: (usual[name], name)))


def heading_text(block: Block) -> str:
    """The words of a heading."""
    return block.text.split("\n")[0].strip().strip("#").strip()


def file_names(paper: Paper, found: Habits, today: datetime.date) -> list[str]:
    """Paths that a note may have, relative to the notes folder, the best first."""
    before = f"{found.folder}/" if found.folder else ""
    date = f"{today.isoformat()}-" if found.is_dated else ""
    nickname = paper.name.partition(":")[0]
    slug = slugify(paper.name)
    slugs = [slug, *(f"{slug}-{n}" for n in range(2, 100))]
    if paper.title and nickname != paper.name and len(nickname.split()) <= NICKNAME_WORDS:
        slugs.insert(0, slugify(nickname))
    return [f"{before}{date}{name}{found.suffix}" for name in slugs]
