"""What machines read of a page: schema.org data."""

from __future__ import annotations

from notesite.papers import authors, paper_url
from notesite.view.index import Entry

Json = dict[str, object]


def structured(entry: Entry, url: str | None, author: str | None) -> Json:
    """The note as a schema.org article by the site's author, and the paper that it is about as a scholarly one."""
    data: Json = {"@context": "https://schema.org", "@type": "Article", "headline": entry.title}
    stated = {
        "description": entry.summary,
        "url": url,
        "author": author and {"@type": "Person", "name": author},
        "dateCreated": entry.added,
        "dateModified": entry.changed,
        "articleSection": entry.topic.name,
        "keywords": [tag.name for tag in entry.tags],
        "about": paper(entry),
    }
    return data | {key: value for key, value in stated.items() if value}


def paper(entry: Entry) -> Json | None:
    """The paper as far as the notes know it; None for a note on something else."""
    named = entry.note.paper
    if not named:
        return None
    stated = {
        "@type": "ScholarlyArticle",
        "name": entry.title,
        "identifier": str(named),
        "sameAs": paper_url(named),
        "datePublished": entry.year,
        "author": [{"@type": "Person", "name": name} for name in authors(entry.note)],
    }
    return {key: value for key, value in stated.items() if value}
