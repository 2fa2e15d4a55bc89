"""The README and its companions name what there is."""

from __future__ import annotations

import re
from argparse import ArgumentParser, _SubParsersAction
from pathlib import Path

import pytest
import yaml

from notesite.build import Options, build
from notesite.cli import parser
from notesite.commands.init import STARTER
from notesite.plugin import NotesiteConfig
from notesite.settings import OPTIONS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted(path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")))


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def rows(heading: str) -> list[str]:
    """The first cells of the table below a heading of the README."""
    section = README.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^\| (`[^|]+`) \|", section, re.MULTILINE)


def commands() -> dict[str, ArgumentParser]:
    (action,) = (action for action in parser()._actions if isinstance(action, _SubParsersAction))
    return dict(action.choices)


def test_every_option_is_in_the_table() -> None:
    options = list(NotesiteConfig().keys())
    assert [cell.strip("`") for cell in rows("Options")] == options
    assert set(options) == OPTIONS


def test_every_front_matter_key_is_read_somewhere() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src" / "notesite").glob("*.py"))
    for key in re.findall(r"`(\w+)`", "".join(rows("Front matter"))):
        assert f'"{key}"' in source, key


def test_every_example_of_an_option_is_accepted() -> None:
    examples = re.findall(r"^\| `(\w+)` \|[^|]+\| `(.+)` \|$", README, re.MULTILINE)
    given = [{name: yaml.safe_load(value)} for name, value in examples]
    given += map(yaml.safe_load, re.findall(r"```yaml\n(.*?)```", text("docs/guide.md"), re.DOTALL))
    options = [example for example in given if example.keys() <= OPTIONS]
    assert len(options) >= len(rows("Options"))
    for example in options:
        build(STARTER / "notes", Options(**example))


@pytest.mark.parametrize("page", PAGES)
def test_every_command_exists(page: str) -> None:
    known = commands()
    for name, rest in re.findall(r"(?:^    |`|&& )notesite (\w+)([^`\n]*)", text(page), re.MULTILINE):
        assert name in known
        assert set(re.findall(r"--[\w-]+", rest)) <= known[name]._option_string_actions.keys()


@pytest.mark.parametrize("page", PAGES)
def test_every_make_target_exists(page: str) -> None:
    targets = set(re.findall(r"^(\w+):", text("Makefile"), re.MULTILINE))
    assert set(re.findall(r"^    make (\w+)", text(page), re.MULTILINE)) <= targets


@pytest.mark.parametrize("page", PAGES)
def test_every_file_exists(page: str) -> None:
    linked = {target.partition("#")[0] for target in re.findall(r"\]\((?!https?:)([^)]+)\)", text(page))}
    named = set(re.findall(r"`((?:src|tests|benchmarks|docs|\.github)/?[\w./-]*|[\w]+\.py)`", text(page)))
    here = (ROOT / page).parent
    assert [name for name in linked if not (here / name).exists()] == []
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_example_is_what_init_writes() -> None:
    for name in ("attention.md", "reading-log.md"):
        shown = re.search(rf"`{name}`:\n\n```markdown\n(.*?)(?:…\n)?```", README, re.DOTALL)
        assert shown
        assert (STARTER / "notes" / name).read_text(encoding="utf-8").startswith(shown[1])


def test_the_example_becomes_one_page() -> None:
    site = build(STARTER / "notes")
    note = next(note for note in site.notes if note.title == "Attention Is All You Need")
    (page,) = (page for page in site.pages if page.subject == note.slug)
    assert [section.path for section in note.sections] == ["attention.md", "reading-log.md"]
    assert page.text.count("A model of attention alone") == 1
    assert "Only in [reading-log.md]" in page.text
    assert note.filing.topic == "attention"
    assert not site.problems
