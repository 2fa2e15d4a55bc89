// Where the nodes of a graph stand, and which of their names can be read. Run when the site is built, not by its readers.

const TICKS = 60; // From where the nodes begin; from a heap it would take four times as many.
const STILL = 0.003; // What is left of the forces in the end.
const REACH = 45; // Of the circle of topics in the beginning, for the root of the number of nodes.
const TURN = 2.4; // Radians, the golden angle: nobody stands behind another.
const MANY = 100; // Nodes: fewer stand side by side, as screens are; more go down the page, as wide as it is.
const LENGTHS = { filed: 70, also: 100, link: 45, shared: 45, related: 60 };
const STRENGTHS = { filed: 0.2, also: 0.15, link: 0.4, shared: 0.4, related: 0.15 };
const LETTER = 0.54; // Of the size of a font, the average width.
const GAP = 3;

// Nodes are {kind, name, size, r}, edges {source, target, kind} with numbers of nodes.
function layout(nodes, edges) {
  begin(nodes, edges);
  d3.forceSimulation(nodes)
    .force("edges", d3.forceLink(edges).distance((edge) => LENGTHS[edge.kind]).strength((edge) => STRENGTHS[edge.kind]))
    .force("apart", d3.forceManyBody().strength((node) => (node.kind === "topic" ? -300 : nodes.length > MANY ? -130 : -280)).distanceMax(400))
    .force("room", d3.forceCollide((node) => node.r + (node.kind === "topic" ? node.size : 2 * GAP)))
    .force("x", d3.forceX().strength(nodes.length > MANY ? 0.075 : 0.05))
    .force("y", d3.forceY().strength(nodes.length > MANY ? 0.05 : 0.09))
    .alphaDecay(1 - STILL ** (1 / TICKS))
    .stop()
    .tick(TICKS);
  return { nodes: named(nodes), ...frame(nodes) };
}

// Topics begin in a circle, notes around their topics, references beside notes.
function begin(nodes, edges) {
  const topics = nodes.filter((node) => node.kind === "topic");
  const away = REACH * Math.sqrt(nodes.length);
  topics.forEach((node, number) => beside(node, { x: 0, y: 0 }, away, (2 * Math.PI * number) / topics.length));
  const of = (kind) => edges.filter((edge) => edge.kind === kind);
  for (const { source, target, kind } of of("filed")) beside(nodes[source], nodes[target], LENGTHS[kind], TURN * source);
  for (const { source, target, kind } of of("shared")) beside(nodes[target], nodes[source], LENGTHS[kind], TURN * target);
}

function beside(node, other, away, angle) {
  node.x = other.x + away * Math.cos(angle);
  node.y = other.y + away * Math.sin(angle);
}

// Names are put beside their nodes where there is room: topics first, then what stands largest.
function named(nodes) {
  const taken = nodes.map(({ x, y, r }) => [x - r, y - r, x + r, y + r]);
  const order = [...nodes].sort((a, b) => (b.kind === "topic") - (a.kind === "topic") || b.r - a.r);
  for (const node of order) {
    const places = sides(node);
    const own = taken[node.index];
    const free = places.find(({ box }) => taken.every((other) => other === own || apart(box, other)));
    if (free || node.kind === "topic") taken.push((free ?? places[0]).box);
    node.side = (free ?? places[0]).side;
    node.isNamed = Boolean(free) || node.kind === "topic";
  }
  return nodes.map(({ x, y, side, isNamed }) => [round(x), round(y), side, isNamed]);
}

// The boxes that a node's name may take.
function sides({ name, size, x, y, r }) {
  const wide = name.length * size * LETTER;
  const box = (left, top) => [left, top, left + wide, top + size * 1.1];
  return [
    { side: "below", box: box(x - wide / 2, y + r + GAP) },
    { side: "right", box: box(x + r + GAP, y - size / 2) },
    { side: "left", box: box(x - r - GAP - wide, y - size / 2) },
    { side: "above", box: box(x - wide / 2, y - r - GAP - size * 1.1) },
  ];
}

const apart = (a, b) => a[2] < b[0] || b[2] < a[0] || a[3] < b[1] || b[3] < a[1];

// What the picture has to hold: the nodes, and the names that stand at its edge.
function frame(nodes) {
  const shown = nodes.filter((node) => node.isNamed);
  const boxes = shown.map((node) => sides(node).find(({ side }) => side === node.side).box);
  boxes.push(...nodes.map(({ x, y, r }) => [x - r, y - r, x + r, y + r]));
  const [left, top] = [0, 1].map((at) => Math.floor(Math.min(...boxes.map((box) => box[at])) - GAP));
  const [right, bottom] = [2, 3].map((at) => Math.ceil(Math.max(...boxes.map((box) => box[at])) + GAP));
  return { left, top, width: right - left, height: bottom - top };
}

const round = (number) => Math.round(number * 10) / 10;
