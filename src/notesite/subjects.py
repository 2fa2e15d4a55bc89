"""Which texts are about the same paper or system, each with the reason why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from notesite import titles
from notesite.copies import contradict
from notesite.errors import Problem
from notesite.model import Part, Reference, Section
from notesite.wording import Worded, words, words_of

ENDS: Final = 2
"""Nearly equal titles share their first or their last two words: those alone are compared."""

LEAST_OF_WHOLE: Final = 0.5
MOST_NAMESAKES: Final = 4
"""A title of more texts than these is a recurring heading, such as Open problems, and not a name."""
MOST_LINKING: Final = 4
"""A link that more texts have in common is no reason to merge any two of them."""


@dataclass(frozen=True, slots=True)
class Bond:
    """Two texts, by place, that are about the same thing."""

    one: int
    other: int
    why: str


@dataclass(frozen=True, slots=True)
class Subject:
    """The places of all texts about one thing, in order, and why they belong together."""

    places: tuple[int, ...]
    why: str


def subjects(parts: Sequence[Part], worded: Worded) -> tuple[tuple[Subject, ...], tuple[Problem, ...]]:
    """Every text in one subject, in order; where texts agree only in part, a problem for the author to settle."""
    problems: list[Problem] = []
    told = [noted(part, worded) for part in parts]
    members = {place: [place] for place in range(len(parts))}
    papers = {place: {primaries(sections)} for place, sections in enumerate(told)}
    reasons: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for bond in [*by_reference(told, problems), *by_title(parts, told)]:
        a, b = sorted((members[bond.one][0], members[bond.other][0]))
        if a == b:
            continue
        if any(contradict(one, other) for one in papers[a] for other in papers[b]):
            problems += two_papers(parts[bond.one].section, parts[bond.other].section)
            continue
        members[a] = sorted(members[a] + members[b])
        papers[a] |= papers.pop(b)
        reasons[a] |= {bond.why: None} | reasons.pop(b, {})
        for place in members[a]:
            members[place] = members[a]
    firsts = sorted({group[0] for group in members.values()})
    found = tuple(Subject(tuple(members[first]), "; ".join(reasons[first])) for first in firsts)
    return found, tuple(dict.fromkeys(problems))


def primaries(sections: Sequence[Section]) -> frozenset[Reference]:
    """The papers that these sections are about."""
    return frozenset(section.paper for section in sections if section.paper)


def noted(part: Part, worded: Worded) -> tuple[Section, ...]:
    """The sections that say what a part is about: not lists of links, and not copies of only a small piece of it."""
    least = LEAST_OF_WHOLE * worded[part.section.id].length
    copies = (copy.section for copy in part.copies if worded[copy.section.id].length >= least)
    return tuple(section for section in (part.section, *copies) if section.kind == "note")


def by_reference(told: Sequence[Sequence[Section]], problems: list[Problem]) -> Iterator[Bond]:
    """Texts with the same primary reference, if their titles allow it."""
    places: defaultdict[Reference, dict[int, Section]] = defaultdict(dict)
    for place, sections in enumerate(told):
        for section in sections:
            if section.primary is not None:
                places[section.primary].setdefault(place, section)
    for ref, linking in places.items():
        before: list[tuple[int, Section]] = []
        for place, section in linking.items():
            # One that agrees is enough, so that many notes on one paper are not all compared with one another.
            other = next((known for known, one in before if agree(ref, one, section)), None)
            if other is not None:
                yield Bond(other, place, f"both are about {ref}")
            elif before and ref.is_paper:
                problems.append(wrong_link(ref, before[0][1], section))
            before.append((place, section))


def wrong_link(ref: Reference, one: Section, other: Section) -> Problem:
    """One paper linked under two titles that have nothing to do with each other."""
    where = f"links {ref}, as {one.id} does under the title {one.title!r}"
    message = f"{where}; correct the link, or name this section in the option papers"
    return Problem(other.path, other.start, "reference-title", message, hint=True)


def agree(ref: Reference, one: Section, other: Section) -> bool:
    """Whether the titles of two sections that link the same thing allow that they are about it."""
    if one.is_stated or other.is_stated:
        return True
    if titles.same(one.title, other.title) or titles.same_word(one.title, other.title) or alias_in_common(one, other):
        return True
    if ref.scheme == "repo" and is_called_after(ref, one.title) and is_called_after(ref, other.title):
        return True
    if not ref.is_paper or titles.unrelated(one.title, other.title) or titles.are_versions(one.title, other.title):
        return False
    if any(titles.title(section.title).is_vague for section in (one, other)):
        return True
    if not any(titles.is_nickname(section.title) for section in (one, other)):
        return True
    return explains(one.title, other) or explains(other.title, one)


def is_called_after(repo: Reference, text: str) -> bool:
    """Whether a title is the repository's name, with or without its owner's."""
    name = "".join(titles.title(repo.id.rpartition("/")[2]).words)
    return bool(name) and "".join(titles.title(text).words).endswith(name)


def explains(nickname: str, section: Section) -> bool:
    """Whether a section says what a nickname stands for, or says it at all."""
    said = {*words(section.title), *words_of(section)}
    named = titles.title(nickname).telling or frozenset(titles.title(nickname).words)
    return bool(named & said) or titles.is_short_for(nickname, section.title)


def by_title(parts: Sequence[Part], told: Sequence[Sequence[Section]]) -> Iterator[Bond]:
    """Texts with the same title; where that is one word, they must share a link as well."""
    places: defaultdict[object, dict[int, Section]] = defaultdict(dict)
    for place, sections in enumerate(told):
        for section in sections:
            for key in (key for name in (section.title, *section.aliases) for key in title_keys(name)):
                places[key].setdefault(place, section)
    telling = telling_references(parts)
    for key, called in places.items():
        if len(called) > MOST_NAMESAKES and isinstance(key, str):
            continue
        for (a, one), (b, other) in combinations(called.items(), 2):
            why = titles.same(one.title, other.title)
            if by_alias := alias_in_common(one, other):
                yield Bond(a, b, f"the front matter calls it {by_alias!r}")
            elif why and settles(one, other):
                yield Bond(a, b, why)
            elif titles.same_word(one.title, other.title) and telling & set(one.references) & set(other.references):
                yield Bond(a, b, "the same name and a link in common")


def alias_in_common(one: Section, other: Section) -> str:
    """A name in the front matter of one section that the other section has, too; empty without one."""
    if not one.aliases and not other.aliases:
        return ""
    names = [{titles.title(name).words: name for name in (section.title, *section.aliases)} for section in (one, other)]
    stated = {titles.title(name).words for section in (one, other) for name in section.aliases}
    common = sorted(names[0].keys() & names[1].keys() & stated)
    return next((names[0][said] for said in common if not titles.title(names[0][said]).is_vague), "")


def telling_references(parts: Sequence[Part]) -> frozenset[Reference]:
    """What only few texts link; a home page or a script that many link says nothing about them."""
    counts = Counter(ref for part in parts for ref in set(part.section.references))
    return frozenset(ref for ref, count in counts.items() if count <= MOST_LINKING)


def title_keys(text: str) -> Iterator[object]:
    """Keys of which titles that may be the same share one: the whole, the name before a colon, and either end."""
    found = titles.title(text)
    if found.is_vague:
        return
    yield "".join(found.words)
    if found.head != found.words or found.is_name or len(found.words) == 1:
        yield "head", "".join(found.head)
    if len(found.words) >= titles.LEAST_WORDS:
        yield "first", len(found.said), found.said[:ENDS]
        yield "last", len(found.said), found.said[-ENDS:]


def settles(one: Section, other: Section) -> bool:
    """Whether a title is enough: a short one within one file, or on two pages or two papers, is not."""
    a, b = titles.title(one.title), titles.title(other.title)
    if min(len(a.words), len(b.words)) >= titles.LEAST_WORDS:
        return True
    if one.path == other.path:
        return False
    if one.primary is None or other.primary is None or one.primary == other.primary:
        return True
    return a.is_name and b.is_name and one.primary.is_paper != other.primary.is_paper


def two_papers(one: Section, other: Section) -> Iterator[Problem]:
    """One title under which two papers are linked."""
    if one.primary and other.primary and titles.same(one.title, other.title) == "the same title":
        message = (
            f"has the title of {one.id} but links {other.primary}, not {one.primary}; "
            "if they are one paper, say so in the option papers"
        )
        yield Problem(other.path, other.start, "title-reference", message, hint=True)
