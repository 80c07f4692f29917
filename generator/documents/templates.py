"""Templates: the project's own first, then the ones that come with Nohin; front matter taken off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.problems import NohinError

_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class TemplateText:
    """One template file."""

    name: str
    path: str
    """For messages: relative to the project, or the name with `（標準）` for one that comes with Nohin."""
    front: str | None
    body: str

    @property
    def front_lines(self) -> int:
        """Lines before the body, for positions."""
        return 0 if self.front is None else self.front.count("\n") + 2


class TemplateFolders:
    """The folders templates come from, in order of preference."""

    def __init__(self, project: Path) -> None:
        self.project = project / "templates"
        self.folders = [f for f in (self.project, shipped_templates()) if f.is_dir()]

    def names(self, folder: str, ending: str) -> Iterator[str]:
        """Names of the templates in a folder, each once, sorted."""
        found = {p.name for root in self.folders for p in (root / folder).glob(f"*{ending}") if p.is_file()}
        return iter(f"{folder}/{name}" for name in sorted(found))

    def read(self, name: str) -> TemplateText:
        """A template by name; FileNotFoundError where there is none, NohinError where it cannot be read."""
        place = self.find(name)
        if place is None:
            raise FileNotFoundError(name)
        shown = f"templates/{name}" if place.is_relative_to(self.project) else f"templates/{name}（標準）"
        text = _text(place, shown)
        match = _FRONT.match(text)
        return TemplateText(name, shown, match[1] if match else None, text[match.end() :] if match else text)

    def find(self, name: str) -> Path | None:
        """The file of a template; None where there is none or the name would leave the folders."""
        if ".." in Path(name).parts or Path(name).is_absolute():
            return None
        root = next((root for root in self.folders if (root / name).is_file()), None)
        if root is None:
            return None
        if not (root / name).resolve().is_relative_to(root.resolve()):
            raise NohinError(f"ひな形 templates/{name} は templates/ の外を指すリンクです")
        return root / name


def _text(place: Path, shown: str) -> str:
    try:
        return place.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise NohinError(f"ひな形 {shown} は UTF-8 ではありません。UTF-8 で保存し直してください") from None
    except OSError as error:
        raise NohinError(f"ひな形 {shown} が読めません（{error.strerror}）") from None


def shipped_templates() -> Path:
    """The templates that come with Nohin: inside the wheel, or beside the package in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"
