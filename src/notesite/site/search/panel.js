// Filters, and what was perhaps meant, between Material's search box and its results: links that change the query.
(() => {
  const box = document.querySelector("[data-ns-engine]");
  const input = box.querySelector("[data-md-component=search-query]");
  const meta = box.querySelector(".md-search-result__meta");
  const filters = box.querySelector(".ns-search-filters");
  const open = document.getElementById("__search");
  const RESULT = 3;

  // Material goes nowhere when a result is on the page that is open.
  box.querySelector(".md-search-result__list").addEventListener("click", event => {
    const link = event.target.closest("a");
    if (link?.pathname !== location.pathname || opensElsewhere(event)) return;
    event.preventDefault();
    event.stopPropagation();
    history.pushState(null, "", link.href);
    open.click();
    box.dispatchEvent(new CustomEvent("ns-moved"));
  });

  // Once closed, the box must not take the keys that are meant for the page.
  open.addEventListener("change", () => open.checked || input.blur());

  box.addEventListener("ns-answer", ({ detail: { type, data } }) => {
    if (type !== RESULT) return;
    filters.dataset.nsAnswered = input.value;
    filters.replaceChildren(...(data.links ?? []).map(([text, query, kind]) => link(text, query, kind)));
    // Material takes an address with an anchor for a part of a result.
    [...box.querySelectorAll(".md-search-result__item > a")].forEach((link, i) => (link.hash = data.anchors[i]));
    if (data.total > data.items.length) meta.textContent = `${data.items.length} best of ${data.total} matching notes`;
  });

  function link(text, query, kind) {
    const element = Object.assign(document.createElement("a"), { href: `?q=${encodeURIComponent(query)}`, className: kind, tabIndex: -1 });
    // Enter goes to the link whose first child has the highest score: a result, never a filter.
    const label = Object.assign(document.createElement("span"), { textContent: text });
    label.dataset.mdScore = "-1";
    element.append(label);
    element.addEventListener("click", event => choose(event, query));
    return element;
  }

  function opensElsewhere({ ctrlKey, metaKey, shiftKey }) {
    return ctrlKey || metaKey || shiftKey;
  }

  // Material closes the search, and goes to the page, when it sees a click on a link.
  function choose(event, query) {
    if (opensElsewhere(event)) return;
    event.preventDefault();
    event.stopPropagation();
    input.value = query;
    input.focus();
    input.dispatchEvent(new KeyboardEvent("keyup"));
  }
})();
