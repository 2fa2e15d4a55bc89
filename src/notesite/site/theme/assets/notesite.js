// What the pages do beyond Material: the home page's search button, the table of papers, the page for lost addresses.

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
  filter(form.elements.filter.value);
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
