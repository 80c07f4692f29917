"""The clause register as text and JSON, for `nohin clauses`."""

from __future__ import annotations

import json
from collections.abc import Sequence

from generator.rules.coverage import ClauseStatus, coverage


def to_json(statuses: Sequence[ClauseStatus]) -> str:
    """The list of DESIGN section 7."""
    rows = [
        {
            "contract": status.contract,
            "source": status.terms.id if status.terms else None,
            "id": status.clause.id,
            "heading": status.clause.heading,
            "obligor": status.clause.obligor,
            "kind": status.clause.kind,
            "answered_by": list(status.answered_by),
            "status": status.status,
        }
        for status in statuses
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def to_text(statuses: Sequence[ClauseStatus]) -> str:
    """A line a clause, and what was counted."""
    lines = [_line(status) for status in statuses]
    found = coverage(statuses)
    lines.append(f"受注者の義務・禁止 {found.total} 件のうち {found.answered} 件に対応があります")
    return "\n".join(lines) + "\n"


def _line(status: ClauseStatus) -> str:
    place = f"{status.terms.id}/{status.clause.id}" if status.terms else status.clause.id
    answers = "、".join(status.answered_by)
    return "\t".join((status.contract, place, status.status, status.clause.heading, answers))
