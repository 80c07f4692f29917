"""自動化: the files with which a project is checked, shown and built by GitHub, by GitLab or by cron."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from generator.documents.templates import shipped_templates
from generator.intake.gitplace import GitPlace
from generator.intake.tree import inside
from generator.outputs.folders import write
from generator.outputs.ownwheel import own_wheel
from generator.problems import NohinError

PARTS: Mapping[str, tuple[str, ...]] = {
    "github": ("common", "review", "github"),
    "gitlab": ("common", "gitlab"),
    "cron": ("common", "cron"),
}
"""Where a project can be automated, and the folders of templates/automation/ with the files for it."""

PLACES = {"ci": ".ci", "github": ".github", "gitlab-ci.yml": ".gitlab-ci.yml"}
"""What the first part of a path is called in a project: names that mean something to git and its hosts."""

FOLDER, LOCK = ".ci", "requirements.lock"


def put(project: Path, host: str) -> list[str]:
    """Put the files for a host into a project; returns the paths of those that were not there yet, as seen from it.

    What a host reads lies at the top of the repository, of which the project may be a folder. NohinError where a file of
    the same name says something else, or another wheel lies there: nothing is written then.
    """
    place = GitPlace.of(project) or GitPlace(project, "")
    wanted = dict(_files(host, place.prefix))
    known = {path: _place(path, project, place) for path in (*wanted, *(_wheels(project) if _wheel_in(wanted) else ()))}
    there = {path: one.read_bytes() if one.is_file() else b"" for path, one in known.items() if one.exists()}
    if others := sorted(path for path, content in there.items() if wanted.get(path) != content):
        why = f"{'、'.join(others)} は、nohin の置くものと違います"
        raise NohinError(f"{why}。新しくするなら消してから、残すなら別の名に移してから、もう一度実行してください")
    new = sorted(path for path in wanted if path not in there)
    for path in new:
        write(known[path], wanted[path])
    return new


def _place(path: str, project: Path, place: GitPlace) -> Path:
    return inside(place.top, path.removeprefix(_up(place.prefix))) if path.startswith("../") else inside(project, path)


def _up(prefix: str) -> str:
    """The way from a project to the top."""
    return "../" * prefix.count("/")


def has_wheel(project: Path) -> bool:
    """Whether a project has this program as a wheel, without which its automation installs nothing."""
    return bool(_wheels(project))


def _wheels(project: Path) -> list[str]:
    return sorted(f"{FOLDER}/{place.name}" for place in (project / FOLDER).glob("nohin-*.whl"))


def _wheel_in(paths: Iterable[str]) -> bool:
    return any(path.endswith(".whl") for path in paths)


def _files(host: str, prefix: str) -> Iterator[tuple[str, bytes]]:
    for part in PARTS[host]:
        folder = shipped_templates() / "automation" / part
        for place in sorted(place for place in folder.rglob("*") if place.is_file() and place.suffix != ".pyc"):
            first, *rest = place.relative_to(folder).parts
            path, content = "/".join((PLACES[first], *rest)), place.read_bytes()
            yield (path, content) if path.startswith(f"{FOLDER}/") else (_up(prefix) + path, _below(prefix, content))
    yield f"{FOLDER}/{LOCK}", _lock()
    if (wheel := own_wheel()) is not None:
        name, content = wheel
        yield f"{FOLDER}/{name}", content


_HERE = 'NOHIN_PROJECT: "."'
_PATHS = re.compile(r"(?<=hashFiles\()[^)]*|(?<= paths: \[)[^\]]*|(?<= files: \[)[^\]]*|(?<= codequality: )\S+")
_PATH = re.compile(r"[^\s',]+")
_OF_TOP = "public/"
"""What GitLab reads at the top, wherever the project is."""


def _below(prefix: str, content: bytes) -> bytes:
    """What a host reads, for a project in a folder: hosts count paths from the top."""
    if not prefix:
        return content
    folder = prefix.removesuffix("/")
    if not re.fullmatch(r"[\w./-]+", folder):
        why = f"{folder} という名のフォルダーでは、GitHub や GitLab に場所を伝えられません"
        raise NohinError(f"{why}。フォルダーの名には、文字・数字・「-」「_」「.」だけを使ってください")
    text = content.decode().replace(_HERE, f"NOHIN_PROJECT: {json.dumps(folder, ensure_ascii=False)}")
    return _PATHS.sub(lambda found: _PATH.sub(lambda one: _path(prefix, one[0]), found[0]), text).encode()


def _path(prefix: str, path: str) -> str:
    return path if path == _OF_TOP else f"{prefix}{path}"


def _lock() -> bytes:
    """The libraries with their hashes: beside the templates in a wheel, at the top in a checkout."""
    inner = shipped_templates() / "automation" / LOCK
    return (inner if inner.is_file() else shipped_templates().parent / LOCK).read_bytes()
