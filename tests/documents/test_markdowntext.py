"""Markdown of vendors: what it says is shown, what it could do is not; hostile text of any size ends in time."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from generator.documents.markdowntext import SCHEMES, Piece, pieces
from generator.documents.markup import Markup
from generator.problems import NohinError
from tests.support import ROOT

ELEMENTS = {
    "p", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote", "br", "hr", "span", "a", "img",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {
    "ol": {"start"}, "th": {"style", "scope"}, "td": {"style"}, "a": {"href"}, "table": {"class"}, "img": {"alt", "src"},
}  # fmt: skip


def picture(path: str, alternative: str, title: str = "") -> Markup:
    """A picture as a test sees it."""
    return Markup('<img alt="{}" src="{}">').format(f"{alternative}{title}", f"picture:{path}")


def read(text: str) -> list[Piece]:
    """The pieces of a text."""
    return pieces(text, picture)


def shown(text: str) -> html.HtmlElement:
    """All pieces as a browser reads them."""
    return html.fragment_fromstring("".join(str(piece.html) for piece in read(text)) or "<p></p>", create_parent="div")


def safe(text: str) -> html.HtmlElement:
    """The same; whatever stands there is allowed, and leads to the web only."""
    found = shown(text)
    for one in found.iterdescendants():
        assert one.tag in ELEMENTS, one.tag
        assert set(one.attrib) <= ATTRIBUTES.get(one.tag, set()), (one.tag, dict(one.attrib))
    assert all(href.startswith(SCHEMES) for href in found.xpath(".//@href"))
    assert all(src.startswith("picture:") for src in found.xpath(".//@src"))
    assert all(re.fullmatch(r"text-align: (left|right|center);", style) for style in found.xpath(".//@style"))
    assert set(found.xpath(".//@class")) <= {"ruled"}
    return found


SHOWN = [
    ("一行目\n二行目", "<p>一行目二行目</p>"),
    ("one\ntwo", "<p>one\ntwo</p>"),
    ("**太** *斜* `x`", "<p><strong>太</strong> <em>斜</em> <code>x</code></p>"),
    ("- 一\n- 二", "<ul>\n<li>一</li>\n<li>二</li>\n</ul>"),
    ("[行き先](https://example.jp/a?b=1&c)", '<p><a href="https://example.jp/a?b=1&amp;c">行き先</a></p>'),
    (
        "[**太い** 行き先](<https://example.jp/>)",
        '<p><a href="https://example.jp/"><strong>太い</strong> 行き先</a></p>',
    ),
    ("<https://example.jp/>", '<p><a href="https://example.jp/">https://example.jp/</a></p>'),
    ("![図 <1>](images/a.png)", '<p><img alt="図 &lt;1&gt;" src="picture:images/a.png"></p>'),
    ('![図](a.png "題")', '<p><img alt="図題" src="picture:a.png"></p>'),
    (
        "[![図](a.png)](https://example.jp)",
        '<p><a href="https://example.jp"><img alt="図" src="picture:a.png"></a></p>',
    ),
    ("```html\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>"),
    ("a<br>b <b>c</b> <!-- d -->", "<p>a&lt;br&gt;b &lt;b&gt;c&lt;/b&gt; &lt;!-- d --&gt;</p>"),
    ("[注]: これは\n\n本文[注]", "<p>[注]: これは</p>\n<p>本文[注]</p>"),
    ("[一][1]\n\n[1]: https://example.jp", "<p>[一][1]</p>\n<p>[1]: https://example.jp</p>"),
    ("> ## 引用の中", "<blockquote>\n<p>引用の中</p>\n</blockquote>"),
    ("- # 一覧の中\n- 二", "<ul>\n<li>\n<p>一覧の中</p>\n</li>\n<li>二</li>\n</ul>"),
    ("[部分](#foo)", "<p><span>部分</span></p>"),
    (r"\[x\](https://example.jp) \`y\`", "<p>[x](https://example.jp) `y`</p>"),
]


@pytest.mark.parametrize(("text", "expected"), SHOWN, ids=[row[0][:20] for row in SHOWN])
def test_shown(text: str, expected: str) -> None:
    """What is Markdown is laid out, all else is text as it was written."""
    (piece,) = read(text)
    assert str(piece.html) == expected
    safe(text)


def test_cut_at_its_headings() -> None:
    """Each heading with its level, its title as words, and its own name where it has one."""
    text = (
        "初め\n\n## 一 `x` **二** & <三>\n\n本文\n### 下 {#below}\n- 一\n\n四\n===\n\n#### 深い\n## ![図](a.png)の題\n"
    )
    found = [(piece.level, piece.title, piece.name, str(piece.html)) for piece in read(text)]
    assert found == [
        (0, "", "", "<p>初め</p>"),
        (2, "一 x 二 & <三>", "一 x 二 & <三>", "<p>本文</p>"),
        (3, "下", "below", "<ul>\n<li>一</li>\n</ul>"),
        (2, "四", "四", ""),
        (3, "深い", "深い", ""),
        (2, "図の題", "図の題", ""),
    ]


VECTORS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))", "[x](java&#10;script:alert(1))", "[x](\tjavascript:alert(1))", "[x](vbscript:x)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)", "[x](<javascript:alert(1)>)", "[x](//example.jp)", "[x](file:///etc/passwd)",
    "[x]: javascript:alert(1)\n\n[x]", "[a][x]\n\n[x]: javascript:alert(1) 'onmouseover=alert(1)'", "<javascript:alert(1)>",
    '[x](https://a" onclick="alert(1))', "[x](<https://a/\"onclick='alert(1)'>)", "[x](https://a 'onclick=alert(1)')",
    '![x](a.png "\\" onerror=alert(1)")', '![" onerror="alert(1)](a.png)', "![x](<a.png\" onerror=\"alert(1)>)",
    "[![x](javascript:alert(1))](javascript:alert(2))", "![[x](javascript:a)](javascript:b)", "<a href='javascript:x'>y</a>",
    "<div><iframe src=https://example.jp></div>", "<!--[if IE]><script>x</script><![endif]-->", "<?php x ?>", "<![CDATA[x]]>",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;alert(1)&#60;/script&#62;", "`<script>`", "``<script>``",
    "```{#b-x .y style=z}\ncode\n```", "```{#b-x}\ncode\n```", "```html onload=x\n<script>\n```", "~~~js\n</code></pre><script>\n~~~",
    "## x {#\"onclick=alert(1)}", "## <script>x</script>", "## [x](javascript:alert(1))", "## x {: onclick=alert(1)}",
    "{: onclick=alert(1)}", "|a|\n|-|\n|<script>|", "|a|\n|:--style=x|\n|b|", "<style>*{color:red}</style>", "<svg onload=x>",
    "<nohin-heading level=\"2\">x</nohin-heading>", "<nohin-picture>/etc/passwd\nx</nohin-picture>", "\x02wzxhzdk:0\x03",
    "\x02klzzwxh:0000\x03", "<math><mi//xlink:href=\"data:x\">", "<mail@example.jp>", "<mailto:a@b.jp?x=<script>>",
    "</p></div></body>", "*[x]: y\n\nx", "[^1]\n\n[^1]: note", "[TOC]", "- [ ] x", "<https://a\"onclick=alert(1)>", "\\<script>",
    "[x](https:javascript)", "[x](http\u200bs://a)", "\u202e[x](https://a)", "[x](mailto:a@b.jp?subject=<b>)",
]  # fmt: skip


@pytest.mark.parametrize("vector", VECTORS)
@pytest.mark.parametrize("frame", ["{}", "> {}", "- {}", "|a|\n|-|\n|{}|", "## 題\n\n**{}**"])
def test_hostile(vector: str, frame: str) -> None:
    """Nothing but what is allowed, wherever it stands."""
    found = safe(frame.format(vector))
    assert not found.xpath(".//script | .//iframe | .//style | .//svg")


def test_hostile_heading_is_words() -> None:
    """A title holds no element."""
    for vector in VECTORS:
        for piece in read(f"## {vector}"):
            assert not isinstance(piece.title, Markup)
            assert "nohin" not in piece.title or "nohin" in vector


PARTS = st.sampled_from(
    ["[", "]", "(", ")", "![", "](", "`", "```", "\n", "\n\n", "## ", "> ", "- ", "1. ", "|", "|-|", "*", "**", "_", "<", ">", "&",
     "&lt;", "https://a", "javascript:", "\"", "'", "\\", "{#x}", "<b>", "<!--", "x", "あ", "    ", "#", "=", "---", "mailto:a@b",
     "onclick=", "\x11", "1", "\x12", "~~~", "[x]: y", "style"]
)  # fmt: skip


@settings(max_examples=250)
@given(st.lists(PARTS, max_size=24).map("".join))
def test_any_markdown(text: str) -> None:
    """Put together at random, Markdown is safe, and its letters stay."""
    found = safe(text)
    titles = "".join(piece.title for piece in read(text))
    assert "あ" not in text or "あ" in found.text_content() + titles + "".join(found.xpath(".//@src|.//@alt|.//@href"))


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    """Any characters at all."""
    safe(text)


def test_too_deep_a_nesting_is_said() -> None:
    """Not a fault of the program's."""
    with pytest.raises(NohinError, match="深すぎる入れ子"):
        read("1. " * 5000)


def test_text_after_one_that_was_too_deep() -> None:
    """What stopped midway leaves nothing behind: the next text is read as if it were the first."""
    with pytest.raises(NohinError):
        read("1. " * 5000)
    assert [piece.html for piece in read("一 `a`\n\n二\n")] == ["<p>一 <code>a</code></p>\n<p>二</p>"]


LARGE = """
from generator.documents.markdowntext import pieces
from generator.intake.insertions import insertions, without_code
from generator.problems import NohinError
for one in ("![", "[", "[a](", "](", "[[", "`", "<", "&", "*", "**_*`[!<", "|", "a|b\\n", "# a\\n\\n", "<http://", "- ", "> ", "  - a\\n", "\\n"):
    text = one * (SIZE // len(one))
    try:
        pieces(text, lambda *_: "")
    except NohinError:
        pass
    list(insertions(text))
print("done")
"""


def test_large_hostile_text_ends() -> None:
    """200 KB of brackets, marks or nesting are read in seconds; what is quadratic in them would take hours."""
    code = LARGE.replace("SIZE", "200_000")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=240)
    assert done.stdout == "done\n", done.stderr[-500:]
