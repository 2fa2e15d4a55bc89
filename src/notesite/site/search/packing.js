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

// Each field's notes as steps from one to the next, doubled, and odd where the term occurs more than once: how often says
// little more, and would be a sixteenth of the index.
function writePostings(fields) {
  let text = "";
  for (const [field, notes] of [...fields].sort(([a], [b]) => a - b)) {
    text += write(field) + write(notes.size);
    let last = -1;
    for (const [note, count] of notes) {
      const step = note - last - 1;
      text += write(2 * step + (count > 1 ? 1 : 0));
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
      notes.set(note, 1 + (step & 1));
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

// Sorted terms, each without the letters that it shares with the one before, but with their number as a capital.
const MOST_SHARED = 25;

function writeTerms(terms) {
  return terms.map((term, i) => {
    const before = terms[i - 1] ?? "";
    let shared = 0;
    while (shared < Math.min(MOST_SHARED, term.length) && term[shared] === before[shared]) shared++;
    if (/[\ud800-\udbff]/.test(term[shared - 1])) shared--; // Half a character can't be written.
    return DIGITS[shared] + term.slice(shared);
  }).join(" ");
}

function readTerms(text) {
  let term = "";
  return text.split(" ").map(rest => (term = term.slice(0, VALUES[rest.charCodeAt(0)]) + rest.slice(1)));
}

// The sorted terms in groups with the same first letter.
function byFirstLetter(index) {
  const starts = index.flatMap(([term], i) => (term[0] === index[i - 1]?.[0][0] ? [] : [i]));
  return starts.map((start, i) => index.slice(start, starts[i + 1]));
}

function pack(counts, lengths) {
  const index = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  const groups = byFirstLetter(index);
  const columns = OPTIONS.fields.map((_, field) => lengths.map(of => of[field]));
  return {
    count: lengths.length,
    average: columns.map(column => column.reduce((sum, length) => sum + length, 0) / Math.max(1, column.length)),
    lengths: columns.map(column => column.map(write).join("")),
    terms: groups.map(group => writeTerms(group.map(([term]) => term))),
    postings: groups.map(group => group.map(([, fields]) => writePostings(fields)).join(" ")),
  };
}

// MiniSearch's names with an underscore are its own affair, which its pinned version keeps as it is. Nothing is built for a
// note or a term before a search comes to it: of 10,000 notes most are never asked for.
function unpack({ count, average, lengths, terms, postings }) {
  const engine = new MiniSearch(OPTIONS);
  const SearchableMap = engine._index.constructor;
  return Object.assign(engine, {
    _documentCount: count,
    _documentIds: { has: note => note < count, get: note => note },
    _fieldLength: new Lengths(lengths),
    _avgFieldLength: average,
    _index: new SearchableMap(root(terms, postings)),
  });
}

// Stands for the lengths of the fields of the note that was asked for last; a field's are read when a search comes to it.
class Lengths {
  constructor(columns) {
    columns.forEach((column, field) => {
      let lengths;
      Object.defineProperty(this, field, { get: () => (lengths ??= read(column))[this.note] });
    });
  }
  get(note) {
    this.note = note;
    return this;
  }
}

// A node of MiniSearch's tree, whose branches grow when they are looked at.
class Branches extends Map {
  get(key) {
    const branch = super.get(key);
    if (typeof branch !== "function") return branch;
    const grown = branch();
    this.set(key, grown);
    return grown;
  }
}

// The tree of all terms. The first character of packed terms says that the first of them shares nothing with another.
function root(terms, postings) {
  return new Branches(terms.map((group, i) => [group[1], () => radix(readTerms(group), postings[i].split(" "))]));
}

// The tree of the sorted terms from..to without their first letters.
function radix(terms, packed, from = 0, to = terms.length, depth = 1) {
  const tree = new Branches();
  if (terms[from]?.length === depth) tree.set("", new Postings(packed[from++]));
  while (from < to) {
    const [start, first] = [from, terms[from]];
    while (from < to && terms[from][depth] === first[depth]) from++;
    const [end, last] = [from, terms[from - 1]];
    let same = end === start + 1 ? first.length : depth + 1;
    while (same < first.length && first[same] === last[same]) same++;
    tree.set(first.slice(depth, same), () => radix(terms, packed, start, end, same));
  }
  return tree;
}

// Of the field in which the most notes have the term.
function notesWith(engine, term) {
  const fields = engine._index.get(term);
  return Math.max(...OPTIONS.fields.map((_, field) => fields.get(field)?.size ?? 0));
}

function beginsTerm(engine, text) {
  return engine._index.atPrefix(text).size > 0;
}

function hasTerm(engine, term) {
  return engine._index.has(term);
}
