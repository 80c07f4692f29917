"""The papers keep up with the code: every problem code, command, option and field is in them."""

from __future__ import annotations

import argparse
import ast
import importlib
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

import generator
from generator.cli import _parser
from generator.documents.drawings.drawings import DRAWINGS
from generator.documents.inserted import FIGURES
from tests.support import ROOT

READMES = ("README.md", "README.ja.md")


def _problem_codes() -> dict[str, str]:
    """Every code of every module's PROBLEM_CODES with its title."""
    found: dict[str, str] = {}
    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        if module.name != "generator.__main__":
            codes = getattr(importlib.import_module(module.name), "PROBLEM_CODES", {})
            for code, title in codes.items():
                assert found.setdefault(code, title) == title, f"{code} has two titles"
    return found


def _used_codes() -> set[str]:
    """Every code that stands in the source outside of the lists."""
    pattern = re.compile(r'"([A-Z]{3}\d{3})"')
    return {code for path in (ROOT / "generator").rglob("*.py") for code in pattern.findall(path.read_text("utf-8"))}


def test_every_code_has_a_title() -> None:
    """A code that a problem can have is in its module's PROBLEM_CODES."""
    assert _used_codes() == set(_problem_codes())


def test_every_code_is_documented_and_none_besides() -> None:
    """docs/problems.md lists the codes there are, with their titles."""
    text = (ROOT / "docs/problems.md").read_text(encoding="utf-8").partition("## 抜け出し方")[0]
    rows = dict(re.findall(r"^\| `?([A-Z]{3}\d{3})`? \| ([^|]+?) \|", text, re.MULTILINE))
    assert rows == _problem_codes()


@pytest.mark.parametrize("code", [c for c in sorted(_problem_codes()) if c[:3] in ("STF", "REC", "SLV", "DUE", "DOC")])
def test_every_problem_of_what_is_written_has_a_way_out(code: str) -> None:
    """What a rule finds fault with is told with what would be right, in a row of its own."""
    section = (ROOT / "docs/problems.md").read_text(encoding="utf-8").partition("## 抜け出し方")[2]
    assert re.search(rf"^\| [^|]*`{code}`[^|]* \| [^|]{{4,}} \|$", section, re.MULTILINE)


def _commands() -> Iterator[tuple[str, list[str]]]:
    """Each command with its own options, those of all commands left out."""
    (subparsers,) = [a for a in _parser()._actions if isinstance(a, argparse._SubParsersAction)]
    for name, parser in subparsers.choices.items():
        yield name, [option for a in parser._actions for option in a.option_strings if option not in ("-h", "--help")]


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize(("command", "options"), list(_commands()), ids=[name for name, _ in _commands()])
def test_every_command_and_option_is_in_the_readme(readme: str, command: str, options: list[str]) -> None:
    """What can be typed can be read about."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert f"nohin {command}" in text
    assert [option for option in options if option not in text] == []


@pytest.mark.parametrize("readme", READMES)
def test_readme_names_no_command_that_is_not_there(readme: str) -> None:
    """A command line in the README can be typed."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    known = {name for name, _ in _commands()}
    assert set(re.findall(r"^\s*(?:\$ )?nohin ([a-z]+)", text, re.MULTILINE)) <= known


PAPERS = sorted(p.relative_to(ROOT).as_posix() for p in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


@pytest.mark.parametrize("path", PAPERS)
def test_links_of_the_papers_lead_somewhere(path: str) -> None:
    """A link to a file of this repository leads to a file that is there."""
    text = re.sub(r"```.*?```|`[^`\n]*`", "", (ROOT / path).read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"[a-z]+:|#", target):
            assert ((ROOT / path).parent / target.partition("#")[0]).exists(), target


def _guides() -> set[str]:
    """The papers that `make docs` carries out."""
    tree = ast.parse((ROOT / "scripts/make_docs.py").read_text(encoding="utf-8"))
    values = {node.targets[0].id: node.value for node in tree.body if _sets_a_name(node)}  # type: ignore[attr-defined]
    return {name for row in ast.literal_eval(values["GUIDES"]) for name in row}


def _sets_a_name(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)


@pytest.mark.parametrize("path", PAPERS)
def test_commands_with_their_output_are_carried_out(path: str) -> None:
    """A paper that shows what a command printed is one of the guides that are carried out."""
    shown = "```console\n" in (ROOT / path).read_text(encoding="utf-8")
    assert shown == (path in _guides())


@pytest.mark.parametrize("path", PAPERS)
def test_papers_name_no_code_that_is_not_there(path: str) -> None:
    """A problem code in a paper is one that `nohin` can print."""
    letters = {code[:3] for code in _problem_codes()}
    named = re.findall(r"\b([A-Z]{3})(\d{3})\b", (ROOT / path).read_text(encoding="utf-8"))
    assert {first + number for first, number in named if first in letters} <= set(_problem_codes())


@pytest.mark.parametrize("name", FIGURES)
def test_every_drawing_that_a_manual_may_show_is_in_the_guide(name: str) -> None:
    """The guide to design books names each drawing, and each can be drawn."""
    assert f"`{name}`（" in (ROOT / "docs/design-books.md").read_text(encoding="utf-8")
    assert name in DRAWINGS


@pytest.mark.parametrize(
    "name", ["README.md", "README.ja.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"]
)
def test_paper_is_there(name: str) -> None:
    """What the habit of the field asks for."""
    assert (ROOT / name).stat().st_size > 200


@pytest.mark.slow
@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="argparse words its help anew in every Python")
def test_what_the_papers_take_from_the_code_is_fresh() -> None:
    """Help texts, tables and the commands of the guides are what the code says today; `make docs` renews them."""
    command = [sys.executable, "scripts/make_docs.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, "")
