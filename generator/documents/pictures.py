"""Pictures of a project: screens in a manual or a design. Read from the project only, and only what they claim to be."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.documents.markup import Markup
from generator.intake.tree import inside
from generator.model import Contract
from generator.problems import NohinError

MOST = 2 * 1024 * 1024
_MARKS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


@dataclass(frozen=True)
class Pictures:
    """The pictures below a project's data."""

    project: Path

    def of(self, folder: str, path: str, alternative: str) -> Markup:
        """The picture under a path in a folder, as an element that carries it in itself; NohinError where it cannot
        be shown."""
        kind, content = self.read(folder, path)
        if not alternative.strip():
            raise NohinError(f"絵「{path}」に代わりの文がありません")
        data = base64.b64encode(content).decode()
        return Markup('<img class="picture" alt="{}" src="data:{};base64,{}">').format(alternative, kind, data)

    def shown(self, folder: str, path: str, alternative: str) -> Markup:
        """The same; a draft shows what cannot be shown as a gap, the check refuses it otherwise."""
        try:
            return self.of(folder, path, alternative)
        except NohinError as error:
            return Markup('<span class="missing">［{}］</span>').format(error)

    def read(self, folder: str, path: str) -> tuple[str, bytes]:
        """The kind and the bytes of a picture; NohinError where there is none, or it is none."""
        place = inside(self.project, str(PurePosixPath(folder) / path))
        try:
            there = place.is_file()
        except OSError:  # a name longer than any file's
            there = False
        if not there:
            raise NohinError(f"絵「{path}」が {folder}/ にありません")
        if place.stat().st_size > MOST:
            raise NohinError(f"絵「{path}」が大きすぎます（{MOST // 1024 // 1024}MB までにしてください）")
        content = place.read_bytes()
        kind = next((kind for mark, kind in _MARKS.items() if content.startswith(mark)), None)
        if kind is None:
            raise NohinError(f"絵「{path}」は PNG でも JPEG でもありません")
        return kind, content


def design_picture(pictures: Pictures, contract: Contract, path: str, alternative: str) -> Markup:
    """A picture of the design, such as that of a screen, below its folder; where it cannot be shown, that it cannot."""
    return pictures.shown(folder_of(contract, "design"), path, alternative)


def folder_of(contract: Contract, *below: str) -> str:
    """A folder of a contract: `manuals/user`, `design`."""
    return "/".join(("data/contracts", contract.id, *below))
