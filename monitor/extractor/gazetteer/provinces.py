"""Vietnam's provinces: the 34 since 1 July 2025, the 63 before, and how people write them.

Source: Resolution 202/2025/QH15 of the National Assembly (mergers of 1 July 2025) and
Resolution 175/2024/QH15 (thành phố Huế, 1 January 2025).
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from monitor.extractor.text import without_marks

if TYPE_CHECKING:
    from collections.abc import Mapping

MERGED_ON = date(2025, 7, 1)
"""The day the 63 became 34."""
HUE_RENAMED_ON = date(2025, 1, 1)
"""The day Thừa Thiên Huế became the city of Huế."""

_FORMED_FROM: Mapping[str, tuple[str, ...]] = {
    "Hà Nội": (),
    "Cao Bằng": (),
    "Tuyên Quang": ("Tuyên Quang", "Hà Giang"),
    "Điện Biên": (),
    "Lai Châu": (),
    "Sơn La": (),
    "Lào Cai": ("Lào Cai", "Yên Bái"),
    "Thái Nguyên": ("Thái Nguyên", "Bắc Kạn"),
    "Lạng Sơn": (),
    "Quảng Ninh": (),
    "Bắc Ninh": ("Bắc Ninh", "Bắc Giang"),
    "Phú Thọ": ("Phú Thọ", "Vĩnh Phúc", "Hòa Bình"),
    "Hải Phòng": ("Hải Phòng", "Hải Dương"),
    "Hưng Yên": ("Hưng Yên", "Thái Bình"),
    "Ninh Bình": ("Ninh Bình", "Hà Nam", "Nam Định"),
    "Thanh Hóa": (),
    "Nghệ An": (),
    "Hà Tĩnh": (),
    "Quảng Trị": ("Quảng Trị", "Quảng Bình"),
    "Huế": (),
    "Đà Nẵng": ("Đà Nẵng", "Quảng Nam"),
    "Quảng Ngãi": ("Quảng Ngãi", "Kon Tum"),
    "Gia Lai": ("Gia Lai", "Bình Định"),
    "Khánh Hòa": ("Khánh Hòa", "Ninh Thuận"),
    "Đắk Lắk": ("Đắk Lắk", "Phú Yên"),
    "Lâm Đồng": ("Lâm Đồng", "Đắk Nông", "Bình Thuận"),
    "Đồng Nai": ("Đồng Nai", "Bình Phước"),
    "TP. Hồ Chí Minh": ("TP. Hồ Chí Minh", "Bình Dương", "Bà Rịa - Vũng Tàu"),
    "Tây Ninh": ("Tây Ninh", "Long An"),
    "Đồng Tháp": ("Đồng Tháp", "Tiền Giang"),
    "Vĩnh Long": ("Vĩnh Long", "Bến Tre", "Trà Vinh"),
    "An Giang": ("An Giang", "Kiên Giang"),
    "Cần Thơ": ("Cần Thơ", "Sóc Trăng", "Hậu Giang"),
    "Cà Mau": ("Cà Mau", "Bạc Liêu"),
}

READING_ORDER = tuple(_FORMED_FROM)
"""Today's 34 from north to south, by the codes of the General Statistics Office."""

_TODAY: Mapping[str, str] = {
    "Thừa Thiên Huế": "Huế",
    **{old: today for today, formers in _FORMED_FROM.items() for old in (today, *formers)},
}

NAMES = tuple(_TODAY)
"""Every name a province has borne, old and new."""

_OTHER_SPELLINGS: Mapping[str, str] = {
    "HCM": "TP. Hồ Chí Minh",
    "Hồ Chí Minh": "TP. Hồ Chí Minh",
    "Sài Gòn": "TP. Hồ Chí Minh",
    "BRVT": "Bà Rịa - Vũng Tàu",
    "Vũng Tàu": "Bà Rịa - Vũng Tàu",
    "TT Huế": "Thừa Thiên Huế",
    "Đắc Lắc": "Đắk Lắk",
    "Đắc Nông": "Đắk Nông",
    "Bắc Cạn": "Bắc Kạn",
    "Công Tum": "Kon Tum",
}

_KIND = re.compile(r"(?:tinh|thanh pho|thu do|tp)(?![a-z])[\s.]*|tp(?=hcm|hochiminh)")
_NOT_LETTERS = re.compile(r"[^a-z]+")


def today(name: str) -> str | None:
    """Today's name of a province.

    Args:
        name: Any old, new or common name, with or without ``tỉnh`` or ``TP``, marks or not.

    Returns:
        One of ``READING_ORDER``; None where the name is no province's.
    """
    known = canonical(name)
    return _TODAY[known] if known else None


def then(name: str, day: date) -> str | None:
    """The name on a given day of the province that bears or bore a name.

    A name of today that named a smaller province before the mergers is taken for that one:
    ``Ninh Bình`` in 2022 is Ninh Bình, though Hà Nam is part of it now.

    Args:
        name: As for ``today``.
        day: The day, in Vietnam.
    """
    known = canonical(name)
    if known in {"Huế", "Thừa Thiên Huế"}:
        return "Huế" if day >= HUE_RENAMED_ON else "Thừa Thiên Huế"
    if known is None or day < MERGED_ON:
        return known
    return _TODAY[known]


def canonical(name: str) -> str | None:
    """The usual spelling of a province's name, old or new; None where it is no province's."""
    return _BY_KEY.get(_key(name))


def _key(name: str) -> str:
    return _NOT_LETTERS.sub("", _KIND.sub("", without_marks(name).strip(), count=1))


_BY_KEY: Mapping[str, str] = {
    **{_key(spelling): name for spelling, name in _OTHER_SPELLINGS.items()},
    **{_key(name): name for name in NAMES},
}
