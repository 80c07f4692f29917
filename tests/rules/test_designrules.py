"""Slips in a design that no schema sees: one file per defect with its exact place and words, and what is no slip."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from generator.intake.portfolio import load
from generator.intake.tree import WorkingTree
from generator.problems import in_order, to_text
from generator.rules import designbackup, designdata, designnetwork, designparts, designrules, designsoftware
from tests.designed import KINDS, changed, designed_project
from tests.support import CONTRACT, WHOLE, Project, whole_project

HEAD = f"{CONTRACT}/contract.yml"


def longer(kind: str, text: str) -> dict[str, str]:
    """A kind's file with something after its last thing."""
    return {kind: KINDS[kind] + text}


def shorter(kind: str, text: str) -> dict[str, str]:
    """A kind's file without one piece of its text."""
    return changed(kind, text, "")


def said_of(there: Project, as_of: dt.date | None = None) -> list[str]:
    """What the rules say of a project's only contract, a line each; the rest of the check has nothing to say."""
    loaded = load(WorkingTree(there.root))
    assert to_text(loaded.problems) == ""
    (contract,) = loaded.portfolio.contracts.values()
    lines = to_text(in_order(designrules.check(contract, as_of))).splitlines()
    return [line.removeprefix(f"{CONTRACT}/") for line in lines]


