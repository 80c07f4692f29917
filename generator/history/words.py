"""Japanese text in the pieces a reader takes in at once: whole words, figures with their units, dates.

No dictionary: a word is a run of one script, a verb is read with its ending, a particle stands alone.
"""

from __future__ import annotations

import re

_DIGIT = "[0-9０-９]"
_NUMBER = rf"{_DIGIT}+(?:[.,．，・/:：]{_DIGIT}+)*"
_HAN = "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〆〇ヶ]"
_KANJI = f"(?:{_HAN}[\ufe00-\ufe0f\U000e0100-\U000e01ef]?)"
_KANA = "[ぁ-ゖゝゞー\u3099\u309a]"
_LETTER = "[A-Za-zＡ-Ｚａ-ｚ]"

_UNITS = (
    "年度 年間 年生 年 "
    "か月間 箇月間 ヶ月間 カ月間 ヵ月間 か月分 箇月分 ヶ月分 人月分 月分 か月 箇月 ヶ月 カ月 ヵ月 人月 月 "
    "週間 週 営業日 開庁日 日間 日分 日目 日 時間 時 分間 分 秒間 秒 四半期 期 "
    "か所 箇所 ヶ所 カ所 世代 回線 回 件 個 人 名 部 枚 台 本 冊 通 組 式 園 校 室 棟 階 条 項 号 章 節 版 次 点 "
    "丁目 番地 番 ページ 頁 行 字 文字 桁 歳 割 倍 円 千円 万円 億円 "
    "％ % ℃ KB MB GB TB ＫＢ ＭＢ ＧＢ ＴＢ kg km cm mm m W V A Mbps Gbps bit"
)
"""What is counted: read with its figure."""

_UNIT = "(?:" + "|".join(sorted(map(re.escape, _UNITS.split()), key=len, reverse=True)) + ")(?![a-z])"
_REACH = "[以未前後超当毎相平及並又若]"
"""What may follow a unit without being part of it: 以内, 未満, 前 ..."""

_COUNTED = rf"(?:[ 　]?{_UNIT}(?:(?!{_HAN})|(?={_REACH}))|{_KANJI}{{1,3}}(?!{_HAN})|{_UNIT})"
_WEEKDAY = r"(?:\s*[（(][月火水木金土日](?:曜日?)?[)）])?"
_YEAR = (
    rf"(?:(?:明治|大正|昭和|平成|令和)\s*(?:元|{_DIGIT}+)|[MTSHRＭＴＳＨＲ]{_DIGIT}{{1,2}}|{_DIGIT}{{4}})\s*年(?!間)"
)
_DAY = (
    rf"{_YEAR}(?:度分?|分|\s*{_DIGIT}+\s*月(?:分|\s*{_DIGIT}+\s*日{_WEEKDAY})?)?"
    rf"|{_DIGIT}+\s*月\s*{_DIGIT}+\s*日{_WEEKDAY}|{_DIGIT}{{4}}([-/.])[0-9]{{1,2}}\1[0-9]{{1,2}}"
)
_CLOCK = rf"(?:午前|午後)?{_DIGIT}{{1,2}}\s*時(?!間)(?:\s*{_DIGIT}{{1,2}}\s*分|半)?|{_DIGIT}+\s*時間\s*{_DIGIT}+\s*分"
_ARTICLE = (
    rf"第?{_DIGIT}+(?:[-－‐]{_DIGIT}+)+|第{_NUMBER}{_COUNTED}?(?:の{_DIGIT}+)*|{_DIGIT}+条(?:の{_DIGIT}+)*"
    "|第[一二三四五六七八九十百千]+(?:条|項|号|章|節|版|回|期|四半期)(?:の[一二三四五六七八九十]+)*"
    rf"|{_DIGIT}+(?:[（(]{_DIGIT}+[)）])+[①-⑳]?|[(（]{_DIGIT}{{1,3}}[)）][①-⑳]?|[①-⑳]"
)
_EVERY = "毎(?:四半期|年度|半期|年|月|週|日|回|時)"
_ADDRESS = r"https?://[!-~]+"

_JOINED = "及び|並びに|又は|若しくは|且つ|および|ならびに|または|もしくは"
"""Words that join others: never part of either."""

_PHRASES = (
    "については について において における に関する に対する によって により による として とする とともに "
    "から まで より など のみ だけ ごと ほか ものとする こととする ことができる ことができない こと もの とき ところ ため"
)
_AFTER = rf"(?<=[{_HAN[1:-1]}ァ-ヺーA-Za-zＡ-Ｚａ-ｚ0-9０-９)）」』\]］])"
_PARTICLE = "|".join(_PHRASES.split()) + f"|を|{_AFTER}(?:[はがのにとへも]|や(?![かす])|で(?![きあす]))"
_STOP = "[をはがのへも]|[にと](?!り)|こと|ため|まで|から|など"
"""Where the ending of a verb is over."""

_NOUN = rf"(?:(?!{_JOINED}|{_EVERY}|午[前後][0-9０-９]){_KANJI})+"
_ENDING = rf"(?!{_STOP}|で|より|だけ|ほか|ごと|や(?![かす])){_KANA}(?:(?!{_STOP}){_KANA})*"
_VERB = rf"(?<!{_HAN})(?!{_JOINED}){_KANJI}{_ENDING}"
_ENDED = rf"{_NOUN}(?!する|し|すべ|され|させ|せず|せよ){_ENDING}"

_WORD = re.compile(
    "|".join(
        (
            _ADDRESS,
            _DAY,
            _CLOCK,
            _ARTICLE,
            rf"[約各満]?{_NUMBER}{_COUNTED}?",
            rf"{_LETTER}+(?:[._@'’＠．-]?[A-Za-zＡ-Ｚａ-ｚ0-9０-９]+)*",
            _JOINED,
            _EVERY,
            _VERB,
            _ENDED,
            _NOUN,
            _PARTICLE,
            rf"(?:(?!を|もの|こと|ところ|とき(?!ど)|ため(?!る)){_KANA})+",
            "[ァ-ヺヽヾー・\u3099\u309aｦ-ﾟ]+",
            r"\s+",
            ".",
        )
    ),
    re.DOTALL,
)


def words(text: str) -> list[str]:
    """The text in the pieces that are compared; joined, they are the text."""
    return [match.group() for match in _WORD.finditer(text)]


def sentences(text: str) -> list[str]:
    """The text by sentence or line, each with what ends it; joined, they are the text."""
    return re.findall(r"[^。\n]*(?:。[」』）)]*\n?|\n)|[^。\n]+\Z", text)
