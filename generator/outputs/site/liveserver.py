"""The pages of a preview over HTTP, for a browser on the same machine. Answers, and asks nobody.

Every page gets a script that waits for the next edition, and shows what is wrong in place. Only requests that name this
machine are answered, so that no page of another site can read the preview through the browser.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

HOST = "127.0.0.1"
NAMES = (HOST, "localhost")
STATE, SCRIPT = "/_nohin/state", "/_nohin/live.js"
LONGEST = 25.0
"""So many seconds a browser is kept waiting for news."""


class Preview(Protocol):
    """What is shown."""

    def wait(self, edition: int, seconds: float) -> int:
        """The edition that is shown, after waiting for another one than `edition`."""

    def pdf(self, path: str) -> bytes | None:
        """A PDF by its path below the site."""


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
    """One request."""

    def __init__(self, served: Served, *args: Any) -> None:
        self.served = served
        super().__init__(*args, directory=str(served.folder))

    def do_GET(self) -> None:
        """A page, a file, a PDF, the script, or the news."""
        if not self._is_ours():
            self.send_error(HTTPStatus.FORBIDDEN)
            return
        parts = urlsplit(self.path)
        if parts.path == STATE:
            self._tell(parse_qs(parts.query))
        elif parts.path == SCRIPT:
            self._send(self.served.script, "text/javascript; charset=utf-8")
        elif parts.path.endswith(".pdf"):
            self._pdf(unquote(parts.path).lstrip("/"))
        elif parts.path.endswith(".zip"):
            self._send("まとめた ZIP は nohin build で作ります。".encode(), "text/plain; charset=utf-8")
        elif parts.path.endswith((".html", "/")):
            self._page()
        else:
            super().do_GET()

    def end_headers(self) -> None:
        """Nothing is kept: the next look shall show the next edition."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def list_directory(self, path: Any) -> None:
        """Folders have no lists."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, format: str, *args: Any) -> None:
        """The terminal is for what was wrong with the data."""

    def _is_ours(self) -> bool:
        return str(self.headers.get("Host", "")).rpartition(":")[0] in NAMES

    def _tell(self, asked: dict[str, list[str]]) -> None:
        since = asked.get("since", [""])[0]
        edition = self.served.preview.wait(int(since) if since.isdigit() else -1, LONGEST)
        content = json.dumps({"edition": edition, **self.served.state()}, ensure_ascii=False)
        self._send(content.encode(), "application/json; charset=utf-8")

    def _page(self) -> None:
        place = Path(self.translate_path(self.path))
        place = place / "index.html" if place.is_dir() else place
        if not place.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        script = f'<script src="{SCRIPT}" defer></script></body>'.encode()
        self._send(place.read_bytes().replace(b"</body>", script, 1), "text/html; charset=utf-8")

    def _pdf(self, path: str) -> None:
        content = self.served.preview.pdf(path)
        if content is None:
            self.send_error(HTTPStatus.NOT_FOUND)
        else:
            self._send(content, "application/pdf")

    def _send(self, content: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        with suppress(ConnectionError):  # the browser has gone on to another page
            self.end_headers()
            self.wfile.write(content)
