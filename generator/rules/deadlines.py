"""Due items of a contract: every rule on every occasion, explained, merged, with its state. Pure; `as_of` is given.

1. `rules_of` lists a deliverable's rules, the shared cell's first.
2. `shapes.occasions` says how often a rule applies.
3. `phrases.deadlines` says which day its words give.
4. `flags.notice` rolls where the rule says so and flags what an officer should see.
5. `merge.merged` makes one item of equal dates from two rules.
6. `states.with_states` compares with what was handed over.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import Contract, Deliverable, DueRule, Period
from generator.rules import events, flags, merge, phrases, shapes, states
from generator.rules.coverage import why_not_applicable
from generator.rules.dueitem import DueItem, EventRef, order
from generator.rules.explain import (
    NO_LIMIT,
    ground,
    no_ground_step,
    occasion_step,
    target_step,
    time_step,
    undated_step,
    unmet_step,
    waiting_step,
)
from generator.rules.occasions import Occasion, Resolved
from generator.rules.opendays import Almanac, OpenDays


@dataclass(frozen=True, slots=True)
class PlacedRule:
    """A rule with its place among the deliverable's rules and the phrase it stands for."""

    rule: DueRule
    index: int
    phrase: str
    earlier: tuple[DueRule, ...] = ()
    """The deliverable's rules that stand before it."""


@dataclass(frozen=True, slots=True)
class _Task:
    """What all items of one rule share."""

    contract: Contract
    deliverable: Deliverable
    placed: PlacedRule
    days: OpenDays


def due_items(contract: Contract, as_of: dt.date) -> list[DueItem]:
    """Every due item of a contract, by due date and number, with its state at `as_of`."""
    almanac = Almanac(contract)
    items: list[DueItem] = []
    for deliverable in contract.deliverables:
        made: list[DueItem] = []
        for placed in rules_of(contract, deliverable):
            made += rule_items(contract, deliverable, placed, almanac)
        items += merge.merged(made)
    return sorted(states.with_states(items, contract.submissions, as_of, states.people_of(contract)), key=order)


def rules_of(contract: Contract, deliverable: Deliverable) -> list[PlacedRule]:
    """The rules of the shared cell, then the deliverable's own, each with its phrase."""
    cell = next((cell for cell in contract.cells if cell.id == deliverable.cell), None)
    shared = [(rule, cell.phrase) for rule in cell.due] if cell else []
    phrase = deliverable.phrase or (cell.phrase if cell else "")
    own = [(rule, phrase) for rule in deliverable.due]
    rules = tuple(rule for rule, _ in shared + own)
    return [
        PlacedRule(rule, index, rule.phrase or phrase or _printed(rule), rules[:index])
        for index, (rule, phrase) in enumerate(shared + own)
    ]


def _printed(rule: DueRule) -> str:
    return rule.undated if rule.undated and rule.undated != NO_LIMIT else ""


def rule_items(contract: Contract, deliverable: Deliverable, placed: PlacedRule, almanac: Almanac) -> list[DueItem]:
    """The items of one rule alone, unmerged and without state."""
    return list(_items(_Task(contract, deliverable, placed, almanac.days(placed.rule.calendar))))


def _items(task: _Task) -> Iterator[DueItem]:
    rule = task.placed.rule
    for occasion in shapes.occasions(rule, task.contract):
        for part, resolved, special in phrases.deadlines(rule, occasion, task.days):
            if resolved.before_start or resolved.no_such_day:
                continue
            for medium in rule.media or (None,):
                yield _item(task, occasion, part, resolved, special, medium)


