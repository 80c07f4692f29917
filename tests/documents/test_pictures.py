"""Pictures: only those of the project, only what they claim to be, and only with words for who cannot see them."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest

from generator.documents.pictures import MOST, Pictures
from generator.problems import NohinError
from tests.designed import PICTURE
from tests.support import CONTRACT, Project, minimal_project

FOLDER = f"{CONTRACT}/manuals/user"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF"


@pytest.fixture
def pictures(project: Callable[..., Project]) -> Pictures:
    """A project with pictures of every sort."""
    files: dict[str, str | bytes] = {
        "a.png": PICTURE, "b.jpg": JPEG, "画面 1.png": PICTURE, "text.png": "文字だけ", "empty.png": "",
        "large.png": PICTURE + bytes(MOST), "v.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>", "c.PNG": JPEG,
    }  # fmt: skip
    there = project(minimal_project({f"{FOLDER}/images/{name}": content for name, content in files.items()}))
    there.write({"secret.png": PICTURE})
    (there.root.parent / "outside.png").write_bytes(PICTURE)
    (there.root / FOLDER / "images/link.png").symlink_to(there.root.parent / "outside.png")
    (there.root / FOLDER / "images/folder.png").mkdir()
    return Pictures(there.root)


@pytest.mark.parametrize(
    ("path", "kind", "content"),
    [
        ("images/a.png", "image/png", PICTURE),
        ("images/b.jpg", "image/jpeg", JPEG),
        ("images/c.PNG", "image/jpeg", JPEG),
        ("images/画面 1.png", "image/png", PICTURE),
    ],
)
def test_picture_is_carried_in_the_page(pictures: Pictures, path: str, kind: str, content: bytes) -> None:
    """As what it is, whatever its name says, with its words made safe."""
    made = pictures.of(FOLDER, path, '<画面> "1"')
    data = base64.b64encode(content).decode()
    assert str(made) == f'<img class="picture" alt="&lt;画面&gt; &#34;1&#34;" src="data:{kind};base64,{data}">'


REFUSED = [
    ("images/none.png", "にありません"),
    ("images", "にありません"),
    ("images/folder.png", "にありません"),
    ("", "にありません"),
    ("images/text.png", "PNG でも JPEG でもありません"),
    ("images/empty.png", "PNG でも JPEG でもありません"),
    ("images/v.svg", "PNG でも JPEG でもありません"),
    ("images/large.png", "大きすぎます"),
    ("../../../../secret.png", "プロジェクトの外"),
    ("../../../../../outside.png", "プロジェクトの外"),
    ("/etc/passwd", "プロジェクトの外"),
    ("images/link.png", "プロジェクトの外"),
    ("https://example.jp/a.png", "にありません"),
    ("data:image/png;base64,AAAA", "にありません"),
    ("長" * 3000, "にありません"),
]


@pytest.mark.parametrize(("path", "message"), REFUSED, ids=[row[0][:24] for row in REFUSED])
def test_refused(pictures: Pictures, path: str, message: str) -> None:
    """What is not there, is not below the project, is no picture, or is too large."""
    with pytest.raises(NohinError, match=message):
        pictures.of(FOLDER, path, "画面")


@pytest.mark.parametrize("said", ["", " ", "　\n"])
def test_picture_without_words_is_refused(pictures: Pictures, said: str) -> None:
    """Who cannot see it has to be told."""
    with pytest.raises(NohinError, match="代わりの文がありません"):
        pictures.of(FOLDER, "images/a.png", said)
