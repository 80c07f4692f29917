"""What the search looks through: pages cut at headings and rows, words without tags."""

from __future__ import annotations

import json

import pytest

from generator.outputs.site.searchindex import INDEX, Entry, entries, read, script, stub

CLAUSES = """---
title: "仕様書の条項"
---

<nav class="trail" data-search-exclude>
<ol><li><a href="../../index.html">契約の一覧</a></li></ol>
</nav>

# 仕様書の条項

<div class="nohin">
<p>内容は要約です。</p>
<table class="ruled">
<thead><tr><th scope="col">番号</th><th scope="col">条項</th></tr></thead>
<tbody>
<tr data-kind="義務" id="c-7-1-4">
<th scope="row">７（１）④<br><small>7-1-4</small></th>
<td><strong>問合せへの支援</strong><br>受注者は、<span>日常</span>業務を<wbr>支援する。</td>
<td data-label="種類">受注者の義務</td>
</tr>
</tbody>
</table>
<p>おわり。</p>
</div>
"""


def test_clause_rows_are_places_of_their_own() -> None:
    """A row with an id has its number and bold words as title, its cells as text, and both forms of its number."""
    page, row = entries("mihon/clauses/index.html", "条項", CLAUSES)
    assert page == {
        "location": "mihon/clauses/index.html",
        "title": "仕様書の条項",
        "text": "内容は要約です。　番号　条項　おわり。",
    }
    assert row == {
        "location": "mihon/clauses/index.html#c-7-1-4",
        "title": "７（１）④　問合せへの支援",
        "text": "7-1-4　受注者は、日常業務を支援する。　受注者の義務",
        "numbers": ["7-1-4", "７（１）④"],
    }


def test_rows_of_other_pages_have_no_number() -> None:
    """Only rows of clause pages are clauses; a deadline is called by its name and its day."""
    text = """# 期限

<div class="nohin"><table><tbody>
<tr id="d-1" data-state="予定">
<td><span id="n-3"></span><strong>令和8年5月10日（日）</strong></td>
<th scope="row">No.4　作業実績報告書<br><small>受注者</small></th>
</tr>
</tbody></table></div>
"""
    row = entries("mihon/deadlines.html", "期限", text)[1]
    assert row == {
        "location": "mihon/deadlines.html#d-1",
        "title": "No.4　作業実績報告書　令和8年5月10日（日）",
        "text": "受注者",
    }


def test_headings_with_an_id_divide_a_page() -> None:
    """In Markdown and in HTML; text goes to the heading above it, also after a row, and headings without id divide nothing."""
    text = """# 概要

<div class="nohin"><p>一</p></div>

## 契約の概要 { .wide #overview }

<div class="nohin"><p>二</p><h2>無名</h2>
<table><tr id="k-1"><th scope="row">行</th><td>三</td></tr></table>
<p>四</p>
<h3 class="x" id="b-a"><span class="no">1.1</span>　目的</h3><p>五</p></div>

## 名のない A&amp;B { .wide }

<div class="nohin"><p>六</p></div>
"""
    found = entries("mihon/index.html", "", text)
    assert [(entry["location"].partition("#")[2], entry["title"], entry["text"]) for entry in found] == [
        ("", "概要", "一"),
        ("overview", "契約の概要", "二　無名　四"),
        ("k-1", "行", "三"),
        ("b-a", "1.1　目的", "五　名のない A&B　六"),
    ]


def test_what_looks_like_a_heading_inside_html_is_text() -> None:
    """Markdown reads nothing inside a div: a comment of a shell is no title."""
    text = '# 手順\n\n<div class="nohin"><pre>\n# reboot { #now }\n</pre></div>\n'
    assert entries("a.html", "", text) == [{"location": "a.html", "title": "手順", "text": "# reboot { #now }"}]


def test_titles_mean_what_they_say() -> None:
    """What was escaped for Markdown and HTML is as it was; a page without a heading has the given title."""
    assert entries("a.html", "", "# A&amp;B \\#1 \\{ \\#x \\}\n")[0]["title"] == "A&B #1 { #x }"
    assert entries("a.html", "題", "<div>本文</div>")[0]["title"] == "題"


def test_marked_elements_are_left_out() -> None:
    """With all that is in them, of whatever element; a mark that stands in a text leaves nothing out."""
    text = """# 題

<div class="nohin">
<div data-search-exclude class="wide"><div>内</div><p>外</p></div>
<p>残る data-search-exclude</p>
<details data-search-exclude>
<summary>理由</summary></details>後
</div>
"""
    assert entries("a.html", "", text)[0]["text"] == "残る data-search-exclude　後"


def test_pictures_and_attributes_are_no_words() -> None:
    """A picture in the page weighs megabytes and says nothing."""
    text = f'# 図\n\n<div><figure><img alt="x" src="data:image/svg+xml;base64,{"QUJD" * 50000}"></figure>後</div>'
    assert entries("a.html", "", text)[0]["text"] == "後"


def test_characters_are_what_they_were() -> None:
    """Entities are characters, and what was escaped does not become a tag."""
    text = "# 題\n\n<div>&lt;script&gt;alert(1)&lt;/script&gt; A&amp;B&#39;s</div>"
    assert entries("a.html", "", text)[0]["text"] == "<script>alert(1)</script> A&B's"


def _read_back(content: bytes) -> list[list[object]]:
    quoted = content.decode().removeprefix("var searchIndex = JSON.parse('").removesuffix("');\n")
    assert not {"'", "\n"} & set(quoted.replace("\\'", ""))
    found: list[list[object]] = json.loads(quoted.replace("\\'", "'").replace("\\\\", "\\"))
    return found


def test_script_holds_the_entries_page_by_page() -> None:
    """In the order given, also where a page's entries do not stand together, with quotes and line ends intact."""
    hostile = 'it\'s \\ "x"\u2028</script>\n'
    found: list[Entry] = [
        {"location": "b.html", "title": "乙", "text": hostile},
        {"location": "a.html", "title": "甲", "text": ""},
        {"location": "b.html#c-1", "title": "１", "text": "文", "numbers": ["1", "１"]},
    ]
    assert _read_back(script(found)) == [
        ["b.html", [["", "乙", hostile], ["c-1", "１", "文", ["1", "１"]]]],
        ["a.html", [["", "甲", ""]]],
    ]
    assert script(found) == script(iter(found))
    assert read(script(found)) == [found[0], found[2], found[1]]


@pytest.mark.parametrize("content", [b"", b"var searchIndex = []", b"var searchIndex = JSON.parse('[[1,[[2]]]]');\n"])
def test_what_is_no_index_finds_nothing(content: bytes) -> None:
    """An index that was cut off, or of another time, is no reason to stop."""
    assert read(content) == []


def test_stub_is_an_empty_index_of_the_theme() -> None:
    """The theme asks for its own index on every page; it gets one without pages, beside ours."""
    files = stub()
    assert set(files) == {"search/search_index.json", "search/search_index.js"}
    assert INDEX not in files
    index = json.loads(files["search/search_index.json"])
    assert index["docs"] == []
    script_text = files["search/search_index.js"].decode()
    assert json.loads(script_text.removeprefix("var __index = ").removesuffix(";\n")) == index
