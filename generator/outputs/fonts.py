"""The fonts documents are set in. Without a Japanese font a PDF is full of boxes and nothing complains: so we do."""

from __future__ import annotations

import subprocess
from functools import lru_cache

from generator.problems import NohinError

REQUIRED = ("BIZ UDPGothic", "BIZ UDGothic")


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Versions of the fonts used, for cache keys; NohinError where one is missing."""
    found = []
    for family in REQUIRED:
        line = _match(family)
        if not line.startswith(family):
            package = "fonts-morisawa-bizud-gothic"
            raise NohinError(f"フォント「{family}」がありません。{package} を入れてください")
        found.append(line)
    return "\n".join([*found, _match("Noto Sans CJK JP")])


def _match(family: str) -> str:
    try:
        done = subprocess.run(
            ["fc-match", "--format", "%{family[0]} %{fontversion} %{style[0]}", family], capture_output=True, check=True
        )
    except (FileNotFoundError, subprocess.CalledProcessError):
        raise NohinError("フォントを調べる fc-match がありません。fontconfig を入れてください") from None
    return done.stdout.decode(errors="replace")
