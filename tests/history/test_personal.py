"""What is personal now and was before, and the ids that stay with people."""

from __future__ import annotations

from collections.abc import Callable

from generator.history.personal import redaction
from generator.intake.portfolio import load
from generator.intake.redaction import Redaction
from generator.intake.repository import Repository
from generator.intake.tree import WorkingTree
from tests.support import CONTRACT, WHOLE, Project, whole_project

STAFF = f"{CONTRACT}/staff.yml"


class Kept:
    """A store in memory."""

    def __init__(self) -> None:
        self.pieces: dict[str, bytes] = {}
        self.put_again = 0

    def get(self, name: str) -> bytes | None:
        """What was kept."""
        return self.pieces.get(name)

    def put(self, name: str, content: bytes) -> None:
        """Keep something."""
        self.put_again += name == "personal"
        self.pieces[name] = content


def _of(there: Project, store: Kept | None = None) -> Redaction:
    return redaction(load(WorkingTree(there.root)).files, Repository.at(there.root), store)


def _staff(*people: tuple[str, str]) -> str:
    """The whole project's staff, other people in it; the first holds the role."""
    listed = "".join(f"  - id: {name}\n    name: {said}\n" for name, said in people)
    rest = WHOLE[STAFF].partition("roles:")[2].replace("p1", people[0][0])
    return f"people:\n{listed}roles:{rest}"


def test_those_who_are_gone_are_known(project: Callable[..., Project]) -> None:
    """Names, ids and records of before are left out as those of today are; nobody's id changes when another comes."""
    there = project(whole_project({STAFF: _staff(("sato", "佐藤 花子"), ("ito", "伊藤 次郎"))}))
    there.git("init", "-q", "-b", "main")
    there.commit("初版")
    before = _of(there)
    assert before.people == {"sato": "person-1", "ito": "person-2", "p1": "person-3"}
    there.write({STAFF: _staff(("abe", "阿部 三郎"), ("ito", "伊藤 次郎"))}).commit("交代")
    there.write({STAFF: _staff(("aoki", "青木 四郎"), ("ito", "伊藤 次郎"))})
    after = _of(there)
    assert after.people == {
        "sato": "person-1",
        "ito": "person-2",
        "abe": "person-3",
        "aoki": "person-4",
        "p1": "person-5",
    }
    assert after.text("佐藤花子、阿部三郎、青木四郎、sato") == "非公開、非公開、非公開、person-1"
    assert before.text("阿部三郎") == "阿部三郎"


def test_whoever_made_a_commit(project: Callable[..., Project]) -> None:
    """Authors are known by name and address, in whichever spelling."""
    there = project(whole_project())
    there.git("init", "-q", "-b", "main")
    there.git("add", "-A")
    there.git("commit", "-q", "-m", "初版", GIT_AUTHOR_NAME="Hanako Rei", GIT_COMMITTER_EMAIL="rei@example.com")
    assert _of(there).text("ＨＡＮＡＫＯ　ＲＥＩ、REI@example.com、rei") == "非公開、非公開、rei"


def test_outside_of_git(project: Callable[..., Project]) -> None:
    """Without history there is the present."""
    assert _of(project(whole_project())).text("見本太郎") == "非公開"


def test_a_content_is_read_once(project: Callable[..., Project]) -> None:
    """What was read of the past is remembered, and the same is known then."""
    there = project(whole_project())
    there.git("init", "-q", "-b", "main")
    there.commit("初版")
    store = Kept()
    first = _of(there, store)
    assert (_of(there, store).fingerprint, store.put_again) == (first.fingerprint, 1)
    assert _of(there).fingerprint == first.fingerprint


def test_old_files_that_cannot_be_read(project: Callable[..., Project]) -> None:
    """Of what was wrong in the past, whatever can be read is known."""
    there = project(whole_project({STAFF: "people:\n  - name: 佐藤 花子\n    age: [1\n"}))
    there.git("init", "-q", "-b", "main")
    there.commit("誤り")
    there.write({STAFF: "people:\n  - name: 伊藤 次郎\n    age: 1\n  - 3\n"}).commit("別の誤り")
    there.write({STAFF: WHOLE[STAFF]}).commit("正しいもの")
    assert _of(there).text("伊藤次郎") == "非公開"
