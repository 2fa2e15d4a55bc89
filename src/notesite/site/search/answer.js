// Answers Material's messages, in a worker or, without one, in the page itself.
"use strict";

const [SETUP, READY, QUERY, RESULT] = [0, 1, 2, 3];
const IN_WORKER = typeof importScripts === "function";
const HERE = new URL("./", IN_WORKER ? location.href : document.currentScript.src);

const { starts, digest, ...contents } = index;
const engine = new Engine(contents, textOf);

// Posts an answer, or two: to a query the titles, where their texts are not here yet, and the whole.
let last;
async function answer(message, post) {
  if (message.type === SETUP) return post({ type: READY });
  if (message.type !== QUERY) throw new TypeError(`Material sends a message of type ${message.type}, which notesite's search does not know`);
  last = message;
  await new Promise(resolve => setTimeout(resolve));
  if (message !== last) return; // Another was asked while the engine was at work.
  const found = engine.search(message.data);
  if (!found.ids.every(id => here.has(fileOf(id)))) post(result(found.titles()));
  const whole = await found.whole();
  if (message === last) post(result(whole));
}

// Without a server a folder's page has to be named.
function result(found) {
  if (location.protocol === "file:") for (const [item] of found.items) item.location = item.location.replace(/\/$/, "/index.html");
  return { type: RESULT, data: found };
}

// Texts lie in files of several notes; without its text a note is found but shows no passage.
const here = new Set(); // Files that have come.
async function textOf(id) {
  const file = fileOf(id);
  const texts = await loaded(`${digest}/${file}`).catch(() => []);
  here.add(file);
  return texts[id - starts[file]] ?? [];
}

function fileOf(id) {
  return starts.findLastIndex(start => start <= id);
}

const files = new Map();
function loaded(name) {
  if (!files.has(name)) files.set(name, location.protocol === "file:" ? included(name) : fetched(name));
  return files.get(name);
}

// A file calls `notesiteSearch.receive` with its name and content, so that a page opened from disk can include it.
async function fetched(name) {
  const response = await fetch(new URL(`${name}.js`, HERE));
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  const text = await response.text();
  return JSON.parse(text.slice(text.indexOf(",") + 1, text.lastIndexOf(")")));
}

const receivers = new Map();
function included(name) {
  return new Promise((resolve, reject) => {
    receivers.set(name, resolve);
    const script = Object.assign(document.createElement("script"), { src: new URL(`${name}.js`, HERE), onerror: reject });
    script.onload = () => script.remove();
    document.head.append(script);
  });
}

// An error in a promise would not reach the page; one that is thrown does.
const fail = error => setTimeout(() => { throw error; });
if (IN_WORKER) addEventListener("message", ({ data }) => answer(data, postMessage).catch(fail));
else window.notesiteSearch = { answer, receive: (name, content) => receivers.get(name)(content) };
