"""What `nohin serve` shows after edits: what a build would make; and what it does when files change under its eyes."""

from __future__ import annotations

import datetime as dt
import shutil
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from generator import serving
from generator.outputs.site import liveserver
from generator.problems import has_errors
from generator.serving import Stage
from generator.workshop import OFFICER, PUBLIC, Request
from tests.support import AS_OF, CONTRACT, ROOT, WHOLE, Project, contents, whole_project

pytestmark = pytest.mark.slow

OTHER = CONTRACT.replace("mihon", "betsu")
HEAD, STAFF, CLAUSES = (f"{CONTRACT}/{name}.yml" for name in ("contract", "staff", "clauses"))
HOME = "templates/site/home.md.j2"


def _files() -> dict[str, str | bytes]:
    """Two contracts with a document each."""
    asked = WHOLE[f"{CONTRACT}/deliverables.yml"].replace("title: 作業報告書", "title: サポート体制図")
    files = whole_project({"mkdocs.yml": (ROOT / "mkdocs.yml").read_bytes(), f"{CONTRACT}/deliverables.yml": asked})
    return files | {path.replace(CONTRACT, OTHER): text for path, text in files.items() if path.startswith(CONTRACT)}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project with a commit, shown once, so that the caches of its copies are filled."""
    there = Project(tmp_path_factory.mktemp("first")).write({**_files(), ".gitignore": ".nohin/\nsite/\n"})
    there.git("init", "-q")
    there.commit("初版")
    _stage(there).refresh()
    return there


@pytest.fixture
def there(first: Project, tmp_path: Path) -> Project:
    """A copy of it."""
    return Project(Path(shutil.copytree(first.root, tmp_path / "project", symlinks=True)))


def _stage(there: Project, audience: str = OFFICER) -> Stage:
    out = serving.folder(there.root, audience)
    return Stage(Request(there.root, dt.date.fromisoformat(AS_OF), out, audience=audience, workers=1))


def _edit(there: Project, path: str, old: str, new: str) -> None:
    text = there.read(path)
    assert old in text
    there.write({path: text.replace(old, new)})


def _shown(stage: Stage) -> dict[str, bytes]:
    """All that is served but for what is made when it is asked for."""
    stage.refresh()
    stage.complete()
    assert (stage.trouble, has_errors(stage.problems)) == ("", False), stage.problems
    return contents(stage.request.out)


def _built(there: Project) -> dict[str, bytes]:
    """What a build that knows nothing of the preview makes of the same."""
    shutil.rmtree(there.root / ".nohin/cache", ignore_errors=True)
    assert there.build().code == 0
    made = contents(there.root / "site")
    return {path: text for path, text in made.items() if not path.startswith(("deliverables/", "downloads/"))}


@contextmanager
def _served(stage: Stage) -> Iterator[Callable[[str], tuple[int, bytes]]]:
    """The stage, served while the block lasts; gives what asks for a file."""
    server = liveserver.server(liveserver.Served(stage, stage.request.out, b"", dict), 0)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()

    def get(path: str) -> tuple[int, bytes]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/{path}", timeout=60) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    yield get
    server.shutdown()
    server.server_close()


def _differing(shown: dict[str, bytes], made: dict[str, bytes]) -> list[str]:
    return sorted(path for path in {*shown, *made} if shown.get(path) != made.get(path))


def test_after_edits_it_is_what_a_build_makes(there: Project) -> None:
    """Pages, search and feeds: after data, a template and the history have changed, and a contract has gone."""
    stage = _stage(there)
    _shown(stage)
    _edit(there, STAFF, "見本 太郎", "例示 花子")
    assert "例示 花子" in _shown(stage)["mihon/documents/support-structure.html"].decode()
    _edit(there, CLAUSES, "電話でも知らせる。", "電子メールでも知らせる。")
    there.write({HOME: (ROOT / HOME).read_text(encoding="utf-8") + "\n<p>われらの頁</p>\n"})
    incident = {path: text for path, text in _files().items() if path.startswith(f"{CONTRACT}/records/incidents/")}
    there.write(dict.fromkeys(incident))
    shown = _shown(stage)
    assert "われらの頁" in shown["index.html"].decode()
    assert _differing(shown, _built(there)) == []
    there.write(incident)
    there.commit("人と条項")
    shutil.rmtree(there.root / OTHER)
    shown = _shown(stage)
    assert not [path for path in shown if "betsu" in path]
    assert _differing(shown, _built(there)) == []


def test_only_what_differs_is_written(there: Project) -> None:
    """The pages of the other contract and the theme's files stay the very files they were."""
    stage = _stage(there)
    _shown(stage)
    before = {place: place.stat().st_ino for place in stage.request.out.rglob("*") if place.is_file()}
    _edit(there, STAFF, "見本 太郎", "例示 花子")
    _shown(stage)
    fresh = {
        place.relative_to(stage.request.out).as_posix()
        for place, number in before.items()
        if place.stat().st_ino != number
    }
    assert "mihon/documents/support-structure.html" in fresh
    assert not [path for path in fresh if path.startswith(("assets/", "betsu/"))]


