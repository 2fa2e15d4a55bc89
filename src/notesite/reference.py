"""A link resolved to what it names: every form of URL that leads to one paper gives one Reference."""

from __future__ import annotations

import re
from functools import cache
from typing import Final
from urllib.parse import unquote

from notesite.model import PAPER_SCHEMES, Reference
from notesite.unwrap import Address, as_address, is_git, unwrapped

SCHEMES: Final = PAPER_SCHEMES | {"repo", "hf-model", "hf-dataset", "hf-space", "tweet", "youtube", "page"}

CASE_SENSITIVE: Final = {"openreview", "youtube", "page", "pdf"}
"""Schemes whose ids differ by case; all other ids are lower-cased."""

# arXiv numbers: YYMM.NNNN from April 2007, five digits from January 2015; before that archive/YYMMNNN.
NEW_ARXIV: Final = r"(?:(?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.\d{4}|(?:1[5-9]|[2-9]\d)(?:0[1-9]|1[0-2])\.\d{5})"
ARCHIVES: Final = (
    r"acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga|"
    r"funct-an|gr-qc|hep-(?:ex|lat|ph|th)|math|math-ph|mtrl-th|nlin|nucl-(?:ex|th)|patt-sol|physics|plasm-ph|q-alg|"
    r"q-bio|q-fin|quant-ph|solv-int|stat|supr-con"
)
OLD_ARXIV: Final = rf"(?:{ARCHIVES})(?:\.[a-z]{{2}})?/\d{{7}}"
ARXIV_ID: Final = re.compile(rf"(?<![\w.])({NEW_ARXIV}|{OLD_ARXIV})(?:v\d*)?(?![\w-])(?!\.\d)", re.IGNORECASE)
ARXIV_PLACE: Final = re.compile(
    r"^(?:[\w-]+\.)*(?:arxiv\.org|ar5iv\.org|xxx\.lanl\.gov|alphaxiv\.org|arxiv-vanity\.com)/(?!list/|search/|a/|auth/)"
    r"|^(?:huggingface\.co|hf\.co|emergentmind\.com)/papers/"
    r"|^(?!(?:github|gitlab)\.com/).*?/arxiv[/:.]",
    re.IGNORECASE,
)
INDEXED: Final = re.compile(
    r"^(?:dblp\.(?:org|uni-trier\.de)/.*/corr/abs-|(?:ui\.)?adsabs\.harvard\.edu/.*\d{4}arXiv)(\d{4})-?(\d{4,5})",
    re.IGNORECASE,
)
"""Indexes that write an arXiv number in their own way, as in `corr/abs-1706-03762` and `2017arXiv170603762V`."""
OLD_FILE: Final = re.compile(r"/(?:PS_cache|ftp)/([a-z-]+)/(?:pdf|ps|papers)/\d{4}/(?=\d{7})")
"""Where arXiv once kept the files of old papers; the archive stands apart from the number."""

DOI: Final = re.compile(r"10\.\d{4,9}/[^\s\"#?&]+")
DOI_PLACE: Final = re.compile(r"^[^?]*?[/:](?=10\.\d{4,9}/)|\?(?:.*&)?(?:id|doi)=(?=10\.\d{4,9}/)")
DOI_TAIL: Final = re.compile(
    r"(?:\.pdf|\+html|[./](?:full|abstract|e?pdf|full-text|fulltext|meta|summary|references|figures|html)"
    r"|/\d+/[a-z\d]+-[\w-]+)+$",
    re.IGNORECASE,
)
"""What publishers put behind a DOI: the form of the page, or a number and the title."""

