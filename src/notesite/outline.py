"""The headings of a source: their titles, links and GitHub anchors, and the file as one note or several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import Final

from markdown_it.token import Token

from notesite.markdown.gfm import plain_text, unique_slug
from notesite.markdown.gfm.html import TAG, fate
from notesite.reference import reference

LINK_SHARE: Final = 0.8
"""A link that covers this much of a heading is its title, as in `[Attention](…) (2017)`."""
LONE: Final = 3
"""The tokens of a heading that is nothing but a picture with a link."""
LONGEST_SETEXT: Final = 12
"""Words; a longer line over `---` is a sentence with a rule drawn below it, not a heading."""

PART_NOUN: Final = r"""(?:
    ablations?(?:\ stud(?:y|ies))? | abstract | advantages? | algorithms? | analysis | annotations? | appendix
    | approach | architecture | assumptions? | authors? | background | baselines? | citations? | claims? | code
    | comments? | comparisons? | concepts? | conclusions? | cons | considerations? | context | contributions?
    | critique | data(?:sets?)? | definitions? | details? | discussion | drawbacks? | evaluations? | evidence
    | expériences? | experiments? | extensions? | findings? | future\ (?:work|directions) | goals? | highlights? | how
    | hyper-?parameters? | hypothes[ei]s | ideas? | implementation(?:\ details)? | implications? | impressions?
    | insights? | intro(?:duction)? | keywords? | labels? | limitations? | limites | links? | loss(?:\ functions?)?
    | meta-?data | méthodes? | methodology | methods? | metrics? | model | motivation | network | notations? | notes?
    | novelty | objectives? | observations? | opinions? | overview | paper | points? | preliminaries
    | problem(?:\ statement)? | problématique | proofs? | pros | questions? | quotes | references? | reflections?
    | related\ (?:works?|papers) | relevance | remarks? | results? | résultats? | résumé | review | set-?up
    | shortcomings? | significance | solutions? | strengths? | summary | tags | takes? | take-?aways? | tasks?
    | terminology | thoughts | title | tl;?dr | training | weakness(?:es)? | what | why | year
)"""
PART: Final = re.compile(
    rf"""(?:(?:additional|my|main|key|core|some|short|brief|other|open|own|personal|proposed|overall|general|further|hot
    |the|paper|model|research|rough|experimental|one-(?:line|sentence))\ )*\s*
    {PART_NOUN}(?:\s*(?:,|/|&|\band\b|,\ and\b)\s*{PART_NOUN})*\s*[:.?]*""",
    re.IGNORECASE | re.VERBOSE,
)
"""A heading of a part of a paper's note, which says nothing about what the paper is."""
PART_CJK: Final = re.compile(
    r"""(?:(?:本文|论文|論文|文章|主要|核心|基本|整体|個人|个人|相关|相關|関連|先行|工作|研究
    |一句话|摘要|简介|簡介|介绍|介紹|引言|前言|概述|概要|要約|背景|动机|動機|问题|問題|描述|定义|目标|目的|課題|贡献|貢獻|貢献|创新点?|新規性
    |方法|手法|提案|算法|模型|モデル|网络|網路|结构|結構|架构|框架|流程|步骤|思路|训练|訓練|学習|数据集?|データセット|损失|函数
    |实验|實驗|実験|设置|细节|实现|実装|评估|评价|評価|指标|消融|对比|比较|分析|结果|結果|讨论|討論|議論|考察|结论|結論|结语|总结|總結
    |小结|思考|思想|想法|启发|感想|疑問|疑问|优点|优缺点|优势|優點|缺点|缺點|不足|局限性?|未来|展望|代码|附录|参考|參考|文献|资料|链接
    |リンク|作者|著者|标题|题目|信息|笔记|筆記|备注|コメント|はじめに|おわりに|まとめ
    |どんなもの|先行研究と比べて\S*|技術や手法の\S*|どうやって有効\S*|議論は\S*|次に読むべき\S*
    |한\s?줄|초록|요약|개요|서론|소개|배경|동기|문제|정의|목적|목표|기여|방법론?|제안|모델|구조|학습|데이터셋?|손실|함수|실험|설정|평가|결과|분석
    |논의|고찰|결론|정리|한계점?|장점|단점|향후|연구|관련|참고|문헌|링크|저자|제목|논문|리뷰|느낀\s?점|의견|핵심|주요|아이디어|마무리)
    [\s与和及的&、/・·]*){1,4}[:：.。?？!！]*""",
    re.VERBOSE,
)
"""The same in Chinese, Japanese and Korean, where such words are put together: `实验结果`, `背景与动机`, `関連研究`."""
BACK_MATTER: Final = re.compile(
    r"""(?:(?:useful|relevant|related|other|external|additional|further|more|some)\s+)*
    (?:references? | bibliography | foot-?notes? | citations? | bibtex | sources | credits | acknowledge?ments?
    | appendi(?:x|ces) | see\ also | reading(?:\ list)? | conclusions? | wrapping\ up | wrap-?up
    | (?:concluding|final|closing)\ (?:remarks|thoughts) | 参考(?:文献|资料|链接)? | 参考文獻
    | 总结 | 總結 | 结论 | 结语 | 小结 | 附录 | 致谢 | まとめ | おわりに | 참고\s?(?:문헌|자료)? | 결론 | 마무리
    | (?:links|resources|readings?)(?:\s*(?:/|&|and)\s*(?:useful\s+)?(?:links|resources|readings?))?)\s*[:.]*""",
    re.IGNORECASE | re.VERBOSE,
)
"""A heading at the end of an article: what follows it belongs to what stands before it."""
OPENING: Final = re.compile(
    r"(?:(?:an?|the|short|brief|quick)\s+)?(?:introduction|intro|background|motivation|overview|abstract|preface"
    r"|prerequisites|preliminaries|tl;?dr|summary|table\ of\ contents)\s*[:.]*"
    r"|引言|前言|简介|介绍|背景|摘要|概述|概要|はじめに|서론|개요|소개",
    re.IGNORECASE,
)
"""A heading at the beginning of an article."""
GENERIC: Final = re.compile(
    r"blogs?|(?:blog )?posts|articles|videos|talks|papers|books|podcasts|tools|threads|tweets|misc(?:ellaneous)?"
    r"|others?|\d+|\d{4}\s?(?:-|–|to|and|&)\s?\d{4}",
    re.IGNORECASE,
)
"""Further headings that say nothing without what they stand below."""
ADDRESS: Final = re.compile(r"https?://(?:www\.)?(\S+?)/?", re.IGNORECASE)
COMPANION: Final = re.compile(
    r"""(?:(?:the|official|project|full)\s)?
    (?:paper|preprint|pdf|arxiv|abs|html|doi|openreview|acl|pmlr|neurips|iclr|icml|cvf|code|github|repo(?:sitory)?|links?
    |url|(?:web\s?)?site|(?:web|home|project)?\s?page|project|blog(?:\s?post)?|post|article|book|video|youtube|talk|slides
    |poster
    |demo|models?|weights|hugging\s?face|hf|data(?:set)?|tweet|twitter|thread|(?:interactive\s)?notes?|summary|review
    |colab|notebook|docs?
    |source|here|论文|代码|链接|原文|项目|笔记|論文|コード|논문|코드|링크)(?:\s(?:link|url|pdf|page))?
    |(?:arxiv[:\s]\s?)?\d{4}\.\d{4,5}(?:v\d+)?|https?://\S+|www\.\S+|\W{1,3}""",
    re.IGNORECASE | re.VERBOSE,
)
"""The text of a link in a heading that is no part of the title: it says what kind of thing it leads to, or where."""
PICTOGRAPHS: Final = "\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\u20e3\ufe0f\u200d\U0001f000-\U0001faff"
"""Characters that decorate: `📄 Abstract`; arrows and operators are none, for titles begin with them (∇, ∞)."""
DECORATION: Final = re.compile(rf"^(?:[{PICTOGRAPHS}\s]|\d\ufe0f?\u20e3)+(?=\S)|(?<=\S)[{PICTOGRAPHS}\s]+$")
EMPTY: Final = re.compile(r"[(\[（【][\s,;|/&·+-]*[)\]）】]|[,;|/·]\s*(?=[)\]）】,;|/·])|(?<=[(\[（【])[\s,;|/·]+")
DANGLING: Final = " \t:：,;|/·–—-"
BEHIND_NUMBER: Final = re.compile(r"\[(?:arxiv:)?\d{4}\.\d{4,5}(?:v\d+)?\][\s:–-]*(\S.*)", re.IGNORECASE | re.DOTALL)
NUMBERED: Final = re.compile(
    r"^(?:\(?\d+(?:\.\d+)*(?:[.)]?\s|[.)）、．](?=[^\W\d]))|第?[一二三四五六七八九十]{1,3}[、．.章节節]|[（(][一二三四五六七八九十]{1,3}[）)])"
)
"""The chapters of one paper, noted in its own numbering."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A top-level heading of a source, lines 1-based."""

    level: int
    text: str
    """All of its visible text."""
    title: str
    """Its link's text where that is most of it, else all, without brackets around the whole."""
    href: str | None
    anchor: str
    start: int
    body: int
    """First line behind it."""
    has_paper: bool = False
    """Whether a link below it, before the next heading, says that it leads to the paper; set by `contents`."""

    @property
    def is_part(self) -> bool:
        """Whether it names a part of a paper's note (Summary, Method, 2.1 Setup) and not a subject of its own."""
        return self.is_named_part or (not self.has_paper and NUMBERED.match(undecorated(self.title)) is not None)

    @property
    def is_named_part(self) -> bool:
        """Whether it is a part by its name, whatever its number."""
        return is_part_name(NUMBERED.sub("", undecorated(self.title), count=1))

    @property
    def is_back_matter(self) -> bool:
        """Whether it ends an article: References, Footnotes, Conclusion."""
        return BACK_MATTER.fullmatch(undecorated(self.title)) is not None

    @property
    def is_opening(self) -> bool:
        """Whether it begins an article: Introduction, Background."""
        return OPENING.fullmatch(undecorated(self.title)) is not None


