from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from notesite.errors import NotesiteError
from notesite.read import read_folder, read_source

IN: Final = "is not UTF-8 here and is read as {}; save the file as UTF-8"


@pytest.mark.parametrize(
    ("data", "text", "problems"),
    [
        (b"\xef\xbb\xbf# A\r\nx\r\n", "# A\nx\n", []),
        (b"# A\rx", "# A\nx", []),
        ("# A\n\u00e9\n".encode("utf-16"), "# A\né\n", ["n.md:1: is UTF-16; save it as UTF-8"]),
        (
            b"# A\ncaf\xe9 \xc3\xa9\n",
            "# A\ncafé Ã©\n",
            ["n.md:2: is not UTF-8 here and is read as Windows-1252; save the file as UTF-8"],
        ),
        (b"a\0b", "a\ufffdb", []),
        (b"", "", []),
    ],
    ids=["byte order mark and CRLF", "CR", "UTF-16", "Windows-1252", "NUL", "empty"],
)
def test_bytes(data: bytes, text: str, problems: list[str]) -> None:
    source, found = read_source("n.md", data)
    assert source.text == text
    assert list(map(str, found)) == problems


CHINESE: Final = "# 残差网络\n\n网络越深越难训练，作者让每一层学习残差函数，而不是直接拟合目标。\n\n- 结果：效果很好\n"
TRADITIONAL: Final = "# 殘差網路\n\n網路越深越難訓練，作者讓每一層學習殘差函數，而不是直接擬合目標。\n\n- 效果很好\n"
KOREAN: Final = "# 논문 리뷰\n\n순환 구조 없이 어텐션만으로 문장을 처리한다. 학습 속도가 빠르고 성능도 좋다.\n"
JAPANESE: Final = "# 論文メモ\n\n再帰構造を使わずに注意機構だけで系列を変換するモデルを提案している。学習が速い。\n"
RUSSIAN: Final = "# Заметки\n\nАвторы предлагают архитектуру без рекуррентных слоёв, в которой есть только внимание.\n"
FRENCH: Final = "# Réseaux\n\n" + "L’entraînement est accéléré, « à la fois » plus élevé ; ça dépend des données.\n" * 9


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (CHINESE, "gbk", "GB18030 (Chinese)"),
        (TRADITIONAL, "big5", "Big5 (Chinese)"),
        (KOREAN, "euc_kr", "EUC-KR (Korean)"),
        (JAPANESE, "shift_jis", "Shift-JIS (Japanese)"),
        (JAPANESE, "euc_jp", "EUC-JP (Japanese)"),
        (RUSSIAN, "koi8_r", "KOI8-R (Cyrillic)"),
        (RUSSIAN, "cp1251", "Windows-1251 (Cyrillic)"),
        (FRENCH, "cp1252", "Windows-1252"),
    ],
)
def test_encodings(text: str, encoding: str, name: str) -> None:
    source, (problem,) = read_source("n.md", text.encode(encoding))
    assert source.text == text
    assert problem.message == IN.format(name)


def test_too_short_to_tell() -> None:
    assert read_source("n.md", "残差".encode("gbk"))[0].text == "残差".encode("gbk").decode("cp1252")


def test_pasted_into_utf8() -> None:
    text = CHINESE.encode() + CHINESE.replace("\n", "").encode("gbk") + b"\n"
    source, (problem,) = read_source("n.md", text)
    assert source.text.startswith(CHINESE)
    assert problem.line == 6


