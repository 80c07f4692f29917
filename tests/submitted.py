"""A small project in git with something to hand over, for the tests of what is handed over."""

from __future__ import annotations

from pathlib import Path

from tests.support import CONTRACT, ROOT, WHOLE, Files, Project, Ran, whole_project

SUBMISSIONS = f"{CONTRACT}/submissions.yml"
ENTRY = """\
# 提出の記録
submissions:
  - deliverable: '1'
    due: 2026-05-10
    date: 2026-05-08  # 金曜日
    # 検収待ち
"""


def files(changes: Files | None = None) -> dict[str, str | bytes]:
    """The whole project, its reports and incident reports made as documents; one submission written by hand."""
    deliverables = WHOLE[f"{CONTRACT}/deliverables.yml"]
    deliverables = deliverables.replace("title: 作業報告書\n", "title: 作業報告書\n    documents: [work-report]\n")
    deliverables = deliverables.replace("title: 障害報告書\n", "title: 障害報告書\n    documents: [incident-report]\n")
    incident = WHOLE[f"{CONTRACT}/records/incidents/2026-001.yml"]
    incident += "symptom: 送れない\ncause:\n  direct: 容量不足\nactions: 空けた\nprevention:\n  - measure: 見張る\n"
    return whole_project(
        {
            "mkdocs.yml": (ROOT / "mkdocs.yml").read_bytes(),
            ".gitignore": ".nohin/\nsite*/\n",
            f"{CONTRACT}/deliverables.yml": deliverables,
            f"{CONTRACT}/records/incidents/2026-001.yml": incident,
            SUBMISSIONS: ENTRY,
            **(changes or {}),
        }
    )


def tracked(root: Path, changes: Files | None = None) -> Project:
    """That project, committed on 1 May 2026."""
    root.mkdir(parents=True, exist_ok=True)
    there = Project(root).write(files(changes))
    there.git("init", "-q", "-b", "main")
    there.git("config", "user.name", "提出 花子")
    there.git("config", "user.email", "hanako@example.jp")
    there.commit("初版", "2026-05-01T09:00:00+09:00")
    return there


def submit(there: Project, *arguments: str, today: str = "2026-06-08") -> Ran:
    """`nohin submit` of the contract, on a day."""
    return there.run("submit", "--contract", "mihon", *arguments, "--as-of", today)


def june(there: Project, *arguments: str, today: str = "2026-06-08") -> Ran:
    """The report of May, due on 10 June, handed over."""
    return submit(there, "--deliverable", "1", "--due", "2026-06-10", *arguments, today=today)


def handed(there: Project, name: str = "1/2026-06-10") -> Path:
    """The one PDF of a submission."""
    (place,) = (there.root / ".nohin/submitted/mihon" / name).iterdir()
    return place
