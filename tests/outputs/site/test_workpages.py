"""The pages 作業 and 台帳."""

from __future__ import annotations

from collections.abc import Callable

from generator.outputs.site import workpages
from tests import papers
from tests.papers import parsed, text
from tests.support import CONTRACT, Files, Project

LOANS = {
    f"{CONTRACT}/records/loans/2026.yml": """\
items:
  - {item: パソコン, borrower: 情報課, lent: 2026-04-02, until: 2026-04-20}
  - {item: 鍵, borrower: 情報課, lent: 2026-04-03, until: 2026-05-20}
""",
    f"{CONTRACT}/records/inquiries/2026-04.yml": """\
items:
  - {id: q01, received: 2026-04-09 10:00, source: staff, subject: 送信, question: 送れない。, person: p1, minutes: 15}
""",
}


def _pages(project: Callable[..., Project], changes: Files | None = None) -> dict[str, str]:
    site, shown = papers.shown(project, changes)
    found = dict(workpages.pages(site, shown))
    assert site.problems == []
    return found


def test_work_is_told_month_by_month(project: Callable[..., Project]) -> None:
    """The figures of the reports, the newest month first, with the report of the month."""
    rows = parsed(_pages(project, LOANS), workpages.WORK).xpath(
        "//h2[@id='fy2026']/following-sibling::table[1]/tbody/tr"
    )
    assert [text(row.find("th")) for row in rows] == ["令和8年5月", "令和8年4月"]
    assert text(rows[1]) == "令和8年4月 1回 2時間30分 1件 1件 作業報告書 PDF"
    assert rows[1].xpath(".//a/@href") == [
        "documents/monthly-2026-04.html",
        "../deliverables/mihon/1-monthly-2026-04.pdf",
    ]


def test_each_piece_of_work_leads_to_its_record(project: Callable[..., Project]) -> None:
    """When, what, who and how long."""
    (row,) = parsed(_pages(project), workpages.WORK).xpath("//table[@data-filter='month:月 kind:種類']/tbody/tr")
    assert text(row) == "令和8年4月10日（金）13時00分 定期点検 見本 太郎 2時間30分"
    assert row.xpath(".//a/@href") == ["records/work.html#r-2026-04-10"]


def test_without_work_there_is_no_page(project: Callable[..., Project]) -> None:
    """An empty page is not made."""
    assert workpages.WORK not in _pages(project, {f"{CONTRACT}/records/work/2026-04-10.yml": None})


def test_registers_say_how_their_rows_stand(project: Callable[..., Project]) -> None:
    """What is lent and what is late, as the register's own document counts it."""
    page = parsed(_pages(project, LOANS), workpages.REGISTERS)
    rows = {
        row.xpath("th/a/@href")[0]: row for row in page.xpath("//h2[@id='rows']/following-sibling::table[1]/tbody/tr")
    }
    loans = {cell.get("data-label"): text(cell) for cell in rows["records/loans.html"].xpath("td")}
    assert loans == {"行数": "2件", "内訳": "貸出中 1件 期限超過 1件 返却済 0件", "最後の記録": "令和8年4月3日（金）"}
    assert text(rows["records/inquiries.html"].xpath("td[@data-label='行数']")[0]) == "1件"


def test_documents_of_the_registers_shelf_are_there(project: Callable[..., Project]) -> None:
    """A register that is a document can be opened and taken as PDF."""
    kept = papers.PAPERS["templates/documents/handed-list.html.j2"].replace("data:", "shelf: registers\ndata:")
    page = parsed(_pages(project, {"templates/documents/handed-list.html.j2": kept}), workpages.REGISTERS)
    assert page.xpath("//ul[@class='shelf']//a/@href") == [
        "documents/handed-list.html",
        "../deliverables/mihon/list-handed-list.pdf",
    ]


def test_without_registers_there_is_no_page(project: Callable[..., Project]) -> None:
    """A contract that keeps none has no page for them."""
    assert workpages.REGISTERS not in _pages(project)
