"""The graph of notes, topics and shared references: what is connected, and where it stands in the picture."""

from notesite.graph.connections import Graph, Node, graph_of, whole
from notesite.graph.drawing import Drawing

__all__ = ["Drawing", "Graph", "Node", "graph_of", "whole"]
