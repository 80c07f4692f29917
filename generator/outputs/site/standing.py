"""The pages that lie in a folder already: what `nohin serve` need not write again while a browser reads it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.outputs import folders
from generator.outputs.site import theme
from generator.outputs.site.searchindex import Entry

Names = Mapping[str, str]
"""What pages are called in the cache, by path."""


@dataclass
class Standing:
    """What earlier builds of this process wrote below a folder. Each file takes the place of the old one whole."""

    target: Path
    frame: str = ""
    """The look whose theme's files are there."""
    shared: dict[str, bytes] = field(default_factory=dict)
    """What all pages share, by path."""
    _names: dict[str, dict[str, str]] = field(default_factory=dict)
    """What the pages of each part are called in the cache, by path."""
    _entries: dict[str, list[Entry]] = field(default_factory=dict)
    """What the search finds on pages, by path."""

    def lacks(self, part: str, names: Names) -> dict[str, str]:
        """Those pages of a part that are not there as they are called now."""
        there = self._names.get(part, {})
        return {path: name for path, name in names.items() if there.get(path) != name}

    def put(self, part: str, path: str, name: str, entries: list[Entry], html: bytes) -> None:
        """Write a page of a part."""
        folders.write(self.target / theme.address(path), html)
        self._names.setdefault(part, {})[path] = name
        self._entries[path] = entries

    def share(self, frame: str, files: Mapping[str, bytes]) -> None:
        """Write what all pages share."""
        for path, content in files.items():
            if self.shared.get(path) != content:
                folders.write(self.target / path, content)
                self.shared[path] = content
        self.frame = frame

    def found(self, paths: Collection[str]) -> list[Entry]:
        """What the search finds on pages, in the order of their paths as given."""
        return [entry for path in paths for entry in self._entries[path]]

    def drop(self, part: str, kept: Collection[str] = ()) -> None:
        """Take away the pages of a part that are not kept."""
        own = self._names.get(part, {})
        for path in own.keys() - set(kept):
            (self.target / theme.address(path)).unlink(missing_ok=True)
            del own[path], self._entries[path]
