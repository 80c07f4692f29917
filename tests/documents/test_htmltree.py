"""HTML read as a tree and written again."""

from __future__ import annotations

import pytest

from generator.documents.htmltree import elements, is_block, parse, text_of, write


@pytest.mark.parametrize(
    "html",
    [
        "<p>甲 &amp; 乙 &lt;丙&gt;</p>",
        '<table class="ruled"><tbody><tr><th scope="row">件名</th><td>あ<br>い</td></tr></tbody></table>',
        '<figure><img alt="図" src="data:image/svg+xml;base64,AAAA"><figcaption>図</figcaption></figure>',
        '<a href="#x" title="&quot;引用&quot; &amp; ほか">甲</a>',
        "<input disabled>",
    ],
)
def test_written_as_it_was_read(html: str) -> None:
    """What our templates write comes out as it went in."""
    assert write(parse(html)) == html


def test_what_is_no_markup_stays_text() -> None:
    """Text that looks like markup is escaped again."""
    assert (
        write(parse("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")) == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
    )


def test_an_end_tag_too_many_is_passed_over() -> None:
    """A tag that closes nothing, and one that is never closed, harm nothing."""
    assert write(parse("<p>甲</b>乙</p><div>丙")) == "<p>甲乙</p><div>丙</div>"


def test_text_is_read_block_by_block() -> None:
    """Cells do not run together; a picture is read by its alternative text."""
    assert text_of(parse('<tr><th>甲</th><td>乙<br>丙 <img alt="図" src="x"></td></tr>')) == "甲 乙 丙 図"


def test_an_inline_element_that_holds_a_block_is_a_block() -> None:
    """What decides is where it stands."""
    inside, plain = parse("<a><div>甲</div></a><a>乙</a>")
    assert (is_block(inside), is_block(plain)) == (True, False)
    assert [element.tag for element in elements([inside, plain], "a", "div")] == ["a", "div", "a"]
