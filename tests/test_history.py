"""Dates from a repository's history, as git itself tells them, and none where it can't."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notesite.build import build
from notesite.dates import NO_HISTORY
from notesite.history import committed, read_history

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="no git on this machine")

IDENTITY = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
NAMES = ("a.md", "notes/b.md", 'notes/ü "x".md', "notes/two words.markdown")


class Repository:
    """A repository that is written one day after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.day = folder, 0
        folder.mkdir(parents=True)
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.email", "a@example.org")
        self.git("config", "user.name", "A")

    def git(self, *arguments: str, **variables: str) -> str:
        environment = os.environ | IDENTITY | variables
        command = ["git", "-C", str(self.folder), *arguments]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout

    def write(self, files: dict[str, str]) -> None:
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())

    def commit(self) -> str:
        """Commit everything on the next day; that day."""
        self.day += 1
        date = f"2024-01-{self.day:02}"
        self.git("add", "-A")
        at = f"{date}T12:00:00Z"
        self.git(
            "commit", "-q", "--allow-empty", "-m", date, GIT_AUTHOR_DATE=at, GIT_COMMITTER_DATE="2030-01-01T00:00Z"
        )
        return date

    def blame(self, name: str) -> list[str]:
        """The author's day of each line, as `git blame` has it."""
        told = self.git("blame", "--first-parent", "--date=short-local", "--line-porcelain", "HEAD", "--", name)
        days = [line.split()[1] for line in told.splitlines() if line.startswith("author-time ")]
        return [f"2024-01-{1 + (int(day) - 1704067200) // 86400:02}" for day in days]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repository")


def dates(folder: Path) -> dict[str, tuple[str | None, str | None]]:
    """When each note was added and changed."""
    site = build(folder, history=read_history(folder))
    return {note.title: (note.added, note.changed) for note in site.notes}


def test_each_note_of_a_file_has_its_own_dates(repository: Repository) -> None:
    repository.write({"notes/log.md": "# Log\n\n## [A](https://arxiv.org/abs/1706.03762)\n\nOne.\n"})
    repository.commit()
    with (repository.folder / "notes/log.md").open("a") as file:
        file.write("\n## [B](https://arxiv.org/abs/1810.04805)\n\nTwo.\n")
    repository.commit()
    path = repository.folder / "notes/log.md"
    path.write_text(path.read_text().replace("One.", "One, changed."))
    repository.commit()
    path.write_text("An introduction that is not committed.\n\n" + path.read_text())
    assert dates(repository.folder / "notes") == {"A": ("2024-01-01", "2024-01-03"), "B": ("2024-01-02", "2024-01-02")}


def test_the_author_is_asked_first(repository: Repository) -> None:
    repository.write(
        {
            "imported.md": "---\ndate: 2019-05-06\n---\n# Imported years later\n\nText.\n",
            "edited.md": "---\ndate: 2019-05-06\n---\n# Edited since\n\nText.\n",
            "stated.md": "---\ndate: 2019-05-06\nlastmod: 2020-01-01\n---\n# Stated\n\nText.\n",
            "undated.md": "# Undated\n\nText.\n",
        }
    )
    repository.commit()
    repository.write(
        {"edited.md": "---\ndate: 2019-05-06\n---\n# Edited since\n\nMore text.\n", "new.md": "# New\n\nOh.\n"}
    )
    repository.git("add", "edited.md")
    (repository.folder / "new.md").rename(repository.folder / "new")
    repository.commit()
    (repository.folder / "new").rename(repository.folder / "new.md")
    assert dates(repository.folder) == {
        "Imported years later": ("2019-05-06", "2019-05-06"),
        "Edited since": ("2019-05-06", "2024-01-02"),
        "Stated": ("2019-05-06", "2020-01-01"),
        "Undated": ("2024-01-01", "2024-01-01"),
        "New": (None, None),
    }


def test_a_note_keeps_its_date_when_its_file_moves(repository: Repository) -> None:
    repository.write({"a.md": "# A\n\nText.\n", "b.md": "# B\n\nOther words.\n"})
    repository.commit()
    repository.git("mv", "b.md", "c.md")
    repository.commit()
    (repository.folder / "notes").mkdir()
    repository.git("mv", "a.md", 'notes/ü "x".md')
    repository.git("mv", "c.md", "notes/c.md")
    repository.commit()
    assert dates(repository.folder / "notes") == {"A": ("2024-01-01", "2024-01-01"), "B": ("2024-01-01", "2024-01-01")}


edits = st.dictionaries(
    st.sampled_from(NAMES),
    st.none() | st.lists(st.sampled_from(["x", "y", "", "-- a", "+++ b/a.md", "@@ -1 +1 @@", "z\r", "\0"]), max_size=6),
    min_size=1,
    max_size=3,
)