PATTERNS: Final = tuple(
    (scheme, form, re.compile(pattern, re.IGNORECASE))
    for scheme, form, pattern in (
        (
            "openreview",
            "{0}",
            r"openreview\.net/(?:forum|pdf|attachment|revisions|references/pdf)\?(?:.*&)?id=([\w-]+)",
        ),
        (
            "acl",
            "{0}",
            r"(?:aclanthology\.\w+|aclweb\.org)/(?:.*/)?([a-z]\d\d-\d{4})(?:v\d+)?(?:\.(?:pdf|bib|endf|xml))?/?$",
        ),
        (
            "acl",
            "{0}",
            r"(?:aclanthology\.\w+|aclweb\.org)/(?:.*/)?(\d{4}\.[\w-]+\.\d+)(?:v\d+)?(?:\.(?:pdf|bib|endf|xml))?/?$",
        ),
        ("pmlr", "{0}/{1}", r"proceedings\.mlr\.press/([vr]\d+)/([\w-]+?)(?:\.html|\.pdf|/.*)?$"),
        ("pmlr", "{0}/{1}", r"jmlr\.org/proceedings/papers/(v\d+)/([\w-]+?)(?:\.html|\.pdf)?$"),
        ("pmlr", "{0}/{1}", r"(?:raw\.githubusercontent|github)\.com/mlresearch/(v\d+)/.*/([\w-]+)\.pdf$"),
        ("neurips", "{0}", r"(?:[\w-]+\.)?(?:nips|neurips)\.cc/.*\b([0-9a-f]{32})\b"),
        ("nips", "{0}", r"(?:[\w-]+\.)?(?:nips|neurips)\.cc/paper/(?:\d{4}/)?(\d+)-"),
        (
            "cvf",
            "{0}",
            r"(?:openaccess\.thecvf\.com|cv-foundation\.org)/.*?/([^/]+)_(?:paper|supplemental)\.(?:html|pdf)$",
        ),
        (
            "jmlr",
            "v{0}/{1}",
            r"jmlr\.(?:org|csail\.mit\.edu)/(?:beta/)?papers/v(?:olume)?(\d+)/(?:[\w-]+/)?([\w-]*\d[\w-]*)(?:\.\w+)?$",
        ),
        ("usenix", "{0}-{1}", r"usenix\.org/conference/([a-z]+\d\d)/(?:[\w-]+/)?presentation/([\w-]+)$"),
        ("usenix", "{0}-{1}", r"usenix\.org/system/files/(?:.*/)?([a-z]+\d\d)(?:-|-paper-|_paper_)([a-z][\w-]*)\.pdf$"),
        ("s2corpus", "{0}", r"(?:\w+\.)?semanticscholar\.org/.*corpusid[:=/](\d+)"),
        ("s2", "{0}", r"(?:\w+\.)?semanticscholar\.org/(?:paper|reader)/(?:.*/)?([0-9a-f]{40})\b"),
        ("s2corpus", "{0}", r"semanticscholar\.org/p/(\d+)"),
        ("s2", "{0}", r"connectedpapers\.com/main/([0-9a-f]{40})\b"),
        ("pwc", "{0}", r"(?:\w+\.)?paperswithcode\.com/paper/([\w-]+?)(?:-\d)?(?:/.*)?$"),
        ("ieee", "{0}", r"ieeexplore\.ieee\.org/(?:.*/)?document/(\d+)"),
        ("ieee", "{0}", r"ieeexplore\.ieee\.org/.*\?(?:.*&)?arnumber=0*(\d+)"),
        ("ieee", "{0}", r"ieeexplore\.ieee\.org/ielx?\d*/.*/0*(\d+)\.pdf"),
        ("pmid", "{0}", r"(?:pubmed\.ncbi|ncbi)\.nlm\.nih\.gov/(?:(?:m/)?pubmed/)?(?:\?term=)?(\d+)(?:[/?].*)?$"),
        ("pmid", "{0}", r"europepmc\.org/(?:article|abstract)/med/(\d+)"),
        ("doi", "10.1038/{0}", r"nature\.com/articles/([a-z]*[\d-]+[a-z\d-]*)(?:[._/?].*)?$"),
        ("doi", "10.1038/{0}", r"nature\.com/\w+/journal/v\d+/n\w+/(?:full|abs|pdf)/([\w.-]+?)\.(?:html|pdf)"),
        ("doi", "10.1101/{0}", r"(?:bio|med)rxiv\.org/.*?/early/\d{4}/\d\d/\d\d/([\d.]*\d)(?:\.full.*|\.abstract)?$"),
        ("doi", "10.2139/ssrn.{0}", r"(?:papers\.)?ssrn\.com/.*\babstract(?:_?id)?=(\d+)"),
        ("doi", "10.24963/ijcai.{0}/{1}", r"ijcai\.org/proceedings/(20\d\d)/0*(\d+)"),
        ("doi", "10.1145/{0}", r"(?:dl|portal)\.acm\.org/(?:ft_gateway|citation)\.cfm\?(?:.*&)?id=(\d+\.\d+)"),
        (
            "tweet",
            "{0}",
            r"(?:(?:fx|vx)?twitter\.com|(?:fixup)?x\.com|nitter\.\w+|xcancel\.com)/(?:\w+/)+status(?:es)?/(\d+)",
        ),
        ("tweet", "{0}", r"threadreaderapp\.com/thread/(\d+)"),
        ("youtube", "{0}", r"(?:music\.)?youtube\.com/(?:watch|attribution_link)\?(?:.*[&?])?v=([\w-]+)"),
        (
            "youtube",
            "{0}",
            r"youtu(?:be\.com|be-nocookie\.com|\.be)/(?:(?:embed|shorts|live|v|e|watch)/)?([\w-]{11})(?=$|[?&/])",
        ),
        ("hf-dataset", "{0}", r"(?:huggingface|hf)\.co/datasets/([\w.-]+/(?!viewer|tree|blob|resolve)[\w.-]+)"),
        ("hf-dataset", "{0}", r"(?:huggingface|hf)\.co/datasets/([\w.-]+)/?(?:$|\?|(?:viewer|tree|blob|resolve)/)"),
        ("hf-space", "{0}", r"(?:huggingface|hf)\.co/spaces/([\w.-]+/[\w.-]+)"),
        (
            "hf-model",
            "{0}",
            r"(?:huggingface|hf)\.co/(?!(?:api|blog|chat|collections|course|datasets|docs|enterprise|join|learn|login|models|"
            r"new|organizations|papers|posts|pricing|search|settings|spaces|storage|support|tasks)/)([\w.-]+/[\w.-]+)",
        ),
        ("pdf", "github.com/{0}/{1}", r"github\.com/([\w.-]+/[\w.-]+)/(?:blob|raw|tree)/.*?([^/]+\.pdf)$"),
        ("pdf", "github.com/{0}/{1}", r"raw\.githubusercontent\.com/([\w.-]+/[\w.-]+)/.*?([^/]+\.pdf)$"),
        ("repo", "{0}", r"raw\.githubusercontent\.com/([\w.-]+/[\w.-]+)"),
        ("repo", "{0}", r"api\.github\.com/repos/([\w.-]+/[\w.-]+)"),
        (
            "repo",
            "{0}",
            r"(?:github\.com|github\.dev|colab\.research\.google\.com/github|nbviewer(?:\.jupyter)?\.org/github|"
            r"codeload\.github\.com|deepwiki\.com)/(?!(?:about|apps|collections|contact|customer-stories|enterprise|events|explore|features|issues|login|"
            r"marketplace|new|notifications|orgs|pulls|readme|search|security|settings|site|sponsors|stars|topics|trending|"
            r"users)/)([\w-]+/[\w.-]+)",
        ),
        ("repo", "gitlab:{0}", r"gitlab\.com/(?!(?:explore|help|groups|users)/)([\w.-]+/[\w.-]+)"),
    )
)
"""Scheme, form of the id from the groups, and what to find in `host/path?query`; the first that matches wins."""

