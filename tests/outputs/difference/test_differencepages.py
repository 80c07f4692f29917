"""The pages 「変更」: the last commits in sentences, and documents compared with their last version."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable

import pytest
from lxml import html

from generator.checking import check
from generator.documents.render import environment
from generator.history import states
from generator.history.log import read
from generator.intake import datafiles
from generator.intake.remembered import Memory
from generator.intake.repository import Repository
from generator.intake.schema import Schemas
from generator.intake.tree import Tree
from generator.outputs.cache import Cache
from generator.outputs.difference import differencepages
from generator.outputs.shown import Past, Site, show
from tests.edits import AFTER, BEFORE, CHECKLIST, FIRST, STAFF, edited, renamed
from tests.support import CONTRACT, ROOT, Files, Project

INDEX, SHEET = "changes/index.md", "changes/security-checklist.md"
SUBMISSIONS = f"{CONTRACT}/submissions.yml"
AS_OF = dt.date(2026, 6, 1)


def _pages(there: Project, contract: str = "mihon", as_of: dt.date = AS_OF) -> dict[str, str]:
    """The pages of a contract, as a build makes them."""
    checked = check(there.root)
    repository = Repository.at(there.root)
    cache = Cache.of(there.root, "changes")
    past = Past(read(repository), repository, checked.loaded.schemas, checked.loaded.files, cache)
    site = Site(environment(checked.folders), checked.folders, as_of)
    made = differencepages.pages(site, show(checked.loaded.portfolio.contracts[contract], checked.kinds, past, site))
    assert site.problems == []
    return made


def _steps(page: str) -> list[tuple[str, list[str]]]:
    """The commits of the page with their sentences."""
    found = []
    for part in page.split('<h2 id="c-')[1:]:
        tree = html.fromstring(f'<div><h2 id="c-{part}</div>')
        found.append((tree.find(".//h2").text_content(), [item.text_content() for item in tree.iter("li")]))
    return found


# --- commits -------------------------------------------------------------------------------------------------------


def test_commits_with_their_sentences(project: Callable[..., Project]) -> None:
    """The newest first, each with its day, its reason and what it changed of the contract and what it uses."""
    page = _pages(edited(project))[INDEX]
    (second, told), (first, new) = _steps(page)
    assert (second, first) == ("令和8年5月8日（金）　担当者の交代と期限の見直し", "令和8年4月30日（木）　初版")
    assert "業務責任者　見本 太郎 → 例示 三郎（令和8年10月1日から）" in told
    assert "発注者「見本市」　部課「情報政策課」の名称を「情報課」から「情報政策課」に改めた。" in told
    assert new == ["契約「見本業務委託」を加えた。"]
    assert "<p>例示 三郎　" in page


def test_a_commit_that_changed_no_meaning_says_so(project: Callable[..., Project]) -> None:
    """A comment is a commit, and no change of what is agreed."""
    there = edited(project)
    there.write({STAFF: f"{AFTER[STAFF]}# 注\n"})
    there.commit("注を付けた", "2026-05-09T09:00:00+09:00")
    page = _pages(there)[INDEX]
    assert _steps(page)[0] == ("令和8年5月9日（土）　注を付けた", [])
    assert "データの意味は変わっていません" in page


def test_commits_of_others_are_not_told(project: Callable[..., Project]) -> None:
    """What touched neither the contract nor what it uses is not on its page."""
    there = edited(project)
    there.write({"data/vendors/betsu-sha.yml": "name: 別社\n", "README.md": "別\n"})
    there.commit("別の受注者", "2026-05-09T09:00:00+09:00")
    assert "別の受注者" not in _pages(there)[INDEX]


def test_old_commits_are_listed(project: Callable[..., Project]) -> None:
    """Of more than twenty commits the older ones are a list, without being looked into."""
    there = edited(project)
    for number in range(differencepages.SHOWN):
        there.write({STAFF: str(AFTER[STAFF]).replace("00-0000-0009", f"00-0000-01{number:02}")})
        there.commit(f"電話の変更{number}", f"2026-05-{number + 9:02}T09:00:00+09:00")
    page = _pages(there)[INDEX]
    assert len(_steps(page.split('<h2 id="older">')[0])) == differencepages.SHOWN
    assert "担当者の交代と期限の見直し" in page.split('<h2 id="older">')[1]


def test_what_is_not_committed_is_told_apart(project: Callable[..., Project]) -> None:
    """Work in hand stands above the commits."""
    there = edited(project)
    there.write({STAFF: str(AFTER[STAFF]).replace("例示 三郎", "例示 四郎")})
    before, _, after = _pages(there)[INDEX].partition('<h2 id="c-')
    assert "まだ確定していない変更" in before
    assert "「例示 三郎」から「例示 四郎」に改めた。" in before
    assert "例示 四郎" not in after


def test_a_contract_under_another_name_keeps_its_past(project: Callable[..., Project]) -> None:
    """Its commits, also those under the former name, and its documents."""
    pages = _pages(edited(project, renamed()), "rei")
    (_, told), (first, _) = _steps(pages[INDEX])
    assert "契約の記号を「mihon」から「rei」に改めた。" in told
    assert "体制　人「見本 次郎」を除いた。" in told
    assert first == "令和8年4月30日（木）　初版"
    assert SHEET in pages


def test_a_merge_tells_only_what_it_changed_itself(project: Callable[..., Project]) -> None:
    """What came by a branch is told by the branch's commits, once."""
    there = edited(project)
    there.git("checkout", "-q", "-b", "side")
    there.write({STAFF: str(AFTER[STAFF]).replace("例示 三郎", "例示 四郎")})
    there.commit("氏名の訂正", "2026-05-09T09:00:00+09:00")
    there.git("checkout", "-q", "main")
    there.write({"data/vendors/mihon-sha.yml": "name: 見本会社\nsample: true\n"})
    there.commit("名称の変更", "2026-05-10T09:00:00+09:00")
    there.git("merge", "-q", "--no-ff", "-m", "取り込み", "side")
    told = [sentence for _, found in _steps(_pages(there)[INDEX]) for sentence in found]
    assert len([sentence for sentence in told if "例示 四郎" in sentence]) == 1
    assert len([sentence for sentence in told if "見本会社" in sentence]) == 1


