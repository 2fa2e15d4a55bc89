// Answers a query: the notes in order, what they can be filtered by, and what was perhaps meant.
"use strict";

const SHOWN = 10; // Results with a passage; the others are reached with a filter or another word.
const ENOUGH = 3; // With fewer notes that have all words as typed, those with similar words follow, then those with some.
const SOME = 4; // The first stage that does without some of the words.
const CHIPS = 4; // Topics, and years, offered as filters: a line of them.
// What it counts that a title is the query, or that a title, or a text, holds it word for word; a word alone says less.
const [IS_TITLE, BEGINS_TITLE, IN_TITLE, ALL_IN_TITLE, IS_HEADING, PHRASE, FORM] = [10, 6, 5, 2, 3, 5, 1.5];
const LOOKED_AT = 50; // Results whose titles are compared with the query; of the first of them, the texts.
const HIGHLIGHTED = 12; // Words that a result's page marks.
const REST = 20; // Characters in which a word has come to its end.

class Engine {
  // `notes` has a column for each thing that is shown; `textOf(id)` loads the text of a note, in parts.
  constructor({ index, notes, topics }, textOf) {
    this.notes = notes;
    this.topics = topics;
    this.textOf = textOf;
    this.engine = unpack(index);
  }

  // What is found: `titles()` at once, or the `whole()` with the texts of the notes `ids` read, which may change the order.
  search(typed) {
    const { words, topics, years } = parse(typed);
    const found = this.known(words);
    const apart = found.reduceRight((text, word) => text.slice(0, word.start) + this.apart(word) + text.slice(word.end), words);
    const ranked = this.rank(found, apart === words ? [] : this.known(apart), this.filter(topics, years), topics.length + years.length > 0);
    const meant = ranked.some(({ stage }) => stage === 0) ? "" : this.meant(words, found);
    const wordings = meant ? [meant] : [...new Set([words, apart, ...inOne(words, found)])];
    const best = this.titled(ranked.slice(0, LOOKED_AT), wordings).slice(0, SHOWN);
    const asked = wordings.map(plain);
    const facets = { topic: this.facet("topics", ranked), year: this.facet("years", ranked) };
    const answer = shown => ({
      query: typed,
      items: shown.map((result, i) => [this.item(result, found, shown.length - i)]),
      anchors: shown.map(({ named, passage }) => (named ? "" : passage.anchor)),
      suggest: this.completion(found.at(-1), shown),
      total: ranked.length,
      facets,
      meant,
      offers: offers(typed, meant, facets),
    });
    // Each text is read when it comes, while others are on their way.
    const reading = async result => refined(result, await this.textOf(result.id), asked);
    return {
      ids: best.map(({ id }) => id),
      titles: () => answer(best.map(result => unread(result, found))),
      whole: async () => ({ ...answer(inOrder(await Promise.all(best.map(reading)))), whole: true }),
    };
  }

  // The words, and whether a note has each as it is typed.
  known(words) {
    return wanted(words).map(word => ({ ...word, known: hasTerm(this.engine, word.terms.at(-1)) }));
  }

  // "batchnorm" as "batch norm": a word that few notes have is taken apart where the most notes have both parts, unless it is
  // a letter away from a word that it may be meant for.
  apart({ typed, terms, open, known }) {
    const word = fold(typed);
    const whole = terms.at(-1);
    const isRare = () => (known ? notesWith(this.engine, whole) < ENOUGH : !(open && beginsTerm(this.engine, whole)));
    let [best, most] = [typed, 0];
    for (const [left, right] of /^[a-z]{6,}$/.test(word) && isRare() ? halves(word) : []) {
      if (!hasTerm(this.engine, term(left))) continue;
      const both = { combineWith: "AND", queries: [term(left), { queries: [term(right)], prefix: open }] };
      const notes = this.engine.search(both).length;
      if (notes > most) [best, most] = [`${left} ${right}`, notes];
    }
    return most && changesBetween(word, this.nearest({ typed: word, open })) !== 1 ? best : typed;
  }

  filter(topics, years) {
    const named = key => topics.includes(fold(key)) || topics.includes(fold(this.topics[key]));
    const keys = new Set(Object.keys(this.topics).filter(named));
    const { topics: topicOf, years: yearOf } = this.notes;
    return id => (!topics.length || keys.has(topicOf[id])) && (!years.length || years.includes(yearOf[id]));
  }

