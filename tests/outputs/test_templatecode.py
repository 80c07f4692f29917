"""Compiled templates: the same code for the same text, from the program's own folder and from nowhere else."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.documents.render import environment
from generator.documents.templates import TemplateFolders
from generator.outputs import templatecode
from generator.outputs.templatecode import TemplateCode
from tests.support import Project, whole_project

NAME = "site/probe.md.j2"
PROBE = f"templates/{NAME}"


@pytest.fixture(autouse=True)
def _written(monkeypatch: pytest.MonkeyPatch) -> None:
    """As Python is used mostly: it keeps what it compiled."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)


def _env(there: Project, program: Path) -> tuple[Any, list[str]]:
    """An environment that uses the code kept beside a program, and the names of what it has to compile."""
    env: Any = environment(TemplateFolders(there.root))
    compiled: list[str] = []
    really = env.compile

    def compile_(source: str, name: str, filename: str) -> Any:
        compiled.append(name)
        return really(source, name, filename)

    env.compile = compile_
    TemplateCode(str(program / "module.py")).lend(env)
    return env, compiled


def test_compiled_once(project: Callable[..., Project], tmp_path: Path) -> None:
    """Another run finds the code, and renders the same."""
    there = project(whole_project({PROBE: "{{ 1 + one }}{% for x in 'あい' %}{{ x | escape }}{% endfor %}\n"}))
    for expected in ([NAME], []):
        env, compiled = _env(there, tmp_path)
        assert env.get_template(NAME).render(one=1) == "2あい"
        assert compiled == expected


@pytest.mark.parametrize("change", ["template", "program", "jinja"])
def test_anything_else_is_compiled_anew(
    project: Callable[..., Project], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """Another text, another program or another Jinja; the new code takes the place of the old."""
    there = project(whole_project({PROBE: "alt\n"}))
    _env(there, tmp_path)[0].get_template(NAME)
    if change == "template":
        there.write({PROBE: "neu\n"})
    elif change == "program":
        monkeypatch.setattr(templatecode.versions, "program", lambda: "another")
    else:
        monkeypatch.setattr(templatecode.versions, "of", lambda library: "another")
    env, compiled = _env(there, tmp_path)
    assert env.get_template(NAME).render() == ("neu" if change == "template" else "alt")
    assert compiled == [NAME]
    assert len([path for path in tmp_path.glob("__pycache__/*/*") if path.is_file()]) == 1


def test_damaged_code_is_compiled_anew(project: Callable[..., Project], tmp_path: Path) -> None:
    """Code is never run that is not what was kept."""
    there = project(whole_project({PROBE: "alt\n"}))
    _env(there, tmp_path)[0].get_template(NAME)
    (kept,) = tmp_path.glob("__pycache__/*/*")
    kept.write_bytes(kept.read_bytes()[:-1] + b"?")
    env, compiled = _env(there, tmp_path)
    assert (env.get_template(NAME).render(), compiled) == ("alt", [NAME])


def test_nothing_of_a_project_is_code(project: Callable[..., Project], monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder belongs to the program: none is made or read in a project, its caches included."""
    there = project(whole_project({PROBE: "alt\n"}))
    before = {path for path in there.root.rglob("*") if path.is_file()}
    code = TemplateCode()
    assert code._cache.folder.is_relative_to(Path(templatecode.__file__).parent)
    env, _ = _env(there, there.root.parent / "elsewhere")
    env.get_template(NAME)
    assert {path for path in there.root.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("reason", ["asked not to", "no folder"])
def test_where_nothing_can_be_kept(
    project: Callable[..., Project], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    """Templates are compiled each time, and nothing is said about it."""
    there = project(whole_project({PROBE: "alt\n"}))
    if reason == "asked not to":
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
    else:
        (tmp_path / "__pycache__").write_bytes(b"no folder")
    for _ in range(2):
        env, compiled = _env(there, tmp_path)
        assert (env.get_template(NAME).render(), compiled) == ("alt", [NAME])
