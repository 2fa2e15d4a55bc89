"""Set every formula of a folder of notes: what is found, what KaTeX refuses (file and line), and how fast it goes.

python benchmarks/math_folder.py ../shared/collections/chricro-notes
"""

import sys
import time
from pathlib import Path

from markdown_it import MarkdownIt

from notesite.markdown.katex import Engine, Failure, Formula
from notesite.markdown.macros import take_definitions
from notesite.markdown.tex import formulas, is_display, tex_plugin


def read(path: Path) -> list[tuple[int, Formula]]:
    parser = MarkdownIt("gfm-like", {"linkify": False}).use(tex_plugin)
    found, macros = [], {}
    for token, line in formulas(parser.parse(path.read_text(encoding="utf-8", errors="replace"))):
        tex, defined = take_definitions(token.content)
        macros |= defined
        found.append((line + 1, Formula(tex, is_display(token), dict(macros))))
    return found


def main(folder: Path) -> None:
    notes = {path: read(path) for path in sorted(folder.rglob("*.md"))}
    wanted = [(path, line, formula) for path, found in notes.items() for line, formula in found]
    with Engine() as engine:
        engine.set([Formula("x", False, {})])
        begin = time.process_time()
        results = engine.set([formula for _, _, formula in wanted])
        spent = time.process_time() - begin
    failed = 0
    for (path, line, formula), result in zip(wanted, results, strict=True):
        if isinstance(result, Failure):
            failed += 1
            print(f"{path.relative_to(folder)}:{line}: {result.message} ({result.position}) in {formula.tex[:70]!r}")
    displays = sum(formula.display for _, _, formula in wanted)
    distinct = len({(formula.tex, formula.display) for _, _, formula in wanted})
    longest = max((len(formula.tex) for _, _, formula in wanted), default=0)
    print(f"{len(wanted)} formulas ({distinct} distinct, {displays} displays, longest {longest}), {failed} refused")
    print(f"{spent:.2f} s of CPU, {distinct / spent:.0f} new formulas a second")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
