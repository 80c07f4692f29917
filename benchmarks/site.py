"""How long the site takes against plain mkdocs-material on the same Markdown: ratios on this machine, in one run.

Pages of 100, 400 and 1,000 are made of the shipped contracts' own Markdown (headings and names made different), once by
us (nothing kept, navigation of the contracts, our search) and once by `mkdocs build` with `navigation.prune`, every page
in the navigation and the theme's search. Ours may take at most 1.15 times as long, and ten times the pages at most
twelve times. Usage: python benchmarks/site.py
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from generator.build import looked_at  # noqa: E402  # found by the line above
from generator.outputs.cache import Cache  # noqa: E402
from generator.outputs.site import website  # noqa: E402
from generator.outputs.site.theme import Look, Part  # noqa: E402
from generator.workshop import Request, Workshop  # noqa: E402

SIZES = (100, 400, 1000)
RATIO, GROWTH = 1.15, 12.0
"""What we may take against plain MkDocs, and 1,000 pages against 100."""
HEAVY = 60_000
"""Pages longer than this are left out: books would drown what is measured."""
AS_OF = dt.date(2026, 11, 20)


def main() -> None:
    """Measure each size both ways."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        shop, texts = shipped(place / "project")
        print("| pages | ours | plain mkdocs-material | ratio |")
        print("|---|---|---|---|")
        times = {size: _both(size, shop.look, texts, place) for size in SIZES}
    worst = max(ours / plain for ours, plain in times.values())
    growth = times[SIZES[-1]][0] / times[SIZES[0]][0]
    print(f"\n{SIZES[-1]} pages take {growth:.1f} times what {SIZES[0]} pages take")
    if worst > RATIO or growth > GROWTH:
        raise SystemExit(f"ratio {worst:.2f} (at most {RATIO}), growth {growth:.1f} (at most {GROWTH})")


def shipped(project: Path) -> tuple[Workshop, list[str]]:
    """A workshop on a copy of the shipped data, and the Markdown of its contracts' pages."""
    shutil.copytree(ROOT / "data", project / "data")
    shutil.copy2(ROOT / "mkdocs.yml", project / "mkdocs.yml")
    request = Request(project, AS_OF, project / "site")
    shop = Workshop(request, looked_at(request))
    parts = [shop.part(shop.show(contract)) for contract in shop.contracts.values()]
    return shop, [text for part in parts for text in part.pages.values() if len(text) < HEAVY]


def _both(size: int, look: Look, texts: list[str], place: Path) -> tuple[float, float]:
    pages = {f"c{n % 5}/documents/p{n:04}.md": text for n, text in enumerate(islice(cycle(texts), size))}
    ours, plain = _ours(pages, look, place / f"ours-{size}"), _plain(pages, look, place / f"plain-{size}")
    print(f"| {size} | {ours:.1f} s | {plain:.1f} s | {ours / plain:.2f} x |", flush=True)
    return ours, plain


def _ours(pages: dict[str, str], look: Look, place: Path) -> float:
    parts = []
    for name in sorted({path.split("/")[0] for path in pages}):
        own = {path: text for path, text in pages.items() if path.startswith(f"{name}/")}
        nav = [{f"ページ {number}": path} for number, path in enumerate(islice(own, 30))]
        parts.append(Part(name, f"契約 {name}", own, nav))
    place.mkdir()
    began, cache = time.perf_counter(), Cache.of(place, "pages")
    website.build(parts, look, cache, place / "site", lambda line: None, 2)
    return time.perf_counter() - began


def _plain(pages: dict[str, str], look: Look, place: Path) -> float:
    for path, text in pages.items():
        target = place / "docs" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text.replace("search:\n  exclude: true\n", "", 1), encoding="utf-8")
    (place / "docs/index.md").write_text("# 契約の一覧\n", encoding="utf-8")
    settings = {
        "site_name": "納品",
        "use_directory_urls": False,
        "theme": {"name": "material", "language": "ja", "font": False, "features": ["navigation.prune"]},
        "plugins": [{"search": {"lang": "ja"}}],
        "markdown_extensions": ["attr_list", {"toc": {"toc_depth": 3}}],
    }
    (place / "mkdocs.yml").write_text(json.dumps(settings), encoding="utf-8")
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=place, check=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
