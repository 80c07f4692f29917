"""Colours of frames; in grey they are all lighter than the words in them, and each frame says in words what it is."""

from __future__ import annotations

from typing import NamedTuple

from generator.documents.diagrams import INK, LINE, TINTS

TEXT, STROKE = "#222222", "#333333"
STORE = "#fbf7ea"


class Tint(NamedTuple):
    """How a frame is coloured."""

    fill: str
    line: str
    bar: str
    """The ground of a heading."""
    dashed: bool = False


PLAIN = Tint(TINTS["vendor"], LINE, "#dbe6f1")
HOST = Tint("#ffffff", INK, TINTS["authority"])
OTHER = Tint("#ffffff", "#7b8a9a", "#eef1f4", dashed=True)
ZONES = {
    "mynumber": Tint("#fbeae6", "#a8503c", "#f2cfc6"),
    "lgwan": Tint("#e6f0fa", "#2f6ca8", "#c3daf0"),
    "internal": Tint("#e9f3ea", "#4b7d52", "#cfe3d1"),
    "internet": Tint("#fdf5da", "#93751a", "#f3e2a4"),
    "dmz": Tint("#efe8f6", "#6d4f94", "#d9c9ea"),
    "management": Tint("#eceff1", "#5f6b76", "#d3d9de"),
    "outside": Tint("#ffffff", "#5f6b76", "#eef1f4", dashed=True),
}


def zone_tint(kind: object) -> Tint:
    """The colours of a zone by its kind."""
    return ZONES.get(str(kind), OTHER)
