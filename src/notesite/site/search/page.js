// The search on a page of its own, for themes that have no search box of Material's.
(async () => {
  const [SETUP, QUERY] = [0, 2];
  const form = document.querySelector("[data-ns-search-page]");
  const [input, status, list] = [form.elements.q, form.querySelector("[role=status]"), form.querySelector("ol")];
  const root = new URL(form.dataset.nsSearchPage, location.href);

  form.addEventListener("submit", event => event.preventDefault());
  input.addEventListener("input", search);
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  await notesiteSearch.answer({ type: SETUP });
  search();

  async function search() {
    const typed = input.value;
    const { data } = await notesiteSearch.answer({ type: QUERY, data: typed });
    if (typed !== input.value) return;
    history.replaceState({}, "", typed ? `?q=${encodeURIComponent(typed)}` : location.pathname);
    list.innerHTML = data.items.map(([item]) => result(item)).join("");
    status.textContent = typed ? `${data.total} notes${data.meant ? `. Did you mean: ${data.meant}?` : ""}` : "";
  }

  // Title, text and tags are escaped.
  function result({ location: url, title, text, tags }) {
    const target = encodeURI(new URL(url, root));
    return `<li><a href="${target}"><strong>${title}</strong></a> <small>${tags.join(" · ")}</small><div>${text}</div></li>`;
  }
})();
