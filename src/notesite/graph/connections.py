"""What is connected with what: notes with their topics, with one another, and with what several of them refer to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from notesite.model import Note, Reference
from notesite.papers import paper_url
from notesite.reference import parse_reference
from notesite.view import Index

MOST: Final = 300
"""Nodes of a picture: more can't be told apart on a screen, nor gone through by keyboard."""
NEAREST: Final = 2
"""Related notes that each note is connected with; with all of them everything would be connected with everything."""
NAME_LENGTH: Final = 60
"""Characters of a reference's name."""

NodeKind = Literal["topic", "note", "reference"]
EdgeKind = Literal["filed", "also", "link", "shared", "related"]


@dataclass(frozen=True, slots=True)
class Node:
    """A note, a topic, or a reference that several notes have in common."""

    kind: NodeKind
    key: str
    name: str
    place: str
    """A page of the site, or the whole address of a reference."""
    topic: int = -1
    """The number of its topic among all topics; -1 for references."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A connection of two nodes by their keys."""

    start: str
    end: str
    kind: EdgeKind


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes in the order of reading, each topic before its notes, and what connects them."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @property
    def degrees(self) -> Counter[str]:
        """By key, how many connections each node has; that of a note with its topic does not count."""
        return Counter(key for edge in self.edges if edge.kind != "filed" for key in (edge.start, edge.end))

    @property
    def near(self) -> dict[str, list[Node]]:
        """By key, the nodes that each is connected with, in the order of reading; a topic's notes follow it anyway."""
        ends = [(edge.start, edge.end) for edge in self.edges if edge.kind != "filed"]
        known = {*ends, *((end, start) for start, end in ends if not end.startswith("topic "))}
        found: dict[str, list[Node]] = {node.key: [] for node in self.nodes}
        order = {node.key: place for place, node in enumerate(self.nodes)}
        for start, end in sorted(known, key=lambda pair: order[pair[1]]):
            found[start].append(self.nodes[order[end]])
        return found


def whole(index: Index) -> Graph:
    """Everything that is connected on the site."""
    nodes: list[Node] = []
    for number, shelf in enumerate(index.topics):
        nodes.append(Node("topic", f"topic {shelf.key}", shelf.name, shelf.uri(), number))
        entries = sorted(index.of(shelf.notes), key=lambda entry: (entry.title.casefold(), entry.uri))
        nodes += (Node("note", entry.note.slug, entry.title, entry.uri, number) for entry in entries)
    notes = [entry.note for entry in index.entries.values()]
    shared = dict(shared_references(notes))
    nodes += sorted((reference_node(named, of) for named, of in shared.items()), key=lambda node: node.name)
    return Graph(tuple(nodes), tuple(once(edges(notes, shared, {node.key for node in nodes}))))


def shared_references(notes: Iterable[Note]) -> Iterator[tuple[Reference, list[Note]]]:
    """What several notes link, and no note is about, with these notes."""
    found: dict[Reference, list[Note]] = {}
    about = {note.primary for note in notes}
    for note in notes:
        for named in dict.fromkeys(note.references):
            if named not in about:
                found.setdefault(named, []).append(note)
    return ((named, linking) for named, linking in found.items() if len(linking) > 1)


def edges(notes: Sequence[Note], shared: Mapping[Reference, Sequence[Note]], keys: set[str]) -> Iterator[Edge]:
    """Every connection, those that an author made first; of two notes there may be several."""
    about = {note.primary: note.slug for note in reversed(notes) if note.primary}
    for note in notes:
        yield from (Edge(slug, note.slug, "link") for slug in note.backlinks)
        named = (about[found] for found in note.references if found in about)
        yield from (Edge(note.slug, slug, "link") for slug in named if slug != note.slug)
    for found, linking in shared.items():
        yield from (Edge(note.slug, str(found), "shared") for note in linking)
    for note in notes:
        yield Edge(note.slug, f"topic {note.filing.topic}", "filed")
        yield from (Edge(note.slug, key, "also") for key in map("topic {}".format, note.filing.also) if key in keys)
        yield from (Edge(note.slug, slug, "related") for slug, _ in note.related[:NEAREST])


def once(found: Iterable[Edge]) -> Iterator[Edge]:
    """The first edge between any two nodes."""
    taken: set[frozenset[str]] = set()
    for edge in found:
        ends = frozenset((edge.start, edge.end))
        if ends not in taken:
            taken.add(ends)
            yield edge


def reference_node(named: Reference, linking: Sequence[Note]) -> Node:
    """A reference, called as one of the notes calls it."""
    own = [link for note in linking for link in note.links if link.reference == named]
    names = (" ".join(link.text.split()) for link in own)
    name = max((text for text in names if parse_reference(text) is None), key=len, default="") or str(named)
    url = paper_url(named) or next((link.url for link in own), "")
    return Node("reference", str(named), name[:NAME_LENGTH], url)


def graph_of(everything: Graph, topic: int | None = None) -> Graph:
    """The part that one picture shows: the most connected nodes, of one topic or of all."""
    of_topic = {node.key for node in everything.nodes if node.kind == "note" and topic in (None, node.topic)}
    topics = [node for node in everything.nodes if node.kind == "topic"]
    degrees = everything.degrees
    others = [node for node in everything.nodes if node.key in of_topic or node.kind == "reference"]
    ranked = sorted(others, key=lambda node: -degrees[node.key])[: MOST - len(topics)]
    return connected(everything, {node.key for node in (*topics, *ranked)}, of_topic)


def connected(everything: Graph, keys: set[str], notes: set[str]) -> Graph:
    """The nodes among `keys` that are one of these notes or connected with them, a reference with two of them."""
    among = [edge for edge in everything.edges if edge.start in keys & notes or edge.end in keys & notes]
    among = [edge for edge in among if edge.start in keys and edge.end in keys]
    times = Counter(edge.end for edge in among if edge.kind in ("shared", "filed", "also"))
    least = {"topic": 1, "reference": 2, "note": 0}
    nodes = tuple(node for node in everything.nodes if node.key in keys and times[node.key] >= least[node.kind])
    left = {node.key for node in nodes}
    return replace(
        everything, nodes=nodes, edges=tuple(edge for edge in among if edge.start in left and edge.end in left)
    )
