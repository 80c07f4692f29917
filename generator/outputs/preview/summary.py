"""What a change changes, summed up in sentences, and what has to be known beside; the same for every form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.intake.eras import wareki
from generator.outputs.preview import approvals as approvals
from generator.outputs.preview import deadlines as deadlines
from generator.outputs.preview import documents as documents
from generator.outputs.preview.preview import ContractPreview, Preview
from generator.problems import Problem, has_errors

NOTHING = "データの意味に変わりはありません。文書に変わりはありません。"
NOTHING_PUBLIC = "公開する内容に変わりはありません。"
NO_DOCUMENT = "文書に変わりはありません。"


def heading(preview: Preview) -> str:
    """`改正前: … → 改正後: …（令和8年5月1日の時点）`."""
    sides = f"改正前: {preview.before.side.title} → 改正後: {preview.after.side.title}"
    return f"{sides}（{wareki(preview.as_of)}の時点）"


def titled(contract: ContractPreview) -> str:
    """A contract's title with its id, and what becomes of it as a whole."""
    sort = "、なくなる契約" if contract.gone else "、新しい契約" if not contract.before else ""
    return f"{contract.title}（{contract.id}{sort}）"


# --- the summary -----------------------------------------------------------------------------------------


def summary(preview: Preview) -> str:
    """Everything in a few sentences."""
    if not preview.says_something:
        return NOTHING_PUBLIC if preview.after.public else NOTHING
    said = [*_counts(preview.contracts), *_checked(untold(preview), preview.problems.mended)]
    return "".join(said)


def contract_summary(preview: Preview, contract: ContractPreview) -> str:
    """The same of a contract; nothing where it is the only one: then it is said already."""
    return "".join(_counts([contract])) if len(preview.contracts) > 1 else ""


def _counts(contracts: Sequence[ContractPreview]) -> Iterator[str]:
    yield _chained(
        "契約は", ((documents.GONE if one.gone else documents.NEW, DOCUMENTS) for one in contracts if one.is_whole)
    )
    papers = _chained("文書は", ((one.what, DOCUMENTS) for contract in contracts for one in contract.documents))
    renamed = any(contract.is_renamed for contract in contracts)
    yield f"{papers}{RENAMED}。" if renamed else papers or NO_DOCUMENT
    yield _chained("期限は", ((one.what, DEADLINES) for contract in contracts for one in contract.deadlines))
    yield _chained(
        "承認は", ((one.what, _HOLDS) for contract in contracts for one in approvals.grouped(contract.approvals))
    )
    clauses = [one for contract in contracts for one in contract.clauses.changes]
    yield _chained("条項は", (("opened" if one.opened else "other", _ANSWERED) for one in clauses))


RENAMED = "文書番号と PDF の置き場所が、どの文書でも変わります"

DOCUMENTS = {
    documents.CHANGED: "が変わり",
    documents.NEW: "が増え",
    documents.GONE: "がなくなり",
    documents.RENAMED: "の番号が変わり",
    documents.BROKEN: "が誤りのため作れなくなり",
}
DEADLINES = {
    deadlines.MOVED: "が動き",
    deadlines.NEW: "が増え",
    deadlines.GONE: "がなくなり",
    deadlines.STATE: "の状態が変わり",
}
_HOLDS = {approvals.ENDED: "が失効し", approvals.AGAIN: "が再び有効になり"}
_ANSWERED = {"opened": "が未対応になり", "other": "の対応が変わり"}


def _chained(subject: str, told: Iterable[tuple[str, dict[str, str]]]) -> str:
    """`文書は 3 件が変わり、1 件が増えます。`; empty where there is nothing to count."""
    counts: dict[str, int] = {}
    order: list[str] = []
    for what, stems in told:
        order = order or list(stems.values())
        counts[stems[what]] = counts.get(stems[what], 0) + 1
    said = "、".join(f"{counts[stem]} 件{stem}" for stem in order if stem in counts)
    return f"{subject} {said}ます。" if said else ""


def _checked(new: Sequence[Problem], mended: Sequence[Problem]) -> Iterator[str]:
    if new:
        yield f"検査で{_sorts(new)}が新しく出ます。"
    if mended:
        yield f"{_sorts(mended)}がなくなります。"


def _sorts(problems: Sequence[Problem]) -> str:
    errors = sum(problem.severity == "error" for problem in problems)
    said = ((errors, "誤り"), (len(problems) - errors, "注意"))
    return "、".join(f"{title} {count} 件" for count, title in said if count)


def untold(preview: Preview) -> list[Problem]:
    """The new problems but for those that a clause tells already."""
    clauses = [one for contract in preview.contracts for one in contract.clauses.changes]
    return [one for one in preview.problems.new if not any(clause.tells(one) for clause in clauses)]


def notes(preview: Preview) -> Iterator[str]:
    """What has to be known of how far all this goes."""
    if has_errors(preview.before.problems):
        yield "改正前のデータにも誤りがあるため、比べきれないところがあります。"
    if preview.broken:
        yield f"誤りのあるファイルは、変わっていないものとして見ました: {'、'.join(preview.broken)}"
    if preview.looks:
        yield f"見た目だけを決めるひな形も変わります（見た目は比べていません）: {'、'.join(preview.looks)}"
    if preview.after.public:
        yield "公開用です。個人情報だけの変更と、人のことだけを載せる文書は数えていません。"
