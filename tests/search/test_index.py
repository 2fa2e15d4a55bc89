"""The index: laws of its packing, and what is in it."""

import json
import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from py_mini_racer import MiniRacer

from notesite.search.index import (
    FILE_LENGTH,
    SHARED,
    fields,
    file_starts,
    minisearch,
    packed_index,
    scripts,
    search_files,
    stored_url,
)
from search.engine import document

WORDS = st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), max_size=12)
NOTES = st.lists(st.tuples(st.lists(WORDS, max_size=4), st.lists(WORDS, max_size=30)), min_size=1, max_size=8)
COMPARE = """
const flat = engine => [...engine._index].map(([term, fields]) => [
  term, OPTIONS.fields.map((_, field) => [...(fields.get(field) ?? [])].map(([note, count]) => [note, count > 1])),
]).sort(([a], [b]) => (a < b ? -1 : 1));
const compared = engine => JSON.stringify([
  flat(engine), engine.documentCount,
  Array.from({ length: engine.documentCount }, (_, id) => {
    const lengths = engine._fieldLength.get(id);
    return OPTIONS.fields.map((_, field) => lengths[field]);
  }),
  engine._avgFieldLength.map(length => length.toFixed(9)),
]);
function same(documents, packed) {
  const engine = new MiniSearch(OPTIONS);
  documents.forEach((fields, id) => engine.add({ id, ...fields }));
  return compared(engine) === compared(unpack(packed));
}
"""


def test_packed_index_is_that_of_minisearch():
    v8 = MiniRacer()
    try:
        v8.eval(minisearch())
        v8.eval(scripts(*SHARED) + COMPARE)

        @settings(max_examples=30, deadline=None)
        @given(NOTES)
        def check(notes):
            documents = [document({"title": " ".join(title), "text": " ".join(text)}) for title, text in notes]
            packed = json.dumps(packed_index(documents))
            assert v8.eval(f"same({json.dumps([fields(one) for one in documents])}, {packed})")

        check()
    finally:
        v8.close()


def test_numbers_survive():
    v8 = MiniRacer()
    try:
        v8.eval(minisearch())
        v8.eval(scripts(*SHARED))
        assert v8.eval("[0, 1, 31, 32, 1023, 1024, 1e6].every(n => read(write(n)).join() === String(n))")
    finally:
        v8.close()


def test_index_is_deterministic():
    notes = [document({"title": f"Note {n}", "text": "the same words every time"}) for n in range(50)]
    assert search_files(notes, {}) == search_files(notes, {})


def test_rare_characters_are_kept_whole():
    packed = packed_index([document({"title": "\U00020000\U00020001 \U00020000\U00020002", "text": ""})])
    assert "\U00020001" in packed["terms"][0].encode().decode()


def test_script_and_index_take_one_byte_a_letter():
    assert search_files([document({"title": "注意力 – é", "text": "∈"})], {"a": "Ω"})["engine.js"].isascii()


def test_no_notes():
    assert packed_index([])["terms"] == []
    assert "engine.js" in search_files([], {})


@given(st.lists(st.integers(0, 3 * FILE_LENGTH), min_size=1, max_size=50))
def test_every_text_has_a_file_of_bounded_length(lengths):
    starts = [*file_starts(lengths), len(lengths)]
    assert starts[0] == 0
    files = [lengths[start:end] for start, end in pairwise(starts)]
    assert [length for file in files for length in file] == lengths
    assert all(len(file) == 1 or sum(file) <= FILE_LENGTH for file in files)


def test_address_that_is_not_stored_is_that_of_the_title():
    v8 = MiniRacer()
    try:
        v8.eval(scripts("words", "engine"))

        @settings(deadline=None)
        @given(st.text(alphabet="aB1 -é/_İ", max_size=12))
        def check(title):
            url = f"notes/{re.sub(r'[^a-z0-9]+', '-', title.lower()).strip('-')}/"
            stored = stored_url(document({"title": title, "text": "", "url": url}))
            assert (stored or v8.eval(f"urlOf({json.dumps(title)})")) == url

        check()
    finally:
        v8.close()
