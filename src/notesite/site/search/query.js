// What was typed, as filters and as a tree of MiniSearch's queries.
"use strict";

const FILTER = /(?:^|\s)(topic|year):(?:"([^"]*)"|(\S*))/giu;
const ADDRESS = /https?:\/\/\S+/giu;
// Longest run of words that may be one word in the notes; every pair more is a query more.
const MOST_JOINED = 6;
const MOST_WORDS = 20; // Of a pasted paragraph; each word is looked for with all that is like it.

// "rope topic:attention year:2024" is { words: "rope", topics: ["attention"], years: ["2024"] }.
function parse(typed) {
  const filters = { topic: [], year: [] };
  const words = typed.replace(FILTER, (_, name, quoted, plain) => {
    const value = fold(quoted ?? plain);
    if (value) filters[name.toLowerCase()].push(value);
    return " ";
  });
  return { words: words.replace(ADDRESS, identified).trim(), topics: filters.topic, years: filters.year };
}

// An address that holds an identifier stands for it; of others the words count.
function identified(address) {
  return address.match(IDENTIFIER)?.[0] ?? address.replace(/^https?:\/\/(?:www\.)?/, "");
}

// The words that were typed, without those that every text has, unless there are no others.
function wanted(words) {
  const found = pieces(words).map(({ start, end, terms }) => ({ typed: words.slice(start, end), start, end, terms }));
  const last = found.at(-1);
  if (last && last.end === words.length) last.open = true;
  const telling = found.filter(({ typed }) => !STOP_WORDS.has(fold(typed)));
  return (telling.length ? telling : found).slice(0, MOST_WORDS);
}

// All words must be found, or similar ones, with at most that many letters wrong.
function all(found, wrong) {
  const each = { combineWith: "AND", queries: found.map(word => alternatives(word, wrong)) };
  return any([each, ...joined(found), ...expansions(found)]);
}

// Some of the words, or similar ones, are found.
function some(found, wrong) {
  return any(found.map(word => alternatives(word, wrong)));
}

function any(queries) {
  return queries.length === 1 ? queries[0] : { combineWith: "OR", queries };
}

// The word itself, its parts together, and, for the word that is being typed, what it may become.
function alternatives({ typed, terms, open }, wrong) {
  const whole = terms.at(-1);
  const query = { queries: [whole], prefix: open && !/^[a-z0-9]$/.test(whole), fuzzy: Math.min(wrong, tolerated(whole)) };
  const parts = terms.length > 1 ? [{ combineWith: "AND", queries: terms.slice(0, -1) }] : [];
  return any([query, ...parts, ...(open ? unfinished(typed) : [])]);
}

// "quantizatio" is on its way to a word whose stem is shorter: quantiz.
function unfinished(typed) {
  const word = fold(typed);
  const longest = /^[a-z]+$/.test(word) ? word.length - 1 : 0;
  const lengths = [0, 1, 2, 3].map(less => longest - less).filter(length => length >= 4);
  return lengths.map(length => ({ queries: [word.slice(0, length)], boostTerm: () => 0.5 }));
}

// Letters that may be wrong: none in short words and numbers, where every letter counts.
function tolerated(term) {
  if (term.length < 4 || /\p{N}/u.test(term)) return 0;
  return term.length < 8 ? 1 : 2;
}

// "nano gpt" may be written nanogpt.
function joined(found) {
  if (found.length < 2 || found.length > MOST_JOINED) return [];
  return found.slice(1).map((word, i) => {
    const both = stem(fold(found[i].typed + word.typed));
    const others = found.filter(other => other !== word && other !== found[i]);
    return { combineWith: "AND", queries: [both, ...others.map(other => other.terms.at(-1))] };
  });
}

// "GQA" also finds "grouped query attention", and the other way round.
function expansions(found) {
  const asked = found.map(word => fold(word.typed)).join(" ").replaceAll("-", " ");
  return ACRONYMS.flatMap(([acronym, phrase]) => {
    const boostTerm = () => 0.6;
    if (asked === acronym) return [{ combineWith: "AND", queries: terms(phrase), boostTerm }];
    return asked === phrase ? [{ queries: [acronym], boostTerm }] : [];
  });
}
