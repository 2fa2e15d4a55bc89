"""Folders of notes that anyone might have written, in all the dialects at once, and some that nobody would."""

from __future__ import annotations

from typing import Final

from hypothesis import strategies as st

UUID: Final = "00000000-0000-0000-0000-000000000000"
KEYS: Final = (
    "title date tags aliases alias topic paper year authors draft layout permalink url doi arxiv notesite id x Title"
).split()
VALUES: Final = (
    "",
    "Attention is all you need",
    "BERT: a model",
    "[a, [b]]",
    "[[A]], [[B|c]]",
    "{a: 1}",
    "[half",
    "2020-13-45",
    "2021",
    "2021-03-04T05:06:07Z",
    "true",
    "null",
    "1e999",
    "&x [*x]",
    "!!python/object/apply:os.system [ls]",
    '"',
    "'it''s'",
    "| ",
    "\n- a\n- b",
    "\t- tab",
    "$x_1$",
    "<script>alert(1)</script>",
    "../../etc",
    "arxiv:1706.03762",
    "https://arxiv.org/abs/1706.03762",
    "10.1145/3292500.3330701",
    "日本",
    "\u202eabc",
    "keep",
    "post",
    "x" * 300,
)
TITLES: Final = (
    *("Attention Is All You Need", "[BERT](https://arxiv.org/abs/1810.04805)", "Summary", "[Abstract]", "3.1 Setup"),
    *(
        "摘要",
        "二、方法",
        "결론",
        "[2017 NIPS] Attention is all you need",
        "$\\alpha$-VAE",
        "`code` *and* **more**",
        "",
        "A",
    ),
    *(
        "A",
        "A",
        "GPT-2",
        "GPT-3 (2020)",
        "Papers",
        "[[wiki]]",
        "![i](a.png)",
        "<b>x",
        "x {#id}",
        "#",
        "\u200b",
        "index",
    ),
)
SENTENCES: Final = (
    "The decoder attends to every state of the encoder, which costs time quadratic in the length of the input.",
    "The decoder attends to all states of the encoder, which costs time quadratic in the length of the input.",
    "网络越深越难训练，作者让每一层学习残差函数，而不是直接拟合目标。",
    "순환 구조 없이 어텐션만으로 문장을 처리한다. 학습 속도가 빠르고 성능도 좋다.",
    "Read [the paper](https://arxiv.org/abs/1706.03762), [its code](https://github.com/a/b) and https://example.org/x.",
    "See [[A]], [[a#A|that]], ![[a.png|300]], [b](b.md#a), [c](<../sub/a b.md>), [d][1], a@b.org and x[^1].",
    "It costs $5 or $10, $x_{1}$, $$\\sum_i x_i$$, \\\\(y\\_t\\\\), \\[z\\], $`a`$, $\\frac{$ and 5$.",
    "**bold *both* ~~gone~~ `code ``x`` $a$` ==mark== H~2~O x^2^ :smile: &amp; &#0; &nope; \\* \\_",
)
BLOCKS: Final = (
    "```py\n# x\n```",
    "~~~\n",
    "````\n```",
    "    code",
    "$$\na^2 + b^2\n$$",
    "\\begin{align}\na &= b \\\\\n\\end{align}",
    "$$\nnever ends",
    "| a | b |\n|---|:-:|\n| $x$ | [l](https://a.b) \\| c |\n| d |",
    "> [!note]- Title\n> text\n>> deeper\n> - x",
    "> lazy\nquote",
    "- a\n  - b\n\n    c\n\t- d\n1. e\n1) f\n- [ ] g\n- [x] h\n* i\n->j",
    "Term\n: its definition",
    "<details><summary>S</summary>\n\n## In\n\n</details>",
    "<div align=center>\n<img src=a.png>\n</div>",
    "<!-- open",
    "<!-- closed -->",
    "<style>a{}</style>",
    "<script>alert(1)</script>",
    "<a id=x></a>",
    "</div></p></a>",
    "<table><tr><td>cell",
    "[1]: https://arxiv.org/abs/1810.04805 'title'",
    "[^1]: a note\n\n    more",
    "[^1]:",
    "---",
    "* * *",
    "a\n===",
    "a\n---",
    '{{< figure src="a.png" caption="A \\"b\\" $x$" >}}',
    '{{< ref "b.md" >}} {{% notice %}} {{< /notice >}} {{< open',
    "{{< highlight py >}}\nx\n{{< /highlight >}}",
    "{% highlight py %}\nx\n{% endhighlight %} {% post_url 2020-01-02-x %} {{ site.baseurl }}/a.png {% raw %}",
    "* TOC\n{:toc}\n\ntext\n{: .lead}",
    f"- block ^id\n  id:: {UUID}\n  collapsed:: true\n- (({UUID})) {{{{embed [[A]]}}}} #^id",
    "![[A]]\n\n![[A#^id]]",
    "!!! note\n    text",
    "TLDR: x",
    "\\newcommand{\\R}{\\mathbb{R}}",
)
ODD: Final = (
    *(
        "\x00",
        "\x02wzxhzdk:0\x03",
        "\x1b[31m",
        "\x7f",
        "\x85",
        "\u2028",
        "\u200b",
        "\u202e",
        "\u2066",
        "\ufeff",
        "\ud800",
    ),
    *(
        "\ufffd",
        "e\u0301\u0301",
        "🙂",
        "\U000e0041",
        "[" * 40,
        "`" * 7,
        "*" * 30,
        "(" * 30,
        "<",
        "|",
        "\\",
        "$",
        "{{",
        "](",
    ),
)

