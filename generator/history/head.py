"""The last commit, asked for without loading what reads the whole history: a check must start at once."""

from __future__ import annotations

import subprocess
from pathlib import Path


def head(project: Path) -> str | None:
    """The hash of the commit the working tree rests on; None outside git, without a commit, or without git."""
    asked = ["git", "-C", str(project), "rev-parse", "--verify", "--quiet", "HEAD"]
    try:
        done = subprocess.run(asked, capture_output=True, check=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode().strip() or None
