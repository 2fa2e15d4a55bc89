"""Titles compared as a careful reader does: Groq is not Grok, PaLM is not PaLM 2, and every file has a Summary."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final
from unicodedata import normalize

from rapidfuzz import fuzz

from notesite.outline import NUMBERED, PART
from notesite.wording import WORD

LEAST_WORDS: Final = 4
ALIKE: Final = 90
"""Titles of four words or more are one title from this ratio on: it lets a typo or a plural pass and no changed word."""
LEAST_COMMON: Final = 0.34
"""Titles that share a smaller part of their telling words are about different things."""
LEAST_TELLING: Final = 3
"""With fewer telling words a title is a nickname, such as Chinchilla, which its paper's title need not contain."""

SMALL_WORDS: Final = frozenset(
    "a an and are as at by can do does for from how in is it its of on or the to towards via vs what when why with using".split()
)
FIELD_WORDS: Final = frozenset(
    "approach architecture architectures data deep efficient framework large language learning llm llms machine method methods "
    "model models network networks neural new paper papers simple system systems training transformer transformers".split()
)
"""Words of the field: they tell no two papers apart."""
VAGUE_WORDS: Final = SMALL_WORDS | frozenset(
    "additional all article articles basic basics blog blogs book books collection content contents course courses definition "
    "definitions example examples exercise exercises final first further general good great idea ideas important index "
    "interesting introduction key last lecture lectures link links list lists main misc miscellaneous more motivation my new "
    "next notes other others overview paper papers part point points post posts preamble problem problems question questions "
    "quick random reading readings recent reference references related research resource resources second section setup some "
    "step steps stuff summary talk talks third thing things thoughts todo topic topics tutorial tutorials useful various "
    "video videos week work works 0 1 2 3 4 5 6 7 8 9 10".split()
)
"""A title of these words alone names nothing."""
TAIL_WORDS: Final = frozenset("attack attacks benchmark evaluation method paper report technical test tests".split())
"""What may follow a name and leave it the same: needle in a haystack evaluation."""

ORNAMENT: Final = re.compile(
    r"""^\[?\d{4}\.\d{4,5}(?:v\d+)?\]?[:\s]+ | ^\d{4}-\d\d-\d\d[\s:-]+
    | ^(?:paper|paper\ (?:review|notes?|summary)|review|notes?\ on|summary\ of)\s*[:–-]\s+
    | \s*[(\[](?:[\w. ]+,?\s)?(?:19|20)\d\d[)\]].*$""",
    re.IGNORECASE | re.VERBOSE,
)
"""What authors put around a paper's title: its number, the date of reading, the year and the authors."""
SEPARATOR: Final = re.compile(r":\s|\s[–—|-]\s|\s\(")
CAPITAL_INSIDE: Final = re.compile(r"[^\W\d_].*[A-Z]|\d")


@dataclass(frozen=True, slots=True)
class Title:
    """A title as it is compared."""

    words: tuple[str, ...]
    head: tuple[str, ...]
    """The words before a colon, a dash or a parenthesis; all of them where there is none."""
    is_name: bool
    """Whether the head is spelt as names are, with a capital inside or a digit."""

    @property
    def digits(self) -> list[str]:
        """Every number in it, which two versions of a model differ by."""
        return sorted(re.findall(r"\d+", " ".join(self.words)))

    @property
    def telling(self) -> frozenset[str]:
        """The words that tell it from other titles."""
        return frozenset(self.words) - SMALL_WORDS - FIELD_WORDS - VAGUE_WORDS


@cache
def title(text: str) -> Title:
    """Prepare a title for comparison."""
    plain = ORNAMENT.sub("", text) or text
    head = SEPARATOR.split(plain.strip())[0]
    return Title(title_words(plain), title_words(head), CAPITAL_INSIDE.search(head) is not None)


def title_words(text: str) -> tuple[str, ...]:
    """The words of a title; a run of Chinese is one, for a short one says as little as one word."""
    return tuple(WORD.findall(normalize("NFKC", text).casefold()))


def is_vague(text: str) -> bool:
    """Whether a title names no subject of its own: Summary, Related work, Some more papers."""
    return PART.fullmatch(text.strip()) is not None or set(title(text).words) <= VAGUE_WORDS


def same(one: str, other: str) -> str:
    """Why two titles name the same thing, in words; empty when they don't, or not surely."""
    a, b = title(one), title(other)
    if a.digits != b.digits or is_vague(one) or is_vague(other):
        return ""
    if "".join(a.words) == "".join(b.words):
        return "the same title" if max(len(a.words), len(b.words)) > 1 else ""
    if min(len(a.words), len(b.words)) >= LEAST_WORDS and fuzz.ratio(" ".join(a.words), " ".join(b.words)) >= ALIKE:
        return "nearly the same title"
    if a.head == b.head and len(a.head) > 1 and a.is_name and b.is_name and (a.head in (a.words, b.words)):
        return "the same name"
    return ""


def same_word(one: str, other: str) -> bool:
    """Whether one title is the other, or the name that the other begins with; more than this must agree."""
    a, b = title(one), title(other)
    bare = a.head == a.words or b.head == b.words
    return bare and bool(a.head) and "".join(a.head) == "".join(b.head) and not is_vague(one)


def unrelated(one: str, other: str) -> bool:
    """Whether two titles can't be of one paper; never so when one is too short to tell."""
    a, b = title(one).telling, title(other).telling
    least = min(len(a), len(b))
    if least < LEAST_TELLING or title(one).head == title(other).head:
        return False
    return len(a & b) < LEAST_COMMON * least


def is_nickname(text: str) -> bool:
    """Whether a title is too short to be held against another."""
    return len(title(text).telling) < LEAST_TELLING


def is_short_for(nickname: str, full: str) -> bool:
    """Whether the capitals of a nickname are the initials of words in a row, as DPO of Direct Preference Optimization."""
    capitals = re.sub(r"[^A-Z]", "", nickname).casefold()
    initials = "".join(word[0] for word in title_words(full) if word not in SMALL_WORDS)
    return len(capitals) > 1 and capitals in initials


def name_keys(text: str) -> frozenset[str]:
    """The spellings under which a line may name what is titled so, as `name_key` writes them; one plain word is none."""
    if is_vague(text) or NUMBERED.match(text):
        return frozenset()
    found = title(text)
    return frozenset(
        name_key(form)
        for form in (found.words, found.head)
        if len(core(form)) > 1 or (found.is_name and len(form) == 1)
    )


def name_key(form: tuple[str, ...]) -> str:
    """A name without articles, spaces and what may follow it, so that Llama 2 is LLaMA-2."""
    return "".join(core(form))


def core(form: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a name that are always said."""
    said = [word for word in form if word not in SMALL_WORDS]
    while len(said) > 2 and said[-1] in TAIL_WORDS:
        said.pop()
    return tuple(said)
