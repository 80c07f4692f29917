"""The automation that `nohin init --ci` lays out: pinned, with the least rights, and carried out step by step."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.outputs import automation
from generator.outputs.automation import PARTS, put
from generator.problems import NohinError
from tests.actions import Runner, evaluated, filled, load, steps
from tests.submitted import files, june, tracked
from tests.support import CONTRACT, ROOT, Project, contents, git, run, whole_project

GITHUB = sorted((ROOT / "templates/automation/github/github/workflows").glob("*.yml"))
GITLAB = ROOT / "templates/automation/gitlab/gitlab-ci.yml"
COMMON, REVIEW, CRON = (ROOT / f"templates/automation/{part}/ci" for part in ("common", "review", "cron"))
TODAY = "2026-06-09"
"""The day of every run, unless a test says another."""

REPOSITORY = "wakaba/keiyaku"

BELOW = "契約/保守"
"""The folder of a project that is not at the top of its repository."""


def _workflow(name: str) -> Path:
    return next(path for path in GITHUB if path.stem == name)


# --- laid out ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", list(PARTS))
def test_a_new_project_gets_the_files_for_a_host(tmp_path: Path, host: str) -> None:
    """`nohin init --ci` lays out the project and its automation; the project checks clean."""
    plain, target = tmp_path / "plain", tmp_path / "new"
    run("init", str(plain))
    ran = run("init", str(target), "--ci", host)
    more = set(contents(target)) - set(contents(plain))
    there = {".ci/install", ".ci/requirements.lock"}
    mine = {"github": ".github/workflows/check.yml", "gitlab": ".gitlab-ci.yml", "cron": ".ci/nightly"}
    assert ran.code == 0
    assert {*there, mine[host]} <= more <= set(ran.lines)
    assert run("check", "--project", str(target)).code == 0


def test_a_project_that_is_there_gets_the_automation_only(project: Callable[..., Project]) -> None:
    """What the project holds already is left alone, and the same again changes nothing."""
    there = project()
    before = contents(there.root)
    first, second = (run("init", str(there.root), "--ci", "github") for _ in range(2))
    after = contents(there.root)
    assert (first.code, second.code, second.out) == (0, 0, "")
    assert {path: after[path] for path in before} == before
    assert set(first.lines) == set(after) - set(before)


def test_what_was_changed_on_purpose_is_not_overwritten(project: Callable[..., Project]) -> None:
    """A file that says something else is named, and nothing is written at all."""
    there = project()
    there.write({".github/workflows/check.yml": "name: mine\n"})
    before = contents(there.root)
    with pytest.raises(NohinError, match=r"\.github/workflows/check\.yml は、nohin の置くものと違います"):
        put(there.root, "github")
    assert contents(there.root) == before


def test_there_is_one_wheel_at_most(project: Callable[..., Project], monkeypatch: pytest.MonkeyPatch) -> None:
    """The wheel comes with the files; beside an older one it is refused, for one of the two would be installed."""
    there = project()
    monkeypatch.setattr(automation, "own_wheel", lambda: ("nohin-0.1.0-py3-none-any.whl", b"older"))
    assert ".ci/nohin-0.1.0-py3-none-any.whl" in put(there.root, "cron")
    monkeypatch.setattr(automation, "own_wheel", lambda: ("nohin-0.2.0-py3-none-any.whl", b"newer"))
    with pytest.raises(NohinError, match=r"\.ci/nohin-0\.1\.0-py3-none-any\.whl は、"):
        put(there.root, "cron")


def test_the_lock_is_the_one_of_this_program(project: Callable[..., Project]) -> None:
    """The libraries of a run are those that this Nohin was tried with, each with its hashes."""
    there = project()
    put(there.root, "cron")
    lock = there.read(".ci/requirements.lock")
    assert lock == (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert all("--hash=sha256:" in part for part in re.split(r"\n(?=[a-z])", lock))


def test_the_same_packages_of_the_system_as_here() -> None:
    """`.ci/install build` asks for what scripts/system-packages.sh asks for."""

    def named(path: Path, *names: str) -> set[str]:
        text = path.read_text(encoding="utf-8")
        return {word for name in names for word in re.search(rf'^{name}="([^"]+)"', text, re.M)[1].split()}  # type: ignore[index]

    assert named(COMMON / "install", "check", "build") == named(ROOT / "scripts/system-packages.sh", "build")


# --- as text: rights, pins, what strangers can reach -------------------------------------------------------


@pytest.mark.parametrize("path", GITHUB, ids=lambda path: path.stem)
def test_every_action_is_pinned_by_its_commit(path: Path) -> None:
    """A tag can be moved; a commit cannot. Its version stands beside it."""
    used = re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))
    assert all(re.fullmatch(r"actions/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one) for one in used), used


def test_an_action_has_one_version_in_all_workflows() -> None:
    """Renewing a pin is one replacement."""
    used = {one for path in GITHUB for one in re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))}
    commits = {(one.split("@")[0].rpartition("/restore")[0] or one.split("@")[0], one.split("@")[1]) for one in used}
    assert len(commits) == len({name for name, _ in commits})


def test_every_image_is_the_same_and_pinned_by_its_digest() -> None:
    """One Debian everywhere: the same fonts and the same Pango make the same bytes."""
    texts = [path.read_text(encoding="utf-8") for path in (*GITHUB, GITLAB)]
    images = {image for text in texts for image in re.findall(r"^\s*(?:container|image): (.*)$", text, re.M)}
    assert len(images) == 1
    assert re.fullmatch(r"debian:12-slim@sha256:[0-9a-f]{64}", images.pop())


WRITES = {
    ("preview-comment", "comment", "pull-requests"),
    ("site", "pages", "pages"),
    ("site", "pages", "id-token"),
    ("deadlines", "tell", "issues"),
    ("release", "release", "contents"),
}
"""All rights to write that any job has."""


def test_rights_are_the_least() -> None:
    """Every job says its rights; the five that may write are known, and none of them runs a project's own code."""
    found = set()
    for path in GITHUB:
        workflow = load(path)
        assert workflow["permissions"] in ({}, {"contents": "read"})
        for name, job in workflow["jobs"].items():
            rights = job.get("permissions", workflow["permissions"])
            found |= {(path.stem, name, right) for right, kind in rights.items() if kind == "write"}
            if "write" in rights.values():
                assert not any("nohin" in step.get("run", "").split("echo")[0] for step in job["steps"])
                assert "container" not in job
    assert found == WRITES