def _item(task: _Task, occasion: Occasion, part: int, resolved: Resolved, special: bool, medium: str | None) -> DueItem:
    rule, deliverable = task.placed.rule, task.deliverable
    due, found, steps, closed_day = resolved.day, _first_flags(resolved), _steps(task, occasion, resolved), None
    if due is not None:
        noticed = flags.notice(rule, resolved, due, task.contract, task.days)
        due, closed_day = noticed.due, noticed.closed_day
        found, steps = (*found, *noticed.flags), (*steps, *noticed.steps)
    target = phrases.target(rule, occasion, task.days)
    if target is not None:
        flag, step = target_step(target)
        found, steps = (*found, *([flag] if flag else [])), (*steps, step)
    why_not = _why_not(task)
    readings = () if special else phrases.readings(rule, occasion, resolved, task.days)
    return DueItem(
        contract=task.contract.id,
        contract_title=task.contract.head.title,
        deliverable=deliverable.no,
        title=deliverable.title,
        scope=rule.scope,
        medium=medium,
        period=Period(start=occasion.span.start, end=occasion.span.end) if occasion.span else None,
        event=EventRef(occasion.event.kind, occasion.event.id) if occasion.event else None,
        due=due,
        due_time=resolved.time or (rule.time.zfill(5) if rule.time and due else None),
        phrase=task.placed.phrase,
        explanation=(*steps, why_not) if why_not else steps,
        readings=readings,
        flags=found,
        closed_day=closed_day,
        condition=rule.condition or deliverable.condition or shapes.only_if(rule),
        obligor=deliverable.obligor,
        occasion=_occasion_name(occasion),
        applies=why_not is None and occasion.not_due is None,
        listed=deliverable.listed,
        rules=(task.placed.index,),
        key=_key(task, occasion, part, medium),
        source=rule.source,
    )


def _why_not(task: _Task) -> str | None:
    """Why nothing is due whatever the occasion: no clause behind it applies, or its condition is not known to hold."""
    rule, deliverable = task.placed.rule, task.deliverable
    grounds = (rule.clause,) if rule.clause else deliverable.clauses
    reasons = [why_not_applicable(task.contract, clause) for clause in grounds]
    if reasons and all(reasons):
        return no_ground_step(tuple(dict.fromkeys(reason for reason in reasons if reason)))
    condition = rule.condition or deliverable.condition
    once = not (rule.event or rule.if_any or rule.each or rule.periods)
    return unmet_step(condition) if rule.undated and once and condition else None


def _first_flags(resolved: Resolved) -> tuple[str, ...]:
    if resolved.broken:
        return (flags.BROKEN,)
    return (flags.WAITING,) if resolved.waits else ()


def _steps(task: _Task, occasion: Occasion, resolved: Resolved) -> tuple[str, ...]:
    rule = task.placed.rule
    steps = [
        ground(task.contract, task.deliverable, rule, task.placed.phrase),
        occasion_step(occasion),
        occasion.not_due or occasion.because,
    ]
    if rule.undated and occasion.fires:
        steps.append(undated_step(rule.undated))
    steps += resolved.steps
    if rule.time and resolved.day:
        steps.append(time_step(rule.time))
    if resolved.waits:
        steps.append(waiting_step(resolved.waits))
    if resolved.broken:
        steps.append(f"期限の規則を読めないため、日付を計算できません。{resolved.broken}")
    return tuple(step for step in steps if step)


def _occasion_name(occasion: Occasion) -> str | None:
    if occasion.event is not None:
        return f"{events.kind_title(occasion.event.kind)} {occasion.event.id}"
    return occasion.span.name if occasion.span else None


def _key(task: _Task, occasion: Occasion, part: int, medium: str | None) -> str:
    """Made of what the item is, never of its date; the period by its calendar start, so that an earlier end of the
    contract does not make it another item; the rule by its place among those of its kind, so that a rule of another
    kind does not either."""
    period = occasion.span.whole.start.isoformat() if occasion.span else ""
    event = f"{occasion.event.kind}/{occasion.event.id}" if occasion.event else ""
    rule = task.placed.rule
    kind = _kind(rule)
    ordinal = sum(_kind(one) == kind and medium in (one.media or (None,)) for one in task.placed.earlier)
    parts = (task.contract.id, task.deliverable.no, rule.scope, medium, period, event, *kind, ordinal, part)
    return "|".join("" if one is None else str(one) for one in parts)


def _kind(rule: DueRule) -> tuple[str, str | None]:
    return rule.each or rule.event or ("periods" if rule.periods else "once"), rule.scope
