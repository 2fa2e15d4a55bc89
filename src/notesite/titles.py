"""Titles compared as a careful reader does: Groq is not Grok, PaLM is not PaLM 2, and every file has a Summary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final
from unicodedata import normalize

from rapidfuzz import fuzz

from notesite.outline import NUMBERED, is_part_name
from notesite.wording import CJK, WORD

LEAST_WORDS: Final = 4
ALIKE: Final = 90
"""Titles of four words or more are one title from this ratio on, word by word."""
WORD_ALIKE: Final = 85
"""A typo or a plural; below stand Grok and Groq, BERT and BART, online and offline."""
LEAST_COMMON: Final = 0.34
"""Titles that share a smaller part of their telling words are about different things."""
LEAST_TELLING: Final = 3
"""With fewer telling words a title is a nickname, such as Chinchilla, which its paper's title need not contain."""

SMALL_WORDS: Final = frozenset(
    "a an and are as at by can do does for from how in is it its of on or the to towards via vs what when why "
    "with using".split()
)
FIELD_WORDS: Final = frozenset(
    "approach architecture architectures data deep efficient framework large language learning llm llms machine "
    "method methods model models network networks neural new paper papers simple system systems training "
    "transformer transformers".split()
)
"""Words of the field: they tell no two papers apart."""
VAGUE_WORDS: Final = SMALL_WORDS | frozenset(
    "additional all april article articles august basic basics blog blogs book books collection content contents "
    "course courses daily day december definition definitions diary draft drafts entry example examples exercise "
    "exercises february final first further general good great idea ideas important index insight insights "
    "interesting introduction january journal july june key last lecture lectures link links list lists log logs "
    "main march may meeting misc miscellaneous month monthly more motivation my new next note notes november "
    "october open other others overview paper papers part point points post posts preamble problem problems "
    "question questions quick random read reading readings recent reference references related research resource "
    "resources second section september session setup skimmed some step steps stuff summary talk talks template thing "
    "things third thoughts today todo topic topics tutorial tutorials untitled useful various video videos week "
    "weekly work works year yearly".split()
)
PART_WORDS: Final = frozenset(
    "ablation ablations analysis application applications assumption assumptions baseline baselines challenge "
    "challenges comparison comparisons component components computation conclusion conclusions cost costs dataset "
    "datasets design detail details discussion distribution effect empirical environment error errors evaluation "
    "experiment experimental experiments feature features finding findings formulation function functions "
    "hyperparameter hyperparameters implementation inference information input intuition issue issues layer "
    "layers level limitations loss losses math mathematics measure measures metric metrics modeling modelling "
    "notation objective objectives observation observations optimization optimizer output overview parameter "
    "parameters performance phase pipeline practice prediction preliminaries preparation preprocessing "
    "pretraining procedure process proof properties proposed qualitative quantitative regularization remark "
    "remarks representation result results sampling scheme score search selection setting settings solution stage "
    "stages state strategies strategy structure study supervised table task tasks technique techniques test "
    "testing theorem theory time tips train tricks types unsupervised update usage use user validation value "
    "values variable variables variants weight weights".split()
)
"""Words of the headings inside a note: two notes have their own Loss functions and Training details."""
NAMELESS: Final = VAGUE_WORDS | FIELD_WORDS | PART_WORDS
ARTICLES: Final = frozenset("a an the of in on for to and".split())
TAIL_WORDS: Final = frozenset("attack attacks benchmark evaluation method paper report technical test tests".split())
"""What may follow a name and leave it the same: needle in a haystack evaluation."""