@pytest.mark.parametrize(
    ("text", "header", "meta", "problem"),
    [
        ("---\ntitle: x\ndate: 2023-12-16\n---\n# A\n", 4, {"title": "x", "date": "2023-12-16"}, None),
        ("---\ntitle: x\n...\n# A\n", 3, {"title": "x"}, None),
        ("---\n---\n# A\n", 2, {}, None),
        ("---\nTitle: x\nDOI: y\nCitekey: z\n---\n", 5, {"title": "x", "doi": "y", "Citekey": "z"}, None),
        ("---\n\ntext\n\n---\n# A\n", 0, {}, None),
        ("\n \n---\ntitle: x\n---\n# A\n", 5, {"title": "x"}, None),
        ("\n---\nUpdate: read again\n---\n# A\n", 0, {}, None),
        ("\n---\ntitle: [x\n---\n# A\n", 0, {}, None),
        ("---\ntitle: {{title}}\n---\n", 3, {"title": "{{title}}"}, None),
        ("---\ntitle: x\n# A\n", 0, {}, (1, "never ends")),
        ("---\ntitle: [broken\n---\n# A\n", 3, None, (3, "can't be read")),
        ("---\ntitle: a: b\n---\n", 3, {"title": "a: b"}, None),
        ("---\nauthors: [[A]], [[B|b]]\nby: [[C]]\n---\n", 4, {"authors": ["A", "B"], "by": ["C"]}, None),
        ("---\ntitle:\tx\ntags:\n\t- a\n---\n", 5, {"title": "x", "tags": ["a"]}, None),
        ('---\na: *A* is: b\nb: [1] x: y\nc: "q" r\n---\n', 5, {"a": "*A* is: b", "b": "[1] x: y", "c": '"q" r'}, None),
        (
            "---\npaper: 1706.03760\nyear: 2020\ndraft: true\n---\n",
            5,
            {"paper": "1706.03760", "year": 2020, "draft": True},
            None,
        ),
        ("---\ntitle: A\nkey\n---\n", 4, None, (4, "could not find")),
        ("---\n- a\nkey: b\n---\n", 4, None, (3, "can't be read")),
        ("---\na: &x [1]\nb: *x\n---\n", 4, None, (2, "alias")),
        ("---\nwhen: 2023-13-45\n---\n", 3, {"when": "2023-13-45"}, None),
        ("---\nrun: !!python/object/apply:os.system [ls]\n---\n", 3, None, (2, "could not determine a constructor")),
        (f"---\na: {'[' * 5000}\n---\n", 3, None, (2, "nested more than 50 deep")),
        ("+++\ntitle = 'x'\ndate = 2024-01-02\n+++\n", 4, {"title": "x", "date": "2024-01-02"}, None),
        ("+++\ntitle = x\n+++\n", 3, None, (2, "Invalid value")),
        ("+++\ntitle = 'x'\n# A\n", 0, {}, (1, "close it with a line `+++`")),
        ("+++\nplus\n+++\n", 0, {}, None),
        ('{\n  "title": "x",\n  "tags": ["a"]\n}\n\n# A\n', 4, {"title": "x", "tags": ["a"]}, None),
        ('{\n  "title": x\n}\n', 3, None, (2, "Expecting value")),
        ("{\nx\n}\n", 0, {}, None),
        ("title:: X\ntags:: [[a b]], #c\n\n- d\n", 2, {"title": "X", "tags": ["a b", "#c"]}, None),
        ("- type:: paper\n  authors:: [[A]], [[B]]\n- c\n", 2, {"type": "paper", "authors": ["A", "B"]}, None),
        ("std::vector is a type\n", 0, {}, None),
        ("a:: b\nand so on\n", 0, {}, None),
    ],
)
def test_front_matter(text: str, header: int, meta: dict[str, object] | None, problem: tuple[int, str] | None) -> None:
    source, found = read_source("n.md", text.encode())
    assert (source.header, source.meta) == (header, meta)
    assert len(found) == (problem is not None)
    if problem:
        assert found[0].line == problem[0]
        assert problem[1] in found[0].message


def test_folder(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for folder in (".hidden", ".gitbook", "b/node_modules", "logseq/bak"):
        (tmp_path / folder).mkdir(parents=True)
    others = ("b/node_modules/README.md", "logseq/bak/a.md")
    temporary = ("4913", "a.md~", "#a.md#", "a.md.swp", "~$a.md")
    pictures = ("b/figure.png", ".gitbook/figure.png")
    for name in ("b/x.markdown", "a.md", "B.MD", ".hidden/y.md", "b/.z.md", *pictures, *others, *temporary):
        (tmp_path / name).write_text("x", encoding="utf-8")
    outside = tmp_path.parent / "outside.md"
    outside.write_text("secret", encoding="utf-8")
    (tmp_path / "link.md").symlink_to(outside)
    (tmp_path / "gone.md").symlink_to(tmp_path / "nothing.md")
    (tmp_path / "round").symlink_to(tmp_path, target_is_directory=True)
    sources, files, problems = read_folder(tmp_path)
    assert [source.path for source in sources] == ["B.MD", "a.md", "b/x.markdown"]
    assert (files, problems) == (frozenset(pictures), ())


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(NotesiteError, match="no such folder"):
        read_folder(tmp_path / "nowhere")
