"""The graph of notes, topics and shared references: what is connected, and where it stands in the picture."""

from notesite.graph.connections import Graph, Node, graph_of, whole
from notesite.graph.drawing import Drawing, Layout

__all__ = ["Drawing", "Graph", "Layout", "Node", "graph_of", "whole"]
