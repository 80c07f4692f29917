"""`nohin serve`."""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator import problems
from generator.commands.common import Command, audience, project, summary, tell
from generator.problems import NohinError

if TYPE_CHECKING:
    from generator.serving import Stage

EACH = 0.05
"""Seconds between two looks at the files."""

QUIET = 20
"""What no page needs to be seen waits until a browser has its page; where none is open, for so many looks."""

SETTLED = 0.05
"""Seconds without a change after which a change is taken for whole: editors write in several steps."""


_REST = threading.Event()
"""Never set: waiting for it is to rest."""


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, metavar="N", help="この番号で待つ（既定: 8000）")
    audience(parser, "だれに見せる姿か（既定: officer）")


def _run(options: argparse.Namespace) -> int:
    from generator import serving
    from generator.outputs.site import liveserver
    from generator.workshop import Request

    place = project(options)
    out = serving.folder(place, options.audience)
    stage = serving.Stage(Request(place, options.as_of, out, None, False, options.audience, options.workers, tell))
    try:
        server = liveserver.server(_served(stage), options.port)
    except OSError as error:
        raise NohinError(
            f"{options.port} 番で待てません（{error.strerror}）。--port で別の番号を指してください"
        ) from None
    os.environ["GIT_OPTIONAL_LOCKS"] = "0"  # looking at the index must not change it: it is watched
    before = serving.signature(place)
    _refresh(stage)
    _tidy(stage)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        _stops()
        tell(f"http://{liveserver.HOST}:{server.server_port}/ で見られます。終わるには Ctrl+C")
        _watch(stage, before)
    except KeyboardInterrupt:
        server.shutdown()
    return 0


def _stops() -> None:
    """Ctrl+C and a polite kill end it, also where it was started in the background, which ignores the first."""
    own = os.getpid()

    def stop(number: int, _: object) -> None:
        if os.getpid() != own:
            os._exit(128 + number)  # one that helps with the pages
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)


def _served(stage: Stage) -> Any:
    from generator.documents.templates import TemplateFolders
    from generator.outputs.site import liveserver

    script = TemplateFolders(stage.request.project).read("site/live.js").body.encode()

    def state() -> dict[str, Any]:
        found = problems.as_data(stage.problems)
        return {"folder": str(stage.request.project), "problems": found, "trouble": stage.trouble}

    return liveserver.Served(stage, stage.request.out, script, state)


def _watch(stage: Stage, before: frozenset[Any]) -> None:
    from generator import serving

    quiet, tidied = 0, stage.edition
    while True:
        _REST.wait(EACH)
        now = serving.signature(stage.request.project)
        quiet = quiet + 1 if now == before else 0
        if quiet and tidied != stage.edition and (quiet >= QUIET or stage.seen == stage.edition):
            _tidy(stage)
            tidied = stage.edition
        if quiet:
            continue
        while (later := _after(SETTLED, stage.request.project)) != now:
            now = later
        before = now
        _refresh(stage)


def _after(seconds: float, place: Path) -> frozenset[Any]:
    from generator import serving

    _REST.wait(seconds)
    return serving.signature(place)


def _tidy(stage: Stage) -> None:
    """What can wait until nobody waits; no file and no page may be the end of the preview."""
    try:
        stage.complete()
    except (NohinError, OSError) as error:
        tell(str(error))
    gc.collect()


def _refresh(stage: Stage) -> None:
    gc.disable()  # a third of the time, for nearly all that is there will stay; `_tidy` collects
    stage.refresh()
    sys.stdout.write(problems.to_text(stage.problems))
    sys.stdout.flush()
    tell(stage.trouble or summary(stage.problems))


COMMAND = Command("serve", "編集しながら見る。YAML を直すと、ページが変わるか、誤りがその場に出る。", _arguments, _run)
