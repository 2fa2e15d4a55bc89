"""The search engine in V8, over documents given as plain values."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from py_mini_racer import MiniRacer

from notesite.search.documents import Document
from notesite.search.index import ENGINE, minisearch, packed_index, scripts

TOPICS = {"attention": "Attention", "inference": "Inference", "training": "Training", "models": "Language models"}


class Engine:
    """Answers queries as the browser's worker does, without its files."""

    def __init__(self, v8: MiniRacer) -> None:
        self._v8 = v8

    def search(self, query: str) -> Any:
        # V8 has done all that it promised when it returns.
        self._v8.eval(
            f"engine.search({json.dumps(query)}).whole().then(found => {{ globalThis.found = JSON.stringify(found); }})"
        )
        return json.loads(str(self._v8.eval("found")))


def document(fields: Mapping[str, Any]) -> Document:
    lists = {name: tuple(map(str, value)) if isinstance(value, list) else value for name, value in fields.items()}
    return Document(**{"url": f"notes/{fields['title']}/", **lists})


@contextmanager
def engine(documents: Sequence[Document]) -> Iterator[Engine]:
    """An engine over the documents; V8 is closed in the end."""
    columns = {
        "titles": [document.title for document in documents],
        "urls": [document.url for document in documents],
        "topics": [document.topic for document in documents],
        "years": [document.year for document in documents],
        "weights": [document.weight for document in documents],
    }
    data = json.dumps({"index": packed_index(documents), "notes": columns, "topics": TOPICS})
    texts = json.dumps([document.parts or (document.text,) for document in documents])
    v8 = MiniRacer()
    try:
        v8.eval(minisearch())
        v8.eval(scripts(*(name for name in ENGINE if name != "answer")))
        v8.eval(f"const texts = {texts}; const engine = new Engine({data}, async id => texts[id]);")
        yield Engine(v8)
    finally:
        v8.close()
