"""Functions, screens, jobs, interfaces, accounts and tests: each used, reached, in order, and told in full."""

from __future__ import annotations

from collections.abc import Iterator

from generator.problems import Problem
from generator.rules.designnetwork import zones_of_end
from generator.rules.designthings import Design, Thing, cycles

PROBLEM_CODES = {
    "DSG018": "使われない機能",
    "DSG019": "説明のない画面の絵",
    "DSG020": "バッチの先行の循環",
    "DSG021": "先行より早く始まるバッチ",
    "DSG022": "何もやりとりしない外部インタフェース",
    "DSG023": "通信の許されていない相手",
    "DSG024": "権限のないアカウント",
    "DSG025": "実施日か結果の欠けた試験",
}

USERS = ("screens", "reports", "jobs", "interfaces", "modules")
"""Kinds of thing in which a function comes to work."""

_DAY = 24 * 60
_NEXT_MORNING = 18 * 60
"""Minutes up to which a job that starts at an earlier hour than the one before it starts on the next day."""


def functions_are_used(design: Design) -> Iterator[Problem]:
    """A function is met somewhere: on a screen, in a report, job, interface or module."""
    users = list(design.things(*USERS))
    used = {name for user in users for name in user.listed("functions")}
    for function in design.things("functions") if users else ():
        if function.id not in used:
            message = f"機能{function.called}を使う画面、帳票、バッチ、外部インタフェース、モジュールがありません"
            hint = "使うものの functions に加えるか、機能を確かめてください"
            yield Problem(function.place("id"), "DSG018", message, hint, "warning")


def pictures_have_words(design: Design) -> Iterator[Problem]:
    """A picture of a screen or a report has words for those who do not see it."""
    for kind, title in (("screens", "画面"), ("reports", "帳票")):
        for shown in design.things(kind):
            if shown.values.get("image") and not str(shown.values.get("alt") or "").strip():
                message = f"{title}{shown.called}の絵に、説明がありません"
                yield Problem(shown.place("image"), "DSG019", message, "alt に、絵が示すものを一文で書いてください")


def jobs_follow_one_another(design: Design) -> Iterator[Problem]:
    """No job waits for itself."""
    jobs = design.named("jobs")
    for ring in cycles({job.id: list(job.listed("after")) for job in jobs.values()}):
        job, following = jobs[ring[0]], ring[1] if len(ring) > 1 else ring[0]
        message = f"バッチの先行が一回りしています（{' → '.join((*ring, ring[0]))}）"
        place = job.place("after", list(job.listed("after")).index(following))
        yield Problem(place, "DSG020", message, "どれか一つの after を外してください")


def jobs_start_in_order(design: Design) -> Iterator[Problem]:
    """A job starts when what it waits for is over, as far as both say when; a night's end is the next morning."""
    jobs = design.named("jobs")
    for job in jobs.values():
        for index, name in enumerate(job.listed("after")):
            before = jobs.get(name)
            if before is None or before is job or not (job.values.get("time") and before.values.get("time")):
                continue
            why = _too_early(job, before)
            if why:
                message = (
                    f"バッチ{job.called}の開始 {job.values['time']} が、先行するバッチ{before.called}の{why}より前です"
                )
                hint = "time と minutes、または after を確かめてください"
                yield Problem(job.place("after", index), "DSG021", message, hint, "warning")


def _too_early(job: Thing, before: Thing) -> str:
    """What of the job before it a job does not wait for; empty where it waits."""
    start, minutes = before.values["time"], before.values.get("minutes") or 0
    wait = (_minutes(job) - _minutes(before)) % _DAY
    if _minutes(job) < _minutes(before) and wait >= _NEXT_MORNING:
        return f"開始 {start} "
    return f"終わる見込み（{start} から{minutes}分）" if wait < minutes else ""


def _minutes(job: Thing) -> int:
    hours, _, minutes = str(job.values["time"]).partition(":")
    return int(hours) * 60 + int(minutes)


def interfaces_exchange_something(design: Design) -> Iterator[Problem]:
    """An interface belongs to a function, carries data, or serves a machine (the time, definition files)."""
    for interface in design.things("interfaces"):
        if not any(interface.values.get(field) for field in ("functions", "entities", "fields", "server")):
            message = f"外部インタフェース{interface.called}に、機能もデータもサーバもありません"
            hint = "functions か entities を書いてください。機器のためのものなら server を書いてください"
            yield Problem(interface.place("id"), "DSG022", message, hint, "warning")


def systems_are_reached(design: Design) -> Iterator[Problem]:
    """The system at the other end of an interface can be reached: a connection leads into its zone, or it is here."""
    connections, systems = list(design.things("connections")), design.named("systems")
    reached = {zone for one in connections for side in ("from", "to") for zone in zones_of_end(design, one, side)}
    named = {one.values.get(f"{side}_system") for one in connections for side in ("from", "to")}
    for interface in design.things("interfaces") if connections else ():
        system = systems.get(interface.values["system"])
        zone = str(system.values.get("zone") or "") if system else ""
        here = design.zones_of(design.named("servers").get(interface.values.get("server") or ""))
        if system and zone and system.id not in named and zone not in reached | here:
            message = f"外部インタフェース{interface.called}の相手{system.called}のある区域「{zone}」に、"
            message += "許可する通信がありません"
            hint = "connections.yml に通信を書くか、相手の zone を確かめてください"
            yield Problem(interface.place("system"), "DSG023", message, hint, "warning")


def accounts_have_rights(design: Design) -> Iterator[Problem]:
    """An account of the system, not of a single server, has a right."""
    for account in design.things("accounts") if design.named("rights") else ():
        if not account.values.get("right") and not account.values.get("server"):
            message = f"アカウント{account.called}に権限がありません"
            hint = "right に権限の記号を書いてください。サーバのアカウントなら server を書いてください"
            yield Problem(account.place("id"), "DSG024", message, hint, "warning")


def tests_are_told_whole(design: Design) -> Iterator[Problem]:
    """A test that was carried out has its day and its result."""
    for test in design.things("tests"):
        date, result = test.values.get("date"), test.values.get("result")
        if bool(date) != bool(result):
            given, missing, field = ("結果", "実施日", "date") if result else ("実施日", "結果", "result")
            message = f"試験{test.called}に{given}がありますが、{missing}がありません"
            hint = f"行った試験には {field} を書き、行っていない試験には両方とも書かないでください"
            yield Problem(test.place("result" if result else "date"), "DSG025", message, hint)
