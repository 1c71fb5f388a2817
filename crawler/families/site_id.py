"""F4, the "site_id" portal: Đắk Lắk, Thái Nguyên, Quảng Trị, Tuyên Quang, Vĩnh Long, Đồng Nai."""

from __future__ import annotations

import re

from crawler.families.family import Family

SITE_ID = Family(
    key="site_id",
    signs=("#page_info",),
    hints=(".td-post-content", "#content", ".content-detail", "h1.media-heading", "h1.head_title"),
    address=re.compile(r"/(?:19|20)\d{4}/[^/]+/?$"),
    title=(
        "div.detail-main-title h1",
        "h1.media-heading",
        "h1.head_title",
        "h1.title",
    ),
    sapo=("div.desc", ".sub_first_content strong", "p.reply"),
    date=("div.group-time time", "time.time", ".group-time", "div.date"),
    category=("a.maincatetitle", "div.breadcrumb a.title.fleft", ".breadcrumb a"),
    author=(".td-post-content + p[align=right]", "#content + p[align=right]", ".author"),
    body=(
        "#content .td-post-content",
        ".td-post-content",
        "div.article_content #content",
        "#content.content-detail",
        ".content-detail",
        "#content",
    ),
    drop=(
        ".td-post-sharing, .related-post, .box-tag, ul.social, div.bd02, div.date, .group-time",
        "h1, .detail-main-title, div.desc, .sub_first_content, p.reply, #loadmore, #page_info",
    ),
)