def test_a_history_that_was_cut_off_says_so(project: Callable[..., Project]) -> None:
    """The oldest commit there is did not make everything."""
    there = edited(project)
    shallow = there.root.parent / "shallow"
    there.git("clone", "-q", "--depth", "1", f"file://{there.root}", str(shallow))
    page = _pages(Project(shallow))[INDEX]
    assert "これより前の履歴がこの複製にないため" in page
    assert "契約「見本業務委託」を加えた。" not in page


def test_outside_git(project: Callable[..., Project]) -> None:
    """There is one page, and it says why it is empty."""
    pages = _pages(project(BEFORE))
    assert [*pages] == [INDEX]
    assert "git の管理外" in pages[INDEX]


# --- documents -----------------------------------------------------------------------------------------------------


def test_a_document_with_its_last_edition(project: Callable[..., Project]) -> None:
    """Sentences, the marked body and the table of the two last editions, of the document's own data."""
    page = _pages(edited(project))[SHEET]
    assert "第2版（令和8年5月8日）" in page
    assert "第1版（令和8年4月30日）" in page
    assert '<del><span class="said">［削除］</span>○</del><ins><span class="said">［追加］</span>×</ins>' in page
    assert "回答「別記 1」の実施状況を「○」から「×」に改め" in page
    assert '<u class="changed">×</u>' in page
    assert "毎月末から14日以内" not in page


def test_the_last_two_submissions_before_editions(project: Callable[..., Project]) -> None:
    """What the authority holds is compared: the states that were handed over, not those between them."""
    there = edited(project)
    first, second = (there.git("rev-parse", name).strip() for name in ("v1", "v2"))
    line = "  - deliverable: '3'\n    due: 2026-04-30\n    date: 2026-0{}\n    commit: '{}'\n"
    there.write({CHECKLIST: str(AFTER[CHECKLIST]).replace("様式を", "様式と記録を")})
    there.write({SUBMISSIONS: "submissions:\n" + line.format("4-30", first) + line.format("5-08", second)})
    there.commit("提出の記録", "2026-05-20T09:00:00+09:00")
    page = _pages(there)[SHEET]
    assert "令和8年5月8日に提出したもの" in page
    assert "令和8年4月30日に提出したもの" in page
    assert "様式と記録を" not in page


def test_a_submission_without_a_commit_is_the_state_of_its_day(project: Callable[..., Project]) -> None:
    """Records from before commits were noted are compared by their days."""
    there = edited(project)
    line = "  - deliverable: '3'\n    due: 2026-04-30\n    date: 2026-0{}\n"
    there.write({SUBMISSIONS: f"submissions:\n{line.format('5-01')}{line.format('5-09')}"})
    there.commit("提出の記録", "2026-05-20T09:00:00+09:00")
    page = _pages(there)[SHEET]
    assert "令和8年5月9日に提出したもの" in page
    assert "令和8年5月1日に提出したもの" in page