  // Notes with all words; if they are few, those with what was perhaps meant follow, then those with ever less of it.
  rank(found, apart, filter, filtered) {
    if (!found.length) return filtered ? this.newest().filter(filter).map(id => ({ id, terms: [], match: {}, score: 0, stage: 0 })) : [];
    const boostDocument = id => (filter(id) ? this.notes.weights[id] : 0);
    const corrected = () => found.map(word => ({ ...word, terms: compound(this.nearest(word)) }));
    const stages = [
      () => (apart.length ? any([all(found, 0), all(apart, 0)]) : all(found, 0)), () => all(corrected(), 0), () => all(found, 1), () => all(found, 2), () => some(found, 1), () => some(found, 2),
    ];
    const ranked = new Map();
    for (let stage = 0; stage < stages.length && ranked.size < ENOUGH; stage++) {
      for (const result of this.engine.search(stages[stage](), { boostDocument })) {
        if (ranked.has(result.id)) continue;
        const share = stage < SOME ? 1 : found.filter(isAmong(result.queryTerms)).length / found.length;
        ranked.set(result.id, Object.assign(result, { stage, score: result.score * share ** 2 }));
      }
    }
    return [...ranked.values()];
  }

  // The best results again, those first whose title is the query, or holds it or all its words, in whatever form.
  titled(results, wordings) {
    const each = wordings.map(wanted);
    const end = each[0].at(-1)?.open ? "" : " ";
    const asked = wordings.flatMap(readings).map(reading => ` ${reading}${end}`);
    return inOrder(results.map(result => {
      if (!Object.values(result.match).some(fields => fields.includes("title"))) return { ...result, named: false };
      const title = this.notes.titles[result.id];
      const inTitle = isIn(Object.keys(result.match).filter(term => result.match[term].includes("title")));
      const named = each.some(words => words.every(inTitle));
      const fits = readings(title).flatMap(reading => asked.map(words => titleFit(` ${reading} `, words)));
      return { ...result, named, score: result.score * Math.max(named && each[0].length > 1 ? ALL_IN_TITLE : 1, ...fits) };
    }));
  }

  newest() {
    const { years } = this.notes;
    return years.map((_, id) => id).sort((a, b) => years[b].localeCompare(years[a]) || a - b);
  }

  // One result as Material shows it; what comes from notes is escaped.
  item({ id, hits, queryTerms, stage, passage: { html, words } }, found, score) {
    const { titles, urls, topics, years } = this.notes;
    const present = [...new Set([...matches(titles[id], hits), ...words].map(word => word.toLowerCase()))];
    const missing = stage < SOME ? [] : found.filter(word => !isAmong(queryTerms)(word));
    return {
      location: urls[id] || urlOf(titles[id]),
      title: marked(titles[id], hits),
      text: html,
      tags: [this.topics[topics[id]], years[id]].filter(Boolean).map(escape),
      score,
      terms: Object.fromEntries([
        ...missing.map(({ typed }) => [typed, false]),
        ...present.slice(0, HIGHLIGHTED).map(word => [word, true]),
      ]),
    };
  }

  // The word that is being typed as it stands in the best titles.
  completion(word, shown) {
    if (!word?.open) return [];
    const typed = word.typed.toLowerCase();
    for (const { id } of shown) {
      const whole = this.notes.titles[id].toLowerCase().match(WORDS)?.find(other => other.startsWith(typed));
      if (whole) return [word.typed + whole.slice(typed.length)];
    }
    return [];
  }

  // The most frequent values of a column, each with its number of notes.
  facet(column, ranked) {
    const counts = new Map();
    for (const { id } of ranked) {
      const value = this.notes[column][id];
      if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const sorted = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, CHIPS);
    return sorted.map(([value, count]) => ({ value, name: this.topics[value] ?? value, count }));
  }

  // What was typed with each word that no title has put right; empty where nothing comes near.
  meant(words, found) {
    const corrected = found.reduceRight((text, word) => text.slice(0, word.start) + this.nearest(word) + text.slice(word.end), words);
    return corrected === words ? "" : corrected;
  }

