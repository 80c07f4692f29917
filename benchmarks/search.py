"""How the search grows with the site: ratios on this machine, in one run.

Sites of 250 and 1,000 made-up pages of 10 kB are indexed, and the index is loaded and asked in Chromium: words, a
clause's number, dates in both calendars, several words. Four times the pages may cost little more than four times the
time, and no query more than a twentieth of a second. Usage: python benchmarks/search.py
"""

from __future__ import annotations

import functools
import http.server
import random
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from generator.outputs.site import searchindex  # noqa: E402  # found by the line above

SIZES = (250, 1000)
LIMIT = 6.0
"""What four times the pages may cost."""
QUERY_LIMIT = 50.0
"""Milliseconds of the slowest query."""
QUERIES = (
    "復旧",
    "障害復旧作業報告書",
    "７（１）④",
    "令和8年4月10日",
    "2026-04",
    "見本太郎",
    "個人情報 廃棄 報告",
    "サーバー",
    "の",
)
WORDS = [
    *(
        "障害復旧作業報告書",
        "個人情報",
        "取扱い",
        "定める",
        "受注者は",
        "発注者に",
        "報告する",
        "廃棄",
        "サーバ",
        "サーバー室",
    ),
    *(
        "令和8年4月10日",
        "2026-04-10",
        "令和9年3月31日",
        "見本太郎",
        "例示花子",
        "情報セキュリティ",
        "チェックリスト",
        "、",
        "。",
    ),
    *(
        "バックアップ",
        "７（１）④",
        "第９条第１項",
        "点検",
        "確認",
        "契約",
        "期限",
        "計画停電",
        "監視",
        "ネットワーク",
        "再委託",
    ),
    *(
        "の",
        "を",
        "に",
        "と",
        "が",
        "は",
        "で",
        "ある",
        "しない",
        "こと",
        "業務責任者",
        "作業実績",
        "所在",
        "手順",
        "承認",
        "版",
    ),
]

ASK = """async ([queries, times]) => {
  const worker = new Worker("assets/search-worker.js");
  const heard = () => new Promise((done) => worker.addEventListener("message", done, { once: true }));
  const asked = async (type, data) => {
    const begun = performance.now();
    worker.postMessage({ type, data });
    await heard();
    return performance.now() - begun;
  };
  await asked(0, {});
  const load = await asked(2, queries[0]);
  const best = [];
  for (const query of queries) {
    const own = [];
    for (let n = 0; n < times; n += 1) own.push(await asked(2, query));
    best.push(Math.min(...own));
  }
  return { load, queries: best };
}"""


def main() -> None:
    """Measure each size and print how it stands to the one before."""
    print("| pages | Markdown | index | to index | to load | median query | slowest query | against the size before |")
    print("|---|---|---|---|---|---|---|---|")
    before, worst, slowest = None, 0.0, 0.0
    for size in SIZES:
        pages = {f"keiyaku-{number // 100}/documents/d{number}.html": _page(number) for number in range(size)}
        seconds, index = _indexed(pages)
        load, queries = _asked(index)
        ratio = seconds / before if before else None
        length = sum(len(text.encode()) for text in pages.values())
        print(
            f"| {size} | {length / 1e6:.1f} MB | {len(index) / 1e6:.1f} MB | {seconds:.2f} s | {load:.0f} ms "
            f"| {sorted(queries)[len(queries) // 2]:.0f} ms | {max(queries):.0f} ms | {f'{ratio:.1f} x' if ratio else '-'} |",
            flush=True,
        )
        before, worst, slowest = seconds, max(worst, ratio or 0.0), max(slowest, *queries)
    if worst > LIMIT:
        raise SystemExit(f"four times the pages cost {worst:.1f} times the time, more than {LIMIT}")
    if slowest > QUERY_LIMIT:
        raise SystemExit(f"a query took {slowest:.0f} ms, more than {QUERY_LIMIT:.0f}")


def _page(number: int) -> str:
    """A page of about 10 kB: headings, a table of rows that can be found, paragraphs."""
    chosen = random.Random(number)
    parts = "".join(
        f'<h2 id="b-{part}">{number}.{part}　{_words(chosen, 3)}</h2><p>{_words(chosen, 60)}</p>'
        f'<table><tr id="d-{part}"><th scope="row">{_words(chosen, 2)}</th><td>{_words(chosen, 60)}</td></tr></table>'
        for part in range(1, 8)
    )
    return f'# 文書{number:04}　{_words(chosen, 2)}\n\n<div class="nohin">{parts}</div>\n'


def _words(chosen: random.Random, count: int) -> str:
    return "".join(chosen.choices(WORDS, k=count))


def _indexed(pages: dict[str, str]) -> tuple[float, bytes]:
    """Seconds of the processor to make the index, the best of three times, and the index."""
    times = []
    for _ in range(3):
        start = time.process_time()
        found = [entry for path, text in pages.items() for entry in searchindex.entries(path, path, text)]
        index = searchindex.script(found)
        times.append(time.process_time() - start)
    return min(times), index


def _asked(index: bytes) -> tuple[float, list[float]]:
    """Milliseconds from the first query to its answer, the index being loaded, and of each query at its best."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with (
        tempfile.TemporaryDirectory() as folder,
        _served(Path(folder), index) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"{address}/index.html")
        measured: dict[str, Any] = page.evaluate(ASK, [list(QUERIES), 20])
        browser.close()
    return measured["load"], measured["queries"]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def _served(place: Path, index: bytes) -> Iterator[str]:
    """The address of a site with the worker and the index."""
    (place / "assets").mkdir()
    (place / "search").mkdir()
    for name in ("search-words.js", "search-worker.js"):
        shutil.copy(ROOT / "templates/site" / name, place / "assets" / name)
    (place / searchindex.INDEX).write_bytes(index)
    (place / "index.html").write_text("<!doctype html>", encoding="utf-8")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(place)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


if __name__ == "__main__":
    main()
