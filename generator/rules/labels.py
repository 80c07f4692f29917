"""Japanese words for the values of a due item; the same words as the labels of the schemas."""

from __future__ import annotations

SCOPES = {"delta": "差分", "full": "全量"}
MEDIA = {"data": "データ", "paper": "紙", "oral": "口頭"}
ORAL = "oral"
"""The medium of what is told and not written: no document is made for it."""

OBLIGORS = {"vendor": "受注者", "authority": "発注者"}
