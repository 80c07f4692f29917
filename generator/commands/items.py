"""What `submit`, `accept` and `return` share: which due item is meant."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from generator.commands.common import day, one_line
from generator.problems import NohinError
from generator.rules.labels import MEDIA

if TYPE_CHECKING:
    from generator.history.submissions import Wanted
    from generator.rules.dueitem import DueItem


def arguments(parser: argparse.ArgumentParser) -> None:
    """The contract, the deliverable, and what narrows it down to one due item."""
    parser.add_argument("--contract", required=True, help="契約の id")
    parser.add_argument("--deliverable", required=True, type=words, metavar="NO", help="納品物件の番号")
    parser.add_argument("--due", type=day, metavar="DATE", help="どの期日の分か")
    parser.add_argument("--undated", action="store_true", help="日付のない期限（直ちに、速やかに など）の分")
    parser.add_argument("--event", type=words, metavar="KIND/ID", help="どの記録の分か（例: incidents/2026-001）")
    parser.add_argument("--period", type=day, metavar="DATE", help="どの期間の分か。期間の最初の日")
    parser.add_argument("--scope", choices=["delta", "full"], help="差分 (delta) か全量 (full) か")
    parser.add_argument("--person", type=words, metavar="ID", help="人ごとに作る文書の、誰の分か（例: p01）")
    parser.add_argument("--medium", choices=list(MEDIA), help="データ (data) か紙 (paper) か口頭 (oral) か")


def words(text: str) -> str:
    """A text that may not be empty."""
    if not (line := one_line(text)):
        raise argparse.ArgumentTypeError("空では書けません")
    return line


def wanted(options: argparse.Namespace) -> Wanted:
    """The due item that the arguments describe."""
    from generator.history.submissions import Wanted

    names = ("deliverable", "due", "undated", "event", "period", "scope", "medium", "person")
    return Wanted(**{name: getattr(options, name) for name in names})


def the_item(items: list[DueItem], which: Wanted) -> DueItem:
    """The one due item that is meant; NohinError lists the open ones where it is not one."""
    from generator.history.submissions import is_open, meant
    from generator.outputs.due import duelist

    found = meant(items, which)
    if len(found) == 1:
        return found[0]
    own = [item for item in items if item.deliverable == which.deliverable]
    if not own:
        known = "、".join(dict.fromkeys(item.deliverable for item in items))
        raise NohinError(f"納品物件「{which.deliverable}」の期限がありません。あるのは: {known}")
    open_ones = [item for item in (found or own) if is_open(item)] or found or own
    why = "が一つに決まりません" if found else "に、そのようなものはありません"
    how = f"{'・'.join(_telling_apart(open_ones))} で選んでください"
    more = f"\nほか {len(open_ones) - SHOWN} 件" if len(open_ones) > SHOWN else ""
    raise NohinError(f"No.{which.deliverable} の期限{why}。{how}\n{duelist.to_text(open_ones[:SHOWN]).rstrip()}{more}")


def _telling_apart(items: list[DueItem]) -> list[str]:
    """The options that tell some items apart; all of them where there is only one, which was not meant."""
    values: dict[str, set[object]] = {
        "--due": {item.due for item in items if item.due},
        "--event": {str(item.event or "") for item in items},
        "--period": {item.period and item.period.start for item in items},
        "--scope": {item.scope for item in items},
        "--medium": {item.medium for item in items},
    }
    found = [option for option, own in values.items() if len(own) > 1]
    one_of_each = len(items) > 1 and values["--due"] and any(item.due is None for item in items)
    return [*(["--undated"] if one_of_each else []), *found] or list(values)


SHOWN = 12
"""Open items listed in a message."""


def named(item: DueItem) -> str:
    """An item in a line: `No.4 作業実績報告書（令和8年4月） 期日 2026-05-10`."""
    of = f"（{item.occasion}）" if item.occasion else ""
    number = f"No.{item.deliverable} " if item.listed else ""
    return f"{number}{item.title}{of} " + (f"期日 {item.due.isoformat()}" if item.due else "期日なし")
