"""The phrases of a rule one by one, each with the key it stands under: what the checks of a rule look at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from generator.model import Contract, DueRule
from generator.problems import Source
from generator.rules import points, within
from generator.rules.anchors import Anchor
from generator.rules.pointkinds import FixedDay, Point
from generator.rules.within import Limit
from generator.rules.words import BadWords


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase, how it reads, or why it does not."""

    key: str
    text: str
    source: Source
    point: Point | None = None
    limit: Limit | None = None
    bad: BadWords | None = None

    @property
    def needs(self) -> str | None:
        """`period` or `event` where the phrase has a meaning only for such rules."""
        return self.limit.anchor.needs if self.limit else self.point.needs if self.point else None

    @property
    def stands_still(self) -> bool:
        """Whether it names the same day whatever the period: a date, or one of the contract's own days."""
        anchored = self.anchor is not None and (self.anchor.date or self.anchor.name.startswith("contract."))
        return bool(anchored) or isinstance(self.point, FixedDay)

    @property
    def anchor(self) -> Anchor | None:
        """The anchor the phrase names, if it names one."""
        return self.limit.anchor if self.limit else getattr(self.point, "anchor", None)


@dataclass(frozen=True, slots=True)
class Case:
    """A rule under check: its phrases, and what they may name."""

    rule: DueRule
    phrases: tuple[Phrase, ...]
    contract: Contract
    record_fields: Mapping[str, Collection[str]]
    """Fields by kind of records, from the schemas."""
    date_fields: Mapping[str, Collection[str]]
    """Those of them that hold a date or a moment."""

    @property
    def has_period(self) -> bool:
        """Whether the rule applies to periods."""
        return bool(self.rule.each or self.rule.periods)


def phrases(rule: DueRule) -> Iterator[Phrase]:
    """Every phrase of a rule in which a day is named."""
    for index, text in enumerate(rule.on):
        yield _point("on", text, rule.place("on", index))
    if rule.within:
        yield _limit("within", rule.within, rule.place("within"))
    if rule.target:
        yield _limit("target", rule.target, rule.place("target"))
    for period in rule.periods:
        if period.on:
            yield _point("periods の on", period.on, period.place("on"))
    for key, part in (("last", rule.last), *(("others", other) for other in rule.others)):
        if part is not None and part.on:
            yield _point(f"{key} の on", part.on, part.place("on"))
        if part is not None and part.within:
            yield _limit(f"{key} の within", part.within, part.place("within"))


def _point(key: str, text: str, source: Source) -> Phrase:
    try:
        return Phrase(key, text, source, point=points.parse(text))
    except BadWords as bad:
        return Phrase(key, text, source, bad=_belongs_to("within", text, within.parse, bad))


def _limit(key: str, text: str, source: Source) -> Phrase:
    try:
        return Phrase(key, text, source, limit=within.parse(text))
    except BadWords as bad:
        return Phrase(key, text, source, bad=_belongs_to("on", text, points.parse, bad))


def _belongs_to(key: str, text: str, parse: Callable[[str], object], bad: BadWords) -> BadWords:
    """The same problem; where the words can be read under the other key, with the hint to write them there."""
    try:
        parse(text)
    except BadWords:
        return bad
    return BadWords(bad.code, str(bad), f"{key} に書いてください（{key}: {text}）")
