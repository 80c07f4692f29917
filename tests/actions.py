"""GitHub workflows carried out here, step by step: `run:` by bash, the few actions of ours by what they do.

Each job has a folder of its own; `checkout` clones into it, artifacts go from one to the other by name. Programs that
only a runner has (`apt-get`, `gh`) are stood in for by the scripts of a folder that comes first in the path.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.support import git

Workflow = dict[str, Any]
Context = Mapping[str, Any]


def load(path: Path) -> Workflow:
    """A workflow; YAML 1.1 takes its key `on` for a truth value."""
    found: Workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {("on" if key is True else key): value for key, value in found.items()}


def steps(workflow: Workflow) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every step with the name of its job."""
    for name, job in workflow["jobs"].items():
        for step in job["steps"]:
            yield name, step


# --- expressions -------------------------------------------------------------------------------------------

_TOKEN = re.compile(r"'(?:[^']|'')*'|&&|\|\||!=|==|!|[()]|[a-zA-Z_][\w.-]*(?:\([^()]*\))?|\s+|.")


class _Nothing(str):
    """What is not there: an empty text of which every part is not there either."""


def evaluated(expression: str, context: Context) -> Any:
    """What an expression of `${{ }}` says: names, texts, comparisons, and, or, not."""
    words = {"&&": " and ", "||": " or ", "!": " not "}
    python = "".join(words.get(token, _python(token)) for token in _TOKEN.findall(expression))
    return eval(python.strip(), {"__builtins__": {}}, {"look": lambda name: _found(name, context)})


def _python(token: str) -> str:
    if token.startswith("'"):
        return repr(token[1:-1].replace("''", "'"))
    return f"look({token!r})" if re.match(r"[a-zA-Z_]", token) else token


def _found(name: str, context: Context) -> Any:
    if name.startswith("hashFiles("):
        return _hash(context["workspace"], re.findall(r"'([^']*)'", name))
    if name.endswith(")"):
        return {"cancelled()": False, "always()": True}[name]
    value: Any = context
    for part in name.split("."):
        value = value.get(part, _Nothing()) if isinstance(value, Mapping) else _Nothing()
    return value


def _hash(workspace: Path, patterns: Iterable[str]) -> str:
    """Of all files that the patterns find; nothing where they find none."""
    found = {place for pattern in patterns for place in workspace.glob(pattern)}
    found |= {inner for place in found for inner in place.rglob("*")}
    told = [
        place.relative_to(workspace).as_posix().encode() + place.read_bytes()
        for place in sorted(found)
        if place.is_file()
    ]
    return hashlib.sha256(b"\0".join(told)).hexdigest() if told else ""


def filled(value: Any, context: Context) -> str:
    """A text with its `${{ }}` filled in."""
    return re.sub(r"\$\{\{(.*?)\}\}", lambda found: _text(evaluated(found[1], context)), str(value))


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _holds(condition: Any, context: Context) -> bool:
    text = str(condition).strip().removeprefix("${{").removesuffix("}}")
    return bool(evaluated(text, context))


# --- a run -------------------------------------------------------------------------------------------------


@dataclass
class Job:
    """What came of a job."""

    ok: bool = True
    ran: list[str] = field(default_factory=list)
    """Names of the steps that were carried out."""
    log: str = ""
    outputs: dict[str, str] = field(default_factory=dict)


