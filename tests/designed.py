"""A small system as design data: something of every kind, every field of every kind written, nothing amiss."""

from __future__ import annotations

from collections.abc import Mapping

from tests.support import CONTRACT, WHOLE, whole_project

FOLDER = f"{CONTRACT}/design"

KINDS: dict[str, str] = {
    "overview": """\
sample: true
title: 見本システム
established: 2026-04-01
corrections:
  - date: 2026-05-11
    design: [servers/db01]
    reason: 誤記の訂正
purpose: 申請を受け付ける。
background: 紙の申請を改めた。
scope: [申請の受付]
outside: [端末の保守]
users:
  - title: 職員
    count: 100
    use: 申請の確認
conditions: [庁内のネットワークを使う。]
constraints: [個人番号利用事務系を外部とつながない。]
terms:
  - term: 申請
    meaning: 職員への届出
papers:
  - title: 仕様書
    note: 第1版
nothing:
  - of: subsystems
    reason: 一つのまとまりであるため
rules:
  - of: businesses
    title: 代理
    rule: 代わりの者も行える。
  - of: screens
    title: 必須の印
    rule: 欠かせない項目に印を付ける。
  - of: screens
    title: 日付
    rule: 和暦とする。
  - of: reports
    title: 頁
    rule: 頁の番号を示す。
  - of: entities
    title: 削除
    rule: 消さずに印を付ける。
  - of: interfaces
    title: 符号
    rule: 一つの文字コードとする。
  - of: jobs
    title: 休日
    rule: 休みの日も動かす。
""",
    "businesses": """\
businesses:
  - id: b01
    title: 申請の受付
    actor: 職員
    timing: 随時
    description: 申請を受け付ける。
    functions: [f01]
    steps:
      - id: 1
        actor: 職員
        step: 申請を開く。
        next:
          - step: 2
            label: 不備がないとき
      - id: 2
        actor: 職員
        step: 受け付ける。
        next: []
    note: 窓口でも受け付ける。
""",
    "functions": """\
functions:
  - id: f01
    title: 申請の登録
    description: 申請を登録する。
    users: 職員
    input: [申請の内容]
    output: [受付番号]
    rules: [番号は年度ごとに振る。]
    data:
      - entity: e01
        crud: CRU
      - entity: e02
        crud: CR
    clauses: [1-1]
    note: 取消しもできる。
  - id: f02
    title: 申請の整理
    data:
      - entity: e01
        crud: RD
""",
    "screens": """\
screens:
  - id: s01
    title: 登録画面
    functions: [f01]
    users: 職員
    description: 申請を登録する。
    image: images/s01.png
    alt: 申請の内容の欄と登録のボタンのある画面
    fields:
      - title: 氏名
        io: both
        form: 文字入力
        length: 40
        required: true
        check: 空でないこと
        note: 全角
    actions:
      - title: 登録
        does: 申請を登録する。
        next: s01
        errors: [E001]
    note: 一件ずつ
""",
    "reports": """\
reports:
  - id: r01
    title: 受付一覧
    functions: [f01]
    form: Ａ４縦 PDF
    timing: 毎月
    volume: 1
    users: 職員
    description: 月の受付の一覧。
    image: images/s01.png
    alt: 受付番号の列のある表
    fields:
      - title: 受付番号
        source: 申請
        edit: 前ゼロ
        length: 8
        note: 左寄せ
    note: 印刷もできる。
""",
    "entities": """\
entities:
  - id: e01
    title: 申請
    description: 職員からの申請。
    personal: true
    keep: 5年
    volume: 1000
    attributes:
      - id: no
        title: 受付番号
        form: 数
        length: 8
        key: true
        required: true
        note: 年度ごと
      - id: office
        title: 所属
        refers: e02
      - id: state
        title: 状態
        code: c01
    relations:
      - entity: e02
        count: N:1
        meaning: 申請した職員の所属
    note: 取消しを含む。
  - id: e02
    title: 所属
    attributes:
      - id: no
        title: 所属番号
        key: true
    relations:
      - entity: e01
        count: 1:N
""",
    "codes": """\
codes:
  - id: c01
    title: 申請の状態
    description: 申請の進み具合。
    codes:
      - code: 1
        meaning: 受付
      - code: 2
        meaning: 完了
""",
    "zones": """\
zones:
  - id: mn
    title: 個人番号利用事務系
    kind: mynumber
    description: 個人番号を扱う。
  - id: lg
    title: LGWAN接続系
    kind: lgwan
  - id: net
    title: 庁外
    kind: outside
""",
    "networks": """\
networks:
  - id: lan-mn
    title: 基幹系
    zone: mn
    range: 192.0.2.0/26
    vlan: 10
    description: 個人番号を扱う機器のネットワーク。
  - id: lan-lg
    title: 情報系
    zone: lg
    range: 192.0.2.64/26
""",
    "servers": """\
servers:
  - id: host01
    title: 仮想化基盤
    kind: physical
    addresses:
      - network: lan-lg
        address: 192.0.2.65
  - id: db01
    title: データベースサーバ
    kind: virtual
    host: host01
    name: mihon-db01
    use: 申請を置く。
    model: 仮想
    cpu: 4
    memory: 16 GB
    disk: 200 GB
    count: 1
    place: サーバ室
    software: [os01, pg]
    addresses:
      - network: lan-lg
        address: 192.0.2.66
        use: 業務
    start: 1
    note: 停止は最後
  - id: fw01
    title: ファイアウォール
    kind: network
    addresses:
      - network: lan-lg
        address: 192.0.2.67
  - id: ap01
    title: 連携サーバ
    kind: virtual
    host: host01
    addresses:
      - network: lan-mn
        address: 192.0.2.1
  - id: pc
    title: 職員の端末
    kind: client
""",
    "software": """\
software:
  - id: os01
    title: OS
    kind: os
    maker: 見本社
    version: 1.10
    licence: 年間
    count: 2
    holder: 見本市
    support_end: 2030-03-31
    note: 年に一度更新する。
  - id: pg
    title: データベース
    kind: database
""",
    "connections": """\
connections:
  - id: k01
    title: 業務の通信
    from_network: lan-lg
    to_server: db01
    protocol: TCP 443
    use: 申請の登録
    note: 開庁日のみ
  - id: k02
    title: 住民の情報の受取り
    from_server: ap01
    to_system: x01
    through: fw01
  - id: k03
    title: 配信の受取り
    from_system: x01
    to_network: lan-lg
    through: fw01
""",
    "systems": """\
systems:
  - id: x01
    title: 配信システム
    owner: 見本県
    description: 通知を配る。
    zone: net
    note: 県が管理する。
""",
    "interfaces": """\
interfaces:
  - id: i01
    title: 通知の受取り
    system: x01
    direction: receive
    functions: [f01]
    entities: [e02]
    server: db01
    protocol: HTTPS
    form: CSV
    timing: 毎日
    volume: 100
    fields:
      - title: 所属番号
        form: 数
        length: 4
        required: true
        note: 前ゼロ
    process: 受け取り、取り込む。
    failure: 次の日に取り込む。
    note: 閉庁日にも行う。
""",
    "jobs": """\
jobs:
  - id: j01
    title: 夜間の締め
    functions: [f02]
    server: db01
    cycle: 毎日
    time: '23:30'
    minutes: 60
    reads: [e01]
    writes: [e01]
    description: 古い申請を消す。
    failure: 翌朝に知らせる。
    note: 閉庁日にも行う。
  - id: j02
    title: 集計
    time: '1:00'
    after: [j01]
""",
    "rights": """\
rights:
  - id: user
    title: 利用者
    description: 申請を登録する者。
    allows:
      - function: f01
        level: write
        note: 自分の所属に限る。
""",
    "accounts": """\
accounts:
  - id: a01
    title: 職員
    kind: user
    holder: 職員
    right: user
    rule: 異動のときに改める。
    note: 一人に一つ
  - id: a02
    title: OS の管理者
    kind: administrator
    server: db01
""",
    "backups": """\
backups:
  - id: full
    title: 日次の全体
    servers: [db01]
    entities: [e01, e02]
    target: 仮想マシン
    method: 仮想マシンの全体
    each: day
    automatic: true
    time: 2:00
    keep_days: 7
    generations: 7
    place: 別の装置
    server: host01
    restore: 仮想マシンを書き戻す。
    restore_minutes: 120
    clauses: [1-1]
    note: 終わりを確かめる。
""",
    "monitors": """\
monitors:
  - id: m01
    title: 死活
    servers: [db01]
    watch: 応答
    threshold: 3回続けて応答がない
    interval: 5分
    notify: [manager]
    action: 受付窓口へ知らせる。
    clauses: [1-1]
    note: 休日にも見る。
""",
    "requirements": """\
requirements:
  - id: n01
    title: 復旧
    category: availability
    target: 連絡時から2時間以内に着手する。
    means: 監視する。
    check: 障害報告書で確かめる。
    clauses: [1-1]
    note: 受付時間による。
""",
    "decisions": """\
decisions:
  - id: d01
    title: 仮想化
    date: 2026-04-01
    context: 台数を減らすため。
    options: [物理, 仮想]
    decision: 仮想にする。
    reason: 復元が速い。
    consequence: 基盤が止まると全体が止まる。
    book: both
    items: [servers/db01]
""",
    "modules": """\
modules:
  - id: p01
    title: 登録
    functions: [f01]
    kind: 画面
    language: SQL
    path: src/p01
    description: 申請を登録する。
    input: [申請]
    output: [番号]
    logic: [確かめる。, 書く。]
    calls: [p02]
    tables:
      - table: t01
        crud: CRU
    errors: [E001]
    exclusive: 一件ごと
    note: 一件ずつ
  - id: p02
    title: 整理
    functions: [f02]
    calls: [p01]
""",
    "tables": """\
tables:
  - id: t01
    title: 申請
    name: APPLICATION
    entity: e01
    description: 申請の表。
    columns:
      - id: NO
        title: 受付番号
        form: 数
        length: 8
        key: true
        required: true
        default: 0
        refers: t01
        note: 年度ごと
      - id: STATE
        title: 状態
    indexes:
      - id: IX1
        columns: [STATE]
        unique: false
    volume: 1000
    growth: 年に 100
    area: DATA
    note: 取消しを含む。
""",
    "errors": """\
errors:
  - id: E001
    title: 氏名を書いてください
    level: error
    cause: 氏名が空
    action: 氏名を書く。
    logged: false
""",
    "tests": """\
tests:
  - id: u001
    title: 氏名が空のとき
    module: p01
    condition: 氏名を空にして登録する。
    expected: E001 が出る。
    date: 2026-04-10
    result: passed
    tester: 見本 太郎
    note: 二度行った。
  - id: u002
    title: 整理
    module: p02
    expected: 古い申請が消える。
""",
}
"""The files of design/, by kind; subsystems are left out with a reason."""

