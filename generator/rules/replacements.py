"""読み替え: the clauses of shared terms as one contract reads them."""

from __future__ import annotations

import dataclasses
from typing import Any

from generator.model import Clause, Contract, Replacement, Terms


def as_read(contract: Contract, terms: Terms, clause: Clause) -> Clause:
    """The clause with this contract's words in the place of the terms' own."""
    words = [word for a in contract.head.terms if a.terms == terms.id for word in a.replacements]
    mine = [word for word in words if not word.clauses or clause.id in word.clauses]
    if not mine:
        return clause
    changed: dict[str, Any] = {
        name: _replaced(getattr(clause, name), mine) for name in ("heading", "text", "trigger", "condition")
    }
    return dataclasses.replace(clause, **changed)


def _replaced(text: str | None, words: list[Replacement]) -> str | None:
    for word in words:
        text = text.replace(word.word, word.reads) if text else text
    return text
