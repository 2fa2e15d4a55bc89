from notesite.model import *
from notesite.wording import body_key


def merge(sections):
    by = {}
    for s in sections:
        if s.kind in ("note", "links"):
            by.setdefault(body_key(s) or s.id, []).append(s)
    g = {}
    for ss in by.values():
        g.setdefault(str(ss[0].primary or ss[0].id), []).append(
            Part(ss[0], tuple(Copy(x, "exact", 1.0) for x in ss[1:]))
        )
    return Merged(
        tuple(Note(p[0].section.title, tuple(p), p[0].section.references, p[0].section.primary) for p in g.values()), ()
    )
