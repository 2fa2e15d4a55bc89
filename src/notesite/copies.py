"""Find sections that are copies of one another, exact or edited, and lay each text down once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

from rapidfuzz import fuzz

from notesite.model import Block, Copy, Part, Reference, Section
from notesite.similarity import Corpus, contained, corpus, is_form, own_containment
from notesite.titles import same, title
from notesite.wording import Worded, block_key, is_held

SHORT: Final = 15
"""Words; shorter notes say the same by chance ("Quickly glanced over the paper"), so their links have to agree."""
MIDDLING: Final = 40
CONTAINED: Final = 0.60
"""Least containment of a text of 40 words or more; with the next one, all of `merge` has precision 1.0 and recall .995
on 4,000 notes (benchmarks/merge_copies.py)."""
CONTAINED_MIDDLING: Final = 0.75
"""Least containment of a text of 15 to 39 words, where a shared phrase weighs more."""
CONTAINED_AGREED: Final = 0.40
"""Least containment where the primary references agree. In `notes/` different texts on one paper have at most 0.17,
copies at least 0.86."""
NEVER: Final = 2.0
"""More than any containment."""
NEARLY_EQUAL: Final = 70
"""Two blocks are variants of each other from this ratio on. Of 50,000 pairs of paragraphs, and of list items, taken at
random from different notes of seven collections, 99.8 % have less than 50; one that was no variant had more than 70."""
TEMPLATE_TITLES: Final = 3
"""A text that stands unchanged under so many titles is a form to be filled in, not a copy."""

MANY: Final = 50
"""Groups of one text, no two of which may be copies; further sections are compared with those called like them only,
or a form of 20 words under 20,000 titles would take hours."""

Pairs = Mapping[tuple[int, int], float]


def lay_down(sections: Sequence[Section], worded: Worded) -> tuple[Part, ...]:
    """Each text once, with its copies; in the order of the sections given."""
    groups = exact_groups(sections, worded)
    firsts = [group[0] for group in groups]
    pairs = edited_pairs(firsts, worded)
    parts: list[tuple[int, Part]] = []
    for place, others in clusters(firsts, pairs, worded):
        section = firsts[place]
        copies = [Copy(copy, "exact", 1.0) for copy in groups[place][1:]]
        for other in others:
            score = pairs[min(place, other), max(place, other)]
            copies += [edited_copy(section, copy, score) for copy in groups[other]]
        parts.append((min(place, *others, place), Part(section, tuple(copies))))
    return tuple(part for _, part in sorted(parts, key=lambda placed: placed[0]))


def exact_groups(sections: Sequence[Section], worded: Worded) -> list[list[Section]]:
    """The sections in groups of equal text, each group and all of them in the order given."""
    alike: defaultdict[object, list[list[Section]]] = defaultdict(list)
    groups: list[list[Section]] = []
    for section in sections:
        key = exact_key(section, worded)
        known, called = alike[key], alike[key, section.title.casefold()]
        near = known if len(known) < MANY else called
        group = next((group for group in near if all(may_be_copies(section, other, worded) for other in group)), None)
        if group is None:
            group = []
            for found in (known, called, groups):
                found.append(group)
        group.append(section)
    return [part for group in groups for part in ([[one] for one in group] if is_template(group) else [group])]


def exact_key(section: Section, worded: Worded) -> object:
    """What exact copies have in common; for short ones that is also what they link, or all of their title."""
    said = worded[section.id]
    if said.length >= SHORT:
        return said.body
    named = section.id if title(section.title).is_vague else section.title.casefold()
    return said.body, section.primary or section.references or named


def is_template(group: Sequence[Section]) -> bool:
    """Whether a text stands under three titles that are not one another's."""
    distinct: list[Section] = []
    for section in group:
        if not any(are_called_alike(section, known) for known in distinct):
            distinct.append(section)
        if len(distinct) == TEMPLATE_TITLES:
            return True
    return False


def are_called_alike(one: Section, other: Section) -> bool:
    """Whether the titles of two sections, or what they are about, agree."""
    if one.primary is not None and one.primary == other.primary:
        return True
    return one.title.casefold() == other.title.casefold() or bool(same(one.title, other.title))


def may_be_copies(one: Section, other: Section, worded: Worded) -> bool:
    """Whether two sections of like text can be copies: about no two papers, and no two fillings of a short form."""
    if contradict(papers(one), papers(other)):
        return False
    return max(worded[one.id].length, worded[other.id].length) >= MIDDLING or have_ties(one, other)


def have_ties(one: Section, other: Section) -> bool:
    """Whether more than the text says that two sections belong together: their titles or a link."""
    return are_called_alike(one, other) or bool(set(one.references) & set(other.references))


def papers(section: Section) -> frozenset[Reference]:
    """The papers a section can be about: its heading's, or all that it links."""
    if section.href and section.paper:
        return frozenset((section.paper,))
    return frozenset(ref for ref in section.references if ref.is_paper)