TRACKING: Final = re.compile(
    r"(?:utm_.*|_x_tr_.*|ref|ref_src|s|t|si|feature|[fg]bclid|gclid|cxt|cmpid|wt\.mc_id|source|share|context|pli|tab|usp)",
    re.IGNORECASE,
)


@cache
def reference(url: str) -> Reference | None:
    """What a URL names, such as `arxiv:1706.03762`; None for what is no link to the web."""
    url = url.strip().strip("<>").rstrip(".,;")
    if named := bare(url):
        return named
    absolute = bool(re.match(r"https?://|//", url, re.IGNORECASE)) or is_git(url)
    address = unwrapped(as_address(url))
    if address is None:
        return None
    named = as_arxiv(address) or doi_link(address) or pattern(address)
    return named or (page(address) if absolute else None)


def parse_reference(text: str) -> Reference | None:
    """A reference as an author writes it: `scheme:id`, a bare arXiv number or a URL."""
    scheme, colon, rest = text.strip().partition(":")
    number = arxiv_id(text.strip()) if ARXIV_ID.fullmatch(text.strip()) else None
    if number:
        return Reference("arxiv", number)
    if colon and scheme in SCHEMES and scheme not in {"arxiv", "doi"} and not rest.startswith("//"):
        return Reference(scheme, rest.strip())
    return reference(text)


