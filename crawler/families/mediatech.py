"""F3, Mediatech: Quảng Ninh, Hưng Yên, Cao Bằng, Lạng Sơn, Tây Ninh since 2026."""

from __future__ import annotations

from crawler.families.family import Family

MEDIATECH = Family(
    key="mediatech",
    hints=(
        "#content-detail",
        "#article-id, #cate-url, #article-title",
        "h1.name",
        "div.title-time",
    ),
    title=("h1.name", "#article-title"),
    sapo=("#content-detail .sapo", "p.sapo, div.sapo", "#content-detail > h2"),
    date=("div.date.font5", ".content-article div.date", "div.date"),
    author=(".pseudonym",),
    category=(".breadcrumbs ol.breadcrumb li a", ".breadcrumb li a"),
    body=("#content-detail", ".content-article"),
    drop=(
        ".sapo, .pseudonym, .relates, .topics, .social, .print_page, .block-news-list",
        "ins.ads-zone-group, h1.name, div.date, .page-info",
    ),
)
