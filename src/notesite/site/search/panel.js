// Filters, and what was perhaps meant, between Material's search box and its results: buttons that change the query.
(() => {
  const box = document.querySelector("[data-ns-engine]");
  const input = box.querySelector("[data-md-component=search-query]");
  const meta = box.querySelector(".md-search-result__meta");
  const filters = box.querySelector(".ns-search-filters");
  const open = document.getElementById("__search");
  const RESULT = 3;
  const PRESSED = [" ", "Shift"]; // Keys of a filter.

  // Material goes nowhere when a result is on the page that is open.
  box.querySelector(".md-search-result__list").addEventListener("click", event => {
    const link = event.target.closest("a");
    if (link?.pathname !== location.pathname || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    history.pushState(null, "", link.href);
    open.click();
    box.dispatchEvent(new CustomEvent("ns-moved"));
  });

  // Once closed, the box must not take the keys that are meant for the page.
  open.addEventListener("change", () => open.checked || box.querySelector(":focus")?.blur());

  box.addEventListener("ns-answer", ({ detail: { type, data } }) => {
    if (type !== RESULT) return;
    if (data.whole) filters.dataset.nsAnswered = data.query;
    if (!filters.contains(document.activeElement)) filters.replaceChildren(...data.offers.map(button));
    // Material takes an address with an anchor for a part of a result.
    [...box.querySelectorAll(".md-search-result__item > a")].forEach((link, i) => (link.hash = data.anchors[i]));
    if (data.total > data.items.length) meta.textContent = `${data.items.length} best of ${data.total} matching notes`;
  });

  // No link, for the arrow keys are Material's, which walks through all links with them, and they are for the results.
  function button([look, query]) {
    const element = Object.assign(document.createElement("button"), { type: "button", ...look });
    element.addEventListener("click", () => {
      input.value = query;
      input.focus();
      input.dispatchEvent(new KeyboardEvent("keyup"));
    });
    return element;
  }

  // Tab goes from the field to the filters, and past the last of them closes the search, as Material has it. At a key that
  // says nothing to Material it goes back to the field.
  box.addEventListener("keydown", event => {
    const walk = [input, ...filters.children];
    const at = walk.indexOf(document.activeElement);
    const next = event.key === "Tab" && at >= 0 && walk[at + (event.shiftKey ? -1 : 1)];
    if (next || (at > 0 && PRESSED.includes(event.key))) event.stopPropagation();
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
})();
