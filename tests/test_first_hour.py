"""docs/first-hour.md beyond its commands, which `make docs` carries out: what cannot be run to its end there."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT, Project, minimal_project

GUIDE = (ROOT / "docs/first-hour.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_serve_prints_what_the_guide_shows(tmp_path: Path) -> None:
    """`nohin serve` does not end by itself: its lines in the guide are those of a small project, but for the title."""
    there = Project(tmp_path).write(minimal_project({"mkdocs.yml": (ROOT / "mkdocs.yml").read_bytes()}))
    command = [sys.executable, "-m", "generator", "serve", "--port", "0", "--as-of", "2026-04-06"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    serving = subprocess.Popen(command, cwd=there.root, env=environment, stderr=subprocess.PIPE, text=True)
    assert serving.stderr is not None
    said = []
    for line in serving.stderr:
        said.append(line.rstrip("\n"))
        if "で見られます" in line:
            break
    serving.send_signal(signal.SIGTERM)
    serving.communicate(timeout=60)
    assert serving.returncode == 0
    (shown,) = re.findall(r"^```text\n\$ nohin serve\n(.*?)^```$", GUIDE, re.M | re.S)
    told = [re.sub(r":\d+/", ":8000/", line).replace("見本業務委託", "庁内電話設備保守業務委託") for line in said]
    assert [line for line in told if "見た目の部品" not in line][-2:] == shown.splitlines()[-2:]
    assert shown.splitlines()[-3].endswith("庁内電話設備保守業務委託")
    assert any(line.endswith("庁内電話設備保守業務委託") for line in told)


def test_each_step_is_in_the_plan_of_the_hour() -> None:
    """The table at the top leads to every chapter with its minute, in order."""
    planned = re.findall(r"\]\(#(\d+)分", GUIDE)
    chapters = re.findall(r"^## (\d+)分", GUIDE, re.M)
    assert planned == chapters == sorted(chapters, key=int)
