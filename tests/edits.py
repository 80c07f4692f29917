"""A project before and after an edit of every sort, for the tests of what people read about changes."""

from __future__ import annotations

from collections.abc import Callable

from generator.documents.changewords import Sides, sentences
from generator.history import redacted, states
from generator.history.comparison import Change
from generator.history.personal import redaction
from generator.intake.portfolio import Loaded, load
from generator.intake.tree import WorkingTree
from tests.support import CONTRACT, WHOLE, Files, Project, whole_project

STAFF = f"{CONTRACT}/staff.yml"
CLAUSES = f"{CONTRACT}/clauses.yml"
DELIVERABLES = f"{CONTRACT}/deliverables.yml"
CHECKLIST = f"{CONTRACT}/checklist.yml"
INCIDENTS = f"{CONTRACT}/records/incidents"

_PEOPLE = """\
people:
  - id: p1
    name: 見本 太郎
    phone: 00-0000-0001
  - id: p2
    name: 例示 花子
    organisation: 見本社
  - id: p3
    name: 見本 次郎
    phone: 00-0000-0003
"""

_PEOPLE_AFTER = """\
people:
  - id: p2
    name: 見本 花子
    organisation: 見本社
  - id: p1
    name: 見本 太郎
    phone: 00-0000-0009
  - id: p4
    name: 例示 三郎
"""

_ROLES = """\
roles:
  - id: supervisor
    title: 監督職員
    side: authority
  - id: manager
    title: 業務責任者
    side: vendor
"""

_APPOINTED = """\
appointments:
  - person: p1
    role: manager
    start: 2026-04-01
"""

_APPOINTED_AFTER = """\
appointments:
  - person: p1
    role: manager
    start: 2026-04-01
    end: 2026-09-30
  - person: p4
    role: manager
    start: 2026-10-01
"""

_LINES = """\
contact_lines:
  - start: supervisor
    end: manager
    order: 1
    label: 障害連絡
"""

_SHEET = """\
  - no: '3'
    title: 情報セキュリティ対策チェックリスト
    documents: [security-checklist]
    phrase: 令和8年4月30日まで
    due:
      - on: 2026-04-30
"""

_LONG = "受注者は、障害の連絡を受けたときは、直ちに状況を調べ、４月末までに口頭で報告し、発注者の指示に従って復旧の作業を行う。"
_LONG_AFTER = "受注者は、障害の連絡を受けたときは、直ちに状況を調べ、５月末までに文書で報告し、発注者の指示に従って復旧の作業を行う。"

BEFORE: dict[str, str | bytes] = whole_project(
    {
        STAFF: _PEOPLE + _ROLES + _APPOINTED + _LINES,
        CLAUSES: WHOLE[CLAUSES].replace("受注者は、障害を報告する。", _LONG),
        DELIVERABLES: WHOLE[DELIVERABLES] + _SHEET,
    }
)

AFTER: dict[str, str | bytes] = {
    **BEFORE,
    STAFF: _PEOPLE_AFTER + _ROLES + _APPOINTED_AFTER + _LINES,
    CLAUSES: str(BEFORE[CLAUSES]).replace(_LONG, _LONG_AFTER),
    DELIVERABLES: str(BEFORE[DELIVERABLES])
    .replace("毎月末から10日以内", "毎月末から14日以内")
    .replace("10 days of period.end", "14 days of period.end"),
    CHECKLIST: """\
officer: p1
answers:
  - item: mihon-terms/1
    answer: ×
    reason: 様式を改めている。
    date: 2026-05-07
    person: p1
""",
    f"{INCIDENTS}/2026-001.yml": """\
title: 送信できない
contacted: 2026-04-28 16:30
restored: 2026-04-29 11:30
cause:
  direct: 証明書の期限が切れていた。
""",
    f"{INCIDENTS}/2026-002.yml": "title: 受信できない\ncontacted: 2026-05-06 09:00\n",
    "data/authorities/mihon-shi.yml": str(BEFORE["data/authorities/mihon-shi.yml"]).replace("情報課", "情報政策課"),
}

FIRST, SECOND = "2026-04-30T09:00:00+09:00", "2026-05-08T17:00:00+09:00"
"""When the two were committed."""


def edited(make: Callable[..., Project], after: Files | None = None) -> Project:
    """A repository with both states, tagged `v1` and `v2`."""
    there = make(BEFORE)
    there.write({".gitignore": ".nohin/\nsite/\n"})
    there.git("init", "-q", "-b", "main")
    there.commit("初版", FIRST)
    there.git("tag", "v1")
    there.write(AFTER if after is None else after)
    there.commit("担当者の交代と期限の見直し", SECOND, "例示 三郎")
    there.git("tag", "v2")
    return there


def renamed(after: Files = AFTER) -> dict[str, str | bytes | None]:
    """The later state with its contract's folder under another name."""
    moved: dict[str, str | bytes | None] = dict.fromkeys(path for path in BEFORE if path.startswith(f"{CONTRACT}/"))
    return moved | {path.replace(f"{CONTRACT}/", "data/contracts/rei/"): text for path, text in after.items()}


def told(make: Callable[..., Project], before: Files, after: Files, public: bool = False) -> list[str]:
    """What changed of the contract between two sets of files, in sentences."""
    return sentences(*changed(make, before, after, public))


def changed(
    make: Callable[..., Project], before: Files, after: Files, public: bool = False
) -> tuple[list[Change], Sides]:
    """What changed of the contract between two sets of files, ready to be told; to the public, where it is asked for."""
    sides = [load(WorkingTree(make(files, name).root)) for files, name in ((before, "before"), (after, "after"))]
    if public:
        left_out = redaction([file for side in sides for file in side.files], None)
        sides = [redacted.loaded(side, left_out) for side in sides]
    old, new = map(_state, sides)
    changes, contents = states.changes(old, new)
    return changes, Sides(old and old.contract, new and new.contract, contents)


def _state(loaded: Loaded) -> states.State | None:
    return next(iter(states.states(loaded.files, loaded.portfolio.contracts).values()), None)
