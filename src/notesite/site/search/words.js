// How text becomes the words that are searched for: the same code when the index is built and when it is asked.
"use strict";

const IDENTIFIER = /\d{4}\.\d{4,5}(?=v\d+\b|(?![\d.]))|\b10\.\d{4,9}\/[^\s"'<>,;)\]]+/u;
const CJK = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}ー]+/u;
const WORD = /[\p{L}\p{N}\p{M}]+(?:\.\p{N}+)*(?:[-‐‑’'][\p{L}\p{N}\p{M}]+(?:\.\p{N}+)*)*/u;
const TOKEN = new RegExp(`(${IDENTIFIER.source})|(${CJK.source})|${WORD.source}`, "gu");
// Where a compound word is cut: at hyphens, before a capital after small letters, between letters and digits.
const CUT = /[-‐‑]|(?<=\p{Ll}{3})(?=\p{Lu}{3})|(?<=\p{Ll}{3})(?=\p{Lu}\p{Ll}{2})|(?<=\p{L}{2})(?=\p{N})/u;

// Each piece of the text that can be found, with its place and its terms.
function* pieces(text) {
  for (const found of text.matchAll(TOKEN)) {
    const [whole, identifier, cjk] = found;
    const start = found.index;
    if (identifier) yield { start, end: start + whole.length, terms: [whole.toLowerCase()] };
    else if (cjk) yield* bigrams(whole, start);
    else yield { start, end: start + whole.length, terms: compound(whole) };
  }
}

// Chinese, Japanese and Korean have no blanks to go by: every two characters are a term.
function* bigrams(run, start) {
  const characters = [...run];
  let at = start;
  for (let i = 0; i < Math.max(1, characters.length - 1); i++) {
    const term = characters.slice(i, i + 2).join("");
    yield { start: at, end: at + term.length, terms: [term] };
    at += characters[i].length;
  }
}

// "multi-head" is multi, head and multihead; "nanoGPT" is nano, gpt and nanogpt.
function compound(word) {
  const parts = word.split(CUT).filter(Boolean).map(term);
  return parts.length > 1 ? [...parts, term(parts.join(""))] : parts;
}

function term(word) {
  return stem(fold(word));
}

// Without case, accents and the apostrophe's s.
function fold(word) {
  const plain = /^[a-z0-9]*$/.test(word) ? word : word.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").normalize("NFC");
  return plain.replace(/['’]s$/, "").replace(/['’]/g, "");
}

// Endings in the order they are taken off, with what must stand before them.
const ENDINGS = [
  [/ies$/, 3, "y"], [/(?<![su])s$/, 3, ""], [/our$/, 3, "or"], [/i[sz](?:ations?|e|ed|er|ing|able)$/, 3, "iz"],
  [/(?:ness|ly|al|ments?)$/, 4, ""], [/at(?:ions?|ing|ed|es?|ors?|ive)$/, 3, "at"], [/(?:ions?|ive)$/, 4, ""],
  [/ing$/, 3, ""], [/ed$/, 4, ""], [/([bdfglmnprt])(?=\1$)/, 2, ""], [/e$/, 3, ""],
];

// A light stemmer for English: "quantised" and "quantization" are quantiz, "modelling" and "models" are model.
const stems = new Map();
function stem(word) {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  let known = stems.get(word);
  if (known === undefined) stems.set(word, known = withoutEndings(word));
  return known;
}

function withoutEndings(word) {
  for (const [ending, least, instead] of ENDINGS) {
    const at = word.search(ending);
    if (at >= least) word = word.replace(ending, instead);
  }
  return word;
}

// A title is found when its words are written as one, too: "flashattention" for "Flash attention".
const JOINED = new Set(["title", "aliases"]);

function terms(text, field) {
  const found = [...pieces(text)];
  const all = found.flatMap(piece => piece.terms);
  if (!JOINED.has(field)) return all;
  const words = found.map(piece => fold(text.slice(piece.start, piece.end)).replace(/-/g, ""));
  return [...all, ...words.slice(1).map((word, i) => stem(words[i] + word))];
}

// What is asked for is often in the title; an identifier says it all.
const FIELDS = {
  title: 6, aliases: 5, references: 8, acronyms: 5, topic: 1, tags: 2, authors: 3, year: 1, headings: 2.5, text: 1,
};

const OPTIONS = {
  fields: Object.keys(FIELDS),
  tokenize: terms,
  processTerm: term => term,
  searchOptions: { boost: FIELDS, tokenize: text => [text], weights: { fuzzy: 0.45, prefix: 0.5 } },
};