def is_part_name(text: str) -> bool:
    """Whether every paper's note may have a part that is called so."""
    bare = undecorated(text)
    return PART.fullmatch(bare) is not None or PART_CJK.fullmatch(bare) is not None


def is_generic(title: str) -> bool:
    """Whether a heading says nothing without the one above it: Summary, References, Videos, 2001."""
    return is_part_name(title) or any(pattern.fullmatch(undecorated(title)) for pattern in (BACK_MATTER, GENERIC))


def is_rooted(heads: Sequence[Heading]) -> bool:
    """Whether the first heading stands over all others, the references at the end aside."""
    top = min((head.level for head in heads), default=0)
    others = (head for head in heads[1:] if head.level == top and not head.is_back_matter)
    return bool(heads) and heads[0].level == top and not any(others)


def is_article(inner: Sequence[Heading]) -> bool:
    """Whether the outline is that of one text: an introduction before, or references behind what stands between."""
    top = min(head.level for head in inner)
    chapters = [head for head in inner if head.level == top]
    return len(inner) > 1 and (chapters[0].is_opening or chapters[-1].is_back_matter)


def is_headed(heads: Sequence[Heading]) -> bool:
    """Whether the first heading is the title though others stand on its level: most are parts, and none comes twice."""
    beside = [head for head in heads[1:] if head.level <= heads[0].level]
    titles = {head.title.casefold() for head in beside}
    named, parts = (sum(map(attrgetter(kind), beside)) for kind in ("is_named_part", "is_part"))
    return named > 1 and 2 * parts >= len(beside) == len(titles) and not is_part_name(heads[0].title)


