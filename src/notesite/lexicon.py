"""The words of all topics in one matcher: a single pass over a text finds its terms, the longest at each place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal, NamedTuple, get_args

from notesite.errors import NotesiteError
from notesite.stems import stem, stems, words
from notesite.topics import Topic, topic_key

Words = tuple[str, ...]
"""A phrase as stems."""

Kind = Literal["terms", "names", "hints", "vetoes"]
KINDS: Final = get_args(Kind)
MOST_OF_TITLE: Final = 0.5
"""A known paper's title is recognised behind other words (`Notes on …`) when it is this share of the whole; less may be
just the name of a method: `Super-resolution using very deep convolutional networks`."""


class Term(NamedTuple):
    """One entry of a topic's lists."""

    label: str
    """As the topic lists it."""
    topic: str
    kind: Kind
    spelling: Words
    """The words as they must be written, where one of them has capitals; else empty."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that is needed to file notes; built once."""

    topics: tuple[Topic, ...]
    terms: Mapping[Words, tuple[Term, ...]]
    papers: Mapping[Words, str]
    """Titles of well-known papers, with the topic's key."""
    references: Mapping[str, str]
    """References of well-known papers, with the topic's key."""
    named: Mapping[Words, str]
    """Names and headings of topics, with the topic's key."""
    placed: Mapping[str | Words, str]
    """The author's map: references, paths and titles, with the topic's key."""
    longest: Mapping[str, int]
    """By first word: how many words the longest title of a paper has."""
    single: Mapping[str, tuple[Term, ...]]
    """The terms of one word."""
    reach: Mapping[Words, int]
    """By the first two words: how many words the longest term has that begins so."""


def build_lexicon(topics: Sequence[Topic], placed: Mapping[str, str] | None = None) -> Lexicon:
    """The matcher for these topics; `placed` is the author's map of titles, references and paths to topics.

    Raises NotesiteError where the map names a topic that does not exist.
    """
    terms = phrases(topics)
    titles = {stems(paper): topic.key for topic in topics for paper in topic.papers if not paper.startswith("arxiv:")}
    return Lexicon(
        topics=tuple(topics),
        terms=terms,
        papers=titles,
        references={paper: topic.key for topic in topics for paper in topic.papers if ":" in paper},
        named={
            stems(label): topic.key for topic in reversed(topics) for label in (*topic.headings, topic.name, topic.key)
        },
        placed=author_map(placed or {}, topics),
        longest={first: length for (first,), length in longest(titles, 1).items()},
        single={form[0]: found for form, found in terms.items() if len(form) == 1},
        reach=longest(terms, 2),
    )


def phrases(topics: Iterable[Topic]) -> dict[Words, tuple[Term, ...]]:
    """Every form of every entry of the topics, with what it says.

    What is listed twice under one topic counts as the first, in any case if one of them does.
    """
    found: dict[Words, dict[str, Term]] = {}
    listed = ((topic, kind, label) for topic in topics for kind in KINDS for label in getattr(topic, kind))
    for topic, kind, label in listed:
        for form, spelling in forms(label):
            terms = found.setdefault(form, {})
            known = terms.setdefault(topic.key, Term(label, topic.key, kind, spelling))
            terms[topic.key] = known if spelling else known._replace(spelling=())
    return {form: tuple(terms.values()) for form, terms in found.items()}


def forms(label: str) -> Iterator[tuple[Words, Words]]:
    """A term as stems, with its spelling; two words also written as one (`fine tuning`, `finetuning`)."""
    written = tuple(words(label))
    spelling = written if label != label.lower() else ()
    yield stems(label), spelling
    if len(written) == 2 and not spelling:
        yield (stem("".join(written)),), ()


def longest(phrases: Iterable[Words], beginning: int) -> dict[Words, int]:
    """By so many words that they begin with, the number of words of the longest phrase."""
    lengths: dict[Words, int] = {}
    for phrase in phrases:
        begin = phrase[:beginning]
        lengths[begin] = max(len(phrase), lengths.get(begin, 0))
    return lengths


def author_map(placed: Mapping[str, str], topics: Sequence[Topic]) -> dict[str | Words, str]:
    """The author's map with keys of topics, each title also as stems."""
    known = {topic.key: topic for topic in topics}
    found: dict[str | Words, str] = {}
    for what, name in placed.items():
        key = topic_key(name, known)
        if key not in known:
            raise NotesiteError(f"{what!r} is mapped to {name!r}, which is no topic; there are {', '.join(known)}")
        found |= {what.strip("/"): key, stems(what): key}
    return found


def find_terms(text: str, lexicon: Lexicon) -> Iterator[tuple[Term, int]]:
    """The terms in the text, each with the place of its first word.

    Of terms at the same place only the longest is found, unless its topic has a veto there.
    """
    written = words(text)
    return terms_of(written, tuple(map(stem, written)), lexicon)


def terms_of(written: Sequence[str], compared: Words, lexicon: Lexicon) -> Iterator[tuple[Term, int]]:
    """The terms in a text that is given as its words and their stems."""
    vetoed: dict[str, int] = {}
    behind = 0
    for at, end in phrases_in(compared, lexicon):
        listed = lexicon.terms[compared[at:end]]
        terms = [term for term in listed if not term.spelling or is_spelled(term.spelling, written[at:end])]
        for veto in (term for term in terms if term.kind == "vetoes"):
            vetoed[veto.topic] = max(end, vetoed.get(veto.topic, 0))
            yield veto, at
        valid = [term for term in terms if term.kind != "vetoes" and vetoed.get(term.topic, 0) <= at]
        if valid and at >= behind:
            yield from ((term, at) for term in valid)
            behind = end


def phrases_in(compared: Words, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Where each listed phrase begins and ends; at each place the longest first."""
    pairs = [*pairwise((*compared, ""))]
    begun = zip(map(lexicon.reach.__contains__, pairs), map(lexicon.single.__contains__, compared), strict=True)
    for at in [at for at, (is_pair, is_single) in enumerate(begun) if is_pair or is_single]:
        for end in range(min(at + lexicon.reach.get(pairs[at], 1), len(compared)), at, -1):
            if compared[at:end] in lexicon.terms:
                yield at, end


def is_spelled(spelling: Words, written: Sequence[str]) -> bool:
    """Whether each word with capitals is written with these, a plural `s` aside."""
    return all(word in (form, f"{form}s") for form, word in zip(spelling, written, strict=True) if form != form.lower())


def known_paper(title: str, lexicon: Lexicon) -> str | None:
    """The topic of the well-known paper that this title begins with, or that is most of it."""
    compared = stems(title)
    for at, word in enumerate(compared):
        for length in range(min(lexicon.longest.get(word, 0), len(compared) - at), 0, -1):
            enough = at == 0 or length >= MOST_OF_TITLE * len(compared)
            if enough and (topic := lexicon.papers.get(compared[at : at + length])):
                return topic
    return None
