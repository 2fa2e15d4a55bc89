// The search on a page of its own, for themes that have no search box of Material's.
(() => {
  const QUERY = 2;
  const form = document.querySelector("[data-ns-search-page]");
  const [input, status, list, filters] = [form.elements.find, ...["[role=status]", "ol", "[role=group]"].map(part => form.querySelector(part))];
  const root = new URL(form.dataset.nsSearchPage, location.href);
  const given = new URLSearchParams(location.search);

  form.addEventListener("submit", event => event.preventDefault());
  if (!window.notesiteSearch) {
    status.textContent = "The search could not be loaded.";
    return;
  }
  input.addEventListener("input", search);
  // Without `q`, which Material and MkDocs' theme answer with a box of their own in front of the page.
  input.value = given.get("find") ?? given.get("q") ?? "";
  search();

  function search() {
    const typed = input.value;
    notesiteSearch.answer({ type: QUERY, data: typed }, ({ data }) => show(typed, data));
  }

  function show(typed, data) {
    if (list.contains(document.activeElement)) return; // The reader has come to a result.
    history.replaceState({}, "", address(typed));
    list.innerHTML = data.items.map(([item], i) => result(item, data.anchors[i])).join("");
    filters.replaceChildren(...data.offers.map(button));
    status.textContent = typed ? found(data) : "";
  }

  function address(query) {
    return query ? `?find=${encodeURIComponent(query)}` : location.pathname;
  }

  function found({ total, items }) {
    return total > items.length ? `${items.length} best of ${total} matching notes` : `${total} matching ${total === 1 ? "note" : "notes"}`;
  }

  // Title, text and tags are escaped.
  function result({ location: url, title, text, tags, terms }, anchor) {
    const target = new URL(url, root);
    target.searchParams.set("h", Object.keys(terms).filter(word => terms[word]).join(" "));
    target.hash = anchor;
    return `<li><a href="${target}"><strong>${title}</strong></a> <small>${tags.join(" · ")}</small><div>${text}</div></li>`;
  }

  function button([look, query]) {
    const element = Object.assign(document.createElement("button"), { type: "button", ...look });
    element.addEventListener("click", () => {
      input.value = query;
      input.focus();
      search();
    });
    return element;
  }
})();
