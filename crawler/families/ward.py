"""Portals of wards and districts: no heading markup, counters above and lists below the text."""

from __future__ import annotations

import re

from crawler.families.family import Family

WARD = Family(
    key="ward",
    hints=("fieldset.xemtintheongay", "form[id*=formtim]", "#NewsViewForm"),
    words=(
        re.compile(r"ngày cập nhật\s*:?\s*\d{1,2}/\d{1,2}/\d{4}"),
        re.compile(r"xem tin theo ngày"),
        re.compile(r"truy c[ậâ]p (?:tổng|hiện tại)"),
    ),
    titled_above_date=True,
)
