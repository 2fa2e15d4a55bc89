import re
from dataclasses import replace

from notesite.model import Reference


def identify(sections, sources, papers):
    out = []
    for s in sections:
        refs = []
        for l in s.links:
            m = re.search(r"arxiv\.org/(?:abs|pdf)/(\d{4}\.\d{4,5})", l.url)
            if m and (r := Reference("arxiv", m[1])) not in refs:
                refs.append(r)
        out.append(replace(s, references=tuple(refs), primary=refs[0] if refs and s.kind == "note" else None))
    return tuple(out), ()


def reference(url):
    m = re.search(r"arxiv\.org/(?:abs|pdf)/(\d{4}\.\d{4,5})", url)
    if m:
        return Reference("arxiv", m[1])
    m = re.search(r"github.com/([^/]+/[^/?#]+)", url)
    if m:
        return Reference("repo", m[1])
