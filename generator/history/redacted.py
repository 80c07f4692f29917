"""The past as everybody may read it: who wrote is not told, and files go by the names that everybody may read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.history.following import Blob, Touch
from generator.history.log import Commit, History
from generator.intake.masking import HIDDEN
from generator.intake.portfolio import Loaded
from generator.intake.redaction import Redaction
from generator.intake.schema import DESIGN, MANUALS, Schema, load_schemas
from generator.model import OVERVIEW, Difference, Effect
from generator.problems import Problem


def loaded(told: Loaded, redaction: Redaction) -> Loaded:
    """A project's data without what is personal; what system changes did to the design is known from history."""
    files, portfolio = redaction.files(told.files)
    known = {name: effects(one.effects, redaction) for name, one in told.portfolio.contracts.items()}
    contracts = {name: replace(one, effects=known.get(name, {})) for name, one in portfolio.contracts.items()}
    return replace(told, files=files, portfolio=replace(portfolio, contracts=contracts))


def effects(told: Mapping[str, Effect], redaction: Redaction) -> dict[str, Effect]:
    """What system changes did, by the id of the record."""
    return {
        redaction.text(record): replace(effect, differences=tuple(_differences(effect, redaction)))
        for record, effect in told.items()
    }


def _differences(effect: Effect, redaction: Redaction) -> list[Difference]:
    """Those that still are some when what is personal is left out."""
    told = [_difference(one, redaction) for one in effect.differences]
    return [one for one in told if one.before != one.after]


def _difference(one: Difference, redaction: Redaction) -> Difference:
    schema, steps = _place(one)
    before, after = (redaction.value(schema, value, steps) for value in (one.before, one.after))
    return replace(one, name=redaction.text(one.name), before=before, after=after)


def _place(one: Difference) -> tuple[Schema, tuple[str, ...]]:
    """The schema of what differs, and where in its file it stands."""
    schemas = load_schemas().by_kind
    if one.place == MANUALS:
        return schemas[MANUALS], ()
    kind, _, name = one.name.partition("/")
    return schemas[DESIGN + kind], (name,) if kind == OVERVIEW else (kind, "*")


def problems(told: Sequence[Problem], redaction: Redaction) -> list[Problem]:
    """The places of problems: what is wrong there may be what somebody is called."""
    places = (replace(one.source, path=redaction.path(one.source.path)) for one in told)
    return [
        replace(one, source=place, message="公開用では、内容を載せません", hint="")
        for one, place in zip(told, places, strict=True)
    ]


def history(told: History, redaction: Redaction) -> History:
    """The log without names."""
    return replace(
        told,
        commits=tuple(_commit(commit, redaction) for commit in told.commits),
        touched={redaction.path(path): [_touch(one, redaction) for one in own] for path, own in told.touched.items()},
        uncommitted=frozenset(map(redaction.path, told.uncommitted)),
        redaction=redaction,
        made={},
    )


def _commit(commit: Commit, redaction: Redaction) -> Commit:
    return replace(commit, author=HIDDEN, subject=redaction.text(commit.subject))


def _touch(touch: Touch, redaction: Redaction) -> Touch:
    before = tuple(_blob(blob, redaction) for blob in touch.before)
    return Touch(touch.commit, before, _blob(touch.after, redaction) if touch.after else None)


def _blob(blob: Blob, redaction: Redaction) -> Blob:
    return Blob(redaction.path(blob.path), blob.id)
