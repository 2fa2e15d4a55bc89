"""One note for each paper or system, each text on it once: nothing is mixed and nothing is lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from notesite.copies import lay_down
from notesite.filenames import FOLDER_SPEAKS, file_title
from notesite.mentions import Named, mentions
from notesite.model import Mention, Merge, Merged, Note, Part, Section, Source
from notesite.once import Once, anew
from notesite.outline import is_generic
from notesite.passages import passages
from notesite.subjects import subjects
from notesite.titles import title
from notesite.wording import Worded, wording


def merge(
    sections: Sequence[Section],
    sources: Mapping[str, Source],
    once: Once = anew,
) -> Merged:
    """Bring together what belongs together, in whatever order the sections come.

    Sections of the kinds note and links become notes; the others can only mention one. A source whose front matter says
    `notesite: keep` stays as it is.
    """
    ordered = sorted(sections, key=lambda section: (section.path, section.start))
    shown = [section for section in ordered if section.kind in ("note", "links")]
    kept = {path for path, source in sources.items() if is_kept(source)}
    wordings = once.each(wording, [(section.id, section) for section in shown])
    worded = dict(zip((section.id for section in shown), wordings, strict=True))
    parts = lay_down([section for section in shown if section.path not in kept], worded)
    found, problems = subjects(parts, worded)
    texts = [[parts[place] for place in subject.places] for subject in found]
    files = {section.path: file_name(section.path, sources) for section in shown}
    notes = [
        once(note_of_one, some[0].section.id, some[0].section, files[some[0].section.path])
        if is_alone(some)
        else note(longest_first(some, worded), subject.why, files)
        for some, subject in zip(texts, found, strict=True)
    ]
    notes += [once(note_of_one, section.id, section, files[section.path]) for section in shown if section.path in kept]
    notes.sort(key=lambda note: min((section.path, section.start) for section in note.sections))
    named = mentions(notes, ordered, once)
    merges = [*of_copies(notes), *of_subjects(notes), *of_mentions(notes, named)]
    return Merged(tuple(with_mentions(notes, named)), tuple(merges), passages(notes, worded), problems)


def is_kept(source: Source) -> bool:
    """Whether the author wants this file left alone."""
    return source.stated("notesite").lower() == "keep"


def file_name(path: str, sources: Mapping[str, Source]) -> str:
    """What the author calls a file."""
    stated = sources[path].stated("title") if path in sources else ""
    return stated or file_title(path)


def is_alone(parts: Sequence[Part]) -> bool:
    """Whether this is one section without copies."""
    return len(parts) == 1 and not parts[0].copies


def note_of_one(section: Section, file: str) -> Note:
    """The page of a section that nothing else belongs to."""
    return note((Part(section),), "", {section.path: file})


def longest_first(parts: Sequence[Part], worded: Worded) -> tuple[Part, ...]:
    """The longest text, then the others in order."""
    longest = max(parts, key=lambda part: worded[part.section.id].length)
    return longest, *(part for part in parts if part is not longest)


def note(ordered: tuple[Part, ...], why: str, files: Mapping[str, str]) -> Note:
    """The page of these texts; `files` has what their files are called."""
    sections = [section for part in ordered for section in part.sections]
    primaries = [section.primary for section in sections if section.primary is not None]
    return Note(
        title=best_title(sections, files),
        parts=ordered,
        references=tuple(dict.fromkeys(ref for section in sections for ref in section.references)),
        primary=next((ref for ref in primaries if ref.is_paper), primaries[0] if primaries else None),
        why=why,
    )


def with_mentions(notes: Sequence[Note], named: Sequence[Named]) -> Iterator[Note]:
    """The notes with the lines that name them elsewhere."""
    found: defaultdict[int, list[Mention]] = defaultdict(list)
    for entry in named:
        found[entry.note].append(entry.mention)
    for place, note in enumerate(notes):
        yield replace(note, mentions=tuple(found[place])) if place in found else note


def best_title(sections: Sequence[Section], files: Mapping[str, str]) -> str:
    """The first title that says what the note is about; else the first, below what it stands in where it needs that."""
    telling = next((section.title for section in sections if not title(section.title).is_vague), None)
    first = sections[0]
    if telling or not is_generic(first.title):
        return telling or first.title
    above = [*reversed(first.groups), files[first.path]]
    context = next((name for name in above if names_subject(name) and name != first.title), None)
    return f"{context}: {first.title}" if context else first.title


def names_subject(name: str) -> bool:
    """Whether what a heading stands in says what it is about; a README says nothing."""
    return not is_generic(name) and name.lower() not in FOLDER_SPEAKS


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
