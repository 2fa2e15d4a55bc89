"""What is connected with what, and the picture of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from notesite.build import build
from notesite.graph import Graph, graph_of, whole
from notesite.graph.connections import MOST
from notesite.graph.drawing import Layout, drawing, question
from notesite.view import Index, index

NOTES = """\
# Notes

## [RoPE](https://arxiv.org/abs/2104.09864)

Positional embeddings by rotation; see [the picture](https://example.org/rotations) and [YaRN](#yarn).

## [YaRN](https://arxiv.org/abs/2309.00071)

Positional embeddings stretched, as in [this picture of rotations](https://example.org/rotations).

## [ALiBi](https://arxiv.org/abs/2108.12409)

Positional embeddings as biases, unlike [those](https://arxiv.org/abs/2104.09864). [Alone](https://example.org/alone).

## [PPO](https://arxiv.org/abs/1707.06347)

Policy gradients, clipped, for reinforcement learning from human feedback.
"""


@pytest.fixture
def lists(tmp_path: Path) -> Index:
    (tmp_path / "notes.md").write_text(NOTES)
    return index(build(tmp_path))


def told(graph: Graph) -> list[str]:
    names = {node.key: node.name for node in graph.nodes}
    return [f"{names[edge.start]} {edge.kind} {names[edge.end]}" for edge in graph.edges if edge.kind != "related"]


def test_notes_are_connected_by_links_topics_and_what_they_share(lists: Index) -> None:
    graph = graph_of(whole(lists))
    assert [(node.kind, node.name) for node in graph.nodes] == [
        ("topic", "Attention"),
        ("note", "ALiBi"),
        ("note", "RoPE"),
        ("note", "YaRN"),
        ("topic", "Training and alignment"),
        ("note", "PPO"),
        ("reference", "this picture of rotations"),
    ]
    assert sorted(told(graph)) == [
        "ALiBi filed Attention",
        "ALiBi link RoPE",
        "PPO filed Training and alignment",
        "RoPE filed Attention",
        "RoPE link YaRN",
        "RoPE shared this picture of rotations",
        "YaRN filed Attention",
        "YaRN shared this picture of rotations",
    ]


def test_the_graph_of_a_topic_leaves_the_others_out(lists: Index) -> None:
    graph = graph_of(whole(lists), lists.topic_number("attention"))
    assert {node.name for node in graph.nodes} == {"Attention", "ALiBi", "RoPE", "YaRN", "this picture of rotations"}
    assert lists.topic_number("unknown") is None


def test_the_most_connected_of_many_are_shown(tmp_path: Path) -> None:
    links = " ".join(f"[{number}](n{number}.md)" for number in range(0, 600, 2))
    for number in range(MOST + 100):
        (tmp_path / f"n{number}.md").write_text(f"# Attention number {number}\n\nOf {number}. {links * (number < 2)}\n")
    graph = graph_of(whole(index(build(tmp_path))))
    assert len(graph.nodes) == MOST
    shown = {node.name for node in graph.nodes}
    assert {f"Attention number {number}" for number in range(0, MOST + 100, 2)} <= shown


def test_the_same_graph_makes_the_same_picture_with_room_for_every_name(lists: Index) -> None:
    graph = graph_of(whole(lists))
    layout = Layout()
    answers = {layout.answer(question(graph)) for _ in range(2)}
    layout.close()
    picture = drawing(graph, answers.pop())
    assert not answers
    assert all(spot.is_named for spot in picture.spots)
    for spot in picture.spots:
        assert picture.left <= spot.x <= picture.left + picture.width
        assert picture.top <= spot.text[1] <= picture.top + picture.height
    places = [(spot.x, spot.y) for spot in picture.spots]
    distances = [abs(complex(*a) - complex(*b)) for a in places for b in places if a < b]
    assert min(distances) > 2 * max(spot.radius for spot in picture.spots if spot.node.kind != "topic")
    assert json.loads(question(graph))[0][0] == {"kind": "topic", "name": "Attention", "r": 11.0, "size": 15.0}
