// Material starts its search worker with every page. This stands in for it, and starts ours when the search is opened.
(() => {
  const box = document.querySelector("[data-ns-engine]");
  const folder = new URL(box.dataset.nsEngine, location.href);
  const form = box.querySelector("form");
  const field = form.elements.q;
  const list = box.querySelector(".md-search-result__list");
  const open = document.getElementById("__search");
  form.action = new URL(form.getAttribute("action"), location.href); // Instant navigation keeps the box, not the address.
  form.addEventListener("submit", event => {
    const first = box.querySelector(".md-search-result__link");
    if (!first) return;
    event.preventDefault();
    first.click();
  });

  // Escape leads back to where the reader was.
  let before;
  field.addEventListener("focus", ({ relatedTarget }) => open.checked || (before = relatedTarget));
  box.addEventListener("keydown", ({ key }) => {
    const place = before;
    if (key === "Escape") setTimeout(() => place?.focus({ preventScroll: true }));
  });

  // On the search's own page Material would open its box over it.
  const address = new URL(location);
  if (address.pathname === new URL(form.action).pathname && address.searchParams.has("q")) {
    history.replaceState(history.state, "", `?find=${encodeURIComponent(address.searchParams.get("q"))}`);
  }

  const NativeWorker = window.Worker;
  const [SETUP, READY, QUERY] = [0, 1, 2];
  const PAUSE = 40; // Milliseconds between two queries; of keys that follow each other faster the last counts.

  const load = (tag, attributes) => new Promise((onload, onerror) => {
    // Material empties the head of what other pages don't have, but keeps the box.
    box.append(Object.assign(document.createElement(tag), attributes, { onload, onerror }));
  });
  const include = name => load("script", { src: new URL(name, folder) });
  const style = name => load("link", { rel: "stylesheet", href: new URL(name, folder) });

  // A worker, as a function to which messages are said; the answers are received, and the first is that all is ready.
  const inWorker = receive => new Promise((resolve, reject) => {
    const worker = new NativeWorker(new URL("engine.js", folder));
    worker.onerror = reject;
    worker.onmessage = () => {
      worker.onmessage = ({ data }) => receive(data);
      resolve(message => worker.postMessage(message));
    };
    worker.postMessage({ type: SETUP });
  });

  // The same without a worker: a page opened from disk can't have one.
  const inPage = async receive => {
    await include("engine.js");
    return message => notesiteSearch.answer(message, receive);
  };

  class SearchWorker extends EventTarget {
    asked = 0;

    constructor() {
      super();
      window.Worker = NativeWorker;
      open.addEventListener("change", () => this.start(), { once: true });
    }
    async start() {
      const receive = data => this.receive(data);
      const engine = location.protocol === "file:" ? inPage(receive) : inWorker(receive).catch(() => inPage(receive));
      try {
        [this.ask] = await Promise.all([engine, include("panel.js"), style("search.css")]);
        this.receive({ type: READY });
      } catch {
        box.querySelector("[role=status]").textContent = "The search could not be loaded.";
      }
    }
    receive(data) {
      // The reader has come to a result, or typed another query since.
      if (list.contains(document.activeElement) || data.data?.query !== this.query) return;
      this.dispatchEvent(new MessageEvent("message", { data }));
      box.dispatchEvent(new CustomEvent("ns-answer", { detail: data }));
    }
    postMessage({ type, data }) {
      if (type !== QUERY) return;
      this.query = data;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        this.asked = performance.now();
        this.ask({ type, data });
      }, this.asked + PAUSE - performance.now());
    }
  }

  window.Worker = SearchWorker;

  // A page marks the words that its address names. From disk Material emits no documents.
  let marker;
  const mark = async () => {
    if (!new URLSearchParams(location.search).has("h")) return;
    await (marker ??= include("highlight.js"));
    notesiteHighlight();
  };
  box.addEventListener("ns-moved", mark);
  addEventListener("DOMContentLoaded", () => (location.protocol === "file:" ? mark() : document$.subscribe(mark)));
})();
