"""What the reader's clock adds to the home, and what the browser remembers; in Chromium with a clock that stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.outputs.site.deadlinepages import Link
from generator.rules.states import SOON_DAYS
from tests.glanced import NOTHING, line, page
from tests.support import ROOT

pytestmark = pytest.mark.slow

DUTIES = replace(
    NOTHING.vendor_duties,
    late=(line("五月の報告", "2026-06-10", "遅延"),),
    soon=(
        line("当日の報告", "2026-06-20", "期限間近"),
        line(
            "設計書",
            "2026-06-24",
            "期限間近",
            parts=(Link("deadlines.html#d-2", "データ"), Link("deadlines.html#d-3", "紙")),
        ),
        line("七月の報告", "2026-07-10", "予定"),
    ),
    later=(line("八月の報告", "2026-08-10", "予定"), line("九月の報告", "2026-09-10", "予定")),
    next=line("当日の報告", "2026-06-20", "期限間近"),
)
HANDED = tuple(line(f"提出{day}", f"2026-06-{day}", "提出済", keys=(f"k{day}",)) for day in (18, 12))
EARLIER = line("古い提出", "2026-05-01", "検収済", keys=("k0",))
GLANCE = replace(
    NOTHING,
    vendor_duties=DUTIES,
    waiting=(line("四月の報告", "2026-06-12", "提出済"),),
    handed_over=(*HANDED, EARLIER),
    lapsing=(line("ISMS", "2026-06-30", "まもなく"),),
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home on a disc, made on 20 June 2026."""
    return page(tmp_path_factory.mktemp("home") / "index.html", [GLANCE])


class _Reader:
    """Somebody in Japan with a browser of their own, which keeps what it is given."""

    def __init__(self, browser: Any, **options: Any) -> None:
        self.context = browser.new_context(timezone_id="Asia/Tokyo", locale="ja-JP", **options)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def visits(self, place: Path, day: str, clock: str = "09:00") -> _Reader:
        """Open a page on a day."""
        self.page.clock.set_fixed_time(dt.datetime.fromisoformat(f"{day}T{clock}+09:00"))
        self.page.goto(place.as_uri())
        return self

    def row(self, title: str) -> str:
        """All that stands in the first row of that title."""
        return self._words(self.page.locator("tr", has_text=title).first)

    def figure(self, title: str) -> str:
        """All that stands in a figure."""
        return self._words(self.page.locator(".situation li", has_text=title).first)

    def section(self, heading: str) -> str:
        """All that stands below a heading."""
        return self._words(self.page.locator(f"#{heading} + div"))

    @property
    def text(self) -> str:
        """All that stands on the page, shown or not."""
        return self._words(self.page.locator("body"))

    @staticmethod
    def _words(found: Any) -> str:
        return " ".join(str(found.text_content()).split())

    def leaves(self) -> None:
        """Nothing went wrong, and the browser is closed with all it kept."""
        assert self.complaints == []
        self.context.close()


@pytest.fixture(scope="module")
def reader(browser: Any) -> Iterator[_Reader]:
    """A reader who comes again and again."""
    found = _Reader(browser)
    yield found
    found.leaves()


@pytest.fixture
def stranger(browser: Any) -> Iterator[_Reader]:
    """A reader who was never here."""
    found = _Reader(browser)
    yield found
    found.leaves()


@pytest.mark.parametrize(
    ("day", "counted"),
    [
        ("2026-06-19", {"五月の報告": "9日超過", "当日の報告": "あと1日", "七月の報告": "あと21日"}),
        ("2026-06-20", {"五月の報告": "10日超過", "当日の報告": "今日", "設計書": "あと4日", "四月の報告": "8日経過"}),
        ("2026-06-27", {"当日の報告": "7日超過", "設計書": "3日超過", "八月の報告": "あと44日", "ISMS": "あと3日"}),
    ],
    ids=["before", "on the day", "after"],
)
def test_days_are_counted_by_the_readers_clock(reader: _Reader, place: Path, day: str, counted: dict[str, str]) -> None:
    """Beside each date stands how far away it is on the reader's day, across the end of a month as well."""
    reader.visits(place, day)
    for title, words in counted.items():
        assert words in reader.row(title)
    assert reader.page.locator("#handed-over-lines .countdown").count() == 0


