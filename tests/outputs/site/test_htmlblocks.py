"""Blocks of HTML leave a page's Markdown and come back where they were."""

from __future__ import annotations

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.outputs.site.htmlblocks import taken_out


def _through_markdown(text: str) -> str:
    page = taken_out(text)
    return page.put_back(markdown.markdown(page.frame))


def test_a_block_is_not_touched() -> None:
    """What stands in a block is the same before and after, whatever Markdown would have made of it."""
    block = '<div class="nohin">\n<p>*a* `b` [c](d)</p>\n\n# no heading\n<div><div></div></div>\n</div>'
    made = _through_markdown(f"# Title\n\n{block}\n\n## Next\n")
    assert block in made
    assert made.startswith("<h1>Title</h1>")
    assert made.endswith("<h2>Next</h2>")


def test_as_markdown_itself_would() -> None:
    """Taking out and putting back makes what Markdown makes of the whole."""
    text = (
        '# 題\n\n<div class="nohin">\n<p>一</p>\n<div>二</div>\n</div>\n\n## 次\n\n'
        '<article class="nohin" data-search-exclude>\n<table><tr><td>三</td></tr></table>\n</article>\n'
    )
    assert _through_markdown(text) == markdown.markdown(text)


@given(st.lists(st.text(alphabet="ab<>/\n &;", max_size=30), max_size=5))
def test_nothing_is_lost(texts: list[str]) -> None:
    """Every block comes back whole and in order."""
    blocks = [f'<div class="nohin">\n{text.replace("<", "&lt;")}\n</div>' for text in texts]
    page = taken_out("\n\n".join(blocks))
    assert list(page.blocks) == blocks
    assert page.put_back(page.frame) == "\n\n".join(blocks)


def test_a_lost_mark_is_an_error() -> None:
    """A page that would lack a block is not made."""
    with pytest.raises(ValueError, match="blocks"):
        taken_out('<div class="nohin">a</div>').put_back("<p></p>")


def test_a_block_that_does_not_end() -> None:
    """It goes to the end of the page."""
    assert taken_out('# a\n\n<div class="nohin">\n<p>').blocks == ('<div class="nohin">\n<p>',)
