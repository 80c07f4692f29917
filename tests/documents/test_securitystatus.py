"""情報セキュリティの管理状況: the figures of a review's period."""

from __future__ import annotations

from dataclasses import replace

from generator.documents.securitystatus import SecurityStatus, security_status
from generator.model import AttachedTerms, CheckAnswer, CheckItem, Checklist, Contract, Entry, Terms
from tests.documents.recorded import APRIL, AS_OF, at, contract, entry, on

REVIEW = entry("security-reviews", title="確認", reviewed=on(5, 1), period={"start": APRIL.start, "end": APRIL.end})


def _status(*entries: Entry) -> SecurityStatus:
    there: Contract = contract(REVIEW, *entries)
    return security_status(there, REVIEW, AS_OF)


def test_figures_are_those_of_the_period() -> None:
    """Records outside the period of the review are not counted; counts are divided by what the records say."""
    status = _status(
        entry("trainings", "1", kind="drill", held=on(4, 2), attendees=["p1", "p2"], absent=["p1"]),
        entry("trainings", "2", kind="education", held=on(5, 2), attendees=["p1"]),
        entry("custody", "1", movement="received", moved=at(4, 3)),
        entry("custody", "2", movement="received", moved=at(4, 4)),
        entry("disposals", "1", kind="erase", planned=on(4, 5)),
        entry("disposals", "2", kind="erase", disposed=on(4, 6)),
        entry("patches", "1", decided=on(4, 7), policy="apply", applied=on(4, 8)),
        entry("accidents", "1", occurred=at(4, 9), suspected=True),
        entry("inspections", "1", kind="log", inspected=on(4, 9), items=[{"judgement": "watch"}, {}]),
    )
    assert {figure.title: (figure.count, figure.parts) for figure in status.figures} == {
        "点検": (1, (("利用ログ", 1),)),
        "点検した項目": (2, (("要注意", 1), ("判定なし", 1))),
        "教育・訓練": (1, (("訓練", 1), ("受けた者（延べ）", 2), ("受けていない者（延べ）", 1))),
        "情報の受渡し": (2, (("受領", 2),)),
        "消去・廃棄": (1, (("消去", 1),)),
        "事故": (1, (("うち、おそれ", 1),)),
        "パッチの適用方針の決定": (1, (("適用する", 1), ("適用済", 1))),
    }


def test_what_should_be_back() -> None:
    """Of what was to be returned by the end of the period, what is neither returned nor erased is left."""
    held = [entry("custody", name, movement="received", moved=at(4, 1), until=on(4, 20)) for name in ("a", "b", "c")]
    later = entry("custody", "d", movement="received", moved=at(4, 1), until=on(5, 20))
    back = entry("custody", "r", movement="returned", moved=at(4, 20), of="a")
    erased = entry("disposals", "x", disposed=on(4, 19), custody=["b"])
    assert _status(*held, later, back, erased).unreturned == 1
    assert _status(*held, later).unreturned == 3


def test_review_without_a_period_has_no_figures() -> None:
    """Without a period nothing is counted, rather than everything."""
    review = entry("security-reviews", title="確認", reviewed=on(5, 1), findings=[{"judgement": "good"}])
    status = security_status(contract(review), review, AS_OF)
    assert (status.period, status.figures, status.work, status.judgements) == (None, (), None, (("良", 1),))


def test_what_came_after_the_review_is_not_counted() -> None:
    """Records and answers of later days are left out, although they belong to the period."""
    early = entry("security-reviews", title="確認", reviewed=on(4, 10), period={"start": APRIL.start, "end": APRIL.end})
    items = tuple(CheckItem(id=name, category="管理", text="したか", grounds=("1",)) for name in ("1", "2"))
    answers = (CheckAnswer(item="t/1", answer="○", date=on(4, 10)), CheckAnswer(item="t/2", answer="○", date=on(4, 11)))
    there = contract(
        early,
        entry("custody", "1", movement="received", moved=at(4, 10)),
        entry("custody", "2", movement="received", moved=at(4, 11)),
    )
    head = replace(there.head, terms=(AttachedTerms(terms="t", label="特記"),))
    terms = (Terms(id="t", title="特記", issuer="見本市", check_items=items),)
    there = replace(there, head=head, terms=terms, checklist=Checklist(answers=answers))
    status = security_status(there, early, AS_OF)
    assert [figure.count for figure in status.figures if figure.title == "情報の受渡し"] == [1]
    assert status.checklist == {"○": 1, "×": 0, "対象外": 0, "未記入": 1}
