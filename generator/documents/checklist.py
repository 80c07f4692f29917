"""情報セキュリティ対策チェックリスト: the check items of a contract's terms with their answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.model import CheckAnswer, CheckItem, Contract, Terms
from generator.rules import coverage


@dataclass(frozen=True)
class CheckRow:
    """A check item with its answer, blank where nobody has answered."""

    item: CheckItem
    grounds: tuple[str, ...]
    answer: CheckAnswer
    person: str


@dataclass(frozen=True)
class ChecklistView:
    """The check items of all attached terms, in groups, and how far the answers are."""

    groups: tuple[tuple[str, tuple[CheckRow, ...]], ...]
    counts: dict[str, int] = field(default_factory=dict)


def checklist(contract: Contract) -> ChecklistView:
    """Every check item of the attached terms with the answer of checklist.yml.

    An item without an answer is 対象外 where contract.yml says that its grounds do not apply.
    """
    answers = {answer.item: answer for answer in contract.checklist.answers}
    groups = []
    for terms in contract.terms:
        if rows := tuple(_check_rows(contract, terms, answers)):
            groups.append((contract.terms_title(terms), rows))
    flat = [row.answer.answer or "未記入" for _, rows in groups for row in rows]
    return ChecklistView(tuple(groups), {name: flat.count(name) for name in ("○", "×", "対象外", "未記入")})


def _check_rows(contract: Contract, terms: Terms, answers: Mapping[str, CheckAnswer]) -> Iterator[CheckRow]:
    people = {person.id: person.name for person in contract.staff.people}
    label = next(a.label for a in contract.head.terms if a.terms == terms.id)
    short = "" if label == terms.title else label
    printed = {clause.id: f"{short}{clause.printed or clause.id}" for clause in terms.clauses}
    for item in terms.check_items:
        name = f"{terms.id}/{item.id}"
        answer = answers.get(name) or _not_applicable(contract, terms, item) or CheckAnswer(item=name)
        grounds = tuple(printed.get(ground, f"{short}{ground}") for ground in item.grounds)
        yield CheckRow(item, grounds, answer, people.get(answer.person or "", ""))


def _not_applicable(contract: Contract, terms: Terms, item: CheckItem) -> CheckAnswer | None:
    reasons = [coverage.why_not_applicable(contract, f"{terms.id}/{ground}") for ground in item.grounds]
    if not all(reasons):
        return None
    return CheckAnswer(
        item=f"{terms.id}/{item.id}", answer="対象外", reason="".join(dict.fromkeys(filter(None, reasons)))
    )
