"""What notesite understood of a folder, for the author to read or for a program."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict

from notesite.model import Merge, Note, Section, Site

Json = dict[str, object]


def as_json(site: Site) -> str:
    """The whole report as JSON: keys sorted, the same for the same notes."""
    note_of = {section.id: note.slug for note in site.notes for section in note.sections}
    report: Json = {
        "sources": [
            {"path": s.path, "title": site.titles[s.path], "lines": len(s.lines), "front_matter": s.meta}
            for s in site.sources
        ],
        "sections": [section_json(section, note_of.get(section.id)) for section in site.sections],
        "notes": [note_json(note) for note in site.notes],
        "merges": [asdict(merge) for merge in site.merges],
        "passages": [
            {"words": passage.words, "at": [f"{path}:{start}-{end}" for path, start, end in passage.at]}
            for passage in site.passages
        ],
        "ledger": {
            **asdict(site.ledger),
            "unaccounted": [f"{path}:{line}" for path, line in site.ledger.unaccounted],
        },
        "problems": [asdict(problem) for problem in site.problems],
    }
    return json.dumps(report, ensure_ascii=False, indent=2, sort_keys=True)


def section_json(section: Section, slug: str | None) -> Json:
    """One section; its lines are those of its heading and its own text."""
    return {
        "id": section.id,
        "path": section.path,
        "start": section.start,
        "end": section.end,
        "heading": section.heading,
        "title": section.title,
        "level": section.level,
        "kind": section.kind,
        "note": slug,
        "references": [str(reference) for reference in section.references],
        "primary": str(section.primary) if section.primary else None,
    }


def note_json(note: Note) -> Json:
    """One note with its topic and the reason for it."""
    return {
        "slug": note.slug,
        "title": note.title,
        "topic": note.filing.topic,
        "topics": [note.filing.topic, *note.filing.also],
        "why": note.filing.why,
        "sections": [section.id for section in note.sections],
        "references": [str(reference) for reference in note.references],
        "added": note.added,
        "changed": note.changed,
    }


def as_text(site: Site) -> Iterator[str]:
    """A summary to read: counts, shelves, merges and what became of the lines."""
    yield f"{len(site.sources)} sources, {len(site.sections)} sections, {len(site.notes)} notes"
    yield ""
    counts = Counter(note.filing.topic for note in site.notes)
    for topic in site.topics:
        if counts[topic.key]:
            yield f"{topic.name}: {counts[topic.key]}"
            for note in site.notes:
                if note.filing.topic == topic.key:
                    yield f"  {note.title} ({note.id}): {note.filing.why}"
    yield from map(merge_text, site.merges)
    ledger = site.ledger
    yield ""
    yield (
        f"{ledger.lines} lines = {ledger.rendered} rendered + {ledger.merged} merged + {ledger.structure} structure "
        f"+ {ledger.blank} blank + {len(ledger.dropped)} dropped + {len(ledger.unaccounted)} unaccounted"
    )
    yield f"{sum(not problem.hint for problem in site.problems)} problems"


def merge_text(merge: Merge) -> str:
    """One merge as a line."""
    return f"{merge.kind}: {', '.join(merge.sections)} ({merge.why})"
