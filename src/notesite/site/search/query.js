// What was typed, as filters and as a tree of MiniSearch's queries.
"use strict";

const FILTER = /(?:^|\s)(topic|year):(?:"([^"]*)"|(\S*))/giu;
const ADDRESS = /https?:\/\/\S+/giu;
const DOI_OF_ARXIV = /\b10\.48550\/arxiv\./giu;
// Longest run of words that may be one word in the notes; every pair more is a query more.
const MOST_JOINED = 6;
// What a question and a request say beyond their subject: "how does attention work", "papers about attention".
const ASKED = new RegExp(
  "^\\s*(?:(?:how|why|when|where)\\s+(?:do|does|did|is|are|can|could|should|to)|wh(?:at|o|ich)(?:['’]s|\\s+(?:is|are|was|were|do|does))|" +
  "(?:explain|describe|define|show\\s+me|find|tell\\s+me\\s+about)|" +
  "(?:the\\s+)?(?:notes?|papers?|articles?|posts?|links?)\\s+(?:on|about)|(?:the\\s+)?difference\\s+between)\\s+" +
  "(.+?)(?:\\s+(?:works?|means?|(?:good|used|useful)\\s+for|(?:all\\s+)?about|stands?\\s+for))?[\\s?!.]*$", "i",
);
const MOST_WORDS = 20; // Of a pasted paragraph; each word is looked for with all that is like it.

// "rope topic:attention year:2024" is { words: "rope", topics: ["attention"], years: ["2024"] }.
function parse(typed) {
  const filters = { topic: [], year: [] };
  const words = typed.replace(FILTER, (_, name, quoted, plain) => {
    const value = fold(quoted ?? plain);
    if (value) filters[name.toLowerCase()].push(value);
    return " ";
  });
  return { words: subject(words.replace(DOI_OF_ARXIV, "").replace(ADDRESS, identified).trim()), topics: filters.topic, years: filters.year };
}

// The words without those of a question around them, and without "paper" at their end.
function subject(words) {
  return (words.match(ASKED)?.[1] ?? words).replace(/(?<=\S)\s+paper$/i, "");
}

// An address that holds an identifier stands for it; of others the words count.
function identified(address) {
  return address.match(IDENTIFIER)?.[0] ?? address.replace(/^https?:\/\/(?:www\.)?/, "");
}

// The words that were typed, without those that every text has, unless there are no others; an accent alone is none.
function wanted(words) {
  const found = pieces(words).filter(({ terms }) => terms.length).map(({ start, end, terms }) => ({ typed: words.slice(start, end), start, end, terms }));
  const last = found.at(-1);
  if (last && last.end === words.length) last.open = true;
  const telling = found.filter(({ typed }) => !STOP_WORDS.has(fold(typed)));
  return (telling.length ? telling : found).slice(0, MOST_WORDS);
}

// All words must be found, or similar ones, with at most that many letters wrong.
function all(found, wrong) {
  const each = { combineWith: "AND", queries: found.map(word => any([alternatives(word, wrong), ...spelledOut(word.typed)])) };
  return any([each, ...joined(found), ...shortened(found)]);
}

// Some of the words, or similar ones, are found.
function some(found, wrong) {
  return any(found.map(word => alternatives(word, wrong)));
}

function any(queries) {
  return queries.length === 1 ? queries[0] : { combineWith: "OR", queries };
}

// The word itself, its parts together, and, for the word that is being typed, what it may become: less so where it is a word
// already.
function alternatives({ typed, terms, open, known }, wrong) {
  const whole = terms.at(-1);
  const weights = { fuzzy: 0.45, prefix: known ? 0.1 : 0.5 };
  const query = { queries: [whole], prefix: open && !/^[a-z0-9]$/.test(whole), fuzzy: Math.min(wrong, tolerated(whole)), weights };
  const parts = terms.length > 1 ? [{ combineWith: "AND", queries: terms.slice(0, -1) }] : [];
  return any([query, ...parts, ...(open ? unfinished(typed, whole) : [])]);
}

// "quantizatio" is on its way to a word whose stem is shorter: quantiz.
const LATER = "izations isations izers izing izable ations ating ators ative ions ives ings ments ness ally ed es".split(" ");
function unfinished(typed, whole) {
  const word = fold(typed);
  if (!/^[a-z]+$/.test(word)) return [];
  const lengths = [1, 2, 3, 4].map(less => word.length - less).filter(length => length >= 4);
  const stems = lengths.filter(length => LATER.some(ending => ending.startsWith(word.slice(length)))).map(length => word.slice(0, length));
  return stems.filter(stem => stem !== whole).map(stem => ({ queries: [stem], boostTerm: () => 0.5 }));
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

// A word in two, of which one may be as short as "kv".
function halves(word) {
  const cuts = Array.from(word, (_, at) => [word.slice(0, at), word.slice(at)]);
  return cuts.filter(([left, right]) => right.length > 2 && (left.length > 2 || /^[^aeiouy]{2}$/.test(left)) && !STOP_WORDS.has(left));
}

// The words, each two in a row as one: "google net" as "googlenet".
function inOne(words, found) {
  if (found.length > MOST_JOINED) return [];
  return found.slice(1).map(({ start }, i) => words.slice(0, found[i].end) + words.slice(start));
}

// "GQA" also finds "grouped query attention".
function spelledOut(typed) {
  const phrases = ACRONYMS.filter(([acronym]) => acronym === fold(typed));
  return phrases.map(([, phrase]) => ({ combineWith: "AND", queries: terms(phrase), boostTerm: () => 0.6 }));
}

// "grouped query attention" also finds "GQA", also where a word of three is left out.
function shortened(found) {
  const asked = found.flatMap(word => word.terms.slice(0, Math.max(1, word.terms.length - 1)));
  const names = asked.length > 1 ? ACRONYMS.filter(([, phrase]) => isMost(asked, located(phrase).flatMap(({ terms }) => terms))) : [];
  return names.map(([acronym]) => ({ queries: [acronym], boostTerm: () => 0.6 }));
}

// Whether the words are those of the phrase, all or, of three and more, all but one.
function isMost(words, phrase) {
  const least = Math.max(2, phrase.length - 1);
  return words.length >= least && words.length <= phrase.length && words.every(word => phrase.includes(word));
}

// What can be asked instead: what was perhaps meant, and filters to take away and to add, each as the attributes of a button
// and the query that it asks.
function offers(typed, meant, facets) {
  const chosen = [...typed.matchAll(FILTER)].map(([filter]) => filter.trim());
  const active = chosen.map(filter => [{ textContent: `${filter.replace(/^\w+:|"/g, "")} ×`, ariaPressed: "true" }, typed.replace(filter, "")]);
  const offered = Object.entries(facets)
    .filter(([name, values]) => values.length > 1 && !chosen.some(filter => filter.toLowerCase().startsWith(name)))
    .flatMap(([name, values]) => values.map(value => [{ textContent: `${value.name} ${value.count}`, ariaPressed: "false" }, `${typed} ${name}:${value.value}`]));
  const instead = meant ? [[{ textContent: `Did you mean: ${meant}`, className: "ns-search-meant" }, meant]] : [];
  return [...instead, ...active, ...offered].map(([look, query]) => [look, query.replace(/\s+/g, " ").trim()]);
}
