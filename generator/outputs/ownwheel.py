"""This program as a wheel, packed again from its installed files: what runs elsewhere is what runs at the desk."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

NAME = "nohin"

LEFT_BY_AN_INSTALLER = ("INSTALLER", "RECORD", "REQUESTED", "direct_url.json")
"""Files of the metadata that say how it came here, not what it is; RECORD is written anew."""


def own_wheel() -> tuple[str, bytes] | None:
    """The wheel's file name and content; None where this program is no package that was installed whole."""
    try:
        files = dict(_files(distribution(NAME)))
    except PackageNotFoundError:
        return None
    metadata = next((path.partition("/")[0] for path in files if path.endswith(".dist-info/WHEEL")), None)
    if metadata is None or "generator/__init__.py" not in files:
        return None
    name = f"{metadata.removesuffix('.dist-info')}-{_tag(files[f'{metadata}/WHEEL'])}.whl"
    record = f"{metadata}/RECORD"
    return name, _packed({**files, record: _record(files, record)})


def _files(installed: Distribution) -> Iterator[tuple[str, bytes]]:
    """The wheel's own files: no script, nothing compiled, no note of the installer."""
    for path in installed.files or ():
        place = Path(str(path.locate()))
        own = ".." not in path.parts and path.suffix != ".pyc" and path.name not in LEFT_BY_AN_INSTALLER
        if own and place.is_file():
            yield path.as_posix(), place.read_bytes()


def _tag(wheel: bytes) -> str:
    """`py3-none-any`, from the metadata."""
    lines = (line.partition(":") for line in wheel.decode().splitlines())
    return next(value.strip() for key, _, value in lines if key == "Tag")


def _record(files: Mapping[str, bytes], own: str) -> bytes:
    """The list of the files with their hashes (PEP 376, PEP 427)."""
    rows = (f"{path},sha256={_digest(content)},{len(content)}" for path, content in sorted(files.items()))
    return "\n".join([*rows, f"{own},,", ""]).encode()


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


def _packed(files: Mapping[str, bytes]) -> bytes:
    """A ZIP that depends on its files only; the metadata come last, as in every wheel."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for path in sorted(files, key=lambda path: (".dist-info/" in path, path)):
            entry = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
            entry.external_attr, entry.compress_type = 0o644 << 16, zipfile.ZIP_DEFLATED
            packed.writestr(entry, files[path])
    return target.getvalue()