def test_pages_come_before_search_and_feeds(there: Project) -> None:
    """The page that is looked at waits for neither; whoever asks for them gets those of the page."""
    stage = _stage(there)
    _shown(stage)
    index = stage.request.out / "search/index.js"
    _edit(there, CLAUSES, "電話でも知らせる。", "電子メールでも知らせる。")
    stage.refresh()
    assert "電子メールでも知らせる。" not in index.read_text(encoding="utf-8")
    with _served(stage) as get:
        assert "電子メールでも知らせる。" in get("search/index.js")[1].decode()


# --- files that change while they are looked at ---------------------------------------------------------------


def test_a_file_that_is_gone_for_a_moment(there: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is looked again, and nobody is told."""
    stage, failures = _stage(there), [FileNotFoundError(2, "No such file", "a.yml"), OSError(5, "I/O error")]
    real = serving.check

    def check(*arguments: Any) -> Any:
        if failures:
            raise failures.pop()
        return real(*arguments)

    monkeypatch.setattr(serving, "check", check)
    stage.refresh()
    assert (stage.trouble, stage.edition, failures) == ("", 1, [])
    assert (stage.request.out / "mihon/index.html").is_file()


def test_a_file_that_stays_away(there: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said in place with its name, the last pages stay, and the next look is like any other."""
    stage = _stage(there)
    before = _shown(stage)
    with monkeypatch.context() as patched:
        patched.setattr(
            serving, "check", lambda *_: (_ for _ in ()).throw(PermissionError(13, "Permission denied", "a.yml"))
        )
        stage.refresh()
    assert stage.trouble.startswith("a.yml が読み書きできません（Permission denied）")
    assert contents(stage.request.out) == before
    assert _shown(stage) == before


def test_an_editor_at_work(there: Project) -> None:
    """Files that vanish, come by renaming, or are folders for a while: nothing ends it, and at rest all is right."""
    stage, over = _stage(there), threading.Event()
    _shown(stage)
    saved = {path: there.root / path for path in (STAFF, CLAUSES, HEAD)}

    def work() -> None:
        while not over.is_set():
            for place in saved.values():
                text = place.read_bytes()
                place.with_name(f"{place.name}~").write_bytes(text)
                place.unlink()
                place.mkdir()
                place.with_name("4913.yml").write_bytes(b"")
                place.rmdir()
                place.with_name("4913.yml").unlink()
                place.with_name(f"{place.name}~").replace(place)

    editor = threading.Thread(target=work)
    editor.start()
    try:
        for _ in range(6):
            stage.refresh()
            serving.signature(there.root)
    finally:
        over.set()
        editor.join()
    _edit(there, STAFF, "見本 太郎", "例示 花子")
    assert _differing(_shown(stage), _built(there)) == []


def test_hidden_files_are_no_news(there: Project) -> None:
    """What editors lay beside a file is not looked at; a change of a file, new or taken away, is."""
    before = serving.signature(there.root)
    there.write({f"{CONTRACT}/.staff.yml.swp": "x", "data/.idea/workspace.yml": "x"})
    assert serving.signature(there.root) == before
    there.write({f"{CONTRACT}/records/new.yml": ""})
    new = serving.signature(there.root)
    assert new != before
    (there.root / STAFF).unlink()
    assert serving.signature(there.root) != new


# --- what everybody may read ------------------------------------------------------------------------------------


def test_everybody_is_shown_nothing_personal(there: Project) -> None:
    """A page on which a template says a name is refused in its place, the value is not said; mended, it is shown."""
    stage = _stage(there, PUBLIC)
    template = (ROOT / HOME).read_text(encoding="utf-8")
    there.write({HOME: template + "\n<p>担当 見本<b>太郎</b></p>\n"})
    stage.refresh()
    with _served(stage) as get:
        status, page = get("index.html")
        assert (status, "公開できません" in page.decode()) == (403, True)
        assert "氏名" in page.decode()
        assert "太郎" not in page.decode()
        assert b"live.js" in page
        assert get("mihon/index.html")[0] == 200
        assert get("assets/nohin.css")[0] == 200
        there.write({HOME: template})
        stage.refresh()
        assert get("index.html")[0] == 200


def test_what_was_not_looked_at_is_not_shown(there: Project) -> None:
    """Pages that are left from before are shown to the officer, who may see all, and not to everybody."""
    for audience, expected in ((OFFICER, 200), (PUBLIC, 403)):
        stage = _stage(there, audience)
        stage.request.out.joinpath("index.html").write_text("<body>見本 太郎</body>", encoding="utf-8")
        with _served(stage) as get:
            assert get("index.html")[0] == expected
