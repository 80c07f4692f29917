"""The tables of a contract that are only looked at: the deadlines, and the clauses against what answers them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from generator.documents.views import answer_titles, label
from generator.intake.tables import ID, Column, Form, Row, Table
from generator.model import ANSWER_KINDS, Answer, Contract
from generator.outputs.due.duelist import chosen
from generator.outputs.site.clausepages import KIND_TITLES
from generator.rules.coverage import ClauseStatus, clauses
from generator.rules.deadlines import due_items
from generator.rules.dueitem import DueItem
from generator.rules.labels import MEDIA, OBLIGORS, SCOPES

DUE, CLAUSES = "due", "clauses"
_ONLY_SHOWN = "この表は見るだけで、書き替えても取り込みません。"

_DUE = (
    Column(ID, "記号", width=16),
    Column("due", "期限", "day", 20),
    Column("due_time", "時刻", width=8),
    Column("deliverable", "番号", width=14),
    Column("title", "納品物件", width=32),
    Column("sort", "差分・全量、媒体", width=14),
    Column("occasion", "対象", width=20),
    Column("state", "状態", width=10),
    Column("submitted", "提出日", "date", 18),
    Column("obligor", "義務者", width=9),
    Column("phrase", "定め", width=36),
    Column("flags", "注意", width=44),
)


def due(contract: Contract, as_of: dt.date) -> Table:
    """Every due item, in order of its date; what has no date comes last, with the words of the specification."""
    rows = tuple(Row(item.anchor, _item(item)) for item in chosen(due_items(contract, as_of)))
    return Table(DUE, "期限", "提出期限", _DUE, rows, note=f"提出は nohin submit で記録します。{_ONLY_SHOWN}", held=5)


def _item(item: DueItem) -> tuple[Form, ...]:
    sort = "・".join(filter(None, (SCOPES.get(item.scope or ""), MEDIA.get(item.medium or ""))))
    return (
        item.anchor,
        item.due or "日付なし",
        item.due_time,
        item.deliverable,
        item.title,
        sort,
        item.occasion,
        item.state,
        item.submitted,
        OBLIGORS[item.obligor],
        item.phrase,
        "、".join(item.flags),
    )


def matrix(contract: Contract) -> Table:
    """Every clause against the kinds of answer that occur."""
    statuses = clauses(contract)
    used = {answer.kind for status in statuses for answer in status.clause.answers}
    kinds = [kind for kind in ANSWER_KINDS if kind in used]
    columns = (
        Column(ID, "記号", width=18),
        Column("source", "仕様書・特記事項", width=20),
        Column("number", "条項", width=10),
        Column("heading", "見出し", width=24),
        Column("text", "内容", width=44),
        Column("obligor", "義務者", width=10),
        Column("kind", "種類", width=10),
        Column("status", "状態", width=10),
        *(Column(f"by-{kind}", KIND_TITLES[kind], width=30 if kind == "statement" else 20) for kind in kinds),
        Column("reason", "対象外の理由", width=24),
    )
    titles = answer_titles(contract)
    rows = tuple(_clause(contract, status, kinds, titles) for status in statuses)
    return Table(CLAUSES, "条項対照表", "条項と、それに応えるもの", columns, rows, note=_ONLY_SHOWN, held=4)


def _clause(
    contract: Contract, status: ClauseStatus, kinds: Sequence[str], titles: Mapping[str, Mapping[str, str]]
) -> Row:
    clause, terms = status.clause, status.terms
    name = f"{terms.id}/{clause.id}" if terms else clause.id
    forms = (
        name,
        contract.terms_title(terms) if terms else "仕様書",
        clause.printed or clause.id,
        clause.heading,
        clause.text,
        label("clauses", "clauses.*.obligor", clause.obligor),
        label("clauses", "clauses.*.kind", clause.kind),
        status.status,
        *("\n".join(_said(clause.answers, kind, titles)) for kind in kinds),
        status.reason,
    )
    return Row(name, forms)


def _said(answers: Sequence[Answer], kind: str, titles: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """The answers of a kind by their titles; the head of the column says the kind."""
    return (titles.get(kind, {}).get(one.target, one.target) for one in answers if one.kind == kind)