def test_the_day_is_that_of_the_wall(reader: _Reader, place: Path) -> None:
    """Half past midnight in Japan is still yesterday in UTC; a page left open over night counts again."""
    reader.visits(place, "2026-06-24", "00:30")
    assert reader.page.locator("tr", has_text="設計書").locator(".countdown").all_inner_texts() == ["今日"]
    reader.page.clock.set_fixed_time(dt.datetime.fromisoformat("2026-06-25T08:00+09:00"))
    reader.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert reader.page.locator("tr", has_text="設計書").locator(".countdown").all_inner_texts() == ["1日超過"]


def test_states_stand_as_they_were_made(reader: _Reader, place: Path) -> None:
    """What the clock has to say stands behind the state, never in its place; where they agree it says nothing."""
    reader.visits(place, "2026-06-20")
    assert "今日の時点" not in reader.text
    reader.visits(place, "2026-06-26")
    assert reader.row("設計書").endswith("期限間近（今日の時点では期日を過ぎています）")
    assert reader.row("七月の報告").endswith("予定（今日の時点では期限間近）")
    assert reader.row("五月の報告").endswith("遅延")
    assert reader.row("四月の報告").endswith("提出済")
    reader.visits(place, "2026-07-01")
    assert reader.row("ISMS").endswith("まもなく（今日の時点では期限切れ）")


def test_soon_is_what_the_site_calls_soon(reader: _Reader, place: Path) -> None:
    """The script and the rules call the same dates 期限間近."""
    day = dt.date(2026, 7, 10) - dt.timedelta(days=SOON_DAYS)
    assert "今日の時点では期限間近" in reader.visits(place, str(day)).row("七月の報告")
    assert "今日の時点" not in reader.visits(place, str(day - dt.timedelta(days=1))).row("七月の報告")


def test_figures_are_counted_again_beside_the_built_ones(reader: _Reader, place: Path) -> None:
    """The window of thirty days moves with the reader; things are counted, not lines; what passed is told apart."""
    reader.visits(place, "2026-06-20")
    assert reader.figure("30日以内") == "30日以内 4件"
    assert "作成" not in reader.figure("遅延")
    assert not reader.page.locator("details[data-window]").evaluate("one => one.open")
    reader.visits(place, "2026-07-12")
    assert reader.figure("30日以内") == "30日以内 1件作成時 4件"
    assert reader.figure("遅延") == "遅延・差戻し 1件作成後に期日 4件"
    assert "作成のあとに期日を過ぎたものが、ほかに4件あります。" in reader.section("late")
    assert "今日から30日以内のもの 1件を含みます。" in reader.section("due")
    assert reader.page.locator("details[data-window]").evaluate("one => one.open")
    assert "30日以内 1件作成時 4件" in reader.section("contracts")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-06-20", ""),
        ("2026-06-27", ""),
        (
            "2026-06-28",
            "令和8年6月20日（土）の時点で作られました（8日前）。日数は、お使いの端末の日付（令和8年6月28日（日））から",
        ),
        (
            "2026-10-19",
            "令和8年6月20日（土）の時点で作られました（121日前）。古いため、今日からの日数は数えていません。",
        ),
        ("2026-06-18", "お使いの端末の日付（令和8年6月18日（木））は、それより前です。"),
    ],
    ids=["new", "a week", "stale", "too old", "a clock that is behind"],
)
def test_an_old_site_says_so(reader: _Reader, place: Path, day: str, words: str) -> None:
    """Quietly, on the screen only after a week; what is too old is not counted from."""
    shown = reader.visits(place, day).page.locator("p:has(time[data-as-of]) + p.made:not(.on-paper)").all_inner_texts()
    assert words in "".join(shown)
    assert bool(shown) == bool(words)
    assert bool(reader.page.locator(".countdown").count()) == (day != "2026-10-19")


# --- since the last visit ------------------------------------------------------------------------------


def _with(tmp_path: Path, *more: Any) -> Path:
    return page(tmp_path / "index.html", [replace(GLANCE, handed_over=(*more, *GLANCE.handed_over))])


