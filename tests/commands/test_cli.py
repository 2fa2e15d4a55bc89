"""Whatever ends a command, its author sees one sentence and an exit status, never a traceback."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from conftest import COMMAND
from notesite.cli import SHELLS, main


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one note, entered."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mkdocs.yml").write_text("docs_dir: notes\n")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("---\ndate: 2024-01-01\n---\n# Naïve “attention” 注意\n\nText.\n")
    return tmp_path / "notes"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "nowhere"], "nowhere: no such folder"),
        (["check", "notes/a.md"], "notes/a.md: "),
        (["stats", "--config", "none.yml"], "none.yml: can't be read: No such file or directory"),
        (["stats", "--config", "broken.yml"], "broken.yml:1: can't be read as YAML: "),
        (["stats", "--config", "odd.yml"], "odd.yml: notesite has no option `drafts`"),
        (["new", " ", "--offline"], "a paper is wanted: a link, a DOI, an arXiv number or a title"),
        (["import", "none.bib"], "none.bib: can't be read: No such file or directory"),
        (["export", "mkdocs.yml/x"], "mkdocs.yml/x: can't be written: Not a directory"),
        (["init", "mkdocs.yml/x"], "mkdocs.yml/x/notes: can't be written: Not a directory"),
    ],
)
def test_mistakes(notes: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    (notes.parent / "broken.yml").write_text("a: [")
    (notes.parent / "odd.yml").write_text("docs_dir: notes\nplugins:\n  - notesite: {drafts: true}\n")
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"notesite: {message}")
    assert "Errno" not in error


def test_outside_of_a_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 2
    assert capsys.readouterr().err.startswith("notesite: there is no mkdocs.yml here; ")


@pytest.mark.parametrize(
    "arguments", [[], ["chek"], ["check", "--format", "xml"], ["check", "--fix", "--review"], ["new"]]
)
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage: notesite")


@pytest.mark.usefixtures("notes")
def test_a_terminal_without_our_letters() -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run([*COMMAND, "report"], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Na?ve ?attention? ??" in done.stdout


@pytest.mark.usefixtures("notes")
def test_nobody_reads_on() -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([*COMMAND, "report"], stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.usefixtures("notes")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device on this system")
def test_nowhere_to_write() -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run([*COMMAND, "report"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "notesite: the output: No space left on device\n")


def test_interrupted(notes: Path) -> None:
    os.mkfifo(notes.parent / "list.txt")
    with subprocess.Popen([*COMMAND, "import", "list.txt"], stderr=subprocess.PIPE, text=True) as process:
        with open(notes.parent / "list.txt", "w"):  # opens once the command reads
            time.sleep(0.1)
            process.send_signal(signal.SIGINT)
        assert process.wait() == 130
        assert process.stderr
        assert process.stderr.read() == ""


@pytest.mark.parametrize("shell", SHELLS)
def test_completion(shell: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    script = tmp_path / "script"
    script.write_text(capsys.readouterr().out)
    if not shutil.which(shell):
        pytest.skip(f"no {shell} on this machine")
    subprocess.run([shell, "-n", script], check=True)
    ask = {
        "bash": f". {script}; COMP_WORDS=(notesite che); COMP_CWORD=1; _shtab_notesite x che x; echo ${{COMPREPLY[@]}}",
        "fish": f"source {script}; complete -C 'notesite che' | string split -f1 \\t",
        "zsh": f'autoload -U compinit; compinit -uD; eval "$(cat {script})"; print $_comps[notesite]',
    }
    done = subprocess.run([shell, "-c", ask[shell]], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ("_shtab_notesite" if shell == "zsh" else "check")
