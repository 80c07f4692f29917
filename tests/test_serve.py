"""`nohin serve` as somebody meets it who edits YAML beside a browser."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.browsing import Visit
from tests.support import AS_OF, CONTRACT, ROOT, WHOLE, Project, whole_project

pytestmark = pytest.mark.slow

HEAD = f"{CONTRACT}/contract.yml"


@dataclass
class Desk:
    """A project that is served."""

    project: Project
    address: str

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        """What the server answers."""
        request = urllib.request.Request(f"{self.address}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return int(answer.status), bytes(answer.read())
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def state(self, since: int | str = "") -> dict[str, Any]:
        """What the server says of the data, after waiting for news."""
        told: dict[str, Any] = json.loads(self.get(f"_nohin/state?since={since}")[1])
        return told

    def edit(self, old: str, new: str, path: str = HEAD) -> None:
        """Change a file as an editor does."""
        place = self.project.root / path
        text = place.read_text(encoding="utf-8")
        assert old in text
        place.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A small project, served on a port of its own."""
    root = tmp_path_factory.mktemp("served")
    asked = WHOLE[f"{CONTRACT}/deliverables.yml"].replace("title: 作業報告書", "title: サポート体制図")
    look = (ROOT / "mkdocs.yml").read_bytes()
    project = Project(root).write(whole_project({"mkdocs.yml": look, f"{CONTRACT}/deliverables.yml": asked}))
    in_the_background = ("bash", "-c", 'trap "" INT; exec "$@"', "-")  # where Ctrl+C is ignored to begin with
    command = [*in_the_background, sys.executable, "-m", "generator", "serve", "--port", "0", "--as-of", AS_OF]
    paths = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=root, env=paths, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stderr is not None
        lines = []
        for line in iter(running.stderr.readline, b""):
            lines.append(line.decode())
            if found := re.search(r"http://127\.0\.0\.1:\d+/", lines[-1]):
                break
        else:
            raise AssertionError("".join(lines))
        yield Desk(project, found[0])
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=30) == 0


def test_an_edit_refreshes_the_page(desk: Desk, browser: Any) -> None:
    """What was edited stands on the page that is open, without touching the browser; `site/` is not made."""
    visit = Visit(browser, f"{desk.address}mihon/index.html")
    assert "二〇二六年の名" not in visit.page.content()
    title = re.search(r"title: (.*)", desk.project.read(HEAD))
    assert title
    desk.edit(title[1], "二〇二六年の名の契約")
    visit.page.wait_for_selector("h1 >> text=二〇二六年の名の契約", timeout=60_000)
    desk.edit("二〇二六年の名の契約", title[1])
    visit.page.wait_for_selector(f"h1 >> text={title[1]}", timeout=60_000)
    assert not (desk.project.root / "site").exists()
    visit.alone()


def test_errors_stand_in_place(desk: Desk, browser: Any) -> None:
    """A slip is shown on the page with file, line and what would be right; the page stays; mended, it goes."""
    visit = Visit(browser, f"{desk.address}mihon/deadlines.html")
    desk.edit("period:", "perod:")
    panel = visit.page.locator("#nohin-live.live-failed")
    panel.wait_for(timeout=60_000)
    assert f"{HEAD}:" in panel.inner_text()
    assert "perod" in panel.inner_text()
    assert visit.title == "期限"
    assert desk.get("mihon/index.html")[0] == 200
    desk.edit("perod:", "period:")
    panel.wait_for(state="detached", timeout=60_000)
    visit.alone()


def test_pdf_is_made_when_asked_for(desk: Desk) -> None:
    """A document's PDF is there for the asking, and no other file."""
    pages = (desk.project.root / ".nohin/serve-officer/mihon/documents").glob("*.html")
    found = {name for place in pages for name in re.findall(r"deliverables/[^\"]+\.pdf", place.read_text("utf-8"))}
    status, content = desk.get(min(found))
    assert (status, content[:5]) == (200, b"%PDF-")
    assert desk.get("deliverables/mihon/none.pdf")[0] == 404


def test_nobody_else_is_answered(desk: Desk) -> None:
    """A page of another site that points its own name here gets nothing; no path leaves the folder; no lists."""
    assert desk.get("index.html", Host="evil.example:80")[0] == 403
    assert desk.get("../../mkdocs.yml")[0] == 404
    assert desk.get("%2e%2e/%2e%2e/mkdocs.yml")[0] == 404
    assert desk.get("assets/")[0] == 404


def test_news_are_waited_for(desk: Desk) -> None:
    """Whoever knows the edition is answered when there is another."""
    before = desk.state()["edition"]
    desk.edit("title: ", "title:  ")
    assert desk.state(before)["edition"] > before
    desk.edit("title:  ", "title: ")


def test_port_that_is_taken(desk: Desk) -> None:
    """The message says which, and what to do."""
    port = desk.address.rsplit(":", 1)[1].rstrip("/")
    ran = desk.project.run("serve", "--port", port)
    assert ran.code == 2
    assert f"{port} 番で待てません" in ran.err
    assert "--port" in ran.err


def test_a_folder_without_a_project(tmp_path: Path) -> None:
    """Misuse is told before anything is served."""
    ran = Project(tmp_path).run("serve")
    assert ran.code == 2
    assert "data/ がありません" in ran.err
