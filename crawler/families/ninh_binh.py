"""Báo Ninh Bình (baoninhbinh.org.vn): addresses end in ``-<15 digits>.html``."""

from __future__ import annotations

import re

from crawler.families.family import Family

NINH_BINH = Family(
    key="ninh_binh",
    hints=("h1.header-title", "span#date", "#content_detail", ".content-detail .font-bold"),
    address=re.compile(r"-\d{15}\.html"),
    title=("h1.header-title",),
    # The lead is a bold paragraph within the text.
    sapo=(
        "#content_detail > .font-bold",
        ".content-detail > .font-bold",
        ".content-detail .font-bold",
    ),
    date=("span#date",),
    author=(".content-detail .author", ".author-name"),
    category=(".breadcrumb a, .header-category a",),
    body=("#content_detail", ".content-detail"),
    drop=("h1.header-title, span#date, .content-author",),
)
