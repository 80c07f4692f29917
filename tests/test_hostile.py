"""Text from others, in every field and as hostile as it comes: it is shown as text, and nothing else happens."""

from __future__ import annotations

import base64
import json
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import icalendar
import pytest
from lxml import etree, html

from tests.support import CONTRACT, ROOT, WHOLE, Project, whole_project

pytestmark = pytest.mark.slow

PAYLOADS = (
    "<script>window.hacked=1</script>",
    "</div></td></tr></table></section><h1 id=evil>偽の見出し</h1>",
    "<img src=x onerror=window.hacked=1> <a href='javascript:window.hacked=1'>x</a>",
    "{{ 7 * 7 }} {% include 'x' %} {# x #} ${7*7} <%= 7*7 %>",
    "**太字** _斜体_ `code` ~~x~~ [link](javascript:window.hacked=1) ![i](x.png) <http://example.com/>",
    "<!-- x --> &lt;b&gt; &amp;amp; ]]> <?php x ?> <style>*{display:none}</style>",
    "長" * 200,
    "w" * 300,
    "絵文字😀 𠮷野家 槗本 ①㈱ ﾊﾝｶｸ",
    "`````` ~~~~ {: .evil onclick=x } [TOC] *[x]: y [^1] --- ===",
    "\"quoted\" 'single' \\backslash\\ \\N 100% #{x} @page { } url(x)",
)
RIGHT_TO_LEFT = "עברית العربية \u202eabc\u202c"

FIELDS = (
    ("data/authorities/mihon-shi.yml", "name: 見本市"),
    ("data/authorities/mihon-shi.yml", "addressee: 見本市長　様"),
    ("data/authorities/mihon-shi.yml", "name: 情報課"),
    ("data/authorities/mihon-shi.yml", "ground: 見本仕様書 1"),
    ("data/vendors/mihon-sha.yml", "name: 見本社"),
    ("data/terms/mihon-terms.yml", "title: 情報取扱特記事項"),
    ("data/terms/mihon-terms.yml", "heading: 秘密の保持"),
    ("data/terms/mihon-terms.yml", "text: 受注者は、知った秘密を漏らさない。"),
    ("data/terms/mihon-terms.yml", "category: 秘密"),
    ("data/terms/mihon-terms.yml", "text: 秘密は守られているか。"),
    (f"{CONTRACT}/contract.yml", "title: 見本業務委託"),
    (f"{CONTRACT}/contract.yml", "role: 業務担当課"),
    (f"{CONTRACT}/contract.yml", "label: 別記"),
    (f"{CONTRACT}/contract.yml", "title: 着手"),
    (f"{CONTRACT}/contract.yml", "target: 連絡時から2時間以内"),
    (f"{CONTRACT}/clauses.yml", "heading: 報告"),
    (f"{CONTRACT}/clauses.yml", "text: 受注者は、障害を報告する。"),
    (f"{CONTRACT}/clauses.yml", "statement: 電話でも知らせる。"),
    (f"{CONTRACT}/deliverables.yml", "phrase: 毎月末から10日以内"),
    (f"{CONTRACT}/deliverables.yml", "title: 作業報告書"),
    (f"{CONTRACT}/deliverables.yml", "title: 障害報告書"),
    (f"{CONTRACT}/staff.yml", "name: 見本 太郎"),
    (f"{CONTRACT}/staff.yml", "phone: 00-0000-0001"),
    (f"{CONTRACT}/staff.yml", "title: 業務責任者"),
    (f"{CONTRACT}/staff.yml", "label: 障害連絡"),
    (f"{CONTRACT}/plan.yml", "title: 定期点検"),
    (f"{CONTRACT}/checklist.yml", "evidence: 誓約書"),
    (f"{CONTRACT}/records/incidents/2026-001.yml", "title: 送信できない"),
)
NOT_ON_PAGES = {1, 3}
"""The addressee stands on paper only; the ground of a closed day nowhere."""
ON_PAPER = (0, 1, 4, 9, 10, 13, 19, 21, 23, 25, 26, 27)
"""What the four documents show."""


@dataclass(frozen=True)
class Attacked:
    """A built project with a payload in every field, and what was written where."""

    project: Project
    texts: dict[int, str]

    @property
    def pages(self) -> Iterator[tuple[Path, Any]]:
        """Every page, parsed as a browser would."""
        for place in sorted((self.project.root / "site").rglob("*.html")):
            yield place, html.document_fromstring(place.read_text(encoding="utf-8"))


def _project(project: Callable[..., Project], first: int) -> Attacked:
    """Field n gets payload n + first, behind a mark of its own."""
    files = dict(WHOLE)
    asked = "cell: monthly\n    documents: [support-structure, annual-plan, security-checklist, letter]"
    files[f"{CONTRACT}/deliverables.yml"] = files[f"{CONTRACT}/deliverables.yml"].replace("cell: monthly", asked)
    files["templates/documents/letter.html.j2"] = (
        "---\ntitle: 通知書\nper: record\nrecord: incidents\ndata: [records]\n---\n<h2>{{ entry.values.title }}</h2>\n"
    )
    texts = {}
    for number, (path, old) in enumerate(FIELDS):
        payload = PAYLOADS[(number + first) % len(PAYLOADS)]
        texts[number] = f"印{number}番 {payload}"
        assert files[path].count(old) == 1, old
        files[path] = files[path].replace(old, f"{old.split(':')[0]}: {json.dumps(texts[number], ensure_ascii=False)}")
    mkdocs = (ROOT / "mkdocs.yml").read_bytes()
    return Attacked(project(whole_project({**files, "mkdocs.yml": mkdocs})), texts)


