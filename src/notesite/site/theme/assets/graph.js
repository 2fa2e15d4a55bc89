// Pointing at a node of the graph shows what it is connected with; the arrow keys lead to the next node that way.
(() => {
  const box = document.querySelector("[data-ns-graph]");
  const nodes = [];
  const edges = [];

  // Not before it is pointed at: to ask where nodes stand lays out the whole page.
  function read() {
    for (const link of box.querySelectorAll(".ns-node")) {
      const { x, y, width, height } = link.firstElementChild.getBBox();
      nodes.push({ link, x: x + width / 2, y: y + height / 2 });
    }
    const at = (x, y) => nodes.find((node) => Math.hypot(node.x - x, node.y - y) < 0.5);
    for (const line of box.querySelectorAll("line")) {
      const [x1, y1, x2, y2] = ["x1", "y1", "x2", "y2"].map((name) => line[name].baseVal.value);
      edges.push({ line, ends: [at(x1, y1), at(x2, y2)] });
    }
  }

  const nodeOf = (target) => nodes.find(({ link }) => link.contains(target));

  function point(target) {
    if (!nodes.length) read();
    const node = nodeOf(target);
    box.classList.toggle("ns-graph--pointed", Boolean(node));
    const near = new Set([node]);
    for (const { line, ends } of edges) {
      line.classList.toggle("ns-near", ends.includes(node));
      if (ends.includes(node)) ends.forEach((end) => near.add(end));
    }
    for (const other of nodes) other.link.classList.toggle("ns-near", near.has(other));
  }

  // The nearest node in a direction; one that lies straight ahead counts as nearer than one aside.
  function next(from, dx, dy) {
    let best;
    let least = Infinity;
    for (const node of nodes) {
      const ahead = (node.x - from.x) * dx + (node.y - from.y) * dy;
      const aside = Math.abs((node.x - from.x) * dy) + Math.abs((node.y - from.y) * dx);
      if (ahead > 0 && aside <= 2 * ahead && ahead + 2 * aside < least) [best, least] = [node, ahead + 2 * aside];
    }
    return best;
  }

  // A phone sees the middle first.
  requestAnimationFrame(() => box.scrollTo((box.scrollWidth - box.clientWidth) / 2, 0));

  const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  box.addEventListener("keydown", (event) => {
    const from = nodeOf(event.target);
    const direction = DIRECTIONS[event.key];
    if (!from || !direction) return;
    event.preventDefault();
    next(from, ...direction)?.link.focus();
  });
  for (const name of ["pointerover", "focusin"]) box.addEventListener(name, ({ target }) => point(target));
  for (const name of ["pointerleave", "focusout"]) box.addEventListener(name, () => point(document.activeElement));
})();
