"""Which notes are shown as related, why, and the parts of a large shelf."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notesite.classify import classify
from notesite.lexicon import build_lexicon
from notesite.model import Block, Note, Part, Reference, Section
from notesite.related import MOST, Related, related
from notesite.subtopics import LARGE, Subtopic, subjects, subtopics
from notesite.topics import load_topics
from notesite.vocabulary import vocabulary

LEXICON = build_lexicon(load_topics())


def note(title: str, text: str = "", groups: tuple[str, ...] = (), references: str = "", primary: str = "") -> Note:
    blocks = (Block("paragraph", 2, 2, text),) if text else ()
    section = Section("notes.md", 1, 2, 2, title, title, 2, "note", groups=groups, blocks=blocks)
    names = tuple(Reference(*name.split(":")) for name in references.split())
    return Note(title, (Part(section),), names, Reference(*primary.split(":")) if primary else None)


def related_notes(*notes: Note, links: tuple[tuple[int, int], ...] = ()) -> list[tuple[Related, ...]]:
    filed = [replace(each, filing=classify(each, LEXICON)) for each in notes]
    return related(filed, [vocabulary(each, LEXICON) for each in notes], links)


def test_where_papers_are_found_relates_none() -> None:
    notes = related_notes(
        note("Bread", "Seen on arXiv and [GitHub](https://example.org/a)."),
        note("Walks", "Not yet on OpenReview, but on arXiv and GitHub."),
        note("Rain", "Wind."),
    )
    assert notes == [(), (), ()]


def test_shared_references() -> None:
    first, second, other = related_notes(
        note("Bread", references="arxiv:1706.03762"), note("Walks", references="arxiv:1706.03762"), note("Rain")
    )
    assert first == (Related(1, "both name arxiv:1706.03762"),)
    assert second == (Related(0, "both name arxiv:1706.03762"),)
    assert other == ()


def test_links() -> None:
    notes = note("Bread"), note("Walks", references="doi:1"), note("Rain", references="doi:2", primary="doi:1")
    assert [tuple(other.note for other in others) for others in related_notes(*notes, links=((1, 0), (2, 2)))] == [
        (1,),
        (0, 2),
        (1,),
    ]


def test_subjects() -> None:
    notes = (
        note("Rotary positional embeddings", "Angles encode relative positions."),
        note("Yet another rotary trick", "It extends rotary positional embeddings."),
        note("Chess without search", "A grandmaster in one forward pass."),
    )
    rotary = related_notes(*notes)
    assert rotary[0] == (Related(1, "both about rotary positional, embedding"),)
    assert rotary[2] == ()


def test_mutual() -> None:
    """A note that many others are close to shows those that have nothing closer."""
    hub = note("Hub", references=" ".join(f"doi:{n}" for n in range(8)))
    spokes = [note(f"Spoke {n}", references=f"doi:{n} doi:common{n % 4}") for n in range(8)]
    for number, others in enumerate(related_notes(hub, *spokes)):
        assert len(others) <= MOST
        assert number not in [other.note for other in others]
        assert number == 0 or 0 in [other.note for other in others]


@settings(deadline=None)
@given(st.permutations(range(6)))
def test_order_of_notes_does_not_matter(order: list[int]) -> None:
    notes = [note(f"{word} cache", f"The {word} of the KV cache.", references=f"doi:{n % 3}") for n, word in WORDS]
    expected = titles(notes)
    assert titles([notes[place] for place in order]) == expected


WORDS = list(enumerate(("eviction", "quantization", "paging", "prefill", "offloading", "streaming")))


def titles(notes: list[Note]) -> dict[str, frozenset[str]]:
    """The titles related to each, up to the choice among equally close ones."""
    return {
        each.title: frozenset(notes[other.note].title for other in others)
        for each, others in zip(notes, related_notes(*notes), strict=True)
    }


def parts_of(notes: list[Note]) -> tuple[Subtopic, ...]:
    return subtopics([subjects(each, vocabulary(each, LEXICON), "agents-and-tools", LEXICON) for each in notes])


def shelf() -> list[Note]:
    retrieval = [note(f"Retrieval {n}", "Dense retrieval, and dense retrieval again.") for n in range(12)]
    grouped = [note(f"Browser {n}", groups=("Agents", "The web")) for n in range(10)]
    return [*retrieval, *grouped, *(note(f"Odd {n}") for n in range(20))]


def test_subtopics_of_a_large_shelf() -> None:
    parts = parts_of(shelf())
    assert parts == (
        Subtopic("Dense retrieval", tuple(range(12))),
        Subtopic("The web", tuple(range(12, 22))),
        Subtopic("", tuple(range(22, 42))),
    )


@pytest.mark.parametrize("count", [0, 1, LARGE])
def test_no_subtopics_of_a_small_shelf(count: int) -> None:
    notes = shelf()[:count]
    assert parts_of(notes) == ((Subtopic("", tuple(range(count))),) if count else ())
