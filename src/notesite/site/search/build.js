// Runs in V8 when the site is built: counts what MiniSearch would, in a third of its time, for the packed index.
"use strict";

const counts = new Map(); // Of each term, by field and note.
const lengths = []; // Different terms of each note's fields.

function add(documents) {
  for (const fields of documents) {
    const note = lengths.length;
    lengths.push(OPTIONS.fields.map((name, field) => {
      const found = terms(fields[name], name);
      for (const term of found) count(term, field, note);
      return new Set(found).size;
    }));
  }
}

function count(term, field, note) {
  if (!counts.has(term)) counts.set(term, new Map());
  const fields = counts.get(term);
  if (!fields.has(field)) fields.set(field, new Map());
  const notes = fields.get(field);
  notes.set(note, (notes.get(note) ?? 0) + 1);
}

function packed() {
  return pack(counts, lengths);
}
