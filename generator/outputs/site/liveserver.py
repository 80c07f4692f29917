"""The pages of a preview over HTTP, for a browser on the same machine. Answers, and asks nobody.

Every page gets a script that waits for the next edition, and shows what is wrong in place. Only requests that name this
machine are answered, so that no page of another site can read the preview through the browser.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from html import escape
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

from generator.outputs.site import searchindex
from generator.problems import NohinError

HOST = "127.0.0.1"
NAMES = (HOST, "localhost")
STATE, SCRIPT = "/_nohin/state", "/_nohin/live.js"
LONGEST = 25.0
"""So many seconds a browser is kept waiting for news."""


class Preview(Protocol):
    """What is shown."""

    def wait(self, edition: int, seconds: float) -> int:
        """The edition that is shown, after waiting for another one than `edition`."""

    def complete(self) -> None:
        """Write the files that are not pages, where they are older."""

    def pdf(self, path: str) -> bytes | None:
        """A PDF by its path below the site."""

    def leaks(self, path: str, content: bytes) -> list[str]:
        """What is in a file that its reader may not see."""


@dataclass(frozen=True)
class Served:
    """A preview, where its pages lie, and what is told of it."""

    preview: Preview
    folder: Path
    script: bytes
    state: Callable[[], dict[str, Any]]


def server(served: Served, port: int) -> ThreadingHTTPServer:
    """The server, bound to this machine; OSError where the port is taken. Port 0 takes any."""
    made = ThreadingHTTPServer((HOST, port), partial(_Handler, served))
    made.daemon_threads = True
    return made


class _Handler(SimpleHTTPRequestHandler):
    """The requests of a connection."""

    protocol_version = "HTTP/1.1"

    def __init__(self, served: Served, *args: Any) -> None:
        self.served = served
        super().__init__(*args, directory=str(served.folder))

    def do_GET(self) -> None:
        """A page, a file, a PDF, the script, or the news."""
        parts = urlsplit(self.path)
        if not self._is_ours():
            self.send_error(HTTPStatus.FORBIDDEN)
        elif parts.path == STATE:
            self._tell(parse_qs(parts.query))
        elif parts.path == SCRIPT:
            self._send(self.served.script, "text/javascript")
        elif parts.path.endswith(".zip"):
            self._send("まとめた ZIP は nohin build で作ります。".encode(), "text/plain")
        else:
            self._file()

    def do_HEAD(self) -> None:
        """Nobody asks for less than a file."""
        self.send_error(HTTPStatus.METHOD_NOT_ALLOWED)

    def end_headers(self) -> None:
        """Nothing is kept: the next look shall show the next edition."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """The terminal is for what was wrong with the data."""

    def _is_ours(self) -> bool:
        return str(self.headers.get("Host", "")).rpartition(":")[0] in NAMES

    def _tell(self, asked: dict[str, list[str]]) -> None:
        since = asked.get("since", [""])[0]
        edition = self.served.preview.wait(int(since) if since.isdigit() else -1, LONGEST)
        content = json.dumps({"edition": edition, **self.served.state()}, ensure_ascii=False)
        self._send(content.encode(), "application/json")

    def _file(self) -> None:
        place = Path(self.translate_path(self.path))
        place = place / "index.html" if place.is_dir() and self.path.endswith("/") else place
        path = place.relative_to(self.served.folder).as_posix()
        try:
            content = self._content(path, place)
            found = self.served.preview.leaks(path, content) if content is not None else []
        except (OSError, NohinError) as error:
            self._send(str(error).encode(), "text/plain", HTTPStatus.SERVICE_UNAVAILABLE)
            return
        if content is None:
            self.send_error(HTTPStatus.NOT_FOUND)
        elif found:
            self._send(_live(_refusal(path, found)), "text/html", HTTPStatus.FORBIDDEN)
        else:
            self._send(_live(content) if path.endswith(".html") else content, self.guess_type(path))

    def _content(self, path: str, place: Path) -> bytes | None:
        """A file as it is now; None where there is none."""
        if path.endswith(".pdf"):
            return self.served.preview.pdf(path)
        if path == searchindex.INDEX or path.endswith(".ics"):
            self.served.preview.complete()
        return place.read_bytes() if place.is_file() else None

    def _send(self, content: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(content)))
        with suppress(ConnectionError):  # the browser has gone on to another page
            self.end_headers()
            self.wfile.write(content)


def _live(page: bytes) -> bytes:
    """A page that waits for the next edition."""
    return page.replace(b"</body>", f'<script src="{SCRIPT}" defer></script></body>'.encode(), 1)


def _refusal(path: str, found: Sequence[str]) -> bytes:
    """What stands in the place of a file that would tell everybody what is personal; the value is not said."""
    return (
        '<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>公開できません</title></head><body><main>'
        f"<h1>公開できません</h1><p>「{escape(path)}」に個人情報（{escape('、'.join(found))}）が残るため、見せません。</p>"
        "<p>ひな形・mkdocs.yml に書いた氏名や連絡先を消すか、記号や名称を人を表さないものに改めてください。</p>"
        "</main></body></html>\n"
    ).encode()
