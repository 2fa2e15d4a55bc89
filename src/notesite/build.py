"""The whole pipeline in order: a folder of notes becomes a site, not rendered yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from notesite.addresses import addresses, with_addresses
from notesite.arrange import arrange
from notesite.classify import classify
from notesite.dates import NO_HISTORY, History, dated, days
from notesite.foreign import in_markdown
from notesite.formulas import check_formulas
from notesite.identify import identify
from notesite.labels import unknown_topics
from notesite.ledger import account, losses
from notesite.lexicon import Lexicon, build_lexicon
from notesite.markdown.katex import Engine
from notesite.merge import merge
from notesite.model import Note, Section, Site, Source
from notesite.neighbours import with_neighbours
from notesite.once import Once, anew, itself
from notesite.pages import source_titles
from notesite.read import is_draft, read_folder
from notesite.redirects import redirects
from notesite.resolve import dead_links
from notesite.split import split
from notesite.subtopics import with_parts
from notesite.topics import load_topics
from notesite.vocabulary import Vocabulary, vocabularies


@dataclass(frozen=True, slots=True)
class Options:
    """What the author may decide in the plugin's options."""

    topics: object = None
    """Topics to add, change, reorder or remove; None for the default ones."""
    file_under: Mapping[str, str] = field(default_factory=dict)
    """Titles, references or paths to the topic that holds them."""
    macros: Mapping[str, str] = field(default_factory=dict)
    r"""TeX macros for all notes, such as `\R: \mathbb{R}`."""
    papers: Mapping[str, str] = field(default_factory=dict)
    """Titles or `path:line` of sections to the reference of the paper that they are about."""
    drafts: bool = False
    """Whether notes with `draft: true` are on the site."""


def lexicon_of(options: Options) -> Lexicon:
    """The words of all topics, as the author wants them."""
    return build_lexicon(load_topics(options.topics), options.file_under)


def written(source: Source, lines: Sequence[str | None]) -> tuple[Section, ...]:
    """The sections of a source, each with its dates."""
    return dated(split(source), source, lines)


def filed(note: Note, lexicon: Lexicon, said: Vocabulary) -> Note:
    """The note on its shelf."""
    return replace(note, filing=classify(note, lexicon, said))


def build(
    folder: Path,
    options: Options | None = None,
    engine: Engine | None = None,
    once: Once = anew,
    history: History = NO_HISTORY,
) -> Site:
    """Read the notes in `folder` and arrange them; with an `engine`, find the formulas that can't be set, too.

    What the notes themselves don't say of their dates is taken from `history`.

    Raises NotesiteError when there is nothing to build: no folder, or options that make no sense.
    """
    options = options or Options()
    sources, files, problems = read_folder(folder, once)
    known_days = once.each(days, [(source.path, source, history.files.get(source.path, ())) for source in sources])
    lines = dict(zip((source.path for source in sources), known_days, strict=True))
    sources, foreign = in_markdown(sources, once)
    by_path = {source.path: source for source in sources}
    drafts = () if options.drafts else tuple(filter(is_draft, sources))
    left_out = {source.path for source in drafts}
    shown = [source for source in sources if source.path not in left_out]
    found = once.each(written, [(source.path, source, lines[source.path]) for source in shown])
    sections = tuple(chain.from_iterable(found))
    sections, conflicts = identify(sections, by_path, options.papers, once)
    merged = merge(sections, by_path, once)
    lexicon = once(lexicon_of, "topics", Options(options.topics, options.file_under))
    notes = with_addresses(merged.notes, once)
    places = once(itself, "addresses", addresses(sources, sections, notes, files))
    said = vocabularies(notes, lexicon, once)
    calls = [(note.id, note, lexicon, own) for note, own in zip(notes, said, strict=True)]
    notes = tuple(once.each(filed, calls))
    notes = with_parts(with_neighbours(notes, said, places, once), said, lexicon)
    titles = source_titles(sources, sections)
    pages = arrange(sources, sections, lexicon.topics, notes, places, titles, once)
    ledger = account(sources, drafts, sections, notes, pages)
    problems = (
        *problems,
        *history.problems,
        *foreign,
        *conflicts,
        *merged.problems,
        *(problem for note in notes for problem in unknown_topics(note, lexicon)),
        *(check_formulas(sections, engine) if engine else ()),
        *dead_links(sections, places),
        *losses(ledger.unaccounted),
    )
    return Site(
        sources,
        titles,
        sections,
        lexicon.topics,
        notes,
        pages,
        places,
        redirects(notes),
        merged.merges,
        merged.passages,
        ledger,
        tuple(sorted(problems)),
    )
