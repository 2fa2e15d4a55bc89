"""What is indexed of a page."""

import pytest

from notesite.build import build
from notesite.search.documents import LIST_WEIGHT, acronyms, note_document
from notesite.search.nicknames import spelled_out
from notesite.search.text import text_of


@pytest.mark.parametrize(
    ("html", "headings", "body"),
    [
        ("<p>One<br>two</p><p>three</p>", (), "One two three"),
        ("<p>a<strong>b</strong>c &amp; d</p>", (), "abc & d"),
        ('<h2 id="m">Method<a class="headerlink" href="#m">¶</a></h2><p>x</p>', ("Method",), "Method x"),
        ("<h2>One</h2><h3>Two</h3>", ("One", "Two"), "One Two"),
        ("<ul><li>one</li><li>two</li></ul>", (), "one two"),
        ("<p>a</p><script>b('<p>')</script><style>p {}</style><p>c</p>", (), "a c"),
        ("<!-- <p>no</p> --><p title='a > b'>yes</p>", (), "yes"),
        ("<pre><code>x = 1 &lt; 2\n</code></pre>", (), "x = 1 < 2"),
        (
            '<span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>x</mi></mrow>'
            '<annotation encoding="application/x-tex">x_i \\in \\mathbb{R}</annotation></semantics></math></span>'
            '<span class="katex-html" aria-hidden="true"><span>x</span><span><span>i</span></span></span></span> end',
            (),
            "x_i ∈ R end",
        ),
    ],
)
def test_text_is_what_a_reader_sees(html, headings, body):
    text = text_of(html)
    assert (text.headings, text.body) == (headings, body)


def test_parts_of_a_text_are_those_of_its_headings():
    html = '<p>a</p><h2 id="m">Me<b>th</b>od</h2><p>x</p><h2><h3 id="q&amp;a">Q</h3>y'
    assert text_of(html).parts == ("a", "m", "Method", "x", "", "", "", "q&a", "Q", "y")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Grouped Query Attention", ["gqa", "gqa"]),
        ("Chain of Thought", ["cot", "ct"]),
        ("Mixture-of-Experts: a survey", ["moe", "me"]),
        ("Gorilla", []),
        ("Attention is all you need and so much more than that", []),
    ],
)
def test_acronyms(name, expected):
    assert list(acronyms(name)) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("RoPE", ["rotary position embedding"]), ("PPO, briefly", ["proximal policy optimization"]), ("A map of ML", [])],
)
def test_short_names_are_spelled_out(name, expected):
    assert list(spelled_out(name)) == expected


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        (
            "# Good\n\nOnes:\n\n- [One](https://a.org/1)\n- [Two](https://a.org/2)\n3. https://a.org/3, the third\n",
            LIST_WEIGHT,
        ),
        ("# Two\n\n- [One](https://a.org/1)\n- [Two](https://a.org/2)\n", 1),
        ("# Fast\n\n- It is fast.\n- It is [good](https://a.org/1).\n- It is small.\n- It is old.\n", 1),
        ("# [A paper](https://arxiv.org/abs/1706.03762)\n\n" + "- [Code](https://a.org/1)\n" * 3, 1),
    ],
)
def test_list_of_links_counts_less(tmp_path, text, weight):
    (tmp_path / "one.md").write_text(text, encoding="utf-8")
    (note,) = build(tmp_path).notes
    assert note_document(note, "", text_of("")).weight == weight