def contradict(one: frozenset[Reference], other: frozenset[Reference]) -> bool:
    """Whether two sets of papers have a scheme in common and no paper.

    A DOI and an arXiv number may be one paper, and so may two PDF files.
    """
    comparable = {ref.scheme for ref in one} & {ref.scheme for ref in other} - {"pdf"}
    return bool(comparable) and not one & other


def edited_pairs(sections: Sequence[Section], worded: Worded) -> dict[tuple[int, int], float]:
    """Places of sections that are edited copies of one another, the lower first, with their containment."""
    said = [worded[section.id] for section in sections]
    lengths = [each.count for each in said]
    weighed = corpus([each.bigrams for each in said])
    thresholds = list(map(threshold, lengths))
    forms = {place for place, text in enumerate(weighed.texts) if is_form(weighed, text)}
    own = [NEVER if place in forms else least for place, least in enumerate(thresholds)]
    alike = [group for group in called_alike(sections) if not forms.isdisjoint(group)]
    searched = (contained(weighed, own), *(contained(weighed, thresholds, group) for group in alike))
    found = {(min(a, b), max(a, b)): score for a, b, score in chain.from_iterable(searched)}
    found.update(agreeing_pairs(sections, lengths, weighed))
    return {
        (a, b): score
        for (a, b), score in found.items()
        if may_be_copies(sections[a], sections[b], worded)
        and (have_ties(sections[a], sections[b]) or own_containment(weighed, a, b) >= CONTAINED)
    }


def called_alike(sections: Sequence[Section]) -> Iterable[list[int]]:
    """The places of sections with the same title. Texts that say nothing of their own need that to be copies."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, section in enumerate(sections):
        places[section.title.casefold()].append(place)
    return places.values()


def threshold(number: int) -> float:
    """The least containment of a text of so many words."""
    if number < SHORT:
        return NEVER
    return CONTAINED if number >= MIDDLING else CONTAINED_MIDDLING


def agreeing_pairs(
    sections: Sequence[Section], lengths: Sequence[int], weighed: Corpus
) -> Iterator[tuple[tuple[int, int], float]]:
    """Edited copies among the sections with the same primary reference, where less has to be contained."""
    places: defaultdict[Reference, list[int]] = defaultdict(list)
    for place, section in enumerate(sections):
        if section.primary is not None and lengths[place]:
            places[section.primary].append(place)
    thresholds = [CONTAINED_AGREED if number >= SHORT else CONTAINED_MIDDLING for number in lengths]
    for agreeing in (group for group in places.values() if len(group) > 1):
        for a, b, score in contained(weighed, thresholds, agreeing):
            if score >= max(thresholds[a], thresholds[b]):
                yield (min(a, b), max(a, b)), score


def clusters(sections: Sequence[Section], pairs: Pairs, worded: Worded) -> Iterator[tuple[int, list[int]]]:
    """Every text that stands for itself, with the places of its edited copies; the longest first, then the newest."""
    near: defaultdict[int, list[int]] = defaultdict(list)
    for a, b in pairs:
        near[a].append(b)
        near[b].append(a)
    newest = sorted(range(len(sections)), key=lambda place: sections[place].date or "", reverse=True)
    lengths = {place: worded[sections[place].id].length for place in near}
    taken: set[int] = set()
    for place in sorted(newest, key=lambda place: -lengths.get(place, 0)):
        if place not in taken:
            others = sorted(other for other in near[place] if other not in taken)
            taken.update(others, (place,))
            yield place, others


def edited_copy(section: Section, copy: Section, score: float) -> Copy:
    """What a copy has beyond the text that stands for it: blocks of its own, and blocks in another wording."""
    known, own = keyed(section), keyed(copy)
    # Marks in a definition, by which variants show what differs, would make it text.
    free = {key: block for key, block in known.items() if key not in own and block.kind != "definition"}
    additions: list[Block] = []
    variants: list[tuple[Block, Block]] = []
    for key, block in own.items():
        if is_held(key, known):
            continue
        nearest = max((other for other in free if free[other].kind == block.kind), key=nearness(key), default=None)
        if nearest is None or nearness(key)(nearest) < NEARLY_EQUAL:
            additions.append(block)
        else:
            variants.append((free.pop(nearest), block))
    return Copy(copy, "edited", round(score, 3), tuple(additions), tuple(variants))


def keyed(section: Section) -> dict[str, Block]:
    """The blocks of a section that say something, in order, each by what makes it equal to another."""
    found: dict[str, Block] = {}
    for block in section.blocks:
        found.setdefault(block_key(block), block)
    found.pop("", None)
    return found


def nearness(key: str) -> Callable[[str], float]:
    """How alike a block is to the one with this key, 0 to 100."""
    return lambda other: fuzz.ratio(key, other)