@pytest.mark.parametrize("path", GITHUB, ids=lambda path: path.stem)
def test_nothing_of_a_stranger_is_put_into_a_script(path: Path) -> None:
    """A script reads the environment; `${{ }}` in it would be read as code."""
    assert all("${{" not in step.get("run", "") for _, step in steps(load(path)))


@pytest.mark.parametrize("path", GITHUB, ids=lambda path: path.stem)
def test_no_secret_and_no_trigger_with_rights_for_strangers(path: Path) -> None:
    """No workflow knows a secret, and none runs a proposal's code with the rights of the repository."""
    text, workflow = path.read_text(encoding="utf-8"), load(path)
    assert "secrets." not in text
    assert "pull_request_target" not in text
    for _, step in steps(workflow):
        if "actions/checkout@" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False
            if "workflow_run" in workflow["on"]:
                assert step["with"]["ref"] == "${{ github.event.repository.default_branch }}"


@pytest.mark.parametrize("path", GITHUB, ids=lambda path: path.stem)
def test_every_job_ends_and_no_two_runs_meet(path: Path) -> None:
    """Each job has a time limit, each workflow a group in which one run goes on at a time."""
    workflow = load(path)
    assert all(job["timeout-minutes"] <= 60 for job in workflow["jobs"].values())
    assert workflow["concurrency"]["group"]


@pytest.mark.parametrize("path", GITHUB, ids=lambda path: path.stem)
def test_history_is_whole_where_nohin_runs(path: Path) -> None:
    """A cut-off history would make other documents."""
    for name, job in load(path)["jobs"].items():
        if any("nohin " in step.get("run", "") for step in job["steps"] if ".venv" in step.get("run", "")):
            (depth,) = [s["with"]["fetch-depth"] for s in job["steps"] if "actions/checkout@" in s.get("uses", "")]
            assert depth == 0, name


@pytest.mark.parametrize("path", GITHUB, ids=lambda path: path.stem)
def test_caches_are_named_by_what_they_are_made_from(path: Path) -> None:
    """A key is the hash of the lock, the program, the data and the templates."""
    for _, step in steps(load(path)):
        if "actions/cache" in step.get("uses", ""):
            assert "hashFiles('.ci/" in step["with"]["key"]
            if "restore-keys" in step["with"]:
                assert "hashFiles('data/**', 'schemas/**', 'templates/**', 'mkdocs.yml')" in step["with"]["key"]


def test_gitlab_gives_tokens_to_protected_refs_only() -> None:
    """A job that holds a token asks for a protected branch or tag; merge requests run without any."""
    jobs = {name: job for name, job in yaml.safe_load(GITLAB.read_text(encoding="utf-8")).items() if "script" in job}
    holding = {name for name, job in jobs.items() if "_TOKEN" in str(job["script"])}
    assert holding == {"remind", "release"}
    for name in holding:
        assert all('$CI_COMMIT_REF_PROTECTED == "true"' in rule["if"] for rule in jobs[name]["rules"])
    assert all("expire_in" in job["artifacts"] for job in jobs.values() if "artifacts" in job)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("host", "schema", "count"), [("github", "vendor.github-workflows", 6), ("gitlab", "vendor.gitlab-ci", 1)]
)
def test_published_schemas_accept_them(host: str, schema: str, count: int, tmp_path: Path) -> None:
    """The JSON Schemas for GitHub's workflows and GitLab's pipelines, as check-jsonschema ships them.

    They accept what is put at the top of a repository, and what is put for a project below it.
    """
    put(tmp_path / "top", host)
    (tmp_path / "repository").mkdir()
    git(tmp_path / "repository", "init", "-q")
    put(tmp_path / "repository" / BELOW, host)
    found = sorted(place for place in tmp_path.rglob("*.yml"))
    assert len(found) == 2 * count
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, found)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_guide_names_every_workflow_job_and_variable() -> None:
    """docs/ci.md tells of all that runs, of every right to write, and of every variable that may be set."""
    guide = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
    texts = [path.read_text(encoding="utf-8") for path in (*GITHUB, GITLAB)]
    jobs = [name for name, job in yaml.safe_load(texts[-1]).items() if "script" in job]
    names = {path.name for path in GITHUB} | {f"`{name}`" for name in jobs}
    names |= {f"{right}: write" for _, _, right in WRITES}
    names |= {name for text in texts for name in re.findall(r"\bNOHIN_[A-Z]+\b", text)}
    assert {name for name in names if name not in guide} == set()


