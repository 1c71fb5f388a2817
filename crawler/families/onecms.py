"""F2, ONECMS (NEKO): Nghệ An, Hải Phòng, Đà Nẵng, Hànộimới."""

from __future__ import annotations

from crawler.families.family import Family

ONECMS = Family(
    key="onecms",
    signs=("[class*=onecms__]", ".c-news-detail", ".sc-longform-header", ".c-detail-head__title"),
    hints=(
        ".b-maincontent",
        ".block-sc-title",
        ".c-detail-head",
        "article.entry",
        ".c-news-related",
    ),
    title=("h1.sc-longform-header-title", "h1.block-sc-title", "h1.c-detail-head__title"),
    sapo=(".sc-longform-header-sapo", ".block-sc-sapo", ".c-news-detail h2.desc", "h2.desc"),
    date=(".block-sc-publish-time", ".sc-longform-header-date", ".c-detail-head__time"),
    author=(".block-sc-author", ".sc-longform-header-author", ".c-detail-head__author"),
    origin=(".c-author-page",),
    category=("nav ol.breadcrumb li.breadcrumb-item a", ".block-sc-cate-name"),
    body=(
        ".b-maincontent [itemprop=articleBody] article.entry",
        "[itemprop=articleBody] article.entry",
        "article.entry",
        ".c-news-detail div.entry",
        ".b-maincontent [itemprop=articleBody]",
        "div.entry",
        ".b-maincontent",
    ),
    # The header block stands inside the entry.
    drop=(
        ".sc-longform-header, .sc-longform-header-meta, .sc-empty-layer, .block-sc-title",
        ".block-sc-sapo, .block-sc-author, .block-sc-publish-time, .block-sc-cate-name",
        ".c-box, .c-sticky-share, .c-sticky-mobile, .c-powered, .c-news-related, .c-tag",
        ".c-widget-tags, .onecms__tags, #detail-news-other, [class*=onecms_related]",
        ".c-author-page, [data-action*=getrelatedarticles], .c-detail-head, h2.desc",
    ),
)
