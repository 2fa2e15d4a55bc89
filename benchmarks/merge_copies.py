"""Cost, precision and recall of finding copies among synthetic notes, and of datasketch's MinHash LSH on the same ones.

    python benchmarks/merge_copies.py [NUMBER]           all of `merge`, as a build runs it
    python benchmarks/merge_copies.py [NUMBER] --lsh     MinHash LSH over word bigrams (pip install datasketch)

CPU seconds and peak memory of this process; memory includes the notes themselves.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from resource import RUSAGE_SELF, getrusage
from time import process_time
from typing import Final

from merge_corpus import Labelled, generate
from notesite.merge import merge
from notesite.model import Block, Section

DEFAULT: Final = 10_000
PERMUTATIONS: Final = 64
BANDS: Final = (16, 4)
"""Bands and rows with which LSH misses 4 % here; more bands find more and cost more."""
LEAST_JACCARD: Final = 0.3

Pairs = set[tuple[int, int]]


def section(place: int, title: str, sentences: Sequence[Sequence[str]]) -> Section:
    blocks = tuple(Block("item", line, line, f"- {' '.join(words)}") for line, words in enumerate(sentences, 3))
    return Section(f"{place:06}.md", 1, 2, len(blocks) + 2, title, title, 1, "note", blocks=blocks)


def by_notesite(labelled: Labelled) -> tuple[Pairs, float]:
    sections = [section(place, *note) for place, note in enumerate(zip(labelled.titles, labelled.texts, strict=True))]
    start = process_time()
    notes = merge(sections, {}).notes
    seconds = process_time() - start
    pairs: Pairs = set()
    for note in notes:
        for part in note.parts:
            members = sorted(int(s.path[:6]) for s in (part.section, *(copy.section for copy in part.copies)))
            pairs |= {(members[0], other) for other in members[1:]}
    return pairs, seconds


def by_lsh(labelled: Labelled) -> tuple[Pairs, float]:
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError:
        sys.exit("the comparison needs datasketch: pip install datasketch")
    start = process_time()
    index = MinHashLSH(num_perm=PERMUTATIONS, params=BANDS)
    pairs: Pairs = set()
    hashes = []
    for place, text in enumerate(labelled.texts):
        words = [word for sentence in text for word in sentence]
        bigrams = {f"{one} {other}".encode() for one, other in pairwise(words)}
        found = MinHash(num_perm=PERMUTATIONS)
        found.update_batch(bigrams)
        hashes.append(found)
        near = (other for other in index.query(found) if found.jaccard(hashes[other]) >= LEAST_JACCARD)
        pairs |= {(other, place) for other in near}
        index.insert(place, found)
    return pairs, process_time() - start


def report(labelled: Labelled, found: Pairs, seconds: float) -> None:
    kinds = Counter(labelled.pairs.values())
    hits = Counter(kind for pair, kind in labelled.pairs.items() if pair in found)
    for kind in kinds:
        print(f"    {kind:12} {hits[kind]:6} of {kinds[kind]:6}  {hits[kind] / kinds[kind]:.3f}")
    wrong = len(found - labelled.pairs.keys())
    print(f"recall {hits.total() / kinds.total():.4f}, precision {1 - wrong / max(1, len(found)):.4f} ({wrong} wrong)")
    peak = getrusage(RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{len(labelled.texts)} notes: {seconds:.1f} s of CPU, peak {peak:.2f} GB")


def main() -> None:
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    labelled = generate(numbers[0] if numbers else DEFAULT)
    report(labelled, *(by_lsh(labelled) if "--lsh" in sys.argv else by_notesite(labelled)))


if __name__ == "__main__":
    main()