  // The word of a title that the fewest changes lead to, of two such the more frequent; the word itself where all are far.
  nearest(word) {
    const typed = fold(word.typed);
    const most = Math.max(1, Math.floor(typed.length / 3));
    let [best, least, frequency] = [word.typed, most + 1, Infinity];
    if (this.knows(word)) return best;
    for (const [other, count] of this.vocabulary) {
      if (Math.abs(other.length - typed.length) > most) continue;
      const changes = changesBetween(typed, other);
      if (changes < least || (changes === least && count > frequency)) [best, least, frequency] = [other, changes, count];
    }
    return best;
  }

  // Whether a title has the word, or, while it is being typed, a word that begins with it.
  knows({ typed, open }) {
    const word = fold(typed);
    return word.length < 4 || this.vocabulary.has(word) || (open && [...this.vocabulary.keys()].some(other => other.startsWith(word)));
  }

  // The words of the titles, and those of the field that the notes have, each with its number.
  get vocabulary() {
    const field = ACRONYMS.flatMap(([, phrase]) => phrase.split(" ")).filter(word => hasTerm(this.engine, term(word)));
    const words = [...this.notes.titles.flatMap(title => fold(title).match(WORDS) ?? []), ...field];
    const counts = new Map();
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
    Object.defineProperty(this, "vocabulary", { value: counts });
    return counts;
  }
}

// A result with the room for its passage.
function unread(result, found) {
  const passage = { html: '<p class="ns-passage"></p>', words: found.map(({ typed }) => typed), anchor: "" };
  return { ...result, hits: new Set(result.terms), passage };
}

// A result with its passage, worth more where the text, or a heading, holds what was typed word for word.
function refined(result, parts, asked) {
  const text = whole(parts);
  const hits = new Set(result.terms);
  const heading = text.headings.some(({ heading }) => asked.includes(plain(heading))) ? IS_HEADING : 1;
  const words = Math.max(1, ...asked.filter(words => says(text.text, words)).map(words => (words.includes(" ") ? PHRASE : FORM)));
  return { ...result, hits, passage: passage(text, hits), score: result.score * heading * words };
}

function titleFit(title, asked) {
  if (title.trim() === asked.trim()) return IS_TITLE;
  if (title.startsWith(asked)) return BEGINS_TITLE;
  return title.includes(asked) ? IN_TITLE : 1;
}

function inOrder(results) {
  return results.sort((a, b) => a.stage - b.stage || b.score - a.score);
}

function isAmong(terms) {
  return word => word.terms.some(term => terms.includes(term));
}

// The stems of a text in a row, with compound words as one and in their parts.
function readings(text) {
  const found = located(text);
  return [found.map(({ terms }) => terms.at(-1)), found.flatMap(({ terms }) => (terms.length > 1 ? terms.slice(0, -1) : terms))]
    .map(stems => stems.join(" "));
}

// Whether a word, or, while it is being typed, one that begins with it, is among the terms.
function isIn(terms) {
  return word => {
    const whole = word.terms.at(-1);
    const parts = word.terms.slice(0, -1);
    return terms.some(term => term === whole || (word.open && term.startsWith(whole))) || (parts.length > 0 && parts.every(part => terms.includes(part)));
  };
}

// The address of a note that is stored without one.
function urlOf(title) {
  return `notes/${title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "")}/`;
}

// Whether the text has the words, which are plain, in a row, whatever stands between them; the last of several may go on:
// "linear bias" is in "linear biases".
function says(text, asked) {
  const folded = fold(text);
  const [first, ...others] = asked.split(" ");
  const end = others.length ? "" : " ";
  for (let at = folded.indexOf(first); first && at >= 0; at = folded.indexOf(first, at + 1)) {
    const here = plain(folded.slice(Math.max(0, at - 1), at + 2 * asked.length + REST));
    if (` ${here} `.includes(` ${asked}${end}`)) return true;
  }
  return false;
}

// The words alone, to compare with other words.
function plain(text) {
  return (fold(text).match(PLAIN) ?? []).join(" ");
}

const WORDS = /[\p{L}\p{N}]+/gu;
const PLAIN = new RegExp(`${CJK.source.replace(/\+$/, "")}|(?:(?!${CJK.source})[\\p{L}\\p{N}])+`, "gu"); // Each character of Chinese is a word.

// Damerau's and Levenshtein's distance: letters added, left out, changed, or two of them swapped.
function changesBetween(a, b) {
  let [before, last] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    [before, last] = [last, row];
  }
  return last[b.length];
}
