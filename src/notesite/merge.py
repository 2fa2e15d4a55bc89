"""One note for each paper or system, each text on it once: nothing is mixed and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from notesite.copies import lay_down
from notesite.mentions import Named, mentions
from notesite.model import Merge, Merged, Note, Part, Section, Source
from notesite.outline import is_generic
from notesite.passages import passages
from notesite.split import file_title
from notesite.subjects import Subject, subjects
from notesite.titles import title
from notesite.wording import length


def merge(sections: Sequence[Section], sources: Mapping[str, Source]) -> Merged:
    """Bring together what belongs together, in whatever order the sections come.

    Sections of the kinds note and links become notes; the others can only mention one. A source whose front matter says
    `notesite: keep` stays as it is.
    """
    ordered = sorted(sections, key=lambda section: (section.path, section.start))
    shown = [section for section in ordered if section.kind in ("note", "links")]
    kept = {path for path, source in sources.items() if is_kept(source)}
    parts = lay_down([section for section in shown if section.path not in kept])
    found, problems = subjects(parts)
    alone = [Part(section) for section in shown if section.path in kept]
    notes = [note(parts, subject, sources) for subject in found]
    notes += [note([part], Subject((0,), ""), sources) for part in alone]
    notes.sort(key=lambda note: min((section.path, section.start) for section in note.sections))
    named = mentions(notes, ordered)
    merges = [*of_copies(notes), *of_subjects(notes), *of_mentions(notes, named)]
    with_mentions = tuple(
        replace(note, mentions=tuple(n.mention for n in named if n.note == place)) for place, note in enumerate(notes)
    )
    return Merged(with_mentions, tuple(merges), passages(notes), problems)


def is_kept(source: Source) -> bool:
    """Whether the author wants this file left alone."""
    return str((source.meta or {}).get("notesite") or "").strip().lower() == "keep"


def note(parts: Sequence[Part], subject: Subject, sources: Mapping[str, Source]) -> Note:
    """The page of a subject: its longest text first, then the others in order."""
    own = [parts[place] for place in subject.places]
    longest = max(own, key=lambda part: length(part.section.text))
    ordered = (longest, *(part for part in own if part is not longest))
    sections = [section for part in ordered for section in (part.section, *(copy.section for copy in part.copies))]
    primaries = [section.primary for section in sections if section.primary is not None]
    return Note(
        title=best_title(sections, sources),
        parts=ordered,
        references=tuple(dict.fromkeys(ref for section in sections for ref in section.references)),
        primary=next((ref for ref in primaries if ref.is_paper), primaries[0] if primaries else None),
        why=subject.why,
    )


def best_title(sections: Sequence[Section], sources: Mapping[str, Source]) -> str:
    """The first title that says what the note is about; else the first, below what it stands in where it needs that."""
    telling = next((section.title for section in sections if not title(section.title).is_vague), None)
    first = sections[0]
    if telling or not is_generic(first.title):
        return telling or first.title
    stated = (sources[first.path].meta or {}).get("title") if first.path in sources else None
    above = [*reversed(first.groups), str(stated or file_title(first.path))]
    context = next((name for name in above if not is_generic(name) and name != first.title), None)
    return f"{context}: {first.title}" if context else first.title


def of_copies(notes: Sequence[Note]) -> Iterator[Merge]:
    """The copies that were laid down with the text they repeat."""
    for part in (part for note in notes for part in note.parts):
        exact = tuple(copy.section.id for copy in part.copies if copy.kind == "exact")
        if exact:
            yield Merge("exact", (part.section.id, *exact), 1.0, "the same text")
        for copy in part.copies:
            if copy.kind == "edited":
                why = f"{copy.score:.0%} of the shorter text stands in the longer one"
                yield Merge("edited", (part.section.id, copy.section.id), copy.score, why)


def of_subjects(notes: Sequence[Note]) -> Iterator[Merge]:
    """Different texts on one page."""
    for note in notes:
        if len(note.parts) > 1:
            yield Merge("same", tuple(section.id for section in note.sections), 1.0, note.why)


def of_mentions(notes: Sequence[Note], named: Sequence[Named]) -> Iterator[Merge]:
    """Entries about a note's subject in other sections, each pair of sections once."""
    seen: set[tuple[int, str]] = set()
    for entry in named:
        if entry.is_entry and (entry.note, entry.section.id) not in seen:
            seen.add((entry.note, entry.section.id))
            first = notes[entry.note].parts[0].section
            yield Merge("same", (first.id, entry.section.id), 1.0, f"line {entry.line} {entry.why}")
