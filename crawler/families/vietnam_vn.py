"""vietnam.vn, the aggregator: an organisation's name twice and a day stand for a byline."""

from __future__ import annotations

import re

from crawler.families.family import Family

VIETNAM_VN = Family(
    key="vietnam_vn",
    signs=("meta[property='og:site_name'][content*='Vietnam.vn' i]",),
    words=(
        re.compile(r"Vietnam\.vn\s*[-–]\s*Nền tảng quảng bá Việt Nam", re.IGNORECASE),
        re.compile(r"Powered by Techcity", re.IGNORECASE),
        re.compile(r"Source link\b", re.IGNORECASE),
        re.compile(r"Cùng (?:chủ đề|tác giả)", re.IGNORECASE),
    ),
    address=re.compile(r"//(?:www\.)?vietnam\.vn/"),
    meta_line=re.compile(
        r"^(?!Vietnam\.vn)(?P<origin>[^\W\d_].{2,100}?)\s+(?:(?P=origin)\s*)[•·|,-]?\s*\d{1,2}/\d{1,2}/\d{4}"
    ),
)
