"""A day of a month in words: `15`, `end`, `early` (上旬), `middle` (中旬), `late` (下旬), `2nd monday`, `1st open day`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.intake.eras import WEEKDAYS as KANJI
from generator.intake.eras import wareki_month
from generator.rules.fiscal import month_end
from generator.rules.opendays import OpenDays
from generator.rules.words import IMPOSSIBLE_DAY, BadWords

DAY = r"(\d{1,2}|end|early|middle|late)"
"""Pattern of a day word."""


@dataclass(frozen=True, slots=True)
class DayWord:
    """A day of any month; number 0 is the month's end."""

    number: int
    title: str
    note: str | None = None
    """What the word covers, for words that name more than one day."""

    def day_in(self, year: int, month: int) -> tuple[dt.date, str | None]:
        """The day in a month, with a note when the month is too short to have it."""
        end = month_end(year, month)
        if self.number == 0 or self.number <= end.day:
            return end if self.number == 0 else end.replace(day=self.number), None
        return (
            end,
            f"{wareki_month(end)}に{self.number}日はないため、月の末日とします（民法143条2項ただし書に準じる）。",
        )


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

NTH = rf"(\d{{1,2}}(?:st|nd|rd|th)|last) ({'|'.join(WEEKDAYS)}|open day)"
"""Pattern of the n-th day of a kind."""


@dataclass(frozen=True, slots=True)
class Nth:
    """The n-th weekday, or open day, of any month; 0 is the last one."""

    count: int
    weekday: int | None = None
    """Monday is 0; None for open days."""

    def title(self, days: OpenDays) -> str:
        """`第2月曜日`, `最終開庁日`, in the words of the calendar."""
        kind = days.open_name if self.weekday is None else f"{KANJI[self.weekday]}曜日"
        return f"第{self.count}{kind}" if self.count else f"最終{kind}"

    def day_in(self, year: int, month: int, days: OpenDays) -> dt.date | None:
        """The day in a month, or None where the month has fewer."""
        last = month_end(year, month)
        every = [last.replace(day=number) for number in range(1, last.day + 1)]
        mine = [day for day in every if (days.is_open(day) if self.weekday is None else day.weekday() == self.weekday)]
        return mine[self.count - 1] if 0 <= self.count - 1 < len(mine) or (mine and not self.count) else None


def nth(number: str, kind: str) -> Nth:
    """From `2nd` and `monday`; raises BadWords for a count no month has."""
    count = 0 if number == "last" else int(number[:-2])
    most = 31 if kind == "open day" else 5
    if number != "last" and not 1 <= count <= most:
        hint = f"1st から {most}{'th' if most == 5 else 'st'} まで、または last です"
        raise BadWords(IMPOSSIBLE_DAY, f"{number} {kind} はありません", hint)
    return Nth(count, None if kind == "open day" else WEEKDAYS.index(kind))


WORDS = {
    "end": DayWord(0, "末日"),
    "early": DayWord(10, "上旬の末日", "上旬は1日から10日までをいうので、期日は10日とします。"),
    "middle": DayWord(20, "中旬の末日", "中旬は11日から20日までをいうので、期日は20日とします。"),
    "late": DayWord(0, "下旬の末日", "下旬は21日から末日までをいうので、期日は月の末日とします。"),
}
"""Words for days; 旬 is a span of about ten days, so its last day keeps the promise."""

_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def day_word(text: str, month: int | None = None) -> DayWord:
    """A day word, looked at against the month where it is known; raises BadWords for a day no month has."""
    if month is not None and not 1 <= month <= 12:
        raise BadWords(IMPOSSIBLE_DAY, f"{month}月はありません", "月は1から12までです")
    if text in WORDS:
        return WORDS[text]
    number, longest = int(text), _LONGEST[month - 1] if month else 31
    if not 1 <= number <= longest:
        where = f"{month}月は{longest}日まで" if month else "日は31日まで"
        raise BadWords(IMPOSSIBLE_DAY, f"{number}日はありません", f"{where}です。月の末日は end と書きます")
    return DayWord(number, f"{number}日")
