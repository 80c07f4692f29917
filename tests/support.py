"""Projects written in a test as a dict of files, and the commands run on them as a user would."""

from __future__ import annotations

import datetime as dt
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from generator.checking import check
from generator.cli import main
from generator.documents.asof import last_day, seen
from generator.documents.plan import plan
from generator.documents.render import body, environment
from generator.history.log import read
from generator.history.revisions import of_document
from generator.intake.repository import Repository
from generator.problems import has_errors
from generator.rules.deadlines import due_items

ROOT = Path(__file__).resolve().parent.parent
"""This repository."""

AS_OF = "2026-05-01"
"""The day on which the tests look at a project, unless they say another."""

Files = Mapping[str, "str | bytes | None"]
"""Content by path; None takes a file away."""

CONTRACT = "data/contracts/mihon"

MINIMAL: dict[str, str] = {
    "data/authorities/mihon-shi.yml": "name: 見本市\naddressee: 見本市長　様\n",
    "data/vendors/mihon-sha.yml": "name: 見本社\nsample: true\n",
    f"{CONTRACT}/contract.yml": (
        "title: 見本業務委託\n"
        "period:\n"
        "  start: 2026-04-01\n"
        "  end: 2027-03-31\n"
        "authority: mihon-shi\n"
        "vendor: mihon-sha\n"
    ),
}
"""The least that is a valid project."""

WHOLE: dict[str, str] = {
    "data/authorities/mihon-shi.yml": """\
name: 見本市
addressee: 見本市長　様
departments:
  - id: joho
    name: 情報課
calendar:
  closed:
    - weekdays: [土, 日]
      ground: 見本仕様書 1
""",
    "data/vendors/mihon-sha.yml": "name: 見本社\nsample: true\n",
    "data/terms/mihon-terms.yml": """\
title: 情報取扱特記事項
issuer: mihon-shi
clauses:
  - id: 1
    heading: 秘密の保持
    text: 受注者は、知った秘密を漏らさない。
    obligor: vendor
    kind: prohibition
    answers:
      - check: mihon-terms/1
check_items:
  - id: 1
    category: 秘密
    text: 秘密は守られているか。
    grounds: [1]
""",
    f"{CONTRACT}/contract.yml": """\
title: 見本業務委託
period:
  start: 2026-04-01
  end: 2027-03-31
signed: 2026-04-01
authority: mihon-shi
vendor: mihon-sha
departments:
  - role: 業務担当課
    department: joho
terms:
  - terms: mihon-terms
    label: 別記
service_levels:
  - id: start
    title: 着手
    target: 連絡時から2時間以内
    clause: 1-1
""",
    f"{CONTRACT}/clauses.yml": """\
clauses:
  - id: 1
    heading: 障害への対応
    text: 障害への対応を定める。
    obligor: none
    kind: information
  - id: 1-1
    heading: 報告
    text: 受注者は、障害を報告する。
    obligor: vendor
    kind: obligation
    answers:
      - deliverable: '1'
      - record: incidents
      - task: inspection
      - role: manager
      - statement: 電話でも知らせる。
""",
    f"{CONTRACT}/deliverables.yml": """\
cells:
  - id: monthly
    phrase: 毎月末から10日以内
    due:
      - each: month
        within: 10 days of period.end
deliverables:
  - no: '1'
    title: 作業報告書
    cell: monthly
    clauses: [1-1]
    note: 見本の書面は作らない。
  - no: '2'
    title: 障害報告書
    phrase: 障害復旧作業後２週間以内
    due:
      - event: incidents
        within: 2 weeks of event.restored
    note: 見本の書面は作らない。
""",
    f"{CONTRACT}/staff.yml": """\
people:
  - id: p1
    name: 見本 太郎
    phone: 00-0000-0001
roles:
  - id: supervisor
    title: 監督職員
    side: authority
  - id: manager
    title: 業務責任者
    side: vendor
appointments:
  - person: p1
    role: manager
    start: 2026-04-01
contact_lines:
  - start: supervisor
    end: manager
    order: 1
    label: 障害連絡
""",
    f"{CONTRACT}/plan.yml": """\
tasks:
  - id: inspection
    title: 定期点検
    each: month
    role: manager
    clauses: [1-1]
""",
    f"{CONTRACT}/checklist.yml": """\
officer: p1
answers:
  - item: mihon-terms/1
    answer: ○
    evidence: 誓約書
    date: 2026-04-03
    person: p1
""",
    f"{CONTRACT}/submissions.yml": """\
submissions:
  - deliverable: '1'
    due: 2026-05-10
    date: 2026-05-08
""",
    f"{CONTRACT}/records/incidents/2026-001.yml": """\
title: 送信できない
contacted: 2026-04-28 16:30
restored: 2026-04-29 10:00
""",
}
"""A small contract with something in every kind of file."""


