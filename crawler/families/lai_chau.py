"""Báo Lai Châu: the clock in its header has the form of an article's date."""

from __future__ import annotations

from crawler.families.family import Family

LAI_CHAU = Family(
    key="lai_chau",
    signs=("#post-content .post-detail", "a.blc-post__link"),
    hints=(".post-detail .post-info", ".post-info .sapo"),
    title=(".post-info .title", ".post-detail .title", ".post-detail h1"),
    sapo=(".post-info .sapo", ".post-detail .sapo"),
    date=(".post-info .date", ".post-info .time", ".post-detail .date"),
    author=(".post-detail .author",),
    category=(".post-detail .category a", ".breadcrumb a"),
    body=(".post-info .body", ".post-detail .body"),
    drop=(".sapo, .post-info .title",),
)
