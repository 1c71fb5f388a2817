"""The pTitle CMS: Thanh Hóa, Phú Thọ."""

from __future__ import annotations

from crawler.families.family import Family

PTITLE = Family(
    key="ptitle",
    signs=("h1.pTitle", "p.pHead"),
    hints=("#dcontent", ".pBody", ".pAuthor"),
    title=("h1.pTitle", ".pTitle"),
    sapo=("p.pHead", ".pHead"),
    author=("p.pAuthor", ".pAuthor"),
    category=(".breadcrumb a",),
    body=("#dcontent", "p.pBody"),
    drop=(".pHead, .pTitle, .pAuthor, .pCaption",),
)