@dataclass
class Runner:
    """Carries out the jobs of a workflow in their order."""

    origin: Path
    """The repository."""
    home: Path
    """An empty folder of its own."""
    programs: Path
    """The folder of programs that stand in for those of a runner."""
    artifacts: dict[str, Path] = field(default_factory=dict)
    """What was uploaded; given to the next runner, it is what an earlier run left."""
    environment: Mapping[str, str] = field(default_factory=dict)
    summary: str = ""

    def run(self, path: Path, github: Context, **more: Any) -> dict[str, Job]:
        """The jobs by name; `github` and `more` (vars, inputs) are what expressions find."""
        workflow, done = load(path), {}
        for name, job in workflow["jobs"].items():
            needs = job.get("needs", [])
            needs = [needs] if isinstance(needs, str) else needs
            told = {need: {"outputs": done[need].outputs} for need in needs if need in done}
            temp = self.home / name / "temp"
            env = {**workflow.get("env", {}), **job.get("env", {})}
            context = {"github": github, "needs": told, "runner": {"temp": str(temp)}, "env": env, **more}
            context["workspace"] = self.home / name / "work"
            if all(need in done and done[need].ok for need in needs) and _holds(job.get("if", "always()"), context):
                temp.mkdir(parents=True)
                done[name] = self._job(workflow, job, context, self.home / name)
        return done

    def _job(self, workflow: Workflow, job: dict[str, Any], context: dict[str, Any], home: Path) -> Job:
        work, made = home / "work", Job()
        work.mkdir()
        outputs: dict[str, dict[str, Any]] = {}
        context["steps"] = outputs
        for step in job["steps"]:
            if not _holds(step.get("if", "always()"), context) or (not made.ok and "if" not in step):
                continue
            made.ran.append(step["name"])
            if "uses" in step:
                done = self._action(step, context, work)
            else:
                done, said = self._run(workflow, job, step, context, home), (home / "output").read_text("utf-8")
                made.log += (home / "log").read_text("utf-8")
                outputs[step.get("id", "")] = {"outputs": dict(line.split("=", 1) for line in said.splitlines())}
            made.ok &= done or step.get("continue-on-error", False)
        made.outputs = {name: filled(value, context) for name, value in job.get("outputs", {}).items()}
        return made

    def _run(self, workflow: Workflow, job: Any, step: Any, context: Context, home: Path) -> bool:
        assert workflow["defaults"] == {"run": {"shell": "bash"}}
        script, files = home / "script", {name: home / name.lower() for name in ("OUTPUT", "STEP_SUMMARY")}
        script.write_text(filled(step["run"], context), encoding="utf-8")
        for file in files.values():
            file.write_text("", encoding="utf-8")
        told = {**context["env"], **step.get("env", {})}
        own = step.get("working-directory", job.get("defaults", {}).get("run", {}).get("working-directory", "."))
        github: Any = context["github"]
        environment = {
            "PATH": f"{self.programs}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(home),
            "LC_ALL": "C.UTF-8",
            "CI": "true",
            "GITHUB_WORKSPACE": str(home / "work"),
            "GITHUB_REPOSITORY": github["repository"],
            "GITHUB_REF_NAME": github["ref_name"],
            "GITHUB_SHA": github["sha"],
            "RUNNER_TEMP": str(home / "temp"),
            **{f"GITHUB_{name}": str(file) for name, file in files.items()},
            **self.environment,
            **{name: filled(value, context) for name, value in told.items()},
        }
        with (home / "log").open("wb") as log:
            done = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
                cwd=home / "work" / filled(own, context),
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                timeout=240,
            )
        self.summary += files["STEP_SUMMARY"].read_text(encoding="utf-8")
        return done.returncode == 0

    # --- actions -------------------------------------------------------------------------------------------

    def _action(self, step: dict[str, Any], context: Context, work: Path) -> bool:
        name = step["uses"].partition("@")[0].rpartition("/")[2]
        told = {key: filled(value, context) for key, value in step.get("with", {}).items()}
        if name == "checkout":
            return self._checkout(told, context, work)
        if name in ("upload-artifact", "upload-pages-artifact"):
            return self._upload(told, work)
        if name == "download-artifact":
            return self._download(told, work)
        assert name in ("cache", "restore", "deploy-pages"), name
        return True

    def _checkout(self, told: Mapping[str, str], context: Context, work: Path) -> bool:
        assert told["persist-credentials"] == "False"
        git(work, "clone", "-q", "--no-hardlinks", str(self.origin), ".")
        git(work, "fetch", "-q", "origin", "+refs/*:refs/remotes/all/*")
        ref = told.get("ref") or context["github"]["sha"]
        git(work, "checkout", "-q", "--detach", f"origin/{ref}" if re.fullmatch(r"[a-z]+", ref) else ref)
        if only := told.get("sparse-checkout"):
            git(work, "sparse-checkout", "set", only)
        return True

    def _upload(self, told: Mapping[str, str], work: Path) -> bool:
        source, name = work / told["path"], told.get("name", "github-pages")
        if not source.exists() or (source.is_dir() and not any(source.iterdir())):
            return told.get("if-no-files-found") == "ignore"
        target = self.home / "artifacts" / name
        shutil.rmtree(target, ignore_errors=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns(".*"))
        else:
            target.mkdir(parents=True)
            shutil.copy2(source, target)
        self.artifacts[name] = target
        return True

    def _download(self, told: Mapping[str, str], work: Path) -> bool:
        if told["name"] not in self.artifacts:
            return False
        shutil.copytree(self.artifacts[told["name"]], work / told["path"], dirs_exist_ok=True)
        return True
