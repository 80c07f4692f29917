"""A page as its reader sees it: opened in Debian's Chromium, with all it asked for and complained about."""

from __future__ import annotations

from pathlib import Path
from typing import Any


class Visit:
    """A page opened from a disc or a server of this machine."""

    def __init__(self, browser: Any, place: Path | str, **settings: Any) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page = browser.new_page(**settings)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("requestfailed", self._failed)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.goto(place.as_uri() if isinstance(place, Path) else place)
        self.page.wait_for_load_state("load")

    def _failed(self, request: Any) -> None:
        """A request that is still waiting when the page is left or loaded again is given up, not lost."""
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed: {request.url}")

    def search(self, words: str) -> list[str]:
        """The addresses the search box finds, in order."""
        box = self.page.locator("input.md-search__input")
        box.click()
        box.fill(words)
        box.press("End")  # the theme looks at what was filled in when a key is pressed
        found = self.page.locator(".md-search-result__item a")
        found.first.wait_for(state="attached", timeout=60_000)
        self.page.wait_for_timeout(300)
        return [str(link.get_attribute("href")) for link in found.all()]

    def follow(self, text: str, within: str = "article") -> None:
        """Click the first link with a text, and wait for the page it leads to."""
        self.page.locator(f"{within} a", has_text=text).first.click()
        self.page.wait_for_load_state("load")

    @property
    def title(self) -> str:
        """The page's heading."""
        return str(self.page.locator("h1").inner_text())

    def alone(self) -> None:
        """Nothing was asked of another host, and nothing went wrong."""
        ours = ("file:", "data:", "blob:", "http://127.0.0.1")
        assert [url for url in self.requests if not url.startswith(ours)] == []
        assert self.complaints == []
        self.page.close()