FIELDS: Final = st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(VALUES)), max_size=5)
HEADERS: Final = st.one_of(
    st.just(""),
    FIELDS.map(lambda fields: "---\n" + "".join(f"{key}: {value}\n" for key, value in fields) + "---\n"),
    FIELDS.map(lambda fields: "+++\n" + "".join(f"{key} = {value!r}\n" for key, value in fields) + "+++\n"),
    FIELDS.map(lambda fields: "{\n" + ",\n".join(f'"{key}": "{value}"' for key, value in fields) + "\n}\n"),
    FIELDS.map(lambda fields: "".join(f"{key}:: {value}\n" for key, value in fields) + "\n"),
    st.sampled_from(["---\n", "---\ntitle: never ends\n", "+++\nx", "\ufeff---\n- a\n---\n", "---\nx\n---\n---\n"]),
)
HEADINGS: Final = st.builds(lambda level, title: "#" * level + " " + title, st.integers(1, 7), st.sampled_from(TITLES))
INDENTS: Final = st.sampled_from(["", "", "", "", "- ", "> ", "    ", "\t", "  - ", "1. ", "[^1]: "])
PIECES: Final = st.one_of(
    HEADINGS,
    st.sampled_from(SENTENCES),
    st.sampled_from(BLOCKS),
    st.sampled_from(ODD),
    st.text(max_size=8),
    st.lists(st.sampled_from([*SENTENCES, *ODD]), max_size=3).map(" ".join),
)
LINES: Final = st.builds(
    lambda indent, piece, end: indent + piece.replace("\n", "\n" + " " * len(indent)) + end,
    INDENTS,
    PIECES,
    st.sampled_from(["\n\n", "\n\n", "\n\n", "\n", "  \n", "\r\n", " ^id\n\n"]),
)
TEXTS: Final = st.builds(lambda header, lines: header + "".join(lines), HEADERS, st.lists(LINES, max_size=14))
ENCODINGS: Final = st.sampled_from(["utf-8"] * 9 + ["utf-16", "utf-16-be", "utf-32", "cp1252", "gb18030", "cp949"])


def encoded(text: str, encoding: str, odd: bytes) -> bytes:
    """The text in some encoding, with bytes that are none of it in the middle."""
    data = text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")
    return data[: len(data) // 2] + odd + data[len(data) // 2 :]


DATA: Final = st.builds(encoded, TEXTS, ENCODINGS, st.sampled_from([b""] * 7 + [b"\xff", b"\xe9\x80", b"\0"]))
NAMES: Final = st.one_of(
    st.sampled_from(
        "a.md b.md A.md index.md README.md sub/a.md sub/index.md sub/_index.md _posts/2020-01-02-x.md p/a___b.md "
        "CON.md a.markdown journals/2020_01_02.md 日本.md b%20c.md a.png sub/a.png a.html notes/a.md".split()
    ),
    st.sampled_from(["sub/a b.md", "[2020] A_ b.md", "x.md/y.md"]),
    st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=12).map(
        "{}.md".format
    ),
)
FOLDERS: Final = st.dictionaries(NAMES, DATA | st.binary(max_size=60), max_size=6)
