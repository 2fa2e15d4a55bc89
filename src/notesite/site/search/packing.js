// The index as a few long strings: a fifth of MiniSearch's own JSON, and read term by term as they are asked for.
"use strict";

// A number is written in digits of five bits, the last of them from the first half of the alphabet.
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUES = Object.fromEntries([...DIGITS].map((digit, value) => [digit, value]));

function write(number) {
  let digits = DIGITS[number & 31];
  while ((number >>= 5)) digits = DIGITS[32 + (number & 31)] + digits;
  return digits;
}

function* read(text) {
  let number = 0;
  for (const digit of text) {
    const value = VALUES[digit];
    number = number * 32 + (value & 31);
    if (value < 32) {
      yield number;
      number = 0;
    }
  }
}

// Each field's notes as steps from one to the next, doubled, and odd where the term occurs more than once.
function writePostings(fields) {
  let text = "";
  for (const [field, notes] of [...fields].sort(([a], [b]) => a - b)) {
    text += write(field) + write(notes.size);
    let last = -1;
    for (const [note, count] of [...notes].sort(([a], [b]) => a - b)) {
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
  const next = () => numbers.next().value;
  for (let field = next(); field !== undefined; field = next()) {
    const notes = new Map();
    let note = -1;
    for (let left = next(); left > 0; left--) {
      const step = next();
      note += (step >> 1) + 1;
      notes.set(note, step & 1 ? next() : 1);
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

function pack(engine) {
  const { index, fieldLength, averageFieldLength, documentCount } = engine.toJSON();
  const sorted = index.map(([term]) => term).sort();
  const postings = new Map(engine._index);
  return {
    count: documentCount,
    average: averageFieldLength,
    lengths: OPTIONS.fields.map((_, field) => Object.values(fieldLength).map(of => write(of[field] ?? 0)).join("")),
    terms: sorted.join(" "),
    postings: sorted.map(term => writePostings(postings.get(term))).join(" "),
  };
}

function unpack({ count, average, lengths, terms, postings }) {
  const columns = lengths.map(column => [...read(column)]);
  const ids = Object.fromEntries(Array.from({ length: count }, (_, note) => [note, note]));
  const engine = MiniSearch.loadJS({
    documentCount: count, nextId: count, documentIds: ids, storedFields: {}, dirtCount: 0, serializationVersion: 2,
    fieldIds: Object.fromEntries(OPTIONS.fields.map((name, field) => [name, field])),
    fieldLength: Object.fromEntries(Object.keys(ids).map(note => [note, columns.map(column => column[note])])),
    averageFieldLength: average, index: [],
  }, OPTIONS);
  const packed = postings.split(" ");
  terms.split(" ").forEach((term, i) => engine._index.set(term, new Postings(packed[i])));
  return engine;
}
