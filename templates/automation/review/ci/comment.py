"""変更の要約 as a comment that does no harm.

The summary comes from a run that anybody can change who opens a pull request, so whatever stands in it is taken for a
stranger's words: no mention, reference, link, picture or HTML of theirs takes effect, and its size has a limit.

Usage: python3 .ci/comment.py SUMMARY WHERE > BODY     WHERE says in a line where the whole summary can be read
"""

import os
import re
import sys

MARKER = "<!-- nohin preview -->"
"""The first line of a summary and of the body: by it the comment is found again and renewed."""

BYTES, CHARACTERS = 4_000_000, 60_000
"""What is read of a summary, and what is shown of it: hosts take 65,536 characters."""

BREAK, WRITTEN = "\u200b", "&#8203;"
"""Put between two characters that would mean something side by side; nothing is seen of it."""

ALLOWED = ("details", "details open", "summary", "ins", "del", "br")
"""HTML that a summary of ours uses; without attributes it does no harm."""

_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
_TAG = re.compile(rf"<(?!/?(?:{'|'.join(ALLOWED)})>)")
_ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot|#124);)")
_PAIRS = (
    (r"@", r""),  # mentions
    (r"[#!$%~]|&amp;", r"(?=\d)"),  # references to issues, merge requests and other things of the host
    (r"\bGH-", r"(?=\d)"),
    (r"\]", r"(?=[(\[:])"),  # links, pictures, definitions of links
    (r":", r"(?=//)"),  # bare addresses
    (r"\bwww", r"(?=\.)"),
    (r"^[ \t]*", r"(?=/\w)"),  # GitLab takes a line that begins so for an order
)
"""What stands on both sides of a break."""


def harmless(text: str) -> str:
    """The same to read, without effect."""
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n")).replace(WRITTEN, BREAK)
    text = _TAG.sub("&lt;", _ENTITY.sub("&amp;", text))
    for before, after in _PAIRS:
        text = re.sub(f"({before}){after}", rf"\1{BREAK}", text, flags=re.IGNORECASE | re.MULTILINE)
    return text


def shortened(text: str, where: str) -> str:
    """As much as may be shown, to the end of a line, with what was opened closed again."""
    if len(text) <= CHARACTERS:
        return text
    kept = text[:CHARACTERS].rpartition("\n")[0]
    if kept.count("\n```") % 2:
        kept += "\n```"
    kept += "\n</details>" * max(0, kept.count("<details") - kept.count("</details>"))
    return f"{kept}\n\n（長いので、ここまでを載せました。全文: {where}）\n"


def read(path: str) -> bytes:
    """The summary, or as much of it as shows that it is too large; OSError where it is a link: it could lead to a key."""
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
        return file.read(BYTES + 1)


def body(summary: bytes, where: str) -> str:
    """What is written into the pull request; ValueError where the summary is too large, or no text."""
    if len(summary) > BYTES:
        raise ValueError(f"要約が {BYTES} バイトを超えています")
    text = shortened(harmless(summary.decode().removeprefix(MARKER)), where).strip()
    return f"{MARKER}\n{text}\n\n<sub>{NOTE}　{where}</sub>\n"


NOTE = "変更を出した側で作った要約です。中の宛名・番号・リンクは働かないようにしてあります。"


if __name__ == "__main__":
    path, where = sys.argv[1:]
    try:
        sys.stdout.write(body(read(path), where))
    except (OSError, ValueError) as error:
        sys.exit(f"要約を載せられません: {error}")