# --- what a stranger wrote ---------------------------------------------------------------------------------


def _comment(summary: bytes, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    place = tmp_path / "summary.md"
    place.write_bytes(summary)
    return _commented(place)


def _commented(place: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(REVIEW / "comment.py"), str(place), "[実行結果](https://example.jp/1)"]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


@pytest.mark.parametrize(
    ("said", "never"),
    [
        ("@officer を呼ぶ", "@officer"),
        ("\\@officer", "@officer"),
        ("&#64;officer", "&#64;"),
        ("&commat;officer", "&commat;"),
        ("#12 を閉じる", "#12"),
        ("GH-12", "GH-12"),
        ("![絵](https://example.org/x.png)", "]("),
        ("[先][a]\n\n[a]: https://example.org", "]:"),
        ("https://example.org", "https://"),
        ("www.example.org", "www.example"),
        ("<img src=x onerror=alert(1)>", "<img"),
        ("<details onclick=x>", "<details onclick"),
        ("<!-- nohin preview -->の偽物", "<!-- nohin preview -->の"),
        ("/close", "\n/close"),
        ("\u202e逆さ\u200bま", "\u202e"),
    ],
)
def test_words_of_a_stranger_have_no_effect(said: str, never: str, tmp_path: Path) -> None:
    """Mentions, references, links, pictures, HTML and orders in a summary are words in the comment."""
    done = _comment(f"変更\n{said}\n".encode(), tmp_path)
    head, _, rest = done.stdout.partition("\n")
    assert (done.returncode, head) == (0, "<!-- nohin preview -->")
    assert never not in rest.removesuffix("　[実行結果](https://example.jp/1)</sub>\n")


def test_a_summary_of_ours_reads_the_same(tmp_path: Path) -> None:
    """Headings, lists, folded parts and escapes of `nohin preview` come through."""
    summary = (
        "<!-- nohin preview -->\n## この変更で変わるもの\n\n**文書 1 件**\n\n"
        "<details open><summary>文書（1 件）</summary>\n\n- 年間計画表 &lt;1&gt; \\#&#8203;12\n\n</details>\n"
    )
    shown = summary.removeprefix("<!-- nohin preview -->\n").replace("&#8203;", "\u200b").strip()
    assert shown in _comment(summary.encode(), tmp_path).stdout


def test_a_long_summary_is_cut_at_a_line(tmp_path: Path) -> None:
    """Hosts take 65,536 characters; what was folded is closed."""
    said = "<details><summary>全部</summary>\n" + "- 変わった\n" * 20_000
    shown = _comment(said.encode(), tmp_path).stdout
    assert len(shown) < 65_536
    assert shown.count("<details>") == shown.count("</details>")
    assert "長いので、ここまでを載せました。全文: [実行結果](https://example.jp/1)" in shown


def test_a_summary_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    """What a stranger packed may be a link to what this job knows; nothing is read through it."""
    (tmp_path / "secret").write_text("鍵", encoding="utf-8")
    (tmp_path / "summary.md").symlink_to(tmp_path / "secret")
    done = _commented(tmp_path / "summary.md")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("要約を載せられません: ")


@pytest.mark.parametrize("summary", [b"\xff\xfe\x00", b"x" * 4_000_001], ids=["no text", "too large"])
def test_what_is_no_summary_is_refused(summary: bytes, tmp_path: Path) -> None:
    """Nothing is posted of it."""
    done = _comment(summary, tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("要約を載せられません: ")


# --- carried out -------------------------------------------------------------------------------------------

STAND_INS = {
    "apt-get": """#!/bin/sh
echo "apt-get $*" >> "$STOOD_IN"
""",
    "python3": f"""#!/bin/sh
if [ "$1 $2" != "-m venv" ]; then exec "{sys.executable}" "$@"; fi
for place; do :; done
mkdir -p "$place/bin"
cat > "$place/bin/python" << 'END'
#!/bin/sh
if [ "$1 $2" = "-m pip" ]; then echo "$*" >> "$STOOD_IN"; else exec "{sys.executable}" "$@"; fi
END
cat > "$place/bin/nohin" << 'END'
#!/bin/sh
if [ "$1" = --version ]; then exec "{sys.executable}" -m generator --version; fi
exec "{sys.executable}" -m generator "$@" --as-of "$NOHIN_TODAY"
END
chmod +x "$place/bin/python" "$place/bin/nohin"
""",
    "curl": f"""#!{sys.executable}
import json, os, sys
told = sys.argv[1:]
for place in [one.partition("<")[2] for one in told if "=<" in one] + [one[1:] for one in told if one[:1] == "@"]:
    told.append(open(place, encoding="utf-8").read())
with open(os.environ["STOOD_IN"], "a", encoding="utf-8") as log:
    log.write(json.dumps(["curl", *told], ensure_ascii=False) + "\\n")
""",
    "gh": f"""#!{sys.executable}
import json, os, subprocess, sys
told = sys.argv[1:]
def log(*what):
    with open(os.environ["STOOD_IN"], "a", encoding="utf-8") as file:
        file.write(json.dumps(["gh", *what], ensure_ascii=False) + "\\n")
def value(name, default=None):
    return told[told.index(name) + 1] if name in told else default
if told[:2] == ["release", "view"]:
    sys.exit(1)
if told[0] != "api":
    files = [value(name) for name in ("--body-file", "--notes-file")]
    log(*told, *(open(file, encoding="utf-8").read() for file in files if file))
    sys.exit()
path = next(one for one in told if one.startswith("repos/"))
if value("--method", "GET") != "GET":
    log(value("--method"), path, open(value("-F").removeprefix("body=@"), encoding="utf-8").read())
    sys.exit()
answer = json.dumps(json.loads(os.environ["GH_ANSWERS"])[path])
done = subprocess.run(["jq", "-r", value("--jq")], input=answer, text=True, stdout=subprocess.PIPE, check=True)
sys.stdout.write(done.stdout)
""",
}
"""Programs of a runner that would reach out of this machine, and what they were asked to do."""


class Desk:
    """A project in git with its automation, and the runs on it."""

    def __init__(self, root: Path, host: str, below: str = "") -> None:
        self.root = root
        self.origin = root / "origin"
        ignored = {".gitignore": ".nohin/\nsite*/\n.venv/\nout/\npublic/\n"}
        self.project = tracked(self.origin, ignored) if not below else _tracked_below(self.origin, below, ignored)
        put(self.project.root, host)
        self.project.write({".ci/nohin-0.1.0-py3-none-any.whl": "a wheel"})
        self.main = self.project.commit("自動化", "2026-05-01T10:00:00+09:00")
        self.programs = root / "programs"
        self.programs.mkdir()
        for name, text in STAND_INS.items():
            place = self.programs / name
            place.write_text(text, encoding="utf-8")
            place.chmod(0o755)
        self.runs = 0

    @property
    def stood_in(self) -> Path:
        """What the programs were asked."""
        return self.root / "stood-in"

    @property
    def asked(self) -> list[Any]:
        """The same, of `gh` and `curl`."""
        lines = self.stood_in.read_text(encoding="utf-8").splitlines() if self.stood_in.exists() else []
        return [json.loads(line) for line in lines if line.startswith("[")]

    def environment(self, today: str = TODAY, **answers: Any) -> dict[str, str]:
        """What the stand-ins need."""
        known = {f"repos/{REPOSITORY}{path}": answer for path, answer in {"": {"private": True}, **answers}.items()}
        return {
            "NOHIN_TODAY": today,
            "STOOD_IN": str(self.stood_in),
            "GH_ANSWERS": json.dumps(known),
            "PYTHONPATH": str(ROOT),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
        }

    def runner(self, today: str = TODAY, artifacts: Mapping[str, Path] | None = None, **answers: Any) -> Runner:
        """A runner for one run of a workflow."""
        self.runs += 1
        home = self.root / f"run-{self.runs}"
        home.mkdir()
        environment = self.environment(today, **answers)
        return Runner(self.origin, home, self.programs, dict(artifacts or {}), environment)

    def keys(self) -> list[str]:
        """The names of the caches that deadlines.yml asks for; its steps are not carried out."""
        self.runs += 1
        work = self.root / f"keys-{self.runs}"
        git(self.root, "clone", "-q", str(self.origin), str(work))
        workflow = load(self.workflow("deadlines"))
        found = [step for _, step in steps(workflow) if "actions/cache" in step.get("uses", "")]
        return [filled(step["with"]["key"], {"workspace": work}) for step in found]

    def workflow(self, name: str) -> Path:
        """A workflow as it was put there."""
        return self.origin / f".github/workflows/{name}.yml"

    def github(self, event: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
        """What expressions find under `github`."""
        about = {"repository": {"default_branch": "main"}, **(event or {})}
        same = {"repository": REPOSITORY, "ref_name": "main", "ref": "refs/heads/main", "sha": self.main}
        return {**same, "token": "t", "event_name": "push", "event": about, **more}

    def proposed(self, path: str, old: str, new: str) -> tuple[str, str]:
        """A change of a file on a branch, and main gone on meanwhile: the commits of main and of the branch."""
        self.project.git("checkout", "-q", "-b", "kaitei")
        self.project.write({path: self.project.read(path).replace(old, new)})
        head = self.project.commit("担当の見直し", "2026-05-11T10:00:00+09:00")
        self.project.git("checkout", "-q", "main")
        self.project.write({"README.md": "説明\n"})
        return self.project.commit("説明", "2026-05-12T10:00:00+09:00"), head


def _tracked_below(origin: Path, below: str, changes: Mapping[str, str]) -> Project:
    """The same project in a folder of a repository that holds something else too."""
    origin.mkdir()
    git(origin, "init", "-q", "-b", "main")
    (origin / "README.md").write_text("ほかのもの\n", encoding="utf-8")
    there = Project(origin / below).write(files(changes))
    there.commit("初版", "2026-05-01T09:00:00+09:00")
    return there


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A project for GitHub."""
    return Desk(tmp_path, "github")


def test_expressions_are_read_as_github_reads_them() -> None:
    """What the runner of these tests understands."""
    known = {"a": {"b": "true"}, "inputs": _nothing()}
    assert evaluated("a.b == 'true' && a.c != 'x'", known) is True
    assert evaluated("inputs.within || '14d'", known) == "14d"
    assert evaluated("!cancelled()", known) is True


def _nothing() -> dict[str, str]:
    return {}


def test_check_finds_a_mistake_at_its_line(desk: Desk) -> None:
    """check.yml fails on an error and says where it is, as GitHub reads it; without errors it passes."""
    fine = desk.runner().run(_workflow("check"), desk.github())
    desk.project.write({f"{CONTRACT}/staff.yml": "people: [\n"})
    sha = desk.project.commit("誤り", "2026-05-10T10:00:00+09:00")
    wrong = desk.runner().run(_workflow("check"), desk.github(sha=sha))
    assert (fine["check"].ok, wrong["check"].ok) == (True, False)
    assert f"::error file={CONTRACT}/staff.yml,line=" in wrong["check"].log
    said = desk.stood_in.read_text(encoding="utf-8")
    assert "-m pip install -q --require-hashes -r .ci/requirements.lock" in said
    assert "-m pip install -q --no-deps --no-index .ci/nohin-0.1.0-py3-none-any.whl" in said


def test_caches_follow_what_they_are_made_from(desk: Desk) -> None:
    """The same commit asks for the same caches; another datum for another one, made by the same program."""
    pip, made = desk.keys()
    assert desk.keys() == [pip, made]
    desk.project.write({f"{CONTRACT}/staff.yml": desk.project.read(f"{CONTRACT}/staff.yml") + "# 注釈\n"})
    desk.project.commit("注釈", "2026-05-10T10:00:00+09:00")
    same, other = desk.keys()
    assert (same, other != made, other.rpartition("-")[0]) == (pip, True, made.rpartition("-")[0])
    assert [len(part) for part in (pip.split("-")[-1], *made.split("-")[1:])] == [64, 64, 64]


def _pull_request(desk: Desk, base: str, head: str) -> dict[str, Any]:
    about = {"pull_request": {"number": 7, "base": {"sha": base}, "head": {"sha": head}}}
    return desk.github(about, event_name="pull_request", ref_name="7/merge", ref="refs/pull/7/merge", sha=head)


def _finished(head: str, owner: str = "yoso", conclusion: str = "success") -> dict[str, Any]:
    """What is told of a run of preview.yml that has ended."""
    run = {
        "event": "pull_request",
        "conclusion": conclusion,
        "id": 5,
        "html_url": "https://example.jp/runs/5",
        "head_repository": {"id": 1, "owner": {"login": owner}},
        "head_branch": "kaitei",
        "head_sha": head,
    }
    return {"workflow_run": run}


def _pulls(head: str) -> list[dict[str, Any]]:
    return [{"number": 6, "head": {"sha": "0" * 40}}, {"number": 7, "head": {"sha": head}}]


@pytest.mark.slow
def test_a_proposal_is_summed_up_and_the_summary_posted_once(desk: Desk) -> None:
    """preview.yml tells what the branch changes and nothing else; preview-comment.yml writes it, and renews it."""
    base, head = desk.proposed(f"{CONTRACT}/staff.yml", "見本 太郎", "見本 次郎")
    made = desk.runner()
    done = made.run(_workflow("preview"), _pull_request(desk, base, head))
    assert done["preview"].ok, done["preview"].log
    assert "見本 次郎" in made.summary
    assert "README" not in made.summary
    pulls, comments = "/pulls", "/issues/7/comments"
    mine = {"id": 41, "user": {"login": "github-actions[bot]"}, "body": "<!-- nohin preview -->\n前の要約"}
    theirs = {"id": 40, "user": {"login": "yoso"}, "body": "<!-- nohin preview -->\n偽物"}
    for known in ([theirs], [theirs, mine]):
        posting = desk.runner(artifacts=made.artifacts, **{pulls: _pulls(head), comments: known})
        posted = posting.run(_workflow("preview-comment"), desk.github(_finished(head)))
        assert posted["comment"].ok, posted["comment"].log
    first, second = desk.asked
    assert first[:3] == ["gh", "POST", f"repos/{REPOSITORY}/issues/7/comments"]
    assert second[:3] == ["gh", "PATCH", f"repos/{REPOSITORY}/issues/comments/41"]
    assert first[3] == second[3]
    assert first[3].startswith("<!-- nohin preview -->\n")
    assert "見本 次郎" in first[3]


def test_nothing_is_posted_for_a_proposal_that_has_moved_on(desk: Desk, tmp_path: Path) -> None:
    """The commit that was summed up has to be the one that is proposed now."""
    (tmp_path / "preview").mkdir()
    (tmp_path / "preview/preview.md").write_text("要約\n", encoding="utf-8")
    posting = desk.runner(artifacts={"preview": tmp_path / "preview"}, **{"/pulls": _pulls("1" * 40)})
    done = posting.run(_workflow("preview-comment"), desk.github(_finished("2" * 40)))
    assert (done["comment"].ok, desk.asked) == (True, [])
    assert "もう開いていません" in done["comment"].log


def test_a_run_without_a_summary_posts_nothing(desk: Desk) -> None:
    """Where preview.yml failed before it had one."""
    done = desk.runner().run(_workflow("preview-comment"), desk.github(_finished("2" * 40, conclusion="failure")))
    assert (done["comment"].ok, desk.asked) == (True, [])
    assert "要約がありません" in done["comment"].log


def test_a_run_that_was_no_proposal_is_passed_over(desk: Desk) -> None:
    """A run that somebody started otherwise, or that was cancelled, starts no job with rights."""
    other = _finished("2" * 40)
    other["workflow_run"]["event"] = "push"
    stopped = _finished("2" * 40, conclusion="cancelled")
    assert desk.runner().run(_workflow("preview-comment"), desk.github(other)) == {}
    assert desk.runner().run(_workflow("preview-comment"), desk.github(stopped)) == {}


@pytest.mark.slow
def test_the_officers_site_stays_in_a_private_repository(desk: Desk) -> None:
    """site.yml keeps the site as an artifact where the repository is private; what is public has no personal data."""
    private = desk.runner()
    done = private.run(_workflow("site"), desk.github(), vars={})
    assert done["build"].ok, done["build"].log
    assert set(private.artifacts) == {"site"}
    assert (private.artifacts["site"] / "deliverables/manifest.json").is_file()
    assert "pages" not in done
    public = desk.runner(**{"": {"private": False}})
    done = public.run(_workflow("site"), desk.github(), vars={"NOHIN_PAGES": "true"})
    assert done["build"].ok, done["build"].log
    assert set(public.artifacts) == {"github-pages"}
    assert done["pages"].ok
    for path, content in contents(public.artifacts["github-pages"]).items():
        assert b"00-0000-0001" not in content, path


@pytest.mark.slow
def test_deadlines_are_told_once(desk: Desk) -> None:
    """deadlines.yml keeps the PDFs, opens an issue, and says nothing the day after; what is late is told, and is red."""
    artifacts: dict[str, Path] = {}
    for today, told, late in (("2026-05-04", 1, "0"), ("2026-05-05", 1, "0"), ("2026-05-14", 2, "1")):
        known = [{"expired": False, "workflow_run": _own_run(9)}] if "reminders" in artifacts else []
        stranger = {"expired": False, "workflow_run": {**_own_run(11), "head_repository_id": 2}}
        listed = {"/actions/artifacts?name=reminders&per_page=100": {"artifacts": [stranger, *known]}}
        daily = desk.runner(today, artifacts, **listed)
        done = daily.run(_workflow("deadlines"), desk.github(event_name="schedule"), inputs={})
        assert done["tell"].ok, [job.log for job in done.values()]
        assert (done["deadlines"].outputs, done["ready"].ok) == ({"code": late, "told": "0"}, late == "0")
        assert done["ask"].outputs == {"private": "true", "run": "9" if known else ""}
        assert len(desk.asked) == told, desk.asked
        assert (daily.artifacts["due"] / "index.json").is_file()
        artifacts = {"reminders": daily.artifacts["reminders"]}
    first = desk.asked[0]
    assert first[:4] == ["gh", "issue", "create", "--title"]
    assert first[4].startswith("期限のお知らせ")
    assert "見本 太郎" not in first[-1]


def _own_run(number: int) -> dict[str, Any]:
    return {"id": number, "head_branch": "main", "repository_id": 1, "head_repository_id": 1}


@pytest.mark.slow
@pytest.mark.parametrize("private", [True, False])
def test_a_submission_is_released_when_it_is_what_was_handed_over(desk: Desk, private: bool) -> None:
    """release.yml makes the PDF again from the tag's commit; a release with it and its hash exists in private only."""
    assert june(desk.project).code == 0
    sha = desk.project.commit("提出", "2026-06-08T10:00:00+09:00")
    handed = next((desk.project.root / ".nohin/submitted").rglob("*.pdf"))
    runner = desk.runner(**{"": {"private": private}})
    tag = "submitted/mihon/1/2026-06-10"
    done = runner.run(_workflow("release"), desk.github(ref_name=tag, ref=f"refs/tags/{tag}", sha=sha))
    assert done["verify"].ok, done["verify"].log
    assert ("release" in done, bool(desk.asked)) == (private, private)
    if private:
        (asked,) = desk.asked
        assert asked[:4] == ["gh", "release", "create", tag]
        files = runner.artifacts["submitted"] / "files"
        assert (files / handed.name).read_bytes() == handed.read_bytes()
        assert handed.name in (files / "SHA256SUMS").read_text(encoding="utf-8")
        assert "一致" in asked[-1]


@pytest.mark.slow
def test_a_record_that_was_altered_is_not_released(desk: Desk) -> None:
    """What the record says today has to be what the tag says."""
    assert june(desk.project).code == 0
    path = f"{CONTRACT}/submissions.yml"
    desk.project.write({path: desk.project.read(path).replace("date: 2026-06-08", "date: 2026-06-07")})
    sha = desk.project.commit("提出", "2026-06-08T10:00:00+09:00")
    tag = "submitted/mihon/1/2026-06-10"
    done = desk.runner().run(_workflow("release"), desk.github(ref_name=tag, ref=f"refs/tags/{tag}", sha=sha))
    assert (done["verify"].ok, "release" in done, desk.asked) == (False, False, [])


# --- in a folder of a repository ---------------------------------------------------------------------------


def test_hosts_read_the_top_of_a_repository(tmp_path: Path) -> None:
    """What a host reads is put there and names the project's folder; the rest lies with the project."""
    there = Project(tmp_path / "a" / "b").write(whole_project())
    git(tmp_path, "init", "-q", "-b", "main")
    ran = run("init", str(there.root), "--ci", "gitlab")
    assert (ran.code, "../../.gitlab-ci.yml" in ran.lines, ".ci/install" in ran.lines) == (0, True, True)
    assert "いちばん上に置きました" in ran.err
    assert (there.root / ".ci/install").is_file()
    pipeline = yaml.safe_load((tmp_path / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    assert pipeline["variables"]["NOHIN_PROJECT"] == "a/b"
    paths = [path for job in pipeline.values() if "artifacts" in job for path in job["artifacts"].get("paths", ())]
    assert {path for path in paths if not path.startswith("a/b/")} == {"public/"}
    assert pipeline["check"]["artifacts"]["reports"] == {"codequality": "a/b/out/codequality.json"}
    assert pipeline[".caches"]["cache"][1]["key"]["files"] == ["a/b/.ci/requirements.lock", "a/b/.ci/nohin-*.whl"]
    assert run("init", str(there.root), "--ci", "gitlab").out == ""


def test_a_folder_that_hosts_could_misread_is_refused(tmp_path: Path) -> None:
    """Paths are patterns and words of expressions there; nothing is written."""
    there = Project(tmp_path / "it's [a]").write(whole_project())
    git(tmp_path, "init", "-q", "-b", "main")
    before = contents(tmp_path)
    with pytest.raises(NohinError, match=r"it's \[a\] という名のフォルダーでは"):
        put(there.root, "github")
    assert contents(tmp_path) == before


@pytest.mark.slow
def test_a_project_in_a_folder_is_checked_summed_up_and_shown(tmp_path: Path) -> None:
    """GitHub's workflows on it: the mistake at its path from the top, the summary, the comment, the site, the PDFs."""
    desk = Desk(tmp_path, "github", BELOW)
    base, head = desk.proposed(f"{CONTRACT}/staff.yml", "見本 太郎", "見本 次郎")
    made = desk.runner()
    done = made.run(desk.workflow("preview"), _pull_request(desk, base, head))
    assert done["preview"].ok, done["preview"].log
    posting = desk.runner(artifacts=made.artifacts, **{"/pulls": _pulls(head), "/issues/7/comments": []})
    posted = posting.run(desk.workflow("preview-comment"), desk.github(_finished(head)))
    assert posted["comment"].ok, posted["comment"].log
    assert "見本 次郎" in desk.asked[0][3]
    built = desk.runner()
    done = built.run(desk.workflow("site"), desk.github(), vars={})
    assert done["build"].ok, done["build"].log
    assert (built.artifacts["site"] / "index.html").is_file()
    daily = desk.runner(**{"/actions/artifacts?name=reminders&per_page=100": {"artifacts": []}})
    done = daily.run(desk.workflow("deadlines"), desk.github(event_name="schedule"), inputs={})
    assert done["tell"].ok, [job.log for job in done.values()]
    assert (daily.artifacts["due"] / "index.json").is_file()
    desk.project.write({f"{CONTRACT}/staff.yml": "people: [\n"})
    sha = desk.project.commit("誤り", "2026-05-13T10:00:00+09:00")
    wrong = desk.runner().run(desk.workflow("check"), desk.github(sha=sha))
    assert f"::error file={BELOW}/{CONTRACT}/staff.yml,line=" in wrong["check"].log


@pytest.mark.slow
def test_gitlab_in_a_folder(tmp_path: Path) -> None:
    """GitLab's jobs on it: the report of the mistakes, and the public site where Pages look for it."""
    desk, work = Desk(tmp_path, "gitlab", BELOW), tmp_path / "work"
    code, said = _gitlab(desk, "site", work, NOHIN_PAGES="true")
    assert code == 0, said
    assert (work / BELOW / "site/index.html").is_file()
    assert _gitlab(desk, "pages", work)[0] == 0
    Project(work / BELOW).write({f"{CONTRACT}/staff.yml": "people: [\n"})
    code, said = _gitlab(desk, "check", work)
    (found,) = json.loads((work / BELOW / "out/codequality.json").read_text(encoding="utf-8"))
    assert (code, found["location"]["path"]) == (1, f"{BELOW}/{CONTRACT}/staff.yml")
    assert f"{CONTRACT}/staff.yml:" in said


# --- GitLab ------------------------------------------------------------------------------------------------


def _gitlab(desk: Desk, name: str, work: Path, today: str = TODAY, **variables: str) -> tuple[int, str]:
    """One job's script, in a clone, as GitLab's runner reads it: all lines in one bash."""
    pipeline = yaml.safe_load((desk.origin / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    job = pipeline[name]
    lines = [*job.get("before_script", pipeline["default"]["before_script"]), *job["script"]]
    if not work.exists():
        work.mkdir()
        git(work, "clone", "-q", str(desk.origin), ".")
    environment = {
        "PATH": f"{desk.programs}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(work.parent),
        "LC_ALL": "C.UTF-8",
        **desk.environment(today),
        **{key: str(value) for key, value in pipeline["variables"].items()},
        "CI_DEFAULT_BRANCH": "main",
        "CI_PROJECT_DIR": str(work),
        "CI_API_V4_URL": "https://gitlab.example.jp/api/v4",
        "CI_PROJECT_ID": "3",
        **variables,
    }
    script = work.parent / f"{name}.sh"
    script.write_text("\n".join(lines), encoding="utf-8")
    command = ["bash", "-eo", "pipefail", str(script)]
    done = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, timeout=240)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def gitlab(tmp_path: Path) -> Desk:
    """A project for GitLab."""
    return Desk(tmp_path, "gitlab")


@pytest.mark.slow
def test_gitlab_checks_and_sums_up_a_merge_request(gitlab: Desk, tmp_path: Path) -> None:
    """The jobs of a merge request pipeline; the summary is an artifact that the merge request shows."""
    base, head = gitlab.proposed(f"{CONTRACT}/staff.yml", "見本 太郎", "見本 次郎")
    work = tmp_path / "work"
    assert _gitlab(gitlab, "check", work)[0] == 0
    assert json.loads((work / "out/codequality.json").read_text(encoding="utf-8")) == []
    code, said = _gitlab(gitlab, "preview", work, CI_MERGE_REQUEST_DIFF_BASE_SHA=base, CI_COMMIT_SHA=head)
    assert code == 0, said
    assert "見本 次郎" in (work / "out/preview.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_gitlab_builds_both_sites_and_the_pdfs_of_the_next_days(gitlab: Desk, tmp_path: Path) -> None:
    """The jobs of a schedule; the public site is made only where Pages are wanted."""
    work = tmp_path / "work"
    code, said = _gitlab(gitlab, "site", work, NOHIN_PAGES="true")
    assert code == 0, said
    assert _gitlab(gitlab, "pages", work)[0] == 0
    assert _gitlab(gitlab, "deadlines", work)[0] == 1, "something is late"
    assert (work / "site/deliverables/manifest.json").is_file()
    assert (work / "out/due/index.json").is_file()


@pytest.mark.slow
def test_gitlab_tells_once(gitlab: Desk, tmp_path: Path) -> None:
    """An issue is opened, and the day after there is nothing more to tell."""
    for today in ("2026-05-04", "2026-05-05"):
        code, said = _gitlab(gitlab, "remind", tmp_path / "work", today, NOHIN_TOKEN="secret")
        assert code == 0, said
    (asked,) = gitlab.asked
    assert asked[-2] == "https://gitlab.example.jp/api/v4/projects/3/issues"
    assert any(one.startswith("title=期限のお知らせ") for one in asked)


@pytest.mark.slow
def test_gitlab_releases_what_was_handed_over(gitlab: Desk, tmp_path: Path) -> None:
    """The release says the tag, and links to the PDF that was made again."""
    assert june(gitlab.project).code == 0
    gitlab.project.commit("提出", "2026-06-08T10:00:00+09:00")
    tag, work = "submitted/mihon/1/2026-06-10", tmp_path / "work"
    told = {"CI_COMMIT_TAG": tag, "CI_JOB_TOKEN": "secret", "CI_JOB_URL": "https://gitlab.example.jp/jobs/1"}
    code, said = _gitlab(gitlab, "release", work, **told)
    assert code == 0, said
    (asked,) = gitlab.asked
    released = json.loads(asked[-1])
    assert (released["tag_name"], "一致" in released["description"]) == (tag, True)
    assert sorted(place.suffix for place in (work / "out/files").iterdir()) == ["", ".pdf"]


# --- one machine -------------------------------------------------------------------------------------------


@pytest.fixture
def cron(tmp_path: Path) -> Desk:
    """A project for cron, its program in place."""
    there = Desk(tmp_path, "cron")
    command = ["sh", str(there.project.root / ".ci/install"), "check"]
    path = f"{there.programs}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(command, env={**os.environ, **there.environment(), "PATH": path}, check=True, capture_output=True)
    return there


def _nightly(there: Desk, today: str = "2026-05-04") -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(there.root), "LC_ALL": "C.UTF-8", **there.environment(today)}
    command = ["sh", str(there.project.root / ".ci/nightly")]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240)


@pytest.mark.slow
def test_a_night_on_one_machine(cron: Desk) -> None:
    """The site, the PDFs and the reminders are there; the second night has nothing to say, so no mail is sent."""
    first, second = _nightly(cron), _nightly(cron, "2026-05-05")
    root = cron.project.root
    assert (first.returncode, first.stderr) == (0, ""), (first, (root / ".nohin/nightly.log").read_text())
    assert first.stdout.startswith("# 期限のお知らせ")
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert (root / "site/deliverables/manifest.json").is_file()
    assert (root / ".nohin/nightly.log").stat().st_mode & 0o077 == 0


def test_a_night_that_fails_says_why(cron: Desk) -> None:
    """Errors in the data stop it before anything is made, and are in the mail."""
    cron.project.write({f"{CONTRACT}/staff.yml": "people: [\n"})
    done = _nightly(cron)
    assert done.returncode == 1
    assert f"{CONTRACT}/staff.yml" in done.stdout
    assert not (cron.project.root / "site/deliverables").exists()


def test_two_nights_do_not_meet(cron: Desk) -> None:
    """A night that still runs is not disturbed."""
    lock = cron.project.root / ".nohin/nightly.lock"
    holding = subprocess.Popen(["flock", str(lock), "sh", "-c", "echo held; read _"], stdin=-1, stdout=-1, text=True)
    assert holding.stdout is not None
    holding.stdout.readline()
    done = _nightly(cron)
    holding.communicate("\n")
    assert (done.returncode, "まだ動いています" in done.stderr) == (1, True)


def test_install_does_its_work_once(cron: Desk) -> None:
    """The same wheel and the same libraries are not installed again; without a wheel it says how to make one."""
    root = cron.project.root
    before = cron.stood_in.read_text(encoding="utf-8").count("pip install")
    path = f"{cron.programs}{os.pathsep}{os.environ['PATH']}"

    def install() -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, **cron.environment(), "PATH": path}
        command = ["sh", str(root / ".ci/install"), "check"]
        return subprocess.run(command, env=environment, capture_output=True, text=True)

    assert install().returncode == 0
    assert cron.stood_in.read_text(encoding="utf-8").count("pip install") == before == 2
    shutil.move(root / ".ci/nohin-0.1.0-py3-none-any.whl", root / "away")
    done = install()
    assert (done.returncode, "pip wheel --no-deps -w .ci" in done.stderr) == (2, True)
