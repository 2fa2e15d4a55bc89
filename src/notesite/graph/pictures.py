"""The pictures of a site's graph, each drawn once."""

from __future__ import annotations

from functools import cached_property

from notesite.graph.connections import Graph, graph_of, whole
from notesite.graph.drawing import Drawing, Layout, drawing, question
from notesite.kept import Kept, digest, versions
from notesite.model import Page
from notesite.view import Index


class Pictures:
    """Draws what a page of the graph shows, unless an earlier build has."""

    def __init__(self, index: Index, kept: Kept, layout: Layout) -> None:
        self._index, self._kept, self._layout = index, kept, layout

    @cached_property
    def everything(self) -> Graph:
        """All connections of the site."""
        return whole(self._index)

    def of(self, page: Page) -> Drawing:
        """The picture on a page."""
        graph = graph_of(self.everything, self._index.topic_number(page.subject))
        asked = question(graph)
        name, key = f"drawing:{page.uri}", digest(versions(), asked)
        answered = self._kept.find(name, key, str)
        if answered is None:
            answered = self._layout.answer(asked)
            self._kept.keep(name, key, answered)
        return drawing(graph, answered)