def headings(tokens: Sequence[Token]) -> list[Heading]:
    """The top-level headings in order, without sentences that a rule below turned into one."""
    found: list[Heading] = []
    seen: dict[str, int] = {}
    for token, inline in pairwise(tokens):
        if token.type != "heading_open" or token.level or not token.map or is_sentence(token, inline.content):
            continue
        text = inline_text(inline.children or [])
        anchor = unique_slug(plain_text(inline.children or []), seen)
        href = next(own_links(inline.children or []), None)
        start, body = token.map
        found.append(Heading(int(token.tag[1]), text, title(inline), href, anchor, start + 1, body + 1))
    return found


def own_links(children: Sequence[Token]) -> Iterator[str]:
    """The addresses that a heading links; badges, pictures that are links, only where they lead to a paper."""
    for token, inner in pairwise(children):
        if token.type == "link_open" and (href := str(token.attrs["href"])):
            named = reference(href) if inner.type == "image" else None
            if inner.type != "image" or (named and named.is_paper):
                yield href


def is_sentence(token: Token, content: str) -> bool:
    """Whether a setext heading is a paragraph that happens to have a rule `---` right below it."""
    if token.markup != "-":
        return False
    return "\n" in content or len(content.split()) > LONGEST_SETEXT or content.rstrip().endswith((".", ";", ","))