def bare(url: str) -> Reference | None:
    """`arXiv:1706.03762`, `doi:10.…` or `10.…` without a host."""
    if re.match(r"arxiv:", url, re.IGNORECASE):
        number = arxiv_id(url)
        return Reference("arxiv", number) if number else None
    if re.match(r"doi:|10\.\d{4,9}(?:/|%2f)", url, re.IGNORECASE):
        return as_doi(unquote(url))
    medline = re.fullmatch(r"pmid:\s*(\d+)", url, re.IGNORECASE)
    return Reference("pmid", medline[1]) if medline else None


def arxiv_id(text: str) -> str | None:
    """The arXiv number in a text, without version and subject class."""
    found = ARXIV_ID.search(text)
    if not found:
        return None
    return re.sub(r"^([a-z-]+)\.[a-z]{2}/", r"\1/", found[1].lower())


def as_arxiv(address: Address) -> Reference | None:
    """The paper behind arXiv's pages and those of services that go by its numbers."""
    indexed = INDEXED.match(str(address))
    if indexed:
        number = arxiv_id(f"{indexed[1]}.{indexed[2]}")
        return Reference("arxiv", number) if number else None
    where = OLD_FILE.sub(r"/\1/", f"{address.host}{address.path}")
    place = ARXIV_PLACE.match(where)
    if not place:
        return None
    number = arxiv_id(re.sub(r"\.(?:pdf|ps|gz)$", "", where[place.end() :]))
    return Reference("arxiv", number) if number else None


def doi_link(address: Address) -> Reference | None:
    """The DOI in the path of a publisher or a resolver."""
    place = DOI_PLACE.search(str(address))
    if not place or address.host in {"github.com", "gitlab.com"}:
        return None
    found = as_doi(str(address)[place.end() :])
    if found and re.search(r"(?:bio|med)rxiv\.org$", address.host):
        return Reference("doi", re.sub(r"v\d+(?:\..*)?$", "", found.id))
    return found


def as_doi(text: str) -> Reference | None:
    """A DOI; those that arXiv and the ACL give out stand for their own ids."""
    found = DOI.search(text)
    if not found:
        return None
    name = found[0].rstrip(".,;/]}").lower()
    if name.count(")") > name.count("("):
        name = name.rstrip(")")
    name = DOI_TAIL.sub("", name)
    prefix, _, suffix = name.partition("/")
    number = arxiv_id(suffix) if prefix == "10.48550" else None
    if number:
        return Reference("arxiv", number)
    acl = (
        re.fullmatch(r"v1/([a-z]\d\d-\d{4}|\d{4}\.[\w-]+\.\d+)", suffix) if prefix in {"10.18653", "10.3115"} else None
    )
    return Reference("acl", acl[1]) if acl else Reference("doi", name)


def pattern(address: Address) -> Reference | None:
    """The first of the patterns that an address follows."""
    for scheme, form, pattern in PATTERNS:
        found = pattern.match(str(address))
        if found:
            name = form.format(*found.groups()).removesuffix(".git")
            if scheme == "usenix":  # the proceedings of USENIX Security are called sec24 in file names
                name = re.sub(r"^sec(?=\d\d-)", "usenixsecurity", name)
            cased = scheme in CASE_SENSITIVE and not name.startswith("github.com/")
            return Reference(scheme, name if cased else name.lower())
    return None


def page(address: Address) -> Reference:
    """Any other page: its address without what does not change the page."""
    path = re.sub(r"/(?:index\.html?)?$", "", address.path)
    kept = sorted(part for part in address.query.split("&") if part and not TRACKING.fullmatch(part.split("=")[0]))
    scheme = "pdf" if path.lower().endswith(".pdf") else "page"
    return Reference(scheme, f"{address.host}{path}" + (f"?{'&'.join(kept)}" if kept else ""))
