// Runs in V8 when the site is built: the fields of the notes become the packed index.
"use strict";

const built = new MiniSearch(OPTIONS);

function add(documents) {
  for (const fields of documents) built.add({ id: built.documentCount, ...fields });
}

function packed() {
  return pack(built);
}
