"""The bodies of the shipped groupware contract's documents, word for word as they were last looked at.

After a change that is meant, write them anew with `pytest tests/documents/test_golden.py --snapshot-update` and look
at the difference. A drawing is shown as its words, sorted: where they stand depends on the fonts and the Graphviz of the machine.
"""

from __future__ import annotations

import base64
import re

import pytest
from lxml import etree

from tests.support import ROOT, documents

GOLDEN = ROOT / "tests/golden"
CONTRACT = "ichikawa-groupware"
_DRAWING = re.compile(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")


@pytest.fixture(scope="module")
def bodies() -> dict[str, str]:
    """What is rendered now, by file name."""
    found = {name: text for name, text in documents(ROOT).items() if name.startswith(f"{CONTRACT}/")}
    return {f"{name.replace('/', '-')}.html": _DRAWING.sub(_words, text) for name, text in found.items()}


def _words(drawing: re.Match[str]) -> str:
    texts = etree.fromstring(base64.b64decode(drawing[1])).iter("{http://www.w3.org/2000/svg}text")
    return "\n" + "\n".join(sorted("".join(text.itertext()).strip() for text in texts)) + "\n"


NAMES = [
    *(f"annual-plan-{year}" for year in range(2026, 2031)),
    "security-checklist",
    "support-structure",
]


@pytest.mark.parametrize("name", NAMES)
def test_body_is_as_it_was(bodies: dict[str, str], name: str, request: pytest.FixtureRequest) -> None:
    """Nothing in a document changes unseen."""
    file = f"{CONTRACT}-{name}.html"
    if request.config.getoption("--snapshot-update"):
        (GOLDEN / file).write_text(bodies[file], encoding="utf-8")
    assert bodies[file] == (GOLDEN / file).read_text(encoding="utf-8")


def test_every_document_has_its_file(bodies: dict[str, str]) -> None:
    """No document is left out, and no file is left over."""
    assert sorted(bodies) == sorted(f"{CONTRACT}-{name}.html" for name in NAMES)
    assert sorted(path.name for path in GOLDEN.iterdir()) == sorted(bodies)