SLIPS = [
    pytest.param(
        shorter("servers", "    addresses:\n      - network: lan-lg\n        address: 192.0.2.67\n"),
        "design/servers.yml:27:9: warning DSG001 サーバ「fw01」（ファイアウォール）がどのネットワークにもつながっていません（addresses にネットワークとアドレスを書いてください）",
        id="server in no network",
    ),
    pytest.param(
        changed("networks", "192.0.2.0/26", "192.0.2.0 から 62"),
        "design/networks.yml:5:12: error DSG002 ネットワーク「lan-mn」（基幹系）の範囲「192.0.2.0 から 62」が読めません（192.0.2.0/24 の形で、一つだけ書いてください）",
        id="range that is none",
    ),
    pytest.param(
        changed("networks", "192.0.2.0/26", "192.0.2.1/26"),
        "design/networks.yml:5:12: error DSG002 ネットワーク「lan-mn」（基幹系）の範囲「192.0.2.1/26」が読めません（192.0.2.0/26 ではありませんか）",
        id="range from its middle",
    ),
    pytest.param(
        changed("servers", "192.0.2.67", "192.0.2.670"),
        "design/servers.yml:32:18: error DSG002 サーバ「fw01」（ファイアウォール）のアドレス「192.0.2.670」が読めません（192.0.2.10 の形で、一つだけ書いてください）",
        id="address that is none",
    ),
    pytest.param(
        changed("servers", "192.0.2.67", "192.0.2.7"),
        "design/servers.yml:32:18: error DSG003 アドレス 192.0.2.7 は、ネットワーク「lan-lg」（情報系）の範囲 192.0.2.64/26 の機器のアドレスではありません（192.0.2.64/26 の中のアドレスか、ほかのネットワークを書いてください）",
        id="address of another network",
    ),
    pytest.param(
        changed("servers", "192.0.2.67", "192.0.2.127"),
        "design/servers.yml:32:18: error DSG003 アドレス 192.0.2.127 は、ネットワーク「lan-lg」（情報系）の範囲 192.0.2.64/26 の機器のアドレスではありません（192.0.2.64/26 の中のアドレスか、ほかのネットワークを書いてください）",
        id="address of all",
    ),
    pytest.param(
        changed("servers", "192.0.2.67", "192.0.2.64"),
        "design/servers.yml:32:18: error DSG003 アドレス 192.0.2.64 は、ネットワーク「lan-lg」（情報系）の範囲 192.0.2.64/26 の機器のアドレスではありません（192.0.2.64/26 の中のアドレスか、ほかのネットワークを書いてください）",
        id="address of the network itself",
    ),
    pytest.param(
        changed("servers", "192.0.2.67", "192.0.2.66"),
        "design/servers.yml:32:18: error DSG004 アドレス 192.0.2.66 は、サーバ「db01」（ネットワーク「lan-lg」）にもあります（それぞれ違うアドレスにしてください。共有するアドレスは一方にだけ書いてください）",
        id="address twice",
    ),
    pytest.param(
        changed("servers", "192.0.2.67", "１９２.0.2.66"),
        "design/servers.yml:32:18: error DSG004 アドレス 192.0.2.66 は、サーバ「db01」（ネットワーク「lan-lg」）にもあります（それぞれ違うアドレスにしてください。共有するアドレスは一方にだけ書いてください）",
        id="address twice in other digits",
    ),
    pytest.param(
        changed("networks", "192.0.2.64/26", "192.0.2.0/25") | changed("servers", "192.0.2.67", "192.0.2.1"),
        "design/servers.yml:39:18: warning DSG004 アドレス 192.0.2.1 は、サーバ「fw01」（ネットワーク「lan-lg」）にもあります（それぞれ違うアドレスにしてください。共有するアドレスは一方にだけ書いてください）",
        id="address twice in two networks",
    ),
    pytest.param(
        shorter("servers", "    host: host01\n    name: mihon-db01\n"),
        "design/servers.yml:10:11: error DSG005 仮想マシン「db01」（データベースサーバ）に、載る機器 (host) がありません（host に物理サーバの記号を書いてください）",
        id="virtual machine in the air",
    ),
    pytest.param(
        changed("servers", "    host: host01\n    addresses", "    host: db01\n    addresses"),
        "design/servers.yml:36:11: error DSG005 サーバ「ap01」（連携サーバ）の載る機器「db01」（データベースサーバ）が、仮想マシンです（host に物理サーバの記号を書いてください）",
        id="virtual host",
    ),
    pytest.param(
        changed("servers", "    host: host01\n    addresses", "    host: ap01\n    addresses"),
        "design/servers.yml:36:11: error DSG006 載る機器が一回りしています（ap01 → ap01）（物理サーバから順にたどれるようにしてください）",
        id="host of itself",
    ),
    pytest.param(
        changed("servers", "    kind: physical\n", "    kind: physical\n    host: ap01\n"),
        "design/servers.yml:5:11: error DSG006 載る機器が一回りしています（host01 → ap01 → host01）（物理サーバから順にたどれるようにしてください）",
        id="hosts in a ring",
    ),
    pytest.param(
        shorter("connections", "    from_network: lan-lg\n"),
        "design/connections.yml:2:9: error DSG007 通信「k01」（業務の通信）の発信元が書かれていません（from_server、from_network、from_system のうち一つを書いてください）",
        id="connection from nowhere",
    ),
    pytest.param(
        changed("connections", "    to_server: db01\n", "    to_server: db01\n    to_network: lan-mn\n"),
        "design/connections.yml:6:17: error DSG007 通信「k01」（業務の通信）の宛先が二つ以上書かれています（to_server、to_network）（to_server、to_network、to_system のうち一つを書いてください）",
        id="connection to two",
    ),
    pytest.param(
        longer("connections", "  - {id: k09, title: 直接, from_network: lan-mn, to_system: x01}\n"),
        "design/connections.yml:19:10: warning DSG008 通信「k09」（直接）が、個人番号利用事務系と外部の区域を、制御する装置を通らずに結んでいます（through に通信を制御する装置の記号を書くか、両端を確かめてください）",
        id="layers joined",
    ),
    pytest.param(
        longer("connections", "  - {id: k09, title: 直接, from_system: x01, to_server: ap01}\n"),
        "design/connections.yml:19:10: warning DSG008 通信「k09」（直接）が、個人番号利用事務系と外部の区域を、制御する装置を通らずに結んでいます（through に通信を制御する装置の記号を書くか、両端を確かめてください）",
        id="layers joined by a server",
    ),
    pytest.param(
        changed("software", "2030-03-31", "2025-10-14"),
        "design/software.yml:10:18: error DSG009 ソフトウェア「os01」（OS）のサポートは、契約の始まる前の令和7年10月14日に終わっています（サポートのある版に改めるか、終了日を確かめてください）",
        id="support over before the start",
    ),
    pytest.param(
        changed("software", "2030-03-31", "2026-10-14"),
        "design/software.yml:10:18: warning DSG009 ソフトウェア「os01」（OS）のサポートが、契約期間中の令和8年10月14日に終わります（更新の計画を立て、更新後の版に改めてください）",
        id="support that ends meanwhile",
    ),
    pytest.param(
        changed("backups", "each: day", "each: week"),
        "design/backups.yml:8:11: error DSG010 バックアップ「full」（日次の全体）は、周期が毎週です（条項 1-1。自動で毎日取り、7日分以上を保持するのが定めです）",
        id="backup too seldom",
    ),
    pytest.param(
        changed("backups", "keep_days: 7", "keep_days: 6"),
        "design/backups.yml:11:16: error DSG010 バックアップ「full」（日次の全体）は、保持が6日分です（条項 1-1。自動で毎日取り、7日分以上を保持するのが定めです）",
        id="backup kept too short",
    ),
    pytest.param(
        shorter("backups", "    automatic: true\n"),
        "design/backups.yml:2:5: error DSG010 バックアップ「full」（日次の全体）は、自動で取ると書かれていません（条項 1-1。自動で毎日取り、7日分以上を保持するのが定めです）",
        id="backup by hand",
    ),
    pytest.param(
        longer("backups", "  - {id: more, title: 月次, servers: [ap01], each: month, keep_days: 365}\n"),
        "design/backups.yml:19:5: error DSG010 バックアップ「more」（月次）は、自動で取ると書かれていません（条項 1-1。自動で毎日取り、7日分以上を保持するのが定めです）\ndesign/backups.yml:19:50: error DSG010 バックアップ「more」（月次）は、周期が毎月です（条項 1-1。自動で毎日取り、7日分以上を保持するのが定めです）",
        id="second backup of something else",
    ),
    pytest.param(
        {
            "backups": None,
            **changed(
                "overview", "  - of: subsystems\n", "  - of: backups\n    reason: 取らない\n  - of: subsystems\n"
            ),
        },
        "contract.yml:20:9: error DSG010 契約が毎日のバックアップを定めていますが（条項 1-1）、設計にありません（data/contracts/mihon/design/backups.yml に書いてください）",
        id="no backups",
    ),
    pytest.param(
        changed("backups", "servers: [db01]", "servers: [ap01]"),
        "design/servers.yml:8:9: error DSG011 データベースのあるサーバ「db01」（データベースサーバ）が、どのバックアップの対象でもありません（条項 1-1。backups.yml の servers か entities に加えてください）",
        id="server not backed up",
    ),
    pytest.param(
        changed("backups", "    servers: [db01]\n    entities: [e01, e02]\n", "    entities: [e01]\n")
        | shorter("software", "    kind: database\n"),
        "design/entities.yml:27:9: warning DSG011 データ「e02」（所属）が、どのバックアップの対象でもありません（条項 1-1。backups.yml の servers か entities に加えてください）",
        id="entity not backed up",
    ),
    pytest.param(
        changed("entities", "count: 1:N", "count: N:1"),
        "design/entities.yml:35:16: error DSG012 データ「e02」（所属）から「e01」への関係が N:1 ですが、「e01」の側では N:1 です（1:N にするか、「e01」の側の count を改めてください）",
        id="relation turned wrongly",
    ),
    pytest.param(
        changed("entities", "        title: 所属番号\n        key: true\n", "        title: 所属番号\n"),
        "design/entities.yml:18:17: warning DSG013 データ「e01」の項目「office」が参照するデータ「e02」（所属）に、識別子の項目がありません（識別子の項目に key: true を書いてください）",
        id="reference to what has no key",
    ),
    pytest.param(
        {"codes": "codes:\n  - {id: c01, title: 申請の状態}\n"},
        "design/entities.yml:21:15: warning DSG013 データ「e01」の項目「state」が使うコード「c01」（申請の状態）に、値がありません（codes.yml に値 (codes) を書いてください）",
        id="code without values",
    ),
    pytest.param(
        changed("functions", "crud: CRU", "crud: RU")
        | shorter("jobs", "    writes: [e01]\n")
        | changed("modules", "crud: CRU", "crud: RU"),
        "design/entities.yml:2:9: warning DSG014 データ「e01」（申請）を作る機能がありません（functions.yml の data で、作る機能の crud に C を書いてください）",
        id="entity from nowhere",
    ),
    pytest.param(
        shorter("tables", "        key: true\n"),
        "design/tables.yml:2:9: warning DSG015 表「t01」（申請）に主キーがありません（主キーの列に key: true を書いてください）",
        id="table without key",
    ),
    pytest.param(
        changed("tables", "columns: [STATE]", "columns: [STATES]"),
        "design/tables.yml:21:19: error DSG016 索引「IX1」の列「STATES」が、表「t01」（申請）にありません（STATE ではありませんか）",
        id="index of an unknown column",
    ),
    pytest.param(
        changed("tables", "columns: [STATE]", "columns: [STATE, 別]"),
        "design/tables.yml:21:26: error DSG016 索引「IX1」の列「別」が、表「t01」（申請）にありません（ある列: NO、STATE）",
        id="index of a strange column",
    ),
    pytest.param(
        changed("modules", "crud: CRU", "crud: CRUD"),
        "design/modules.yml:15:15: warning DSG017 モジュール「p01」（登録）が表「t01」で行う削除が、機能（f01）のデータ「e01」の操作にありません（functions.yml の data に D を加えるか、モジュールの crud を改めてください）",
        id="undeclared operation",
    ),
    pytest.param(
        changed("modules", "functions: [f02]", "functions: [f01]")
        | changed("jobs", "functions: [f02]", "functions: [f01]"),
        "design/functions.yml:16:9: warning DSG018 機能「f02」（申請の整理）を使う画面、帳票、バッチ、外部インタフェース、モジュールがありません（使うものの functions に加えるか、機能を確かめてください）",
        id="unused function",
    ),
    pytest.param(
        shorter("screens", "    alt: 申請の内容の欄と登録のボタンのある画面\n"),
        "design/screens.yml:7:12: error DSG019 画面「s01」（登録画面）の絵に、説明がありません（alt に、絵が示すものを一文で書いてください）",
        id="picture without words",
    ),
    pytest.param(
        changed("jobs", "after: [j01]", "after: [j02]"),
        "design/jobs.yml:17:13: error DSG020 バッチの先行が一回りしています（j02 → j02）（どれか一つの after を外してください）",
        id="job that waits for itself",
    ),
    pytest.param(
        changed("jobs", "    minutes: 60\n", "    after: [j02]\n"),
        "design/jobs.yml:8:13: error DSG020 バッチの先行が一回りしています（j01 → j02 → j01）（どれか一つの after を外してください）",
        id="jobs in a ring",
    ),
    pytest.param(
        changed("jobs", "'1:00'", "'23:00'"),
        "design/jobs.yml:17:13: warning DSG021 バッチ「j02」（集計）の開始 23:00 が、先行するバッチ「j01」（夜間の締め）の開始 23:30 より前です（time と minutes、または after を確かめてください）",
        id="job before its predecessor",
    ),
    pytest.param(
        changed("jobs", "'1:00'", "'0:00'"),
        "design/jobs.yml:17:13: warning DSG021 バッチ「j02」（集計）の開始 0:00 が、先行するバッチ「j01」（夜間の締め）の終わる見込み（23:30 から60分）より前です（time と minutes、または after を確かめてください）",
        id="job before its predecessor is over",
    ),
    pytest.param(
        {"interfaces": "interfaces:\n  - {id: i01, title: 通知の受取り, system: x01, direction: receive}\n"},
        "design/interfaces.yml:2:10: warning DSG022 外部インタフェース「i01」（通知の受取り）に、機能もデータもサーバもありません（functions か entities を書いてください。機器のためのものなら server を書いてください）",
        id="interface to nothing",
    ),
    pytest.param(
        shorter(
            "connections",
            "  - id: k02\n    title: 住民の情報の受取り\n    from_server: ap01\n    to_system: x01\n    through: fw01\n  - id: k03\n    title: 配信の受取り\n    from_system: x01\n    to_network: lan-lg\n    through: fw01\n",
        ),
        "design/interfaces.yml:4:13: warning DSG023 外部インタフェース「i01」（通知の受取り）の相手「x01」（配信システム）のある区域「net」に、許可する通信がありません（connections.yml に通信を書くか、相手の zone を確かめてください）",
        id="system out of reach",
    ),
    pytest.param(
        shorter("accounts", "    right: user\n"),
        "design/accounts.yml:2:9: warning DSG024 アカウント「a01」（職員）に権限がありません（right に権限の記号を書いてください。サーバのアカウントなら server を書いてください）",
        id="account without right",
    ),
    pytest.param(
        shorter("tests", "    date: 2026-04-10\n"),
        "design/tests.yml:7:13: error DSG025 試験「u001」（氏名が空のとき）に結果がありますが、実施日がありません（行った試験には date を書き、行っていない試験には両方とも書かないでください）",
        id="result without a day",
    ),
    pytest.param(
        shorter("tests", "    result: passed\n"),
        "design/tests.yml:7:11: error DSG025 試験「u001」（氏名が空のとき）に実施日がありますが、結果がありません（行った試験には result を書き、行っていない試験には両方とも書かないでください）",
        id="day without a result",
    ),
    pytest.param(
        changed("overview", "nothing:\n", "nothing:\n  - {of: servers, reason: 見本}\n"),
        "design/overview.yml:25:10: error DSG026 「サーバ」は該当なしとされていますが、design/servers.yml に5件あります（nothing から外すか、無くなった物を消してください）",
        id="nothing of what is there",
    ),
    pytest.param(
        changed("overview", "nothing:\n", "nothing:\n  - {of: subsystem, reason: 見本}\n"),
        "design/overview.yml:25:10: error REF001 設計の種類「subsystem」がありません（subsystems ではありませんか）",
        id="nothing of an unknown kind",
    ),
    pytest.param(
        {"reports": None, "decisions": None},
        "design/overview.yml:25:3: warning DSG027 設計に無く、無い理由も書かれていない種類があります: 帳票 (reports)、設計上の決定 (decisions)（物を書くか、overview.yml の nothing に of と reason を書いてください）",
        id="empty without a reason",
    ),
    pytest.param(
        {"overview": None},
        "design/accounts.yml:1:1: warning DSG028 設計に概要がありません（data/contracts/mihon/design/overview.yml にシステムの名 (title) と目的を書いてください）",
        id="no overview",
    ),
    pytest.param(
        changed("decisions", "servers/db01", "servers/db02"),
        "design/decisions.yml:11:13: warning REF001 設計の項目「servers/db02」がありません（servers/db01 ではありませんか）",
        id="decision about what is not there",
    ),
]


