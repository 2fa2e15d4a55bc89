// How text becomes the words that are searched for: the same code when the index is built and when it is asked.
"use strict";

const IDENTIFIER = /\d{4}\.\d{4,5}(?=v\d+\b|(?![\d.]))|\b10\.\d{4,9}\/[^\s"'<>,;)\]]+/u;
const CJK = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}ー]+/u;
const WORD = String.raw`[\p{L}\p{N}\p{M}]+(?:\.\p{N}+)*(?:[-‐‑’'][\p{L}\p{N}\p{M}]+(?:\.\p{N}+)*)*`;
const ASCII = /^[\0-\x7f]*$/;
const SCRIPT_RUN = new RegExp(`${CJK.source}|(?:(?!${CJK.source}).)+`, "gu");
const TOKEN = new RegExp(`(${IDENTIFIER.source})|(${CJK.source})|${WORD}`, "gu");
// Where a compound word is cut: at hyphens, before a capital after small letters, between letters and digits.
const CUT = /[-‐‑]|(?<=\p{Ll}{3})(?=\p{Lu}\p{L}{2})|(?<=\p{L}{2})(?=\p{N})/u;

// The pieces of the text that can be found, each with its place and its terms.
function pieces(text) {
  const found = [];
  for (const { 0: word, 1: identifier, 2: cjk, index: start } of text.matchAll(TOKEN)) {
    if (cjk) found.push(...bigrams(word, start));
    else if (!ASCII.test(word) && CJK.test(word)) found.push(...mixed(word, start));
    else found.push({ start, end: start + word.length, terms: identifier ? [word.toLowerCase()] : compound(word) });
  }
  return found;
}

// "EM期望最大化" is an acronym and five characters.
function mixed(word, start) {
  const runs = [...word.matchAll(SCRIPT_RUN)];
  return runs.flatMap(({ 0: run, index }) => pieces(run).map(({ terms, ...at }) => ({ terms, start: start + index + at.start, end: start + index + at.end })));
}

// Chinese, Japanese and Korean have no blanks to go by: every two characters are a term.
function bigrams(run, start) {
  const found = [];
  const characters = [...run];
  for (let i = 0; i < Math.max(1, characters.length - 1); i++) {
    const term = characters.slice(i, i + 2).join("");
    found.push({ start, end: start + term.length, terms: [term] });
    start += characters[i].length;
  }
  return found;
}

// "multi-head" is multi, head and multihead; "nanoGPT" is nano, gpt and nanogpt.
const compounds = new Map();
function compound(word) {
  let known = compounds.get(word);
  if (!known) {
    const parts = /^[A-Z]?[a-z]*$/.test(word) ? [word] : word.split(CUT).filter(Boolean);
    known = (parts.length > 1 ? [...parts, parts.join("")] : [word]).map(term).filter(Boolean);
    compounds.set(word, known);
  }
  return known;
}

// "20 questions" is "twenty questions".
const NUMBERS = new Map("zero one two three four five six seven eight nine ten eleven twelve".split(" ").map((word, number) => [word, `${number}`]));
NUMBERS.set("twenty", "20");

function term(word) {
  const folded = fold(word);
  return NUMBERS.get(folded) ?? stem(folded);
}

// Without case, accents and the apostrophe's s.
function fold(word) {
  const lower = word.toLowerCase();
  if (/^[a-z0-9]*$/.test(lower)) return lower;
  const plain = lower.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").normalize("NFC");
  return plain.replace(/['’]s$/, "").replace(/['’]/g, "");
}

// Endings in the order they are taken off, with what must stand before them.
const ENDINGS = [
  [/ies$/, 3, "y"], [/(?<![su])s$/, 3, ""], [/our$/, 3, "or"], [/i[sz](?:ations?|e|ed|er|ing|able)$/, 3, "iz"],
  [/(?:ness|ly|al|ments?)$/, 4, ""], [/at(?:ions?|ing|ed|es?|ors?|ive)$/, 3, "at"], [/(?:ions?|ive)$/, 4, ""],
  [/ing$/, 3, ""], [/ed$/, 4, ""], [/([bdfglmnprt])(?=\1$)/, 2, ""], [/e$/, 3, ""],
];

const ENDED = new RegExp(ENDINGS.map(([ending]) => ending.source).join("|"));

// A light stemmer for English: "quantised" and "quantization" are quantiz, "modelling" and "models" are model.
function stem(word) {
  return word.length < 4 || !/^[a-z]+$/.test(word) || !ENDED.test(word) ? word : withoutEndings(word);
}

function withoutEndings(word) {
  for (const [ending, least, instead] of ENDINGS) {
    const at = word.search(ending);
    if (at >= least) word = word.replace(ending, instead);
  }
  return word;
}

const STOP_WORDS = new Set((
  "a an and are as at be by can do does for from how in into is it its of on or that the this to via vs was we what when " +
  "which why with you your"
).split(" "));
// A title is found when two of its words are written as one, too: "flashattention" for "Flash attention", "deepseek" of "DeepSeekMoE".
const JOINED = new Set(["title", "aliases"]);
const LONGEST_JOINED = 14; // Longer ones nobody writes as one word.

function terms(text, field) {
  const found = pieces(text);
  const all = found.flatMap(piece => piece.terms);
  if (field === "text") return all.filter(term => !STOP_WORDS.has(term));
  if (!JOINED.has(field)) return all;
  const words = found.map(({ start, end }) => text.slice(start, end)).filter(word => !CJK.test(word));
  const pairs = [...inPairs(words.map(word => word.replace(/[-‐‑]/g, ""))), ...inPairs(words.flatMap(word => word.split(CUT)))];
  const known = new Set(all);
  return [...all, ...new Set(pairs.map(stem).filter(pair => !known.has(pair)))];
}

// Each two words in a row as one.
function inPairs(words) {
  const folded = words.map(fold).filter(Boolean);
  const both = folded.slice(1).flatMap((word, i) => (STOP_WORDS.has(word) || STOP_WORDS.has(folded[i]) ? [] : [folded[i] + word]));
  return both.filter(pair => pair.length <= LONGEST_JOINED);
}

// What is asked for is often in the title; an identifier says it all.
const FIELDS = {
  title: 6, aliases: 5, references: 8, citations: 2, acronyms: 5, topic: 1, tags: 2, authors: 3, year: 1, headings: 2.5, text: 1,
};

const OPTIONS = {
  fields: Object.keys(FIELDS),
  tokenize: terms,
  processTerm: term => term,
  searchOptions: { boost: FIELDS, tokenize: text => [text] },
};
