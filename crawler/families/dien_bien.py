"""Báo Điện Biên Phủ: a page built by scripts, whose text comes with it all the same."""

from __future__ import annotations

import re

from crawler.families.family import Family

DIEN_BIEN = Family(
    key="dien_bien",
    signs=("#detail-news .editor-content",),
    hints=(".editor-content", "#detail-news"),
    address=re.compile(r"/tin-bai/[^/]+/[^/]+"),
    title=("#detail-news h1", "h1"),
    sapo=("#detail-news .sapo", "#detail-news .description"),
    date=("#detail-news time", "#detail-news .date"),
    author=("#detail-news .author",),
    category=("#detail-news a[href*='/tin-tuc/']",),
    body=(".editor-content",),
)
