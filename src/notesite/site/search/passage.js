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

// A text comes in parts: what stands before the first heading, then of each heading its anchor, its words and what is below.
const wholes = new WeakMap();
function whole(parts) {
  if (!wholes.has(parts)) wholes.set(parts, join(parts));
  return wholes.get(parts);
}

function join([text = "", ...parts]) {
  const headings = [];
  for (let i = 0; i < parts.length; i += 3) {
    const [anchor, heading, below] = parts.slice(i, i + 3);
    if (text) text += " ";
    headings.push({ anchor, heading, start: text.length, end: text.length + heading.length });
    text += below ? `${heading} ${below}` : heading;
  }
  return { text, headings };
}

// The passage as HTML with the heading that it stands under, the heading's anchor, and the marked words of the whole text.
function passage({ text, headings }, terms) {
  const found = located(text);
  const hits = found.flatMap((piece, i) => (holds(piece, terms) ? [i] : []));
  const hit = best(found, hits, terms);
  const under = headings.findLast(({ start }) => hits.length && start <= found[hit].start);
  const heading = under ? [`<b class="ns-under">${marked(under.heading, terms)}</b>`] : [];
  const html = [...heading, ...excerpt(text, found, terms, hit, under?.end ?? 0)].join(" ");
  return {
    html: html && `<p class="ns-passage">${html}</p>`,
    anchor: under?.anchor ?? "",
    words: hits.map(i => text.slice(found[i].start, found[i].end)),
  };
}

// The text around a hit, from no earlier than the place `from`; none where nothing follows that.
function excerpt(text, found, terms, hit, from) {
  const least = found.findIndex(({ start }) => start >= from);
  if (least < 0) return [];
  const first = Math.max(least, hit - LEAD);
  const last = Math.min(found.length, first + PASSAGE) - 1;
  const start = first === least ? from : found[first].start;
  const end = last === found.length - 1 ? text.length : found[last].end;
  const html = markedBetween(text, found.slice(first, last + 1), terms, start, end);
  return [(first === least ? "" : "… ") + html + (end < text.length ? " …" : "")];
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
