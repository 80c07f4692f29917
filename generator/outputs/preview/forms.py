"""A preview as text and as JSON; `FORMS` lists all forms."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from generator.outputs.preview import summary as words
from generator.outputs.preview.markdown import to_markdown
from generator.outputs.preview.preview import ContractPreview, Preview
from generator.outputs.preview.sections import Section, sections
from generator.outputs.preview.sides import Stand
from generator.problems import Problem, as_data, to_text


def text(preview: Preview) -> str:
    """The summary, then everything below its contract; no line begins with what the data say."""
    lines = [words.heading(preview), words.summary(preview), *(f"（{note}）" for note in words.notes(preview))]
    if preview.shared:
        lines += ["", "■ 契約に共通のデータ", *(f"    {sentence}" for sentence in preview.shared)]
    for contract in preview.contracts:
        lines += ["", f"■ {words.titled(contract)}　{words.contract_summary(preview, contract)}".rstrip()]
        lines += [line for section in sections(contract) for line in _section(section)]
    lines += _problems("新しい誤りと注意", words.untold(preview))
    lines += _problems("なくなる誤りと注意", preview.problems.mended)
    return "".join(f"{' '.join(line.splitlines())}\n" for line in lines)


def _section(section: Section) -> Iterator[str]:
    yield f"  {section.title}"
    for part in section.parts:
        yield from (f"    {part.heading}",) if part.heading else ()
        yield from (f"    {'  ' if part.heading else ''}{line}" for line in part.lines)


def _problems(title: str, problems: Sequence[Problem]) -> list[str]:
    return ["", f"■ {title}", *(f"    {line}" for line in to_text(problems).splitlines())] if problems else []


# --- JSON --------------------------------------------------------------------------------------------------


def to_json(preview: Preview) -> str:
    """All that is otherwise, as one object."""
    told = {
        "before": _side(preview.before),
        "after": _side(preview.after),
        "as_of": preview.as_of,
        "summary": words.summary(preview),
        "notes": list(words.notes(preview)),
        "contracts": [_contract(contract) for contract in preview.contracts],
        "shared": list(preview.shared),
        "problems": {"new": as_data(preview.problems.new), "mended": as_data(preview.problems.mended)},
    }
    return json.dumps(told, ensure_ascii=False, indent=2, default=_iso) + "\n"


def _iso(value: dt.date) -> str:
    return value.isoformat()


def _side(stand: Stand) -> dict[str, Any]:
    return {"title": stand.side.title, "commit": stand.side.commit, "day": stand.side.day}


def _contract(contract: ContractPreview) -> dict[str, Any]:
    clauses = contract.clauses
    return {
        "id": contract.id,
        "before": contract.before or None,
        "gone": contract.gone,
        "title": contract.title,
        "sentences": list(contract.sentences),
        "documents": [_filled(asdict(one)) for one in contract.documents],
        "deadlines": [_filled(asdict(one)) for one in contract.deadlines],
        "approvals": [_filled(asdict(one)) for one in contract.approvals],
        "clauses": [_filled(asdict(one)) for one in clauses.changes],
        "coverage": {side: own and asdict(own) for side, own in (("before", clauses.before), ("after", clauses.after))},
    }


def _filled(row: dict[str, Any]) -> dict[str, Any]:
    """A row with null where there is nothing to be said."""
    return {key: None if value == "" else value for key, value in row.items()}


FORMS: dict[str, Callable[[Preview], str]] = {"text": text, "markdown": to_markdown, "json": to_json}
"""The forms by their name."""
