from notesite.model import Topic


def load_topics(o):
    return tuple(Topic(k, k.title(), "About " + k) for k in ("architectures", "attention", "inference", "sampling"))
