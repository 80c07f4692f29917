"""What a document says: what counts for an approval, and what does not."""

from __future__ import annotations

import base64

import pytest

from generator.documents.canonical import DRAWING, content

BODY = "<h2>作業</h2><table><tr><th>月</th><td>4月</td></tr></table><p>異常は<strong>なし</strong>。</p>"


def _digest(html: str) -> str:
    return content(html).digest


def _drawing(*texts: str) -> str:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><title>n1</title>{"".join(texts)}</svg>'
    return f'<img alt="図" src="{DRAWING}{base64.b64encode(svg.encode()).decode()}">'


@pytest.mark.parametrize(
    "html",
    [
        BODY.replace("<td>", '<td class="x" data-label="月">').replace("<h2>", '<h2 id="a" style="color: red">'),
        BODY.replace("><", ">\n    <").replace("異常は", "\n  異常は　"),
        f"<style>p {{ color: red }}</style><div><section>{BODY}</section></div><!-- 注 -->",
        BODY.replace("<tr>", "<colgroup><col></colgroup><tbody><tr>").replace("</table>", "</tbody></table>"),
        BODY.replace("strong", "b").replace("異常", "異\u200b常"),
        BODY.replace("<p>", "<div>").replace("</p>", "</div>"),
    ],
)
def test_looks_do_not_count(html: str) -> None:
    """Attributes, blanks, styles, comments and what only groups the text leave the content as it is."""
    assert _digest(html) == _digest(BODY)


@pytest.mark.parametrize(
    "html",
    [
        BODY.replace("なし", "あり"),
        BODY.replace("<td>4月</td>", "<td>4</td><td>月</td>"),
        BODY.replace("<td>4月</td>", "<td>4月</td><td></td>"),
        BODY.replace("<tr>", "<tr><td>x</td></tr><tr>"),
        BODY.replace("<h2>作業</h2>", "<p>作業</p>"),
        BODY.replace("<p>異常", "<h3>異常").replace("。</p>", "。</h3>"),
        BODY.replace("なし", "<del>なし</del>"),
        BODY.replace("異常は", "異常は<br>"),
        BODY + "<ul><li>なし</li></ul>",
        BODY + _drawing(),
    ],
)
def test_what_is_said_counts(html: str) -> None:
    """Words, cells, rows, headings, lines, what is struck out and pictures are content."""
    assert _digest(html) != _digest(BODY)


def test_blanks_part_figures_and_words() -> None:
    """Two figures are not one figure; a blank in a Japanese name is only room."""
    assert _digest("<p>10 5</p>") != _digest("<p>105</p>")
    assert _digest("<p>no one</p>") != _digest("<p>noone</p>")
    assert _digest("<p>見本　太郎</p>") == _digest("<p>見本太郎</p>")


def test_marks_in_the_text_are_no_structure() -> None:
    """Text that looks like the form in which content is kept stays text."""
    assert _digest("<p>[&quot;row&quot;]</p>") != _digest("<table><tr></tr></table>")
    assert _digest("<p>&lt;td&gt;x&lt;/td&gt;</p>") != _digest("<p>x</p>")


def test_drawing_counts_by_its_words() -> None:
    """Where the words of a drawing stand, and in which type, depends on the machine; what they are does not."""
    here = _drawing('<text x="1" font-family="A">受付</text>', '<text y="9">対応</text>')
    there = _drawing('<g><text x="7.5">対応</text></g>', "<text> 受付 </text>")
    assert _digest(here) == _digest(there)
    assert _digest(here) != _digest(_drawing("<text>受付</text>", "<text>報告</text>"))
    assert _digest(here) != _digest(here.replace("図", "体制図"))


def test_chapters_that_changed_are_named() -> None:
    """A chapter that says something else is named once; the others are not."""
    before = content("<p>初め</p><h2>甲</h2><p>一</p><h2>乙</h2><p>二</p>", ["題"], "頭", "前")
    after = content("<p>初め</p><h2>甲</h2><p>壱</p><h2>乙</h2><p>二</p><h2>丙</h2>", ["題"], "頭", "前")
    assert [chapter.title for chapter in before.chapters] == ["頭", "前", "甲", "乙"]
    assert after.unlike(before.fingerprints) == ("甲", "丙")
    assert before.unlike(before.fingerprints) == ()
