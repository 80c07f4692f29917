"""A new kind of record is one schema and one template: what docs/record-kinds.md tells a newcomer is carried out."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.support import CONTRACT, ROOT, WHOLE, Project, Ran, run_apart, whole_project

pytestmark = pytest.mark.slow

GUIDE = (ROOT / "docs/record-kinds.md").read_text(encoding="utf-8")
SHOWN = dict(re.findall(r"^`((?:generator|templates)/[\w./-]+)`\n+```\w+\n(.*?)^```$", GUIDE, re.M | re.S))
ASKED = WHOLE[f"{CONTRACT}/deliverables.yml"] + (
    "  - no: '3'\n    title: 来庁報告書\n    due:\n      - event: visits\n        within: 7 days of event.visited\n"
)
VISIT = "title: 打合せ\nvisited: 2026-04-20\npeople: [p1]\npurpose: 点検の日程を決めた。\n"


@pytest.fixture
def there(tmp_path: Path) -> Project:
    """A checkout of Nohin with the guide's two files, and a project beside it that asks for the document."""
    checkout, place = tmp_path / "nohin", tmp_path / "project"
    for folder in ("generator", "templates"):
        shutil.copytree(ROOT / folder, checkout / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for path, text in SHOWN.items():
        (checkout / path).write_text(text, encoding="utf-8")
    files = {"mkdocs.yml": (ROOT / "mkdocs.yml").read_bytes(), f"{CONTRACT}/deliverables.yml": ASKED}
    return Project(place).write(whole_project({**files, f"{CONTRACT}/records/visits/v1.yml": VISIT}))


def _run(there: Project, *arguments: str) -> Ran:
    checkout = there.root.parent / "nohin"
    words = (*arguments, "--project", str(there.root), "--as-of", "2026-05-01")
    return run_apart(*words, cwd=checkout, PYTHONPATH=str(checkout))


def test_the_guide_shows_both_files() -> None:
    """One schema, one template."""
    assert set(SHOWN) == {"generator/schemas/records/visits.yml", "templates/documents/visit-report.html.j2"}


def test_the_new_kind_is_made_into_documents(there: Project) -> None:
    """A page, a PDF, a deadline, and a place among the records."""
    ran = _run(there, "build")
    assert ran.code == 0, ran.out + ran.err
    page = (there.root / "site/mihon/documents/visit-report-v1.html").read_text(encoding="utf-8")
    assert all(
        words in page for words in ("令和8年4月20日（月）", "見本 太郎", "点検の日程を決めた。", "下記のとおり来庁した")
    )
    assert (there.root / "site/deliverables/mihon/3-visit-report-v1.pdf").read_bytes().startswith(b"%PDF")
    assert "打合せ" in (there.root / "site/mihon/records/visits.html").read_text(encoding="utf-8")
    assert '"due": "2026-04-27"' in _run(there, "due", "--format", "json").out


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        pytest.param(VISIT.replace("purpose: 点検の日程を決めた。\n", ""), "DOC001", id="no purpose"),
        pytest.param(VISIT.replace("[p1]", "[p7]"), "REF001 人「p7」がありません", id="unknown person"),
        pytest.param(VISIT.replace("visited: 2026-04-20", "visited: 2026-13-01"), "SCH009", id="impossible date"),
        pytest.param(VISIT.replace("purpose", "purpos"), "purpose ではありませんか", id="unknown key"),
    ],
)
def test_slips_in_the_new_kind_are_said(there: Project, record: str, expected: str) -> None:
    """With file and line, as for every other kind."""
    there.write({f"{CONTRACT}/records/visits/v1.yml": record})
    ran = _run(there, "check")
    assert ran.code == 1
    assert any(line.startswith(f"{CONTRACT}/records/visits/v1.yml:") and expected in line for line in ran.lines), (
        ran.out
    )
