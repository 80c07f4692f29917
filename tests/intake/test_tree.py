"""The project's files: where they are, and that nothing leads out of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.intake.tree import WorkingTree, inside
from generator.problems import NohinError


def test_files_are_sorted_and_hidden_ones_left_out(tmp_path: Path) -> None:
    """Every file below a folder, by path; folders and files with a leading dot are nobody's."""
    for path in ("data/b/2.yml", "data/b/10.yml", "data/a.yml", "data/.git/x", "data/b/.2.yml.swp", "other/c.yml"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x", encoding="utf-8")
    assert list(WorkingTree(tmp_path).files("data")) == ["data/a.yml", "data/b/10.yml", "data/b/2.yml"]


def test_missing_folder_has_no_files(tmp_path: Path) -> None:
    """A folder that is not there is an empty one."""
    assert list(WorkingTree(tmp_path).files("data")) == []


@pytest.mark.parametrize("path", ["/etc/passwd", "../x", "data/../../x", "link/x", "loop"])
def test_nothing_leads_out(tmp_path: Path, path: str) -> None:
    """Absolute names, `..` and links out of the project are refused."""
    (tmp_path / "link").symlink_to("/etc")
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(NohinError):
        inside(tmp_path, path)


def test_project_behind_a_link(tmp_path: Path) -> None:
    """A project that is itself reached through a link is a project."""
    (tmp_path / "real").mkdir()
    (tmp_path / "real/a.yml").write_bytes(b"x")
    (tmp_path / "link").symlink_to("real")
    assert WorkingTree(tmp_path / "link").read("a.yml") == b"x"
