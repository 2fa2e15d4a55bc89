"""`notesite stats`: how many notes there are on what and from when, and what waits to be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from notesite.commands.paper import known_title
from notesite.model import Reference, Section, Site
from notesite.papers import paper_url
from notesite.shelves import papers_by_year

WAITING: Final = 10
"""Papers on the list of those that wait: as many as anybody reads in a month."""
BAR: Final = 30
"""Characters of the longest bar."""


def stats(site: Site) -> Iterator[str]:
    """The whole text."""
    topics = Counter(note.filing.topic for note in site.notes)
    years = [(year, len(notes)) for year, notes in papers_by_year(site.notes).items()]
    months = Counter(note.added[:7] for note in site.notes if note.added)
    yield f"{len(site.notes)} notes from {len(site.sources)} files"
    yield from table("By topic", [(topic.name, topics[topic.key]) for topic in site.topics if topics[topic.key]])
    yield from table("Papers by year", years)
    yield from table("Notes by month", sorted(months.items(), reverse=True))
    yield from waiting(site)


def table(title: str, rows: Sequence[tuple[str, int]]) -> Iterator[str]:
    """Counts with bars; nothing without rows."""
    if not rows:
        return
    yield from ("", title)
    wide = max(len(name) for name, _ in rows)
    most = max(count for _, count in rows)
    for name, count in rows:
        yield f"  {name:<{wide}}  {count:>5}  {'█' * max(1, round(BAR * count / most))}"


def waiting(site: Site) -> Iterator[str]:
    """Papers that the notes link and that have no note of their own, those that wait longest first."""
    linked = unread(site)
    if not linked:
        return
    yield from ("", f"Linked and not noted: {len(linked)} papers; longest unread")
    for paper, section in linked[:WAITING]:
        title = known_title(paper, site) or paper_url(paper) or str(paper)
        yield f"  {section.added or 'undated':<10}  {section.id}: {title}"


def unread(site: Site) -> list[tuple[Reference, Section]]:
    """Each paper without a note, with the oldest section that links it; undated ones last."""
    noted = {section.primary for section in site.sections}
    found: dict[Reference, Section] = {}
    for section in sorted(site.sections, key=age):
        for named in section.references:
            if named.is_paper and named not in noted:
                found.setdefault(named, section)
    return sorted(found.items(), key=lambda item: (*age(item[1]), item[0]))


def age(section: Section) -> tuple[str, str, int]:
    """The order of reading: by date, undated sections last, else as they stand."""
    return section.added or "9999", section.path, section.start
