"""Báo và Phát thanh, Truyền hình Bắc Ninh: addresses end in ``-postid<id>.bbg``."""

from __future__ import annotations

import re

from crawler.families.family import Family

BAC_NINH = Family(
    key="bac_ninh",
    signs=(".news-details__content.link_content", ".news_detail_sapo"),
    hints=(".news-detail__head", ".news-details__content", ".news-related__list", "a.font-tin-doc"),
    address=re.compile(r"-postid\d+\.bbg"),
    title=(".news-detail__head h1", "h1.news-detail__title", ".news-detail h1"),
    sapo=("div.news_detail_sapo p", "div.news_detail_sapo"),
    date=(".news-detail__head",),
    author=(".news-details__author", ".news-detail__author"),
    category=("a.post-meta",),
    body=(".news-details__content.link_content", ".news-details__content"),
    drop=(".news-related__list, .news_detail_sapo, .news-detail__head",),
)