SUBSYSTEMS = """\
subsystems:
  - id: sub
    title: 申請
    purpose: 申請を扱う。
    note: 一つだけ
"""
"""The kind that the system above has none of."""

CHAPTER = f"{CONTRACT}/manuals/operation/backup.md"
MANUAL = """\
---
title: バックアップと復元
order: 10
clauses: [1-1]
procedures:
  - id: restore
    title: 復元
    when: 壊れたとき
    who: 業務責任者
    before: [連絡する。]
    steps:
      - step: "[[servers/db01]] を止める。"
        expected: 止まる。
        server: db01
        minutes: 5
        otherwise: 電源を切る。
    after: [知らせる。]
---
## 復元

[[procedure restore]]
"""
"""A chapter of a manual with every field of its front matter."""

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010100000000376ef924"
    "0000000a49444154789c636800000082008177cd72b60000000049454e44ae426082"
)
"""A PNG of one dot, for the screen."""

DUTY = "backup:\n  each: day\n  keep_days: 7\n  automatic: true\n  clause: 1-1\n"
"""What the specification asks of backups, for contract.yml."""


def path_of(kind: str) -> str:
    """Where a kind of design data lives."""
    return f"{FOLDER}/{kind}.yml"


def designed_project(changes: Mapping[str, str | None] | None = None) -> dict[str, str | bytes]:
    """The whole project with the system above and its manual; changes by kind or by path, None for what is not there."""
    files: dict[str, str | bytes | None] = {path_of(kind): text for kind, text in KINDS.items()}
    files |= {CHAPTER: MANUAL, f"{CONTRACT}/contract.yml": WHOLE[f"{CONTRACT}/contract.yml"] + DUTY}
    files[f"{FOLDER}/images/s01.png"] = PICTURE
    files |= {path if "/" in path else path_of(path): text for path, text in (changes or {}).items()}
    return whole_project(files)


def changed(kind: str, old: str, new: str) -> dict[str, str]:
    """A kind's file with one piece of its text other than there."""
    assert KINDS[kind].count(old) == 1, f"{kind} says {old!r} {KINDS[kind].count(old)} times"
    return {kind: KINDS[kind].replace(old, new)}
