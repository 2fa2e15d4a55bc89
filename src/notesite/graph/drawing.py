"""A graph as a picture: d3-force finds the places in V8 when the site is built, so that a page needs no script."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from py_mini_racer import MiniRacer

from notesite.errors import NotesiteError
from notesite.graph.connections import Graph, Node

SITE: Final = Path(__file__).parent.parent / "site"
LIBRARIES: Final = ("d3-quadtree", "d3-force")
UNUSED: Final = "var d3 = {dispatch: () => {}, timer: () => ({stop() {}})};"
"""Stands for what d3-force needs from other packages only to animate."""
NAME_LENGTH: Final = 34
"""Characters of a name in the picture; the list below has the whole of it."""
RADIUS: Final = {"topic": 11.0, "note": 4.5, "reference": 4.0}
GROWTH: Final = 0.6
"""What each connection adds to a radius."""
LARGEST: Final = 11.0
GAP: Final = 3.0
"""Between a node and its name."""
SIZE: Final = {"topic": 15.0, "note": 11.5, "reference": 11.5}
"""Of the letters."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A node where it stands."""

    node: Node
    name: str
    x: float
    y: float
    radius: float
    side: str
    """Of the node, where its name stands: `below`, `above`, `left` or `right`."""
    is_named: bool
    """Whether there is room for its name; else it is shown when the node is pointed at."""

    @property
    def text(self) -> tuple[float, float, str]:
        """Where its name begins, is centred or ends, and which of these."""
        away, size = self.radius + GAP, SIZE[self.node.kind]
        match self.side:
            case "left":
                x, y, anchor = self.x - away, self.y + size * 0.35, "end"
            case "right":
                x, y, anchor = self.x + away, self.y + size * 0.35, "start"
            case "above":
                x, y, anchor = self.x, self.y - away, "middle"
            case _:
                x, y, anchor = self.x, self.y + away + size * 0.8, "middle"
        return round(x, 1), round(y, 1), anchor


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture; lengths are those of CSS pixels where there is room for it."""

    graph: Graph
    spots: tuple[Spot, ...]
    left: int
    top: int
    width: int
    height: int

    @property
    def lines(self) -> list[tuple[str, Spot, Spot]]:
        """Each connection's kind and ends."""
        at = {spot.node.key: spot for spot in self.spots}
        return [(edge.kind, at[edge.start], at[edge.end]) for edge in self.graph.edges]


def question(graph: Graph) -> str:
    """What the layout is asked, as JSON; the same graph asks the same."""
    order = {node.key: place for place, node in enumerate(graph.nodes)}
    edges = [{"source": order[e.start], "target": order[e.end], "kind": e.kind} for e in graph.edges]
    return json.dumps([circles(graph), edges], ensure_ascii=False)


def circles(graph: Graph) -> list[dict[str, Any]]:
    """What the layout must know of each node."""
    degrees = graph.degrees
    return [
        {"kind": n.kind, "name": shortened(n.name), "r": radius(n, degrees[n.key]), "size": SIZE[n.kind]}
        for n in graph.nodes
    ]


class Layout:
    """d3-force in V8, started for the first graph: it gets faster with each; `close` ends it."""

    def __init__(self) -> None:
        self._v8: MiniRacer | None = None

    def answer(self, asked: str) -> str:
        """Where the nodes stand, as JSON."""
        if self._v8 is None:
            self._v8 = MiniRacer()
            self._v8.eval(script())
        return str(self._v8.eval(f"JSON.stringify(layout(...{asked}))"))

    def close(self) -> None:
        """End V8; the next graph starts it again."""
        if self._v8:
            self._v8.close()
        self._v8 = None


def drawing(graph: Graph, answered: str) -> Drawing:
    """The picture of a graph."""
    found = json.loads(answered)
    spots = tuple(
        Spot(node, own["name"], x, y, own["r"], side, is_named)
        for node, own, (x, y, side, is_named) in zip(graph.nodes, circles(graph), found["nodes"], strict=True)
    )
    return Drawing(graph, spots, *(found[name] for name in ("left", "top", "width", "height")))


def radius(node: Node, degree: int) -> float:
    """What is more connected is larger."""
    return RADIUS["topic"] if node.kind == "topic" else min(RADIUS[node.kind] + GROWTH * degree, LARGEST)


def shortened(name: str) -> str:
    """As much of a name as the picture has room for, in whole words, which can be spoken and understood."""
    if len(name) <= NAME_LENGTH:
        return name
    words = name[:NAME_LENGTH].rpartition(" ")[0] or name[: NAME_LENGTH - 1]
    if words.count("(") > words.count(")"):
        words = words[: words.rindex("(")].rstrip() or words
    return words + "…"


@cache
def script() -> str:
    """The layout with its libraries.

    Raises NotesiteError where they were not fetched.
    """
    try:
        libraries = [(SITE / "vendor" / name / f"{name}.min.js").read_text(encoding="utf-8") for name in LIBRARIES]
    except FileNotFoundError:
        message = "d3-force is missing from this copy of notesite: install it with pip, which fetches it"
        raise NotesiteError(message) from None
    return "\n".join([UNUSED, *libraries, (SITE / "graph" / "layout.js").read_text(encoding="utf-8")])