@pytest.mark.parametrize(("changes", "expected"), SLIPS)
def test_slip_is_said_at_its_place(
    project: Callable[..., Project], changes: dict[str, str | None], expected: str
) -> None:
    """Each slip is told once, at its line and column, with what would be right; nothing else is."""
    assert said_of(project(designed_project(changes))) == expected.splitlines()


def test_every_code_has_a_slip() -> None:
    """No rule without a design that breaks it."""
    modules = (designrules, designnetwork, designsoftware, designbackup, designdata, designparts)
    codes = {code for module in modules for code in module.PROBLEM_CODES}
    told = " ".join(str(slip.values[1]) for slip in SLIPS)
    assert {code for code in codes if code not in told} == set()


RIGHT = [
    pytest.param({}, id="the design as it is"),
    pytest.param({HEAD: WHOLE[HEAD], **changed("backups", "each: day", "each: month")}, id="no duty of backups"),
    pytest.param(
        longer(
            "backups",
            "  - {id: more, title: 月次, servers: [db01], each: month, keep_days: 365}\n"
            "  - {id: set, title: 設定, servers: [fw01], each: month, keep_days: 1}\n",
        ),
        id="more backups than asked for",
    ),
    pytest.param(
        changed("backups", "servers: [db01]\n    entities: [e01, e02]", "servers: [host01]"),
        id="backup of the machine below",
    ),
    pytest.param(
        changed("servers", "kind: client\n", "kind: client\n    addresses: [{network: lan-lg, address: DHCP}]\n"),
        id="address of terminals in words",
    ),
    pytest.param(changed("networks", "192.0.2.64/26", "１９２．０．２．６４/２６"), id="full-width digits"),
    pytest.param(
        changed("networks", "    range: 192.0.2.64/26\n", "") | changed("servers", "192.0.2.67", "2001:db8::1"),
        id="network without a range",
    ),
    pytest.param(
        longer("connections", "  - {id: k09, title: 装置から, from_server: fw01, to_system: x01}\n")
        | changed("servers", "192.0.2.67\n", "192.0.2.67\n      - network: lan-mn\n        address: 192.0.2.2\n"),
        id="the device itself between the layers",
    ),
    pytest.param(
        longer("interfaces", "  - {id: i02, title: 時刻の同期, system: x01, direction: receive, server: db01}\n"),
        id="interface of a machine",
    ),
    pytest.param(changed("software", "2030-03-31", "2027-04-01"), id="support longer than the contract"),
    pytest.param(
        changed("entities", "の所属\n    note", "の所属\n      - {entity: e02, count: N:M, meaning: 閲覧}\n    note"),
        id="relation that only one side tells of",
    ),
    pytest.param(
        changed("entities", "entity: e01\n        count: 1:N", "entity: e02\n        count: 1:N"),
        id="relation to itself",
    ),
    pytest.param(
        longer("tables", "  - {id: t02, title: 状態, name: STATE, entity: e01}\n")
        | changed("modules", "table: t01\n        crud: CRU", "table: t02\n        crud: CRUD"),
        id="one of several tables of an entity",
    ),
    pytest.param(changed("jobs", "'1:00'", "'17:00'"), id="job of the next afternoon"),
    pytest.param(changed("jobs", "time: '1:00'", "cycle: 毎月"), id="job without an hour"),
    pytest.param(changed("jobs", "time: '23:30'", "time: '24:00'"), id="job at the end of the day"),
    pytest.param(
        {"modules": None, "tests": None, "tables": None, "errors": None}
        | changed("screens", "        errors: [E001]\n", ""),
        id="no detailed design",
    ),
]


