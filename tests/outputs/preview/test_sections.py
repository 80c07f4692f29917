"""A section says once what is alike, and names what is not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from generator.outputs.preview.approvals import AGAIN, ENDED, ApprovalChange, grouped
from generator.outputs.preview.deadlines import MOVED, NEW, DeadlineChange
from generator.outputs.preview.preview import ContractPreview
from generator.outputs.preview.sections import sections

DUE = dt.date(2026, 5, 14)
ITEM = DeadlineChange(
    what=NEW,
    deliverable="5",
    title="設計書",
    occasion="システム変更 2026-001",
    scope="delta",
    medium="data",
    listed=True,
    before=None,
    after=DUE,
    state_before="",
    state_after="予定",
    why=("根拠: 一覧表のNo.5", "起算の基準は変更日です", "末日は令和8年5月14日です"),
)


def _told(*deadlines: DeadlineChange) -> list[tuple[str, list[str]]]:
    (section,) = sections(ContractPreview("mihon", "mihon", "見本", deadlines=deadlines))
    assert section.count == len(deadlines)
    return [(part.heading, list(part.lines)) for part in section.parts]


def test_scopes_and_media_of_one_day() -> None:
    """What a deliverable is due in stands behind the day, and the day is told once."""
    assert _told(ITEM, replace(ITEM, medium="paper"), replace(ITEM, scope="full", after=dt.date(2027, 3, 31))) == [
        (
            "No.5 設計書　3 件が増えます",
            [
                "令和8年5月14日（システム変更 2026-001　差分・データ／差分・紙）",
                "令和9年3月31日（システム変更 2026-001　全量・データ）",
                "なぜ（システム変更 2026-001の分）: 根拠: 一覧表のNo.5。起算の基準は変更日です。末日は令和8年5月14日です。",
            ],
        )
    ]


def test_one_scope_stands_in_the_heading() -> None:
    """Where there is only one there is nothing to tell apart."""
    heading, lines = _told(ITEM)[0]
    assert (heading, lines[0]) == (
        "No.5 設計書（差分・データ）　1 件が増えます",
        "令和8年5月14日（システム変更 2026-001）",
    )


def test_a_computation_is_told_once() -> None:
    """Another deliverable that is counted alike names its ground, and of whom it learnt the rest."""
    other = replace(ITEM, deliverable="6", title="詳細設計書", why=("根拠: 一覧表のNo.6", *ITEM.why[1:]))
    assert _told(ITEM, other)[1][1][-1] == "なぜ: 根拠: 一覧表のNo.6。数え方は「No.5 設計書」と同じです。"


@pytest.mark.parametrize(
    ("months", "told"),
    [
        (3, []),
        (4, ["令和8年8月10日 → 令和8年8月15日（令和8年7月）"]),
        (6, ["ほか 3 件。最後は 令和8年10月10日 → 令和8年10月15日（令和8年9月）"]),
    ],
)
def test_many_days_that_move(months: int, told: list[str]) -> None:
    """The first are told, then how many more there are and which is the last; a single one more is told itself."""
    dates = [(dt.date(2026, 5 + n, 10), dt.date(2026, 5 + n, 15), f"令和8年{4 + n}月") for n in range(months)]
    moved = [
        replace(ITEM, what=MOVED, before=before, after=after, occasion=month, state_before="予定", why=())
        for before, after, month in dates
    ]
    lines = _told(*moved)[0][1]
    assert (lines[0], lines[3:]) == ("令和8年5月10日 → 令和8年5月15日（令和8年4月）", told)


APPROVAL = ApprovalChange(
    ENDED,
    "structure",
    "prepared",
    dt.datetime(2026, 5, 1, 10),
    "「体制図」の作成（令和8年5月1日）は失効しています。承認の後に本文が変わりました（体制表）。",
    "体制図",
)
CHECKED = replace(
    APPROVAL,
    role="checked",
    at=dt.datetime(2026, 5, 2, 10),
    said=APPROVAL.said.replace("作成（令和8年5月1", "確認（令和8年5月2"),
)


def test_approvals_of_a_document() -> None:
    """All that end for one reason are one sentence; another reason is another."""
    other = replace(CHECKED, role="approved", said="「体制図」の承認（令和8年5月2日）の文書がありません")
    assert [group.said for group in grouped([APPROVAL, CHECKED, other])] == [
        "「体制図」の作成・確認（令和8年5月1日・令和8年5月2日）は失効しています。承認の後に本文が変わりました（体制表）。",
        "「体制図」の承認（令和8年5月2日）の文書がありません",
    ]


def test_approvals_that_hold_again() -> None:
    """They have no reason, and are one sentence all the same."""
    (group,) = grouped([replace(one, what=AGAIN, said="") for one in (APPROVAL, CHECKED)])
    assert group.said == "「体制図」の作成・確認（令和8年5月1日・令和8年5月2日）は再び有効になります。"
