"""What a library complains about while it works. A dropped picture, link or rule is no detail: callers fail on it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def warnings_of(name: str) -> Iterator[list[str]]:
    """Collects a logger's warnings in a list instead of printing them."""
    collector, logger = _Collector(), logging.getLogger(name)
    logger.addHandler(collector)
    before, logger.propagate = logger.propagate, False
    try:
        yield collector.messages
    finally:
        logger.removeHandler(collector)
        logger.propagate = before
