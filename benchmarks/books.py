"""How the time of a design book grows with the system: ratios on this machine, in one run.

Projects with a system of 50, 100 and 200 servers (functions, data, screens, modules, jobs in proportion) are checked, built
whole, built again with nothing changed, and built after one server got more memory. Twice as large a system may cost
little more than twice the time. Usage: python benchmarks/books.py
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.drawings import SIZES, system  # noqa: E402  # found by the line above

LIMIT = 3.0
"""What twice the system may cost to build."""
CONTRACT = "data/contracts/mihon-hoshu"
ASKED = """  - no: '9'
    title: システム基本設計書
    documents: [system-design]
    due:
      - each: fiscal_year
        on: 03-31
"""


def main() -> None:
    """Measure each size and print how its first build stands to that of half the size."""
    print("| servers | check | first build | nothing changed | one server changed | pages | against half the size |")
    print("|---|---|---|---|---|---|---|")
    before, worst = None, 0.0
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            times, pages = measured(_project(Path(folder) / "project", size))
        ratio = times[1] / before if before else None
        said = " | ".join(f"{seconds:.1f} s" for seconds in times)
        print(f"| {size} | {said} | {pages} | {f'{ratio:.1f} x' if ratio else '-'} |", flush=True)
        before, worst = times[1], max(worst, ratio or 0.0)
    if worst > LIMIT:
        raise SystemExit(f"a system twice as large costs {worst:.1f} times the time, more than {LIMIT}")


def measured(project: Path) -> tuple[list[float], int]:
    """Seconds of the check and of three builds, and the pages of the book."""
    times = [_seconds("check", project), _seconds("build", project), _seconds("build", project)]
    servers = project / CONTRACT / "design/servers.yml"
    servers.write_text(
        servers.read_text(encoding="utf-8").replace('"use": "', '"memory": "64GB", "use": "', 1), "utf-8"
    )
    times.append(_seconds("build", project))
    rows = json.loads((project / "site/deliverables/manifest.json").read_text(encoding="utf-8"))
    return times, next(row["pages"] for row in rows if row["document"] == "system-design")


def _project(place: Path, servers: int) -> Path:
    _nohin("init", str(place))
    shutil.copy(ROOT / "mkdocs.yml", place / "mkdocs.yml")
    design = place / CONTRACT / "design"
    design.mkdir()
    for sheet in system(servers).design:
        text = json.dumps(_plain(sheet.values), ensure_ascii=False, default=str)
        (design / f"{sheet.kind}.yml").write_text(text, encoding="utf-8")
    deliverables = place / CONTRACT / "deliverables.yml"
    deliverables.write_text(deliverables.read_text(encoding="utf-8").rstrip() + "\n" + ASKED, encoding="utf-8")
    return place


def _plain(value: Any) -> Any:
    """Without addresses: made up as they are, they lie in no network's range."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items() if key not in ("range", "address")}
    return [_plain(one) for one in value] if isinstance(value, (list, tuple)) else value


def _seconds(command: str, project: Path) -> float:
    start = time.perf_counter()
    _nohin(command, "--project", str(project), "--as-of", "2026-11-20")
    return time.perf_counter() - start


def _nohin(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", "generator", *arguments], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)


if __name__ == "__main__":
    main()
