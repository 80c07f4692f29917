"""Glances of a small project or written by hand, and the home that is made of them."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import markdown

from generator.checking import check
from generator.documents.render import Sandbox, environment
from generator.documents.templates import TemplateFolders
from generator.outputs.glance.glance import Glance, Levels, Progress, glance
from generator.outputs.glance.lines import Line
from generator.outputs.glance.work import Duties
from generator.outputs.shown import Past, Shown, Site, show
from tests.support import ROOT, Project

SCRIPTS = ("countdown.js", "lastvisit.js")
NOTHING = Glance(
    id="mihon",
    title="見本業務委託",
    sample=True,
    authority="見本市",
    vendor="見本社",
    start=dt.date(2026, 4, 1),
    end=dt.date(2027, 3, 31),
    as_of=dt.date(2026, 6, 20),
    vendor_duties=Duties(),
    authority_duties=Duties(),
    waiting=(),
    handed_over=(),
    not_over=(),
    levels=Levels(),
    coverage=Progress(0, 0, None),
    checklist=Progress(0, 0, None),
    stale=(),
    unapproved=(),
    lapsing=(),
    documents=0,
)
"""A contract of which there is nothing to say on 20 June 2026."""


def line(title: str, date: str, state: str = "", **more: object) -> Line:
    """A line of the contract above."""
    own = Line(NOTHING.id, NOTHING.title, title, "deadlines.html#d-1", dt.date.fromisoformat(date), state)
    return replace(own, **more)  # type: ignore[arg-type]


def shown_of(there: Project, as_of: str) -> Shown:
    """What is shown of the small project's contract on a day."""
    checked = check(there.root)
    site = Site(environment(checked.folders), checked.folders, dt.date.fromisoformat(as_of))
    return show(checked.loaded.portfolio.contracts["mihon"], checked.kinds, Past(), site)


def glance_of(there: Project, as_of: str) -> Glance:
    """The glance of the small project's contract on a day."""
    return glance(shown_of(there, as_of), dt.date.fromisoformat(as_of))


@cache
def _templates() -> tuple[Sandbox, TemplateFolders]:
    folders = TemplateFolders(ROOT)
    return environment(folders), folders


def home(glances: Sequence[Glance], as_of: str = "2026-06-20") -> str:
    """The home as HTML, without the theme around it."""
    env, folders = _templates()
    site = Site(env, folders, dt.date.fromisoformat(as_of))
    text = site.page("home.md.j2", "ホーム", glances=glances, problems=())
    assert site.problems == []
    return markdown.markdown(text.partition("---\n\n")[2], extensions=["attr_list"])


def page(place: Path, glances: Sequence[Glance], as_of: str = "2026-06-20") -> Path:
    """The home as a file with its scripts beside it, to be opened in a browser."""
    for name in SCRIPTS:
        shutil.copy(ROOT / "templates/site" / name, place.parent)
    head = "<!doctype html><html lang=ja><meta charset=utf-8><title>ホーム</title>"
    scripts = "".join(f"<script src={name}></script>" for name in SCRIPTS)
    place.write_text(f"{head}{home(glances, as_of)}{scripts}", encoding="utf-8")
    return place
