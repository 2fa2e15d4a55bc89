"""The CPU time that dates from git take, for all notes at once and by `git blame` on some of them.

    .venv/bin/python benchmarks/history_dates.py

Makes a repository of FILES notes that COMMITS commits write, in a temporary folder.
"""

from __future__ import annotations

import random
import subprocess
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory

from notesite.history import read_history

FILES, COMMITS, BLAMED = 1_000, 3_000, 20
WORDS = "attention keys values queries rotations heads layers tokens loss gradients of the and".split()


def main() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(["git", "init", "-q", "-b", "main", name], check=True)
        subprocess.run(["git", "-C", name, "fast-import", "--quiet"], input=stream().encode(), check=True)
        subprocess.run(["git", "-C", name, "reset", "-q", "--hard", "main"], check=True)
        before = spent()
        history = read_history(folder)
        whole = spent() - before
        for path in sorted(history.files)[:BLAMED]:
            command = ["git", "-C", name, "blame", "--line-porcelain", "--", path]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        blames = spent() - before - whole
    lines = sum(map(len, history.files.values()))
    print(f"all {len(history.files)} notes, {lines} lines: {whole:.2f} s; `git blame` on {BLAMED}: {blames:.2f} s")
    print(f"one history costs as much as blaming {whole / blames * BLAMED:.0f} notes")


def spent() -> float:
    """Seconds of CPU, those of git among them."""
    return sum(usage.ru_utime + usage.ru_stime for usage in map(getrusage, (RUSAGE_SELF, RUSAGE_CHILDREN)))


def stream() -> str:
    """Commits that each insert lines into three notes, for `git fast-import`."""
    chance = random.Random(1)
    texts: dict[int, list[str]] = {}
    written: list[str] = []
    for commit in range(COMMITS):
        at = 1_600_000_000 + 3_600 * commit
        written.append(f"commit refs/heads/main\ncommitter a <a@example.org> {at} +0000\ndata 1\nm\n")
        for number in chance.sample(range(FILES), 3):
            text = texts.setdefault(number, [])
            for _ in range(chance.randrange(1, 30)):
                text.insert(chance.randrange(len(text) + 1), " ".join(chance.choices(WORDS, k=12)))
            content = "\n".join(text) + "\n"
            written.append(f"M 100644 inline n{number}.md\ndata {len(content)}\n{content}\n")
    return "".join(written)


if __name__ == "__main__":
    main()