ORNAMENT: Final = re.compile(
    r"""^\[?\d{4}\.\d{4,5}(?:v\d+)?\]?[:\s]+ | ^\d{4}-\d\d(?:-\d\d)?[\s:-]+(?!\d\d?$) | ^\d{1,3}[.)]\s+
    | ^(?:paper|paper\ (?:review|notes?|summary)|review|notes?\ on|summary\ of)\s*[:–-]\s+
    | ^[\[【(](?:[^\[\]【】()]{0,30}\b(?:19|20)\d\d\b[^\[\]【】()]{0,30}|paper|(?:paper\ )?(?:review|notes?|reading))
      [\])】]\s*
    | ^[\[【]?(?:论文(?:笔记|阅读|解读|精读)|논문\s?(?:리뷰|정리|요약)|論文(?:紹介|メモ|まとめ))
      (?:[\]】]\s*|\s*[:：—-]\s*|\s+)
    | \s*[(\[](?:[\w.,&'’ -]+\s)?(?:19|20)\d\d[)\]].*$""",
    re.IGNORECASE | re.VERBOSE,
)
"""What authors put around a title: its numbers, the date of reading, `[2017 NIPS]`, the year and the authors."""
LEAST_CHARACTERS: Final = 6
"""So many Chinese characters in a row say as much as two words."""
DATE: Final = re.compile(
    r"""(?=.*(?:\d{4}|\d.*[^\W\d]|[^\W\d].*\d))(?:(?:\d{1,4}(?:st|nd|rd|th)?|第?(?:\d{1,4}[年月日周])+|week|day
    |jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?
    |nov(?:ember)?|dec(?:ember)?|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\b[\s,./-]*)+""",
    re.IGNORECASE | re.VERBOSE,
)
"""A day, a week or a month, as over the entries of a log: 2024-03-01, Week 12, Fri, March 1st, 2024年3月1日."""
LONGEST_DATE: Final = 60
"""Characters, such as of a week from one day to another; DATE would take its time over a text without end."""
SEPARATOR: Final = re.compile(r":\s|\s[–—|-]\s|\s\(")
CAPITAL_INSIDE: Final = re.compile(r"\A[\W\d_]*[^\W\d_].*[A-Z]|\d", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Title:
    """A title as it is compared."""

    words: tuple[str, ...]
    head: tuple[str, ...]
    """The words before a colon, a dash or a parenthesis; all of them where there is none."""
    said: tuple[str, ...]
    """The words without articles and the like."""
    telling: frozenset[str]
    """The words that tell it from other titles."""
    numbers: tuple[str, ...]
    """Every number in it, sorted; two versions of a model differ by them."""
    is_name: bool
    """Whether the head is spelt as names are, with a capital inside or a digit."""
    is_vague: bool
    """Whether it names no subject of its own: Summary, Related work, Loss functions, Some more papers."""


def is_date(text: str) -> bool:
    """Whether a heading only says when something was read."""
    return len(text) <= LONGEST_DATE and DATE.fullmatch(text) is not None


@cache
def title(text: str) -> Title:
    """Prepare a title for comparison."""
    plain = ORNAMENT.sub("", text) or text
    head = SEPARATOR.split(plain.strip())[0]
    found = title_words(plain)
    return Title(
        words=found,
        head=title_words(head),
        said=tuple(word for word in found if word not in ARTICLES),
        telling=frozenset(found) - SMALL_WORDS - FIELD_WORDS - VAGUE_WORDS,
        numbers=tuple(sorted(re.findall(r"\d+", " ".join(found)))),
        is_name=CAPITAL_INSIDE.search(head) is not None,
        is_vague=is_part_name(text.strip()) or all(w in NAMELESS or w.isdigit() for w in found),
    )


def title_words(text: str) -> tuple[str, ...]:
    """The words of a title; a run of Chinese is one, for a short one says as little as one word."""
    return tuple(WORD.findall(normalize("NFKC", text).casefold()))


def same(one: str, other: str) -> str:
    """Why two titles name the same thing, in words; empty when they don't, or not surely."""
    a, b = title(one), title(other)
    if a.numbers != b.numbers or a.is_vague or b.is_vague:
        return ""
    if "".join(a.words) == "".join(b.words):
        return "the same title" if max(len(a.words), len(b.words)) > 1 or is_long_run(a.words) else ""
    if min(len(a.words), len(b.words)) >= LEAST_WORDS and alike(a.said, b.said):
        return "nearly the same title"
    is_bare = a.head in (a.words, b.words) or b.head in (a.words, b.words)
    if a.head == b.head and len(a.head) > 1 and a.is_name and b.is_name and is_bare:
        return "the same name"
    return ""


def is_long_run(words: Sequence[str]) -> bool:
    """Whether a title without blanks is Chinese or the like, and long enough to be more than a word."""
    return any(len(re.findall(f"[{CJK}]", word)) >= LEAST_CHARACTERS for word in words)


def alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether titles differ by typos and endings only: no word more (not, not not), none turned round (un-, de-)."""
    if len(one) != len(other) or fuzz.ratio(" ".join(one), " ".join(other)) < ALIKE:
        return False
    return all(x == y or (x[0] == y[0] and fuzz.ratio(x, y) >= WORD_ALIKE) for x, y in zip(one, other, strict=True))


def same_word(one: str, other: str) -> bool:
    """Whether one title is the other, or the name that the other begins with; more than this must agree."""
    a, b = title(one), title(other)
    bare = a.head == a.words or b.head == b.words
    return bare and bool(a.head) and "".join(a.head) == "".join(b.head) and not a.is_vague


def unrelated(one: str, other: str) -> bool:
    """Whether two titles can't be of one paper; never so when one is too short to tell."""
    a, b = title(one).telling, title(other).telling
    least = min(len(a), len(b))
    if least < LEAST_TELLING or title(one).head == title(other).head:
        return False
    return len(a & b) < LEAST_COMMON * least


def are_versions(one: str, other: str) -> bool:
    """Whether two titles begin with different numbers, as DeepSeek-V2 and DeepSeek-V3."""
    a, b = (re.findall(r"\d+", " ".join(title(text).head)) for text in (one, other))
    return bool(a and b) and a != b


def is_nickname(text: str) -> bool:
    """Whether a title is too short to be held against another."""
    return len(title(text).telling) < LEAST_TELLING


def is_short_for(nickname: str, full: str) -> bool:
    """Whether a nickname's capitals are initials in a row, as those of DPO are of Direct Preference Optimization."""
    capitals = re.sub(r"[^A-Z]", "", nickname).casefold()
    initials = "".join(word[0] for word in title_words(full) if word not in SMALL_WORDS)
    return len(capitals) > 1 and capitals in initials


def name_keys(text: str) -> frozenset[str]:
    """The spellings by which a line may name what is titled so, as `name_key` writes them; one plain word is none."""
    found = title(text)
    if found.is_vague or NUMBERED.match(text) or not found.telling:
        return frozenset()
    forms = (found.words, found.head) if found.is_name else (found.words,)
    return frozenset(name_key(form) for form in forms if found.is_name or len(core(form)) > 1)


def name_key(form: tuple[str, ...]) -> str:
    """A name without articles, spaces and what may follow it, so that Llama 2 is LLaMA-2."""
    return "".join(core(form))


def core(form: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a name that are always said."""
    said = [word for word in form if word not in ARTICLES]
    while len(said) > 2 and said[-1] in TAIL_WORDS:
        said.pop()
    return tuple(said)
