"""The last look at a site: what is personal is found in every kind of file and is not said."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.intake.masking import Masks, masks
from generator.intake.personal import Content, Found
from generator.intake.redaction import Redaction
from generator.outputs.cache import Cache
from generator.outputs.leaks import Leak, Leaked, leaks, refuse

SITE = {
    "index.html": "<p>公開の見本</p>",
    "a/b.html": "<p>担当 見本<b>太郎</b></p>",
    "search/index.js": 'x = ["070\\u002d1234-5678"]',
    "calendars/all.ics": "SUMMARY:taro@exam\r\n ple.jp\r\n",
    "deliverables/sato-taro.pdf": "",
}
NAME, PHONE, MAIL = "体制　人　氏名", "体制　人　電話", "体制　人　電子メール"


def _masks() -> Masks:
    found = [Found(NAME, "見本 太郎", name=True), Found(PHONE, "070-1234-5678", contact=True)]
    found.append(Found(MAIL, "taro@example.jp", contact=True))
    return masks([Content(personal=found)], {"sato-taro": "person-1"})


def _site(place: Path) -> Path:
    for path, text in SITE.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_text(text, encoding="utf-8", newline="")
    return place


def test_each_value_is_found_with_its_field(tmp_path: Path) -> None:
    """File and field are told: of pages, scripts, feeds, and of names of files."""
    assert leaks(_site(tmp_path), _masks()) == [
        Leak("a/b.html", NAME),
        Leak("calendars/all.ics", MAIL),
        Leak("deliverables/sato-taro.pdf", "体制　人　記号"),
        Leak("search/index.js", PHONE),
    ]


def test_a_family_name_is_no_leak(tmp_path: Path) -> None:
    """What may mean something else is masked in data, and not looked for in what programs and templates say."""
    (tmp_path / "index.html").write_text("見本さんと root と admin", encoding="utf-8")
    found = [Found(NAME, "見本 太郎", name=True), Found("x", "takeshi", name=True)]
    assert leaks(tmp_path, masks([Content(personal=found)], {"search": "person-1"})) == []


def test_what_was_clean_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second look reads what is new, and what was not clean."""
    site, cache = _site(tmp_path / "site"), Cache.of(tmp_path, "leaks")
    first = leaks(site, _masks(), cache)
    read: list[str] = []
    from generator.outputs import filewords

    kept = filewords.words
    monkeypatch.setattr(
        filewords, "words", lambda content, ending="", depth=0: read.append(ending) or kept(content, ending)
    )
    assert leaks(site, _masks(), cache) == first
    assert sorted(read) == [".html", ".ics", ".js"]
    other = masks([Content(personal=[Found(NAME, "例示 花子", name=True)])], {})
    assert leaks(site, other, cache) == []
    assert len(read) == 3 + len(SITE)


def test_a_leak_is_a_problem_that_does_not_say_it(tmp_path: Path) -> None:
    """The site is refused with a problem for each file and field, in which the value does not stand."""
    site, cache = _site(tmp_path / "site"), Cache.of(tmp_path, "leaks")
    with pytest.raises(Leaked) as refused:
        refuse(site, Redaction(_masks(), {}), cache)
    problems = refused.value.problems
    assert next((one.source.path, one.code, one.severity) for one in problems) == ("a/b.html", "PUB001", "error")
    assert not [one for one in problems if "太郎" in one.message or "070" in one.message]
    refuse(site, None, cache)
    refuse(site, Redaction(masks([], {}), {}), cache)