@pytest.fixture(scope="module", params=range(0, len(PAYLOADS), 4))
def attacked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Attacked:
    """The project built, with the payloads shifted so that each field meets several."""
    folder = tmp_path_factory.mktemp("hostile")
    made = _project(lambda files: Project(folder).write(files), request.param)
    ran = made.project.build()
    assert (ran.code, ran.out) == (0, ""), ran.out + ran.err
    return made


def _flat(text: str) -> str:
    return "".join(text.split())


def test_everything_is_shown_as_written(attacked: Attacked) -> None:
    """Each text stands on some page, character by character."""
    words = _flat("".join(page.text_content() for _, page in attacked.pages))
    missing = [n for n, text in attacked.texts.items() if n not in NOT_ON_PAGES and _flat(text) not in words]
    assert missing == []


def test_pages_keep_their_shape(attacked: Attacked) -> None:
    """No script, handler, style, heading, picture or address came in with a text."""
    for place, page in attacked.pages:
        assert page.xpath("//*[@id='evil'] | //*[contains(@class, 'evil')]") == [], place
        assert page.xpath("//article//style | //iframe | //object | //embed") == [], place
        assert len(page.xpath("//h1")) == 1, place
        for script in page.iter("script"):
            assert "hacked" not in str(script.text), place
        for node in page.iter():
            if isinstance(node.tag, str):
                handlers = [name for name in node.attrib if name.lower().startswith("on")]
                assert handlers == [], place
                for name in ("href", "src", "action"):
                    assert not str(node.get(name, "")).strip().lower().startswith(("javascript:", "http:", "//")), place
        for image in page.iter("img"):
            assert image.get("src", "").startswith(("data:image/svg+xml", "assets/", "../", "/assets/")), place


def test_titles_and_navigation_say_what_was_written(attacked: Attacked) -> None:
    """The contract's title in the head of every page of its part, and the record's in the navigation, are text."""
    title, record = _flat(attacked.texts[10]), _flat(attacked.texts[27])
    pages = {place.relative_to(attacked.project.root / "site").as_posix(): page for place, page in attacked.pages}
    page = pages["mihon/documents/letter-2026-001.html"]
    assert title in _flat(page.findtext(".//title"))
    assert record in _flat(page.findtext(".//title"))
    assert record in _flat("".join(nav.text_content() for nav in page.xpath("//nav")))
    assert record in _flat(page.xpath("//h1")[0].text_content())


def test_paper_says_what_was_written(attacked: Attacked) -> None:
    """So do the PDFs; what is too long for a line is broken, not lost."""
    words = ""
    for place in sorted((attacked.project.root / "site").rglob("*.pdf")):
        done = subprocess.run(["pdftotext", "-raw", str(place), "-"], capture_output=True, check=True)
        words += re.sub(r"\d+ / \d+", "", done.stdout.decode())
    words = _flat(words)
    lost = [number for number in ON_PAPER if _flat(attacked.texts[number]) not in words]
    assert lost == []


def test_drawings_are_drawings(attacked: Attacked) -> None:
    """The diagram in a page holds no script and no foreign elements."""
    page = (attacked.project.root / "site/mihon/documents/support-structure.html").read_text(encoding="utf-8")
    (drawing,) = [base64.b64decode(data) for data in re.findall(r"svg\+xml;base64,([^\"]+)", page)]
    for node in etree.fromstring(drawing).iter():
        assert etree.QName(node).localname in ("svg", "g", "title", "text", "path", "polygon", "polyline", "ellipse")
        assert not any(name.startswith("on") or name.endswith("href") for name in node.attrib)


def test_feeds_and_index_can_be_read(attacked: Attacked) -> None:
    """Calendars, the search index and the list of PDFs are well formed."""
    site = attacked.project.root / "site"
    feed = icalendar.Calendar.from_ical((site / "calendars/mihon.ics").read_bytes().decode())
    assert any(_flat(attacked.texts[19]) in _flat(str(event["SUMMARY"])) for event in feed.walk("VEVENT"))
    index = (site / "search/index.js").read_text(encoding="utf-8")
    assert index.startswith("var searchIndex = JSON.parse('")
    assert len(index.splitlines()) == 1
    assert json.loads((site / "deliverables/manifest.json").read_text(encoding="utf-8"))


def test_nothing_runs_in_a_browser(attacked: Attacked, browser: Any) -> None:
    """Opened and searched in Chromium, no page runs what was written into it."""
    site = attacked.project.root / "site"
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    for place in sorted(site.rglob("*.html")):
        page.goto(place.as_uri())
        assert page.evaluate("window.hacked") is None, place
    page.goto((site / "index.html").as_uri())
    box = page.locator("input.md-search__input")
    box.click()
    box.fill("契約")
    box.press("End")
    page.locator(".md-search-result__item a").first.wait_for(state="attached", timeout=60_000)
    page.wait_for_timeout(300)
    assert page.evaluate("window.hacked") is None
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    page.close()


def test_right_to_left_stays_in_its_place(project: Callable[..., Project]) -> None:
    """Scripts that run the other way, and marks that turn the direction, spoil nothing around them."""
    staff = WHOLE[f"{CONTRACT}/staff.yml"].replace("name: 見本 太郎", f"name: {json.dumps(RIGHT_TO_LEFT)}")
    listed = WHOLE[f"{CONTRACT}/deliverables.yml"].replace("title: 作業報告書", "title: サポート体制図")
    files = {f"{CONTRACT}/staff.yml": staff, f"{CONTRACT}/deliverables.yml": listed}
    there = project(whole_project({**files, "mkdocs.yml": (ROOT / "mkdocs.yml").read_bytes()}))
    assert there.build().code == 0
    page = html.document_fromstring((there.root / "site/mihon/documents/support-structure.html").read_text("utf-8"))
    assert RIGHT_TO_LEFT.split()[0] in page.text_content()
