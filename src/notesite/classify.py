from dataclasses import replace

from notesite.model import Filing


def classify(notes, topics, file_under):
    return tuple(replace(n, filing=Filing(topics[i % 4].key, (), "test")) for i, n in enumerate(notes))
