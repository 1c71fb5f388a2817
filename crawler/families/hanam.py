"""Báo Hà Nam's .aspx CMS: section, time, day and author stand on one line."""

from __future__ import annotations

import re

from crawler.families.family import Family

HANAM = Family(
    key="hanam",
    hints=("form[action*='.aspx' i], form#aspnetForm, input#__VIEWSTATE",),
    links=(re.compile(r"/data/(?:images|0)/"), re.compile(r"/amp\.aspx")),
    words=(
        re.compile(r"báo hà nam điện tử"),
        re.compile(r":\d{2}\s+\d{2}/\d{2}/\d{4}\s+[^\W\d_]"),
    ),
    meta_line=re.compile(
        r"^[^\W\d_][^\d:]{1,60}?\s\d{1,2}:\d{2}\s+\d{1,2}/\d{1,2}/\d{4}\s+(?P<author>[^\W\d_].{1,50})$"
    ),
)