def title(inline: Token) -> str:
    """A heading's text: that of its link where the link is most of it, without brackets around the whole.

    Links that are only called paper or code go, an address goes without its scheme, a paper's title without its number.
    """
    runs = list(text_runs(inline.children or []))
    whole = without_companions(runs) or "".join(text for text, _ in runs).strip()
    link = next((text.strip() for text, is_link in runs if is_link), "")
    text = link if link and link in whole and len(link) >= LINK_SHARE * len(whole) else whole
    inside = re.fullmatch(r"\[([^\[\]]*)\]", text) or ADDRESS.fullmatch(text) or BEHIND_NUMBER.fullmatch(text)
    return " ".join((inside[1] if inside else text).split())


def undecorated(text: str) -> str:
    """The text without pictographs at its ends."""
    return DECORATION.sub("", text) or text


def text_runs(children: Sequence[Token]) -> Iterator[tuple[str, bool]]:
    """The visible text of each link, and what stands between; with whether it is a link."""
    run: list[Token] = []
    for token in children:
        if token.type in ("link_open", "link_close"):
            is_badge = token.type == "link_close" and len(run) == 1 and run[0].type == "image" and len(children) > LONE
            yield "" if is_badge else "".join(map(token_text, run)), token.type == "link_close"
            run = []
        else:
            run.append(token)
    yield "".join(map(token_text, run)), False


def without_companions(runs: Sequence[tuple[str, bool]]) -> str:
    """The text without links such as `[[paper](…)]` and what held them; empty where a bare one comes first."""
    gone = [place for place, (text, is_link) in enumerate(runs) if is_link and is_companion(text)]
    if not gone or not ("".join(text for text, _ in runs[: gone[0]]).strip() or runs[gone[0]][0].startswith("[")):
        return ""
    kept = "".join(text for place, (text, _) in enumerate(runs) if place not in gone)
    return EMPTY.sub("", kept).strip().rstrip(DANGLING)


def is_companion(text: str) -> bool:
    """Whether the text of a link says what kind of thing it leads to, and no title."""
    return COMPANION.fullmatch(undecorated(text.strip(" []"))) is not None


def inline_text(children: Sequence[Token]) -> str:
    """The visible text, a formula as its TeX between dollars."""
    return "".join(map(token_text, children)).strip()


def token_text(token: Token) -> str:
    """The visible text of one inline token."""
    if token.type == "math_inline":
        return f"${token.content}$"
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type == "image":
        return inline_text(token.children or [])
    if token.type == "html_inline":
        tag = TAG.fullmatch(token.content)
        return token.content if tag and fate(tag[2].lower(), unknown_tags=True) == "text" else ""
    return token.content
