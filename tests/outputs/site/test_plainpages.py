"""The pages in the place of documents that a contract does not ask for."""

from __future__ import annotations

from collections.abc import Callable

from generator.outputs.site import plainpages
from tests import papers
from tests.papers import parsed
from tests.support import CONTRACT, WHOLE, Project


def test_plans_of_the_years_lead_to_each_other(project: Callable[..., Project]) -> None:
    """The year before and the year after; what there is one of leads nowhere."""
    longer = WHOLE[f"{CONTRACT}/contract.yml"].replace("end: 2027-03-31", "end: 2029-03-31")
    site, shown = papers.shown(project, {f"{CONTRACT}/contract.yml": longer})
    pages = {one.name: plainpages.markdown(site, shown, one) for one in plainpages.pages(shown.contract, shown.bodies)}
    turns = {name: parsed(pages, name).xpath("//a[@rel]/@href") for name in pages}
    assert turns["plan-2026"] == ["plan-2027.html"]
    assert turns["plan-2027"] == ["plan-2026.html", "plan-2028.html"]
    assert turns["structure"] == []
    assert site.problems == []


def test_the_structure_tells_what_changed_in_it(project: Callable[..., Project]) -> None:
    """The day, the record, and who followed whom; a change of a later day is not told of."""
    change = "title: {}の変更\nchanged: {}\n"
    followed = "    end: 2026-04-19\n  - {person: p2, role: manager, start: 2026-04-20, end: 2026-05-31}\n"
    staff = WHOLE[f"{CONTRACT}/staff.yml"].replace("people:\n", "people:\n  - {id: p2, name: 見本 次郎}\n")
    files = {
        f"{CONTRACT}/staff.yml": staff.replace(
            "    start: 2026-04-01\n",
            f"    start: 2026-04-01\n{followed}  - {{person: p1, role: manager, start: 2026-06-01}}\n",
        ),
        f"{CONTRACT}/records/structure-changes/2026-04-20.yml": change.format("春", "2026-04-20"),
        f"{CONTRACT}/records/structure-changes/2026-06-01.yml": change.format("夏", "2026-06-01"),
    }
    site, shown = papers.shown(project, files)
    (page,) = (one for one in plainpages.pages(shown.contract, shown.bodies) if one.name == "structure")
    told = parsed({"structure.md": plainpages.markdown(site, shown, page)}, "structure.md")
    (row,) = told.xpath("//h2[@id='structure-changes']/following-sibling::table[1]/tbody/tr")
    assert papers.text(row) == "令和8年4月20日（月） 春の変更 業務責任者 見本 太郎 → 見本 次郎"
    assert row.xpath(".//a/@href") == ["records/structure-changes.html#r-2026-04-20"]
    assert site.problems == []