@pytest.mark.parametrize("changes", RIGHT)
def test_what_is_right_is_not_complained_of(project: Callable[..., Project], changes: dict[str, str | None]) -> None:
    """No problem at all."""
    assert said_of(project(designed_project(changes))) == []


def test_contract_without_a_design(project: Callable[..., Project]) -> None:
    """Nothing is said where there is nothing, even where backups are asked for."""
    head = designed_project()[HEAD]
    assert said_of(project(whole_project({HEAD: head}))) == []


def test_support_that_has_ended_by_now(project: Callable[..., Project]) -> None:
    """The day on which it is looked at changes the words, not what is wrong."""
    there = project(designed_project(changed("software", "2030-03-31", "2026-10-14")))
    (before,), (after,) = said_of(there, dt.date(2026, 10, 14)), said_of(there, dt.date(2026, 10, 15))
    assert "契約期間中の令和8年10月14日に終わります" in before
    assert "契約期間中の令和8年10月14日に終わりました" in after


def test_names_that_lead_nowhere_are_told_once(project: Callable[..., Project]) -> None:
    """A slip in a name is the business of the names; the rules stumble over none."""
    broken = {
        kind: text.replace("lan-lg", "lan-x").replace("[f01]", "[f99]").replace("host01", "host99")
        for kind, text in KINDS.items()
        if kind not in ("networks",)
    }
    broken |= {kind: broken[kind].replace("e01", "e99") for kind in ("functions", "backups", "jobs", "tables")}
    broken |= {kind: broken[kind].replace("x01", "x99").replace("j01", "j99") for kind in ("connections", "interfaces")}
    there = project(designed_project(dict(broken)))
    loaded = load(WorkingTree(there.root))
    assert {problem.code for problem in loaded.problems} == {"REF001"}
    told = {problem.code for problem in designrules.check(loaded.portfolio.contracts["mihon"])}
    assert told <= {"DSG001", "DSG014", "DSG018"}
