"""What `nohin verify` found, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from generator.outputs import jsontext
from generator.outputs.verification import RESULTS, Finding


def to_text(findings: Sequence[Finding]) -> str:
    """A paragraph for each PDF, and a line that counts them where there are several."""
    lines = [line for finding in findings for line in _told(finding)]
    if len(findings) > 1:
        counts = {title: sum(finding.result == name for finding in findings) for name, title in RESULTS.items()}
        lines.append(f"{len(findings)} 件: " + "、".join(f"{title} {n}" for title, n in counts.items() if n))
    return "".join(f"{line}\n" for line in lines)


def _told(finding: Finding) -> Iterator[str]:
    yield f"{RESULTS[finding.result]}　{finding.name}"
    one = finding.recorded
    if one is not None and finding.file is not None:
        made = one.submission
        day = made.due or made.period
        for_what = (str(day) if day else None, made.event, f"提出 {made.date.isoformat()}")
        of = " ".join(filter(None, (f"{one.contract} No.{made.deliverable}", finding.file.document, *for_what)))
        yield f"    {of}" + (f"（{made.by}）" if made.by else "")
        yield f"    コミット {(one.first.commit or '記録なし')[:12]}" + (f"（タグ {one.tag}）" if one.tag else "")
    if finding.result == "same":
        yield "    コミットから作り直したものと、1 バイトも違いません"
    for difference in finding.differences:
        yield f"    {difference.what}"
        yield f"      あるべき: {difference.expected or '―'}"
        yield f"      実際: {difference.found}"
    yield from (f"    {note}" for note in finding.notes)


def to_json(findings: Sequence[Finding]) -> str:
    """A list of what was found of each PDF."""
    return jsontext.to_json(map(_as_data, findings))


def _as_data(finding: Finding) -> dict[str, Any]:
    """One finding."""
    one = finding.recorded
    return {
        "name": finding.name,
        "sha256": finding.sha256,
        "result": finding.result,
        "submission": None
        if one is None
        else {
            "contract": one.contract,
            "deliverable": one.submission.deliverable,
            "due": one.submission.due,
            "period": one.submission.period,
            "event": one.submission.event,
            "date": one.submission.date,
            "commit": one.first.commit,
            "tag": one.tag,
        },
        "document": finding.file.document if finding.file else None,
        "differences": [{"what": d.what, "expected": d.expected, "found": d.found} for d in finding.differences],
        "notes": list(finding.notes),
    }
