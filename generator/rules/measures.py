"""What a service level is held against: the time between two moments of a record, or a figure of each month. Pure."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from generator.model import ServiceLevel
from generator.rules import events


@dataclass(frozen=True, slots=True)
class Measure:
    """The time between two moments of a kind of record."""

    title: str
    """What has to be done in time: `着手`."""
    kind: str
    """The kind of record: `incidents`."""
    begun: str
    """What the time runs from, in a word: `連絡`."""
    begins: tuple[str, ...]
    """The fields with the moment the time runs from; the first that is filled counts."""
    ends: tuple[str, ...]
    """The fields with the moment it was done; the first that is filled counts."""
    words: tuple[str, ...] = ()
    """Words of a title that speak of it."""
    told: str | None = None
    """The field that shows that it was done where its moment is left out."""
    uncalled: bool = False
    """Whether it may not have been called for: whoever was told of an incident by the authority need not tell it."""

    @property
    def waiting(self) -> str:
        """`着手待ち`."""
        return f"{self.title}待ち"

    @property
    def subject(self) -> str:
        """`障害`, `問い合わせ`: what is held against it."""
        return events.kind_title(self.kind)


START = "start"
"""What a level measures that says nothing else."""

MEASURES: Mapping[str, Measure] = {
    START: Measure("着手", "incidents", "連絡", ("contacted",), ("started",), words=("着手", "開始")),
    "restore": Measure("復旧", "incidents", "連絡", ("contacted",), ("restored",), words=("復旧",)),
    "notify": Measure(
        "連絡",
        "incidents",
        "発見",
        ("detected", "occurred"),
        ("notified",),
        words=("報告", "通知", "通報", "速報"),
        uncalled=True,
    ),
    "accident": Measure("第一報", "accidents", "発見", ("known", "occurred"), ("notified",), words=("第一報", "事故")),
    "answer": Measure("回答", "inquiries", "受付", ("received",), ("answered",), words=("回答", "応答"), told="answer"),
    "first-answer": Measure(
        "一次回答", "inquiries", "受付", ("received",), ("responded", "answered"), words=("一次回答",), told="answer"
    ),
}
"""By the word that `measures` takes."""

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?\Z")

NOT_RECORDED = "判定する記録がありません"
"""What is said of a level that nothing recorded can be held against."""


def span(level: ServiceLevel) -> dt.timedelta:
    """Within which time; none where the level sets none."""
    return dt.timedelta(hours=level.within_hours or 0, minutes=level.within_minutes or 0)


def is_figure(level: ServiceLevel) -> bool:
    """Whether a level is a figure that is measured each month: 稼働率, 一次回答率, 応答時間."""
    bounds = [number(bound) for bound in (level.at_least, level.at_most) if bound is not None]
    return not span(level) and bool(bounds) and None not in bounds


def number(text: str | None) -> Decimal | None:
    """A decimal number as people write it; None where it is none."""
    folded = unicodedata.normalize("NFKC", text or "").strip().replace(",", "")
    return Decimal(folded) if _NUMBER.match(folded) else None


def measure_of(level: ServiceLevel) -> Measure | None:
    """What records are held against; None for a level that sets no time, or of which it is not clear."""
    if not span(level) or meant(level):
        return None
    return MEASURES.get(level.measures or START)


def meant(level: ServiceLevel) -> str | None:
    """What a level without `measures` seems to mean by its title, where that is not 着手; None where it is clear."""
    if level.measures or any(word in level.title for word in MEASURES[START].words):
        return None
    told = [(word, name) for name, one in MEASURES.items() for word in one.words if word in level.title]
    return max(told, key=lambda pair: len(pair[0]))[1] if told else None


def only_hours(level: ServiceLevel) -> bool:
    """Whether a level says no more than when somebody can be reached: a frame, and nothing to be met."""
    return level.hours is not None and not span(level) and not is_figure(level) and level.measures is None


def how(level: ServiceLevel) -> str:
    """By what a level is judged, in a phrase; empty for one that states only hours."""
    measure = measure_of(level)
    if measure:
        return f"{measure.subject}の記録（{measure.begun}から{measure.title}まで）"
    if is_figure(level):
        return "月ごとの測定値"
    return "" if only_hours(level) else NOT_RECORDED
