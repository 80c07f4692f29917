"""This program as a wheel: what is in it, what is left out, and where there is none."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import zipfile
from importlib.metadata import Distribution, PackageNotFoundError
from pathlib import Path

import pytest

from generator.outputs import ownwheel

META = "nohin-0.1.0.dist-info"
WHEEL = {
    "generator/__init__.py": '"""A program."""\n',
    "generator/templates/見出し.md": "題\n",
    f"{META}/METADATA": "Metadata-Version: 2.4\nName: nohin\nVersion: 0.1.0\n",
    f"{META}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    f"{META}/entry_points.txt": "[console_scripts]\nnohin = generator.cli:main\n",
}
INSTALLERS = {
    f"{META}/INSTALLER": "pip\n",
    f"{META}/direct_url.json": '{"url": "file:///home/somebody/nohin"}',
    "generator/__pycache__/__init__.cpython-311.pyc": "compiled",
    "../bin/nohin": "#!/home/somebody/python\n",
}


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of installed packages with this program in it, as pip leaves it."""
    place = tmp_path / "lib"
    for name, text in {**WHEEL, **INSTALLERS}.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    rows = "".join(f"{name},,\n" for name in (*WHEEL, *INSTALLERS, f"{META}/RECORD"))
    (place / META / "RECORD").write_text(rows, encoding="utf-8")
    monkeypatch.setattr(ownwheel, "distribution", lambda name: Distribution.at(place / META))
    return place


def test_the_files_of_the_wheel_and_nothing_of_the_installer(installed: Path) -> None:
    """Program, templates and metadata; no script, nothing compiled, and no word of where it came from."""
    found = ownwheel.own_wheel()
    assert found is not None
    name, content = found
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        texts = {inner: packed.read(inner).decode() for inner in packed.namelist()}
    record = texts.pop(f"{META}/RECORD")
    assert (name, texts) == ("nohin-0.1.0-py3-none-any.whl", WHEEL)
    assert "somebody" not in record


def test_the_record_has_the_hash_and_size_of_every_file(installed: Path) -> None:
    """An installer checks the files by it."""
    _, content = ownwheel.own_wheel() or ("", b"")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        rows = {row[0]: row[1:] for row in csv.reader(io.StringIO(packed.read(f"{META}/RECORD").decode()))}
        for inner in WHEEL:
            raw = packed.read(inner)
            digest = base64.urlsafe_b64encode(hashlib.sha256(raw).digest()).decode().rstrip("=")
            assert rows.pop(inner) == [f"sha256={digest}", str(len(raw))]
    assert rows == {f"{META}/RECORD": ["", ""]}


def test_the_same_files_make_the_same_wheel(installed: Path) -> None:
    """Nothing of the moment or the order of the files goes into it."""
    first = ownwheel.own_wheel()
    (installed / META / "RECORD").write_text("".join(f"{name},,\n" for name in reversed(WHEEL)), encoding="utf-8")
    assert ownwheel.own_wheel() == first


def test_no_wheel_where_the_program_runs_from_its_source(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editable installation has no files of its own, a bare checkout is no installation at all."""
    (installed / META / "RECORD").write_text(f"_editable_impl_nohin.pth,,\n{META}/WHEEL,,\n", encoding="utf-8")
    assert ownwheel.own_wheel() is None

    def nowhere(name: str) -> Distribution:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(ownwheel, "distribution", nowhere)
    assert ownwheel.own_wheel() is None
