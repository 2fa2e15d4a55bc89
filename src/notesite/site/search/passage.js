// The part of a note's text that answers, with the words marked.
"use strict";

const PASSAGE = 30; // Pieces of text shown: two lines on a wide screen, so that six results are in view.
const LEAD = 6; // Pieces before the first marked one.

function escape(text) {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}

// The text as HTML, the pieces that hold one of the terms marked.
function marked(text, terms) {
  return markedBetween(text, located(text), terms, 0, text.length);
}

// The words of the text that hold one of the terms.
function matches(text, terms) {
  return located(text).filter(piece => holds(piece, terms)).map(({ start, end }) => text.slice(start, end));
}

// The passage as HTML, and the marked words of the whole text.
function passage(text, terms) {
  const found = located(text);
  const hits = found.flatMap((piece, i) => (holds(piece, terms) ? [i] : []));
  const first = Math.max(0, best(found, hits, terms) - LEAD);
  const last = Math.min(found.length, first + PASSAGE) - 1;
  if (last < 0) return { html: "", words: [] };
  const start = first ? found[first].start : 0;
  const end = last === found.length - 1 ? text.length : found[last].end;
  const html = markedBetween(text, found.slice(first, last + 1), terms, start, end);
  return {
    html: (first ? "… " : "") + html + (end < text.length ? " …" : ""),
    words: hits.map(i => text.slice(found[i].start, found[i].end)),
  };
}

const known = new Map();
function located(text) {
  let found = known.get(text);
  if (!found) known.set(text, found = pieces(text));
  return found;
}

function holds(piece, terms) {
  return piece.terms.some(term => terms.has(term));
}

// The hit behind which the most different terms stand close together.
function best(found, hits, terms) {
  let [at, most] = [0, 0];
  hits.forEach((hit, i) => {
    const near = hits.slice(i, i + PASSAGE).filter(other => other - hit < PASSAGE - LEAD);
    const different = new Set(near.flatMap(other => found[other].terms.filter(term => terms.has(term))));
    const close = different.size + 1 / (2 + near.at(-1) - hit);
    if (close > most) [at, most] = [hit, close];
  });
  return at;
}

function markedBetween(text, found, terms, start, end) {
  let html = "";
  for (const piece of found) {
    if (!holds(piece, terms) || piece.start < start) continue; // Bigrams overlap.
    const word = escape(text.slice(piece.start, piece.end));
    html += `${escape(text.slice(start, piece.start))}<mark data-md-highlight>${word}</mark>`;
    start = piece.end;
  }
  return html + escape(text.slice(start, end));
}
