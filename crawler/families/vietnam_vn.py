"""vietnam.vn, the aggregator: an organisation's name twice and a day stand for a byline."""

from __future__ import annotations

import re

from crawler.families.family import Family

VIETNAM_VN = Family(
    key="vietnam_vn",
    signs=("meta[property='og:site_name'][content*='Vietnam.vn' i]",),
    words=(
        re.compile(r"vietnam\.vn\s*[-–]\s*nền tảng quảng bá việt nam"),
        re.compile(r"powered by techcity"),
        re.compile(r"source link\b"),
        re.compile(r"cùng (?:chủ đề|tác giả)"),
    ),
    address=re.compile(r"//(?:www\.)?vietnam\.vn/"),
    meta_line=re.compile(
        r"^(?!Vietnam\.vn)(?P<origin>[^\W\d_].{2,100}?)\s+(?:(?P=origin)\s*)(?:[•·|,-]?\s*\d{1,2}/\d{1,2}/\d{4}|$)"
    ),
)