@given(st.lists(edits, min_size=1, max_size=5), st.booleans())
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_line_has_the_day_that_blame_tells(
    tmp_path_factory: pytest.TempPathFactory, commits: list[dict[str, list[str] | None]], ended: bool
) -> None:
    repository = Repository(tmp_path_factory.mktemp("blame") / "repository")
    for commit in commits:
        for name, lines in commit.items():
            if lines is None:
                (repository.folder / name).unlink(missing_ok=True)
            else:
                repository.write({name: "\n".join(lines) + "\n" * ended})
        repository.commit()
    found = read_history(repository.folder).files
    for name in NAMES:
        if (repository.folder / name).is_file():
            assert [day for _, day in found.get(name, ())] == repository.blame(name), name


def test_lines_of_a_merged_branch_come_with_the_merge(repository: Repository) -> None:
    repository.write({"a.md": "# A\n\nText.\n"})
    repository.commit()
    repository.git("switch", "-q", "-c", "branch")
    repository.write({"b.md": "# B\n\nOther words.\n"})
    repository.commit()
    repository.git("switch", "-q", "main")
    at = "2024-01-20T12:00:00Z"
    repository.git("merge", "-q", "--no-ff", "-m", "m", "branch", GIT_AUTHOR_DATE=at, GIT_COMMITTER_DATE=at)
    assert dates(repository.folder) == {"A": ("2024-01-01", "2024-01-01"), "B": ("2024-01-20", "2024-01-20")}


def test_a_shallow_clone_has_no_dates_and_says_how_to_get_them(repository: Repository, tmp_path: Path) -> None:
    repository.write({"a.md": "# A\n\nText.\n"})
    repository.commit()
    repository.write({"a.md": "# A\n\nMore text.\n"})
    repository.commit()
    repository.git("clone", "-q", "--depth=1", f"file://{repository.folder}", str(tmp_path / "clone"))
    history = read_history(tmp_path / "clone")
    assert history.files == {}
    (problem,) = build(tmp_path / "clone", history=history).problems
    assert problem.hint
    assert "fetch-depth: 0" in problem.message


def no_repository(repository: Repository) -> None:
    (repository.folder / ".git").rename(repository.folder / ".old")


def no_commit(repository: Repository) -> None:
    repository.git("update-ref", "-d", "HEAD")


@pytest.mark.parametrize("change", [no_repository, no_commit])
def test_no_dates_without_history(repository: Repository, change: Callable[[Repository], None]) -> None:
    repository.write({"a.md": "# A\n\nText.\n"})
    repository.commit()
    change(repository)
    assert read_history(repository.folder) == NO_HISTORY


def test_no_dates_without_git(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.write({"a.md": "# A\n\nText.\n"})
    repository.commit()
    monkeypatch.setenv("PATH", "")
    assert read_history(repository.folder) == NO_HISTORY


def test_a_damaged_repository_is_told_of(repository: Repository) -> None:
    repository.write({"a.md": "# A\n\nText.\n"})
    repository.commit()
    blob = repository.git("rev-parse", "HEAD:a.md").strip()
    (repository.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    history = read_history(repository.folder)
    assert (history.files, [problem.hint for problem in history.problems]) == ({}, [True])


HOSTILE = {
    "core.pager": "touch {}", "core.fsmonitor": "touch {}", "diff.external": "touch {}", "diff.x.textconv": "touch {}",
    "diff.x.command": "touch {}", "gpg.program": "touch {}", "core.sshCommand": "touch {}", "log.showSignature": "true",
    "color.ui": "always", "diff.noprefix": "true", "diff.mnemonicPrefix": "true", "diff.renames": "false",
    "log.showRoot": "false", "diff.interHunkContext": "9", "diff.context": "9", "diff.submodule": "log",
    "diff.relative": "true", "format.pretty": "fuller", "log.date": "raw", "core.quotePath": "false",
    "log.decorate": "full", "diff.wordRegex": ".", "core.attributesFile": "/nowhere", "log.diffMerges": "combined",
}  # fmt: skip


def test_no_configuration_changes_what_is_read_or_runs_a_program(repository: Repository, tmp_path: Path) -> None:
    for text in ("# A\n\nText.\n\n1\n\n2\n", "# A\n\nMore text.\n\n1\n\n3\n"):
        repository.write({'notes/ü "x".md': text, ".gitattributes": "*.md diff=x\n*.md -text\n"})
        repository.commit()
    plain = read_history(repository.folder / "notes")
    for name, value in HOSTILE.items():
        repository.git("config", name, value.format(tmp_path / "touched"))
    environment = {"GIT_EXTERNAL_DIFF": f"touch {tmp_path}/touched", "GIT_DIR": str(tmp_path), "GIT_PAGER": "false"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        committed.cache_clear()
        assert read_history(repository.folder / "notes") == plain
    assert [day for _, day in plain.files['ü "x".md']] == [f"2024-01-0{n}" for n in (1, 1, 2, 1, 1, 1, 2)]
    assert not (tmp_path / "touched").exists()
