"""What becomes of a contract, section by section, in words; the same for every form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.intake.eras import wareki
from generator.outputs.preview import deadlines as deadlines
from generator.outputs.preview.approvals import ApprovalChange
from generator.outputs.preview.clauses import ClauseChange
from generator.outputs.preview.deadlines import DeadlineChange, DeadlineGroup
from generator.outputs.preview.documents import DocumentChange
from generator.outputs.preview.preview import ContractPreview
from generator.outputs.preview.summary import DEADLINES, DOCUMENTS, RENAMED
from generator.rules.labels import MEDIA, SCOPES

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
    found = (
        Section("変わったこと", len(contract.sentences), _parts("", contract.sentences)),
        Section("文書と PDF", len(contract.documents), tuple(_document_parts(contract))),
        Section("期限", len(contract.deadlines), tuple(_deadline_parts(contract))),
        Section("承認", len(contract.approvals), _parts("", map(_approval, contract.approvals))),
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
        lines = () if _is_whole(contract) else map(_document, own)
        yield Part(f"{cause}により {len(own)} 件{DOCUMENTS[what]}ます", tuple(lines))


def _is_whole(contract: ContractPreview) -> bool:
    """Whether all of it comes or goes: then it is enough to count."""
    return contract.gone or not contract.before


def _document(one: DocumentChange) -> str:
    parts = f"　変わるところ: {'、'.join(one.parts)}" if one.parts else ""
    return f"{_numbered(one.deliverable, one.title)}{parts}（{one.pdf}）"


def _numbered(number: str, title: str) -> str:
    return f"No.{number} {title}" if number else title


def _deadline_parts(contract: ContractPreview) -> Iterator[Part]:
    for group in () if _is_whole(contract) else deadlines.grouped(contract.deadlines):
        first, rest = group.first, len(group.changes) - FEW
        sort = "・".join(filter(None, (SCOPES.get(first.scope or ""), MEDIA.get(first.medium or ""))))
        title = _numbered(first.deliverable if first.listed else "", first.title) + (f"（{sort}）" if sort else "")
        lines = [*map(_date, group.changes[:FEW]), *([f"ほか {rest} 件"] if rest > 0 else []), *_why(group)]
        yield Part(f"{title}　{len(group.changes)} 件{DEADLINES[group.what]}ます", tuple(lines))


def _date(one: DeadlineChange) -> str:
    days = [wareki(day) if day else "日付なし" for day in (one.before, one.after)]
    of = f"（{one.occasion}）" if one.occasion else ""
    states = f"　{one.state_before} → {one.state_after}" if one.state_before != one.state_after else ""
    if one.what == deadlines.MOVED:
        return f"{days[0]} → {days[1]}{of}{states}"
    return f"{days[one.what != deadlines.GONE]}{of}{states if one.what == deadlines.STATE else ''}"


def _why(group: DeadlineGroup) -> Iterator[str]:
    """How the first is computed now."""
    first = group.first
    if first.why and group.what != deadlines.GONE:
        of = f"（{first.occasion}の分）" if len(group.changes) > 1 and first.occasion else ""
        yield f"なぜ{of}: {''.join(map(_sentence, first.why))}"


def _sentence(text: str) -> str:
    return text if text.endswith("。") else f"{text}。"


def _approval(one: ApprovalChange) -> str:
    day = wareki(one.at.date())
    return _sentence(one.said) if one.said else f"「{one.document_title}」の{one.title}（{day}）は再び有効になります。"


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
