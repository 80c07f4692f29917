"""One body of every kind of document in every shipped contract, word for word as they were last looked at.

After a change that is meant, write them anew with `pytest tests/documents/test_golden.py --snapshot-update` and look
at the difference. A drawing is shown as its words, sorted: where they stand depends on the fonts and the Graphviz of the machine.
Of a long book its headings and captions are kept, and the hash of all the rest.
"""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from lxml import etree

from generator.intake.repository import Repository
from tests.support import ROOT, documents

GOLDEN = ROOT / "tests/golden"
AS_OF = "2026-11-20"
_DRAWING = re.compile(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")
KINDS = [path.name.removesuffix(".html.j2") for path in (ROOT / "templates/documents").iterdir()]
_PICTURE = re.compile(r"data:image/(?:png|jpeg);base64,([A-Za-z0-9+/=]+)")
_TITLE = re.compile(r"<(h\d|caption|figcaption)\b[^>]*>(.*?)</\1>", re.DOTALL)
LONG = 100_000
"""Characters; a body that is longer is a book."""
_KEPT = sorted(path.stem for path in GOLDEN.iterdir())


@pytest.fixture(scope="module")
def bodies(request: pytest.FixtureRequest) -> dict[str, str]:
    """What is rendered now: the first document of each kind in each contract, by file name."""
    found: dict[str, str] = {}
    for name, text in documents(ROOT, AS_OF).items():
        contract, _, document = name.partition("/")
        kind = max((kind for kind in KINDS if f"{document}-".startswith(f"{kind}-")), key=len)
        found.setdefault(f"{contract}-{kind}", _short(_DRAWING.sub(_words, _PICTURE.sub(_hashed, text))))
    if request.config.getoption("--snapshot-update"):
        for path in GOLDEN.iterdir():
            path.unlink()
        for name, text in found.items():
            (GOLDEN / f"{name}.html").write_text(text, encoding="utf-8")
    return found


def _short(text: str) -> str:
    if len(text) <= LONG:
        return text
    titles = (f"{tag}  {' '.join(re.sub(r'<[^>]*>', '', title).split())}" for tag, title in _TITLE.findall(text))
    return "\n".join((*titles, f"sha256  {hashlib.sha256(text.encode()).hexdigest()}", ""))


def _hashed(picture: re.Match[str]) -> str:
    return f"picture:{hashlib.sha256(base64.b64decode(picture[1])).hexdigest()}"


def _words(drawing: re.Match[str]) -> str:
    texts = etree.fromstring(base64.b64decode(drawing[1])).iter("{http://www.w3.org/2000/svg}text")
    return "\n" + "\n".join(sorted("".join(text.itertext()).strip() for text in texts)) + "\n"


def test_every_kind_has_its_file(bodies: dict[str, str]) -> None:
    """No kind of document is left out, and no file is left over."""
    assert sorted(bodies) == sorted(path.stem for path in GOLDEN.iterdir())


BOOKS = tuple(f"-{name}" for name in ("design", "design-delta", "manual", "manual-delta"))


@pytest.fixture(scope="module")
def cut() -> bool:
    """Whether the history that books tell from is not here: in a copy without git, or one that was cut off."""
    repository = Repository.at(ROOT)
    return repository is None or repository.shallow


@pytest.mark.parametrize("name", _KEPT)
def test_body_is_as_it_was(bodies: dict[str, str], name: str, cut: bool) -> None:
    """Nothing in a document changes unseen."""
    if cut and name.endswith(BOOKS):
        pytest.skip("a book as of a day needs the history of the design")
    assert bodies[name] == (GOLDEN / f"{name}.html").read_text(encoding="utf-8")
