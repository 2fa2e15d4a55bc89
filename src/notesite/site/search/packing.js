// The index as a few long strings: a fifth of MiniSearch's own JSON, and read term by term as they are asked for.
"use strict";

// A number is written in digits of five bits, the last of them from the first half of the alphabet.
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUES = [];
for (let value = 0; value < 64; value++) VALUES[DIGITS.charCodeAt(value)] = value;

function write(number) {
  if (number < 32) return DIGITS[number];
  let digits = DIGITS[number & 31];
  while ((number >>= 5)) digits = DIGITS[32 + (number & 31)] + digits;
  return digits;
}

function read(text) {
  const numbers = [];
  let number = 0;
  for (let i = 0; i < text.length; i++) {
    const value = VALUES[text.charCodeAt(i)];
    number = number * 32 + (value & 31);
    if (value < 32) {
      numbers.push(number);
      number = 0;
    }
  }
  return numbers;
}

// Each field's notes as steps from one to the next, doubled, and odd where the term occurs more than once.
function writePostings(fields) {
  let text = "";
  for (const [field, notes] of [...fields].sort(([a], [b]) => a - b)) {
    text += write(field) + write(notes.size);
    let last = -1;
    for (const [note, count] of notes) {
      const step = note - last - 1;
      text += count > 1 ? write(2 * step + 1) + write(count) : write(2 * step);
      last = note;
    }
  }
  return text;
}

function readPostings(text) {
  const fields = new Map();
  const numbers = read(text);
  for (let at = 0; at < numbers.length; ) {
    const [field, size] = [numbers[at++], numbers[at++]];
    const notes = new Map();
    let note = -1;
    while (notes.size < size) {
      const step = numbers[at++];
      note += (step >> 1) + 1;
      notes.set(note, step & 1 ? numbers[at++] : 1);
    }
    fields.set(field, notes);
  }
  return fields;
}

// Stands in MiniSearch for a term's Map of fields, and becomes one when a search comes to it.
class Postings {
  constructor(text) {
    this.text = text;
  }
  get(field) {
    this.fields ??= readPostings(this.text);
    return this.fields.get(field);
  }
}

function pack(counts, lengths) {
  const index = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  const columns = OPTIONS.fields.map((_, field) => lengths.map(of => of[field]));
  return {
    count: lengths.length,
    average: columns.map(column => column.reduce((sum, length) => sum + length, 0) / Math.max(1, column.length)),
    lengths: columns.map(column => column.map(write).join("")),
    terms: index.map(([term]) => term).join(" "),
    postings: index.map(([, fields]) => writePostings(fields)).join(" "),
  };
}

// MiniSearch's names with an underscore are its own affair, which its pinned version keeps as it is.
function unpack({ count, average, lengths, terms, postings }) {
  const columns = lengths.map(read);
  const ids = Object.fromEntries(Array.from({ length: count }, (_, note) => [note, note]));
  const engine = MiniSearch.loadJS({
    documentCount: count, nextId: count, documentIds: ids, storedFields: {}, dirtCount: 0, serializationVersion: 2,
    fieldIds: Object.fromEntries(OPTIONS.fields.map((name, field) => [name, field])),
    fieldLength: Object.fromEntries(Object.keys(ids).map(note => [note, columns.map(column => column[note])])),
    averageFieldLength: average, index: [],
  }, OPTIONS);
  const SearchableMap = engine._index.constructor;
  if (terms) engine._index = new SearchableMap(radix(terms.split(" "), postings.split(" ")));
  return engine;
}

// MiniSearch's tree of the sorted terms from..to without their first letters: to add 90,000 one by one takes six times as long.
function radix(terms, packed, from = 0, to = terms.length, depth = 0) {
  const tree = new Map();
  if (terms[from].length === depth) tree.set("", new Postings(packed[from++]));
  while (from < to) {
    const first = terms[from];
    let end = from + 1;
    while (end < to && terms[end][depth] === first[depth]) end++;
    let same = end === from + 1 ? first.length : depth + 1;
    const last = terms[end - 1];
    while (same < first.length && first[same] === last[same]) same++;
    tree.set(first.slice(depth, same), radix(terms, packed, from, end, same));
    from = end;
  }
  return tree;
}

function hasTerm(engine, term) {
  return engine._index.has(term);
}
