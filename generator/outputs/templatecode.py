"""Templates as Jinja compiled them, kept where Python keeps its own compiled modules: beside the program.

Compiled code is code: whoever can write it can run it. So it is never read from a project, which may come from anybody,
but from the program's own `__pycache__` only, of which the same is true of every module in it. Whatever cannot be kept
there is compiled anew.
"""

from __future__ import annotations

import marshal
import sys
from dataclasses import dataclass
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from types import CodeType
from typing import Any

from generator.outputs import versions
from generator.outputs.cache import Cache, key


@dataclass
class Bucket:
    """The code of one template; None when it has to be compiled."""

    place: str
    """One for each path of a template: new code takes the place of old."""
    name: str
    code: CodeType | None = None


class TemplateCode:
    """What Jinja calls a bytecode cache."""

    def __init__(self, module: str = __file__) -> None:
        self._cache = Cache(Path(cache_from_source(module)).with_suffix(""))
        self._writes = not sys.dont_write_bytecode

    def lend(self, environment: Any) -> None:
        """Let an environment use it."""
        environment.bytecode_cache = self

    def get_bucket(self, environment: Any, name: str, filename: str | None, source: str) -> Bucket:
        """The code of a template, if this program compiled this text with this Jinja before."""
        path = filename or name
        bucket = Bucket(key(path), key(path, name, source, versions.program(), versions.of("jinja2"), MAGIC_NUMBER))
        kept = self._cache.get(bucket.place) or b""
        if kept.startswith(bucket.name.encode()):
            bucket.code = marshal.loads(kept[len(bucket.name) :])
        return bucket

    def set_bucket(self, bucket: Bucket) -> None:
        """Keep the code of a template; where the program's folder cannot be written, nothing is kept."""
        if not self._writes:
            return
        try:
            self._cache.put(bucket.place, bucket.name.encode() + marshal.dumps(bucket.code))
        except OSError:
            self._writes = False
