"""What becomes of a contract, section by section, in words; the same for every form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.intake.eras import wareki
from generator.outputs.preview import approvals as approvals
from generator.outputs.preview import deadlines as deadlines
from generator.outputs.preview.clauses import ClauseChange
from generator.outputs.preview.deadlines import DeadlineChange, DeadlineGroup
from generator.outputs.preview.documents import DocumentChange
from generator.outputs.preview.preview import ContractPreview
from generator.outputs.preview.summary import DEADLINES, DOCUMENTS, RENAMED

FEW = 3
"""As many dates of a deliverable are told one by one."""


@dataclass(frozen=True)
class Part:
    """Lines below a line that says what they have in common."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """One side of the matter: documents, due items …"""

    title: str
    count: int
    parts: tuple[Part, ...]


def sections(contract: ContractPreview) -> list[Section]:
    """What becomes of a contract, without what stays as it is."""
    approved = approvals.grouped(contract.approvals)
    found = (
        Section("変わったこと", len(contract.sentences), _parts("", contract.sentences)),
        Section("文書と PDF", len(contract.documents), tuple(_document_parts(contract))),
        Section("期限", len(contract.deadlines), tuple(_deadline_parts(contract))),
        Section("承認", len(approved), _parts("", (_sentence(one.said) for one in approved))),
        Section("条項", len(contract.clauses.changes), tuple(_clause_parts(contract))),
    )
    return [section for section in found if section.parts]


def _parts(heading: str, lines: Iterable[str]) -> tuple[Part, ...]:
    told = tuple(lines)
    return (Part(heading, told),) if told else ()


def _document_parts(contract: ContractPreview) -> Iterator[Part]:
    if contract.is_renamed:
        yield Part(f"{RENAMED}（{contract.before} → {contract.id}）", ())
    groups: dict[tuple[str, str], list[DocumentChange]] = {}
    for one in contract.documents:
        groups.setdefault((one.what, one.cause), []).append(one)
    for what, cause in sorted(groups, key=lambda key: list(DOCUMENTS).index(key[0])):
        own = groups[what, cause]
        lines = () if contract.is_whole else map(_document, own)
        yield Part(f"{cause}により {len(own)} 件{DOCUMENTS[what]}ます", tuple(lines))


def _document(one: DocumentChange) -> str:
    parts = f"　変わるところ: {'、'.join(one.parts)}" if one.parts else ""
    return f"{_numbered(one.deliverable, one.title)}{parts}（{one.pdf}）"


def _numbered(number: str, title: str) -> str:
    return f"No.{number} {title}" if number else title


def _deadline_parts(contract: ContractPreview) -> Iterator[Part]:
    told: dict[tuple[str, ...], str] = {}
    for group in () if contract.is_whole else deadlines.grouped(contract.deadlines):
        first, alone = group.first, len(group.sorts) == 1
        title = _numbered(first.deliverable if first.listed else "", first.title)
        lines = [*_dates([_date(row, alone) for row in group.rows]), *_why(group, title, told)]
        sort = f"（{first.sort}）" if alone and first.sort else ""
        yield Part(f"{title}{sort}　{len(group.changes)} 件{DEADLINES[group.what]}ます", tuple(lines))


def _dates(rows: Sequence[str]) -> list[str]:
    """The first dates; of more than one besides their number and the last."""
    rest = len(rows) - FEW
    return [*rows[:FEW], f"ほか {rest} 件。最後は {rows[-1]}"] if rest > 1 else [*rows]


def _date(row: Sequence[DeadlineChange], alone: bool) -> str:
    """Dates that are the same for some scopes and media; which, where they are not `alone`."""
    one, sorts = row[0], "／".join(each.sort or "区別なし" for each in row)
    days = [wareki(day) if day else "日付なし" for day in (one.before, one.after)]
    told = "　".join(filter(None, (one.occasion, "" if alone else sorts)))
    of = f"（{told}）" if told else ""
    states = f"　{one.state_before} → {one.state_after}" if one.state_before != one.state_after else ""
    if one.what == deadlines.MOVED:
        return f"{days[0]} → {days[1]}{of}{states}"
    return f"{days[one.what != deadlines.GONE]}{of}{states if one.what == deadlines.STATE else ''}"


def _why(group: DeadlineGroup, title: str, told: dict[tuple[str, ...], str]) -> Iterator[str]:
    """How the first is computed now; what was `told` of another deliverable is not told again."""
    first = group.first
    if not first.why or group.what == deadlines.GONE:
        return
    steps = tuple(step for step in first.why if not step.startswith(_GROUND))
    before = told.setdefault(steps, title) if len(steps) > 1 else title
    said = (
        first.why if before == title else [*first.why[: len(first.why) - len(steps)], f"数え方は「{before}」と同じです"]
    )
    of = f"（{first.occasion}の分）" if len(group.rows) > 1 and first.occasion else ""
    yield f"なぜ{of}: {''.join(map(_sentence, said))}"


_GROUND = "根拠: "
"""What the step begins with that names the clause and the phrase: it comes first."""


def _sentence(text: str) -> str:
    return text if text.endswith("。") else f"{text}。"


def _clause_parts(contract: ContractPreview) -> Iterator[Part]:
    clauses = contract.clauses
    counts = [f"{one.total} 件のうち {one.answered} 件" for one in (clauses.before, clauses.after) if one]
    moved = len(set(counts)) > 1
    heading = f"受注者の義務・禁止への対応　{' → '.join(counts)}" if moved else ""
    if clauses.changes or moved:
        yield Part(heading, tuple(map(_clause, clauses.changes)))


def _clause(one: ClauseChange) -> str:
    terms = f"{one.terms}　" if one.terms else ""
    sides = (("なくなる対応", one.lost), ("増える対応", one.gained))
    told = [f"{title}: {'、'.join(f'「{answer}」' for answer in answers)}" for title, answers in sides if answers]
    status = f"{one.before or '新しい条項'} → {one.after}" if one.before != one.after else ""
    return f"{terms}{one.id} {one.heading}　{'。'.join(filter(None, (*told, status)))}"
