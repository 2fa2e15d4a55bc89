"""How the papers among the notes are cited: their names, and BibTeX."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from notesite.markdown.delimiters import pieces
from notesite.model import Note, Reference
from notesite.papers import authors, paper_url, year

OTHERS: Final = re.compile(r"(?:^|\s)(?:and\s+others|others|et\s+al\.?)$", re.IGNORECASE)
SUFFIX: Final = re.compile(r"(?:Jr|Sr)\.?|[IVX]{2,4}")
GROUP: Final = re.compile(
    r"\b(?:AI|Collaboration|Consortium|Contributors|Corporation|Foundation|Google|Group|Inc|Institute|Labs?|Ltd|Microsoft|"
    r"NVIDIA|OpenAI|Research|Team|University)\b"
)
"""Words by which a group that signs papers is told from a person."""
SIGNS: Final = str.maketrans({
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "{": r"\textbraceleft{}", "}": r"\textbraceright{}", **{sign: f"\\{sign}" for sign in "&%$#_"},
})  # fmt: skip
"""What TeX reads as a command, and how it is written to be seen; BibTeX counts braces even behind a backslash."""


@dataclass(frozen=True, slots=True)
class Name:
    """An author's name in its parts."""

    family: str
    """For a group, the whole name."""
    given: str = ""
    particle: str = ""
    """`van der` of Laurens van der Maaten."""
    suffix: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it is a group's, or one that has no parts."""
        return not (self.given or self.particle or self.suffix)


def names(note: Note) -> tuple[Name, ...]:
    """The authors who are named; `and others` names nobody."""
    stated = (OTHERS.sub("", " ".join(author.split())) for author in authors(note))
    return tuple(name_parts(author) for author in stated if author)


def is_shortened(note: Note) -> bool:
    """Whether the authors are not all named."""
    return any(OTHERS.search(author.strip()) for author in authors(note))


def name_parts(text: str) -> Name:
    """A name written as `Given von Family Jr.`, `von Family, Given` or `von Family, Jr., Given`, as in BibTeX."""
    words = text.split()
    pieces = [piece.split() for piece in text.split(",")]
    if GROUP.search(text) or "and" in words or len(words) < 2 or len(pieces) > 3 or not all(pieces):
        return Name(text)
    first, *rest = pieces
    if rest:
        start = next((at for at, word in enumerate(first) if not word.islower()), 0)
        suffix = " ".join(rest[0]) if len(rest) > 1 else ""
        return Name(" ".join(first[start:]), " ".join(rest[-1]), " ".join(first[:start]), suffix)
    suffix = first.pop() if len(first) > 2 and SUFFIX.fullmatch(first[-1]) else ""
    last = len(first) - 1
    start = next((at for at, word in enumerate(first[1:last], 1) if word.islower()), last)
    end = next(at for at in range(start, last + 1) if at == last or not first[at].islower())
    return Name(" ".join(first[end:]), " ".join(first[:start]), " ".join(first[start:end]), suffix)


def bibtex(note: Note) -> str | None:
    """The paper as an entry of a BibTeX file, as far as the notes know it; None for a note on something else."""
    if not note.paper:
        return None
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in bibtex_fields(note, note.paper))
    return f"@misc{{{note.slug},\n{fields}}}"


def bibtex_fields(note: Note, named: Reference) -> Iterator[tuple[str, str]]:
    """The fields of the entry; the title keeps its capitals by a second pair of braces."""
    yield "title", "{" + tex(note.title) + "}"
    if written := [bibtex_name(name) for name in names(note)]:
        yield "author", " and ".join([*written, "others"] if is_shortened(note) else written)
    if published := year(note):
        yield "year", published
    if named.scheme == "arxiv":
        yield from (("eprint", named.id), ("archivePrefix", "arXiv"))
    elif named.scheme == "doi":
        yield "doi", named.id
    if url := address(note):
        yield "url", url.replace("{", "%7B").replace("}", "%7D")


def address(note: Note) -> str | None:
    """Where the paper is: its own address, or the one under which the note links it."""
    return paper_url(note.primary) or next((link.url for link in note.links if link.reference == note.primary), None)


def bibtex_name(name: Name) -> str:
    """A name as BibTeX understands it."""
    if name.is_whole:
        return "{" + tex(name.family) + "}"
    family = " ".join(part for part in (name.particle, name.family) if part)
    return ", ".join(tex(part) for part in (family, name.suffix, name.given) if part)


def tex(text: str) -> str:
    """The text as TeX shows it; formulas are TeX already, as long as their braces match."""
    found = pieces(text)
    return "".join(piece if is_formula and is_balanced(piece) else escaped(piece) for piece, is_formula in found)


def escaped(text: str) -> str:
    """Plain text with TeX's special characters escaped."""
    return text.translate(SIGNS)


def is_balanced(text: str) -> bool:
    """Whether every brace has its partner."""
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0
