"""What differs, as a document: the sentences, the 新旧対照表 and what its marks mean, in HTML and PDF."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.documents.comparisoncells import BRACKETS
from generator.documents.comparisontable import table
from generator.documents.kinds import discover, publishable
from generator.documents.markedup import marked_up
from generator.documents.render import environment, render
from generator.documents.templates import TemplateFolders
from generator.history import redacted
from generator.history.effectstore import Effects, Reading
from generator.intake.portfolio import load
from generator.intake.redaction import Redaction
from generator.intake.schema import still_in_force
from generator.intake.tree import WorkingTree
from generator.model import Effect
from generator.outputs import fonts, pdf
from generator.outputs.cache import Cache
from generator.outputs.difference.bodies import Bodies
from generator.outputs.difference.difference import Difference, Side, contracts
from generator.outputs.difference.forms import NEW_LEFT, titled
from generator.outputs.typesetting import STYLES
from generator.problems import NohinError

PAPER = "A4"


@dataclass(frozen=True)
class Marked:
    """A document's body with its changes marked."""

    title: str
    html: str
    paper: str


def marked(
    project: Path,
    before: Side,
    after: Side,
    contract: str,
    document: str,
    as_of: dt.date,
    redaction: Redaction | None = None,
) -> Marked:
    """見え消し版 of a document, each side as of its day; NohinError where neither has it.

    With a `redaction` the sides are as everybody may read them, and so is the document.
    """
    folders = TemplateFolders(project)
    kinds = discover(folders)[0]
    bodies = Bodies(environment(folders), publishable(kinds) if redaction else kinds)
    effects = _effects(project, redaction)
    known = [one and replace(one, effects=effects.get(one.id, {})) for one in contracts(before, after, contract)]
    sides = list(zip(known, (before.day or as_of, after.day or as_of), strict=True))
    old, new = (bodies.of(one, document, day) for one, day in sides)
    found = new or old
    if found is None:
        names = dict.fromkeys(name for one, day in reversed(sides) for name in bodies.names(one, day))
        raise NohinError(f"文書「{document}」がどちらの版にもありません。あるのは: {'、'.join(names)}")
    html = marked_up(old.html if old else "", new.html if new else "")
    return Marked(found.document.title, html, found.document.kind.paper)


def _effects(project: Path, redaction: Redaction | None) -> Mapping[str, Mapping[str, Effect]]:
    """What system changes did to the design, by contract: books tell of it."""
    kept, log = (Reading(Cache.existing(project, name)) for name in ("effects", "history"))
    with still_in_force():
        portfolio, _ = Effects(project, kept, log).known(load(WorkingTree(project)).portfolio)
    told = {name: contract.effects for name, contract in portfolio.contracts.items()}
    return {name: redacted.effects(one, redaction) for name, one in told.items()} if redaction else told


@dataclass(frozen=True)
class Paper:
    """All that the document says."""

    before: Side
    after: Side
    found: Sequence[Difference]
    order: str
    marked: Marked | None = None

    @property
    def date(self) -> str | None:
        """The day of the later side; None for the working tree."""
        return self.after.day.isoformat() if self.after.day else None

    def values(self) -> dict[str, Any]:
        """What the layout sees."""
        contracts = [one for one in self.found if one.contract]
        parts = [
            {
                "title": titled(one),
                "sentences": one.sentences,
                "groups": table(one.changes, one.sides),
            }
            for one in self.found
        ]
        return {
            "subject": contracts[0].title if len(contracts) == 1 else "全契約",
            "number": f"{contracts[0].contract}/新旧対照表" if len(contracts) == 1 else "新旧対照表",
            "edition": self.after.title,
            "before": self.before.title,
            "after": self.after.title,
            "parts": parts,
            "marks": BRACKETS,
            "new_left": self.order == NEW_LEFT,
            "sample": any(side and side.sample for one in contracts for side in (one.sides.before, one.sides.after)),
            "marked": self.marked,
            "date": self.date,
        }


def to_html(project: Path, paper: Paper) -> bytes:
    """One file that needs no other."""
    return _html(TemplateFolders(project), paper, inline=True).encode()


def to_pdf(project: Path, paper: Paper) -> bytes:
    """The same, typeset."""
    fonts.fingerprint()
    folders = TemplateFolders(project)
    wide = f"@page marked {{ size: {paper.marked.paper} }}\n.marked {{ page: marked }}" if paper.marked else ""
    css = f"{_css(folders)}\n@page {{ size: {PAPER} }}\n{wide}"
    return pdf.typeset(pdf.Job("新旧対照表", _html(folders, paper, inline=False), css, paper.date))[4:]


def _html(folders: TemplateFolders, paper: Paper, inline: bool) -> str:
    css = _css(folders) if inline else ""
    text, problems = render(environment(folders), "layouts/comparison.html.j2", css=css, **paper.values())
    if text is None:
        raise NohinError("\n".join(f"{problem.source}: {problem.message}" for problem in problems))
    return text


def _css(folders: TemplateFolders) -> str:
    return "\n".join(folders.read(name).body for name in STYLES)
