// Marks the words that led here, and shows the place where most of them stand together.
window.notesiteHighlight = () => {
  const content = document.querySelector("[data-md-component=content]") ?? document.querySelector("main, [role=main]") ?? document.body;
  const words = new URLSearchParams(location.search).get("h").toLowerCase().split(" ").filter(Boolean);
  if (!words.length) return;
  for (const mark of content.querySelectorAll("mark[data-md-highlight]")) mark.replaceWith(...mark.childNodes);
  content.normalize();
  const escaped = words.sort((a, b) => b.length - a.length).map(word => word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  const letter = "[\\p{L}\\p{N}]";
  const cjk = "[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}]";
  const pattern = new RegExp(`(?:(?<!${letter})|(?=${cjk}))(?:${escaped.join("|")})(?:(?!${letter})|(?<=${cjk}))`, "giu");

  const marks = [];
  const texts = [];
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT, node =>
    node.parentElement.closest("script, style, .katex, .headerlink, nav, .navbar, [role=dialog]") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    const found = [...text.data.matchAll(pattern)];
    for (const { 0: word, index } of found.reverse()) {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      const mark = document.createElement("mark");
      mark.dataset.mdHighlight = "";
      range.surroundContents(mark);
      marks.push(mark);
    }
  }
  show(marks);

  // The heading of the address and, where it is farther down, the place below it.
  function show(marks) {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const below = marks.filter(mark => !target || target.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING);
    const place = densest(below);
    target?.scrollIntoView();
    place?.scrollIntoView({ block: target ? "nearest" : "center" });
  }

  function densest(marks) {
    const blocks = new Map();
    for (const mark of marks) {
      const block = mark.closest("p, li, td, pre, blockquote, h1, h2, h3, h4, h5, h6") ?? content;
      blocks.set(block, (blocks.get(block) ?? new Set()).add(mark.textContent.toLowerCase()));
    }
    const most = Math.max(...[...blocks.values()].map(words => words.size));
    return [...blocks].find(([, words]) => words.size === most)?.[0];
  }
};