def test_what_came_since_the_last_visit(stranger: _Reader, tmp_path: Path) -> None:
    """Marked by what the browser has not seen, also where it is dated before the visit; the whole day long."""
    stranger.visits(_with(tmp_path), "2026-06-20")
    assert "次にご覧になるとき" in stranger.section("handed-over")
    assert stranger.figure("提出") == "最近30日の提出 2件"
    late_entry = line("遅れて記録した提出", "2026-06-19", "提出済", keys=("k19",))
    place = _with(tmp_path, line("新しい提出", "2026-06-22", "提出済", keys=("k22", "k22b")), late_entry)
    for _ in range(2):
        stranger.visits(place, "2026-06-23")
        assert "前回ご覧になったのは令和8年6月20日（土）です。そのあと加わった提出は3件です。" in stranger.section(
            "handed-over"
        )
        assert stranger.figure("提出") == "前回からの提出 3件最近30日の提出 4件"
        assert all("前回のあと" in stranger.row(title) for title in ("新しい提出", "遅れて記録した提出"))
        assert "前回のあと" not in stranger.row("提出18")
    stranger.visits(place, "2026-06-24")
    assert "前回ご覧になったのは令和8年6月23日（火）です。そのあと加わった提出は0件です。" in stranger.section(
        "handed-over"
    )
    assert "前回のあと" not in stranger.text


def test_a_visit_long_ago(stranger: _Reader, tmp_path: Path) -> None:
    """Of days that the list does not reach it says so; a new line that is folded away is opened."""
    stranger.visits(page(tmp_path / "index.html", [replace(GLANCE, handed_over=HANDED)]), "2026-04-01")
    stranger.visits(_with(tmp_path), "2026-06-20")
    assert "令和8年4月21日（火）より前の提出は、ここに載っていません。" in stranger.section("handed-over")
    assert stranger.page.locator("details", has_text="古い提出").evaluate("one => one.open")


def test_a_site_is_known_by_its_contracts(stranger: _Reader, tmp_path: Path) -> None:
    """The same contracts in another folder are the same site; having seen it says nothing of other contracts."""
    stranger.visits(_with(tmp_path), "2026-06-20")
    (tmp_path / "other").mkdir()
    stranger.visits(_with(tmp_path / "other"), "2026-06-21")
    assert "前回ご覧になったのは令和8年6月20日（土）です。" in stranger.section("handed-over")
    stranger.visits(page(tmp_path / "index.html", [replace(GLANCE, id="another")]), "2026-06-22")
    assert "次にご覧になるとき" in stranger.section("handed-over")


def test_what_was_kept_and_is_broken_is_forgotten(stranger: _Reader, tmp_path: Path) -> None:
    """A reader whose browser kept nonsense is a new stranger."""
    place = _with(tmp_path)
    stranger.visits(place, "2026-06-20").page.evaluate("for (const name in localStorage) localStorage[name] = '{'")
    assert "次にご覧になるとき" in stranger.visits(place, "2026-06-21").section("handed-over")
    assert "令和8年6月21日" in stranger.visits(place, "2026-06-22").section("handed-over")


def test_a_browser_that_keeps_nothing(stranger: _Reader, place: Path) -> None:
    """The list of the last thirty days stands as it was made, and nothing goes wrong."""
    stranger.page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})")
    for day in ("2026-06-20", "2026-06-21"):
        stranger.visits(place, day)
        assert stranger.figure("提出") == "最近30日の提出 2件"
        assert "ご覧" not in stranger.text
        assert "令和8年6月20日（土）までの30日間に受注者が提出したものです。" in stranger.section("handed-over")


def test_without_scripts_everything_stands(browser: Any, place: Path) -> None:
    """Dates, states and figures are those of the day the site was made; nothing waits to be filled in."""
    reader = _Reader(browser, java_script_enabled=False)
    reader.page.goto(place.as_uri())
    for words in (
        "令和8年6月20日（土）の時点の状態です。",
        "令和8年6月10日（水）",
        "遅延・差戻し 1件",
        "30日以内 4件",
        "最近30日の提出 2件",
    ):
        assert words in reader.text
    assert "超過" not in reader.text
    reader.leaves()


def test_scripts_are_plain() -> None:
    """No library, no address, nothing newer than what they say they are."""
    for name in ("countdown.js", "lastvisit.js"):
        text = (ROOT / "templates/site" / name).read_text(encoding="utf-8")
        assert '"use strict"' in text
        assert not [
            word for word in ("http", "import ", "fetch(", "XMLHttp", "??=", "||=", "innerHTML") if word in text
        ]
