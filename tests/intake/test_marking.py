"""Comments above lines and dates behind lists: everything else stays to the letter."""

from __future__ import annotations

import datetime as dt

import pytest

from generator.intake.marking import marked
from generator.intake.yamltext import parse
from generator.problems import NohinError

DAY = dt.date(2027, 5, 1)
START = "# 要確認: "

FILES = {
    "brackets": (
        "tasks:\n  - dates: [2026-05-01]  # 注\n",
        "tasks:\n  # 要確認: 見る\n  - dates: [2026-05-01, 2027-05-01]  # 注\n",
    ),
    "quotes": (
        "tasks:\n  - id: a\n    dates: ['2026-05-01' ]\n",
        "tasks:\n  - id: a\n    # 要確認: 見る\n    dates: ['2026-05-01', 2027-05-01 ]\n",
    ),
    "lines": (
        "tasks:\n  - id: a\n    dates:\n    - 2026-05-01  # 注\n    # 後\n    note: b\n",
        "tasks:\n  - id: a\n    # 要確認: 見る\n    dates:\n    - 2026-05-01  # 注\n    - 2027-05-01\n    # 後\n    note: b\n",
    ),
    "brackets over lines": (
        "tasks:\n  - id: a\n    dates: [2026-04-01,\n      2026-05-01]\n",
        "tasks:\n  - id: a\n    # 要確認: 見る\n    dates: [2026-04-01,\n      2026-05-01, 2027-05-01]\n",
    ),
    "other line ends, no last one": (
        "\ufefftasks:\r\n  - id: a\r\n    dates:\r\n      - 令和8年5月1日",
        "\ufefftasks:\r\n  - id: a\r\n    # 要確認: 見る\r\n    dates:\r\n      - 令和8年5月1日\r\n      - 2027-05-01\r\n",
    ),
}


@pytest.mark.parametrize(("text", "wanted"), FILES.values(), ids=list(FILES))
def test_marks_and_dates(text: str, wanted: str) -> None:
    """A comment above the key, as far in as it; a date behind the last one."""
    spot = parse(text.encode(), "plan.yml").spot.at(("tasks", 0, "dates"))
    at = (spot.line, spot.column)
    assert marked(text.encode(), "plan.yml", {at: ["見る"]}, START, {at: [DAY]}).decode() == wanted


def test_a_mark_that_stands_there_is_left() -> None:
    """Whoever has gone on writing in it finds it again."""
    text = f"# 頭\n{START}見る。次は電話する\n# 別\ntasks: []\n".encode()
    assert marked(text, "plan.yml", {(4, 8): ["見る", "また見る"]}, START, {}) == text


def test_a_list_of_another_form_is_not_guessed_at() -> None:
    """A list that stands in two places cannot be added to in one."""
    text = b"a: &x [2026-05-01]\nb: *x\n"
    with pytest.raises(NohinError, match="日付を手で書いてください: 2027-05-01"):
        marked(text, "plan.yml", {}, START, {(2, 4): [DAY]})