def minimal_project(changes: Files | None = None) -> dict[str, str | bytes]:
    """The least valid project, with some files other than there."""
    return _with(MINIMAL, changes or {})


def whole_project(changes: Files | None = None) -> dict[str, str | bytes]:
    """A project with every kind of file, with some files other than there."""
    return _with(WHOLE, changes or {})


def _with(files: Files, changes: Files) -> dict[str, str | bytes]:
    return {path: content for path, content in {**files, **changes}.items() if content is not None}


@dataclass(frozen=True)
class Ran:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """The lines of its report."""
        return self.out.splitlines()


def run(*arguments: str) -> Ran:
    """`nohin …` in this process, with streams like a terminal's."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main(arguments)
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        out.flush()
        err.flush()
    return Ran(code, *(stream.buffer.getvalue().decode() for stream in (out, err)))


def run_apart(*arguments: str, cwd: Path, **environment: str) -> Ran:
    """`python -m generator …` in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=900,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True)
class Project:
    """A project in a folder of the test's own."""

    root: Path

    def write(self, files: Files) -> Project:
        """Write files, take away those whose content is None."""
        for path, content in files.items():
            place = self.root / path
            if content is None:
                place.unlink()
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def run(self, command: str, *arguments: str) -> Ran:
        """A command on this project, on a fixed day."""
        day = () if "--as-of" in arguments else ("--as-of", AS_OF)
        return run(command, "--project", str(self.root), *day, *arguments)

    def check(self, *arguments: str) -> Ran:
        """`nohin check`."""
        return self.run("check", *arguments)

    def build(self, *arguments: str) -> Ran:
        """`nohin build`."""
        return self.run("build", *arguments)

    def read(self, path: str) -> str:
        """A file's text."""
        return (self.root / path).read_text(encoding="utf-8")

    def git(self, *arguments: str, **environment: str) -> str:
        """`git …` in the project, with an author and dates that do not change."""
        return git(self.root, *arguments, **environment)

    def commit(self, subject: str, date: str = "2026-04-01T09:00:00+09:00", author: str = "見本 太郎") -> str:
        """Commit everything; returns the hash."""
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", subject, **by(author, date))
        return self.git("rev-parse", "HEAD").strip()


def by(author: str, date: str) -> dict[str, str]:
    """The environment that makes a commit somebody's, on a day."""
    return {"GIT_AUTHOR_NAME": author, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}


def git(folder: Path, *arguments: str, **environment: str) -> str:
    """`git …` in a folder, untouched by the machine's own configuration."""
    fixed = {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_AUTHOR_NAME": "見本 太郎",
        "GIT_AUTHOR_EMAIL": "mihon@example.jp",
        "GIT_COMMITTER_NAME": "見本 太郎",
        "GIT_COMMITTER_EMAIL": "mihon@example.jp",
        "GIT_AUTHOR_DATE": "2026-04-01T09:00:00+09:00",
        "GIT_COMMITTER_DATE": "2026-04-01T09:00:00+09:00",
    }
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**os.environ, **fixed, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="surrogateescape",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path; what a link points to stands for the link."""
    return {
        path.relative_to(folder).as_posix(): os.fsencode(os.readlink(path)) if path.is_symlink() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def swapped(path: str, old: str, new: str) -> dict[str, str]:
    """One file of the whole project with one piece of its text other than there."""
    assert old in WHOLE[path], f"{path} does not say {old!r}"
    return {path: WHOLE[path].replace(old, new, 1)}


def shipped_project(root: Path) -> Project:
    """This repository's data, templates and mkdocs.yml in a repository of its own, with two commits."""
    root.mkdir(parents=True)
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy2(ROOT / "mkdocs.yml", root)
    (root / ".gitignore").write_text(".nohin/\nsite/\n", encoding="utf-8")
    there = Project(root)
    there.git("init", "-q", "-b", "main")
    there.commit("初版", "2026-04-01T09:00:00+09:00")
    plan = "data/contracts/ichikawa-groupware/plan.yml"
    there.write({plan: there.read(plan) + "# 担当の見直し\n"})
    there.commit("担当の見直し", "2026-04-24T17:00:00+09:00", "例示 花子")
    return there


def documents(root: Path, as_of: str = AS_OF, strict: bool = True) -> dict[str, str]:
    """The bodies of all documents of a project by contract and document id, as `nohin build` renders them.

    `strict`: the project has to check without errors.
    """
    checked = check(root)
    assert not strict or not has_errors(checked.problems), checked.problems
    env, history = environment(checked.folders), read(Repository.at(root))
    found, day = {}, dt.date.fromisoformat(as_of)
    for contract in checked.loaded.portfolio.contracts.values():
        items, last = due_items(contract, day), last_day(contract, day)
        for document in plan(seen(contract, last), checked.kinds, items, last):
            made, problems = body(env, document, of_document(history, document.told_by), items, last)
            assert made is not None, problems
            found[f"{contract.id}/{document.id}"] = made.html
    return found
