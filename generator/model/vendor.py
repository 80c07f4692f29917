"""受注者 with its representative and certifications."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.model.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Certification(Record):
    """A certification of the vendor, such as ISMS, with its expiry."""

    name: str
    number: str | None = None
    start: dt.date | None = None
    expires: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Representative(Record):
    """Who signs for the vendor."""

    title: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor(Record):
    """受注者."""

    id: str
    name: str
    sample: bool = False
    postal_code: str | None = None
    address: str | None = None
    phone: str | None = None
    representative: Representative | None = None
    certifications: tuple[Certification, ...] = ()
