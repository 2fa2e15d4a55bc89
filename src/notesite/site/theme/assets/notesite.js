// What the pages do beyond Material: the home page's search button, the table of papers, previews of notes, the page for
// lost addresses.

// Opens Material's search box, which waits for its field to be focused; with another theme, the search's own page.
function search(page, words = "") {
  const field = document.querySelector("[data-md-component=search-query]");
  if (!field) return location.assign(`${page}?find=${encodeURIComponent(words)}`);
  field.focus();
  if (!words) return;
  field.value = words;
  field.dispatchEvent(new KeyboardEvent("keyup"));
}

// The table of papers: sorted by its headings, filtered by a field, its state in the address.
function papers(table, form) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const headings = [...table.tHead.rows[0].cells];
  const state = new URLSearchParams(location.search);
  const text = (row, column) => row.cells[column].textContent.trim();

  function sort(column, down) {
    const number = "nsNumber" in headings[column].dataset;
    const compare = number
      ? (a, b) => Number(text(a, column)) - Number(text(b, column))
      : (a, b) => text(a, column).localeCompare(text(b, column));
    body.append(...rows.toSorted((a, b) => (down ? compare(b, a) : compare(a, b))));
    headings.forEach((heading) => heading.removeAttribute("aria-sort"));
    headings[column].setAttribute("aria-sort", down ? "descending" : "ascending");
  }

  function filter(wanted) {
    const words = wanted.toLowerCase().split(/\s+/);
    for (const row of rows) row.hidden = !words.every((word) => row.textContent.toLowerCase().includes(word));
    form.querySelector("output").textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length}`;
  }

  function remember(values) {
    for (const [name, value] of Object.entries(values)) value ? state.set(name, value) : state.delete(name);
    history.replaceState(history.state, "", `${location.pathname}?${state}`.replace(/\?$/, "") + location.hash);
  }

  headings.forEach((heading, column) => {
    if ("nsPlain" in heading.dataset) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = heading.textContent;
    heading.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = heading.getAttribute("aria-sort") === "ascending";
      sort(column, down);
      remember({ sort: `${column}`, down: down ? "1" : "" });
    });
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.elements.filter.addEventListener("input", ({ target }) => {
    filter(target.value);
    remember({ filter: target.value });
  });
  if (headings[state.get("sort") ?? -1]) sort(Number(state.get("sort")), state.has("down"));
  form.elements.filter.value = state.get("filter") ?? "";
  if (state.has("filter")) filter(state.get("filter"));
}

// The words of an address that leads nowhere are searched for.
function lost(element) {
  const path = new URLSearchParams(`path=${location.pathname.replaceAll("&", "%26")}`).get("path"); // decodes bad bytes, too
  const words = path.split("/").filter(Boolean).pop()?.replace(/\.\w+$|[-_+]+/g, " ").trim();
  if (!words) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "ns-search";
  button.textContent = `Search for “${words}”`;
  button.addEventListener("click", () => search(element.dataset.nsLost, words));
  element.replaceWith(button);
}

// The beginning of a note is shown beside a link to it that is pointed at. Material's previews do so, too, but prepare
// each link when a page is shown, and read the whole sitemap for each: half a second for a list of 250 notes.
const NOTES = new URL("../notes/", document.currentScript.src).href;
const NOTE = /^[^/]+(\/|\/index\.html|\.html)(#.*)?$/; // An address below that.
const [COMES, GOES] = [300, 200]; // Milliseconds
const MUCH = 900; // Characters: more than a preview has room for.
const preview = Object.assign(document.createElement("div"), { className: "ns-preview md-typeset", role: "tooltip" });
const beginnings = new Map(); // By address
let pointed; // The link, or the preview
let timer;

function isPreviewed(link) {
  if (!link.href.startsWith(NOTES) || !NOTE.test(link.href.slice(NOTES.length))) return false;
  return link.pathname !== location.pathname && !link.closest("nav, [role=dialog], .ns-preview");
}

// What a page, or its part that the address names, begins with; empty if it can't be had.
async function beginning(address) {
  const quote = document.createElement("div");
  const response = await fetch(address).catch(() => undefined);
  if (!response?.ok) return quote;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  let part = page.getElementById(decodeURIComponent(new URL(address).hash.slice(1))) ?? page.querySelector("h1");
  for (; part && !part.matches("footer") && quote.textContent.length < MUCH; part = part.nextElementSibling) {
    quote.append(part.cloneNode(true));
  }
  quote.querySelectorAll(".headerlink, .ns-dates, .ns-contents, button, input, script").forEach((own) => own.remove());
  // This page may have no styles for KaTeX.
  quote.querySelectorAll(".katex").forEach((formula) => formula.replaceWith(formula.querySelector("math") ?? ""));
  for (const element of quote.querySelectorAll("*")) {
    element.removeAttribute("id");
    for (const name of ["href", "src"]) {
      if (element.hasAttribute(name)) element.setAttribute(name, new URL(element.getAttribute(name), address));
    }
    if (element.matches("a")) element.tabIndex = -1;
  }
  return quote;
}

async function show(link) {
  if (!beginnings.has(link.href)) beginnings.set(link.href, beginning(link.href));
  const quote = await beginnings.get(link.href);
  if (pointed !== link) return;
  preview.remove();
  if (!quote.textContent) return;
  preview.replaceChildren(quote);
  document.body.append(preview);
  const { left, top, bottom } = link.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = preview;
  const isBelow = bottom + height < innerHeight || top < height;
  preview.style.left = `${scrollX + Math.max(0, Math.min(left, document.body.clientWidth - width))}px`;
  preview.style.top = `${scrollY + (isBelow ? bottom : top - height)}px`;
}

// What the pointer or the focus is at: a link, the preview itself, or nothing that has to do with previews.
function point(target) {
  const link = target?.closest("a[href]");
  const next = preview.contains(target) ? preview : link && isPreviewed(link) ? link : undefined;
  if (next === pointed) return;
  clearTimeout(timer);
  pointed = next;
  if (next !== preview) timer = next ? setTimeout(show, COMES, next) : setTimeout(() => preview.remove(), GOES);
}

addEventListener("pointerover", ({ target, pointerType }) => pointerType !== "touch" && point(target));
addEventListener("focusin", ({ target }) => target.matches(":focus-visible") && point(target));
addEventListener("focusout", () => point());
addEventListener("keydown", ({ key }) => key === "Escape" && preview.remove());

// What scrolls sideways, tables and wide formulas, must be reached by keyboard, too. Boxes are looked at once they are
// laid out: to ask sooner would lay out the whole page.
const scrollable = new ResizeObserver((boxes) => {
  for (const { target } of boxes) {
    if (target.scrollWidth <= target.clientWidth) continue;
    Object.assign(target, { tabIndex: 0, role: "group", ariaLabel: target.matches(".ns-tex") ? "Formula" : "Table" });
  }
});

// Material makes the tags of each search result a landmark, all of the same name.
const results = document.querySelector(".md-search-result__list");
const unmark = () => results.querySelectorAll("nav.md-tags").forEach((tags) => tags.setAttribute("role", "presentation"));
if (results) new MutationObserver(unmark).observe(results, { childList: true });

// What was copied is told to those who can't see it, too.
document.querySelector("[data-md-component=dialog]")?.setAttribute("role", "status");

function start() {
  preview.remove();
  const button = document.querySelector("[data-ns-search]");
  button?.addEventListener("click", () => search(button.dataset.nsSearch));
  const table = document.querySelector("[data-ns-papers]");
  if (table) papers(table, document.querySelector("[data-ns-filter]"));
  const address = document.querySelector("[data-ns-lost]");
  if (address) lost(address);
  document.querySelectorAll("[data-ns-here]").forEach((button) => {
    button.dataset.clipboardText = location.origin + location.pathname;
  });
  scrollable.disconnect();
  requestAnimationFrame(() => document.querySelectorAll(".md-typeset__scrollwrap, div.ns-tex").forEach((box) => scrollable.observe(box)));
}

// Print writes out where links lead, except those to the site's own pages: Material has made their addresses absolute.
addEventListener("beforeprint", () => {
  for (const link of document.querySelectorAll("article a[href]")) {
    link.toggleAttribute("data-ns-inside", link.origin === location.origin);
  }
});

// Material shows other pages without loading them anew, and tells so through `document$`; not so other themes, nor a
// page that was opened from disk.
if (window.document$ && location.protocol !== "file:") document$.subscribe(start);
else start();

// The words that led to a page from the search are marked by Material's search box, and in other themes from here.
if (!window.document$ && new URLSearchParams(location.search).has("h")) {
  const source = new URL("search/highlight.js", document.currentScript.src);
  const script = Object.assign(document.createElement("script"), { src: source });
  script.onload = () => notesiteHighlight();
  document.head.append(script);
}