def test_a_document_of_one_edition_has_no_page(project: Callable[..., Project]) -> None:
    """There is nothing to compare it with."""
    there = project(BEFORE)
    there.git("init", "-q")
    there.commit("初版", FIRST)
    assert [*_pages(there)] == [INDEX]


def test_a_document_that_was_not_there_before_has_no_page(project: Callable[..., Project]) -> None:
    """Data can be older than the document that is made of them."""
    there = project({**BEFORE, f"{CONTRACT}/deliverables.yml": AFTER_WITHOUT})
    there.git("init", "-q")
    there.commit("初版", FIRST)
    there.write({**AFTER})
    there.commit("確認の提出を追加", "2026-05-08T09:00:00+09:00")
    pages = _pages(there)
    assert SHEET not in pages
    assert 'href="security-checklist.html"' not in pages[INDEX]


AFTER_WITHOUT = (
    str(BEFORE[f"{CONTRACT}/deliverables.yml"])
    .replace("    documents: [security-checklist]\n", "")
    .replace("情報セキュリティ対策チェックリスト", "確認の表")
)


# --- cost ------------------------------------------------------------------------------------------------------------


def test_what_was_said_is_not_worked_out_again(
    project: Callable[..., Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Commits do not change: a second build reads none of their files, a new commit only the one that it changed."""
    there = edited(project)
    pages = _pages(there)
    parsed: list[str] = []
    read_all = datafiles.read_all

    def counted(tree: Tree, schemas: Schemas, memory: Memory) -> object:
        parsed.extend(tree.files("data"))
        return read_all(tree, schemas, memory)

    monkeypatch.setattr(states, "read_all", counted)
    assert _pages(there) == pages
    assert parsed == []
    there.write({STAFF: str(AFTER[STAFF]).replace("例示 三郎", "例示 四郎")})
    there.commit("氏名の訂正", "2026-05-09T09:00:00+09:00")
    again = _pages(there)
    assert parsed == [STAFF]
    assert _steps(again[INDEX])[1:] == _steps(pages[INDEX])


def test_a_damaged_cache_is_made_anew(project: Callable[..., Project]) -> None:
    """A piece that is not as it was written counts as not there."""
    there = edited(project)
    pages = _pages(there)
    for place in (there.root / ".nohin/cache/changes").iterdir():
        place.write_bytes(place.read_bytes()[:-1] + b"?")
    assert _pages(there) == pages


# --- in the site -----------------------------------------------------------------------------------------------------


HOSTILE = "<script>alert(1)</script>"


def test_hostile_text_stays_text(project: Callable[..., Project]) -> None:
    """Reasons, names and answers are shown as they are, and do nothing."""
    after: Files = {**AFTER, CHECKLIST: str(AFTER[CHECKLIST]).replace("様式を改めている。", HOSTILE)}
    there = edited(project, after)
    there.write({STAFF: str(AFTER[STAFF]).replace("例示 三郎", HOSTILE)})
    there.commit(HOSTILE, "2026-05-09T09:00:00+09:00", HOSTILE.replace("<", "").replace(">", ""))
    for text in _pages(there).values():
        assert HOSTILE not in text
    assert "&lt;script&gt;alert(1)" in _pages(there)[SHEET]


@pytest.mark.slow
def test_built_site(project: Callable[..., Project]) -> None:
    """The pages are in the site, linked from the navigation, the overview of changes and the document."""
    there = edited(project)
    shutil.copy2(ROOT / "mkdocs.yml", there.root)
    ran = there.build("--as-of", AS_OF.isoformat())
    assert ran.code == 0, ran.out + ran.err
    site = there.root / "site/mihon"
    assert 'href="../changes/security-checklist.html"' in (site / "documents/security-checklist.html").read_text(
        "utf-8"
    )
    assert 'href="security-checklist.html"' in (site / "changes/index.html").read_text("utf-8")
    assert 'href="changes/index.html"' in (site / "index.html").read_text("utf-8")
    article = html.fromstring((site / "changes/security-checklist.html").read_text("utf-8")).find(".//article")
    assert [h.text for h in article.iter("h2")][:2] == ["変更の要点", "見え消し版"]
    assert len(list((there.root / ".nohin/cache/changes").iterdir())) == 3
