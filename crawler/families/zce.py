"""F1, zce/cms: Gia Lai, Lào Cai, Hà Tĩnh, Sài Gòn Giải Phóng."""

from __future__ import annotations

from crawler.families.family import Family

ZCE = Family(
    key="zce",
    signs=(".zce-content-body", ".cms-body", "h1.cms-title", "meta.cms-date"),
    hints=(
        ".article__body",
        ".article__title",
        ".article__sapo",
        ".cms-desc",
        "div[data-field=body]",
    ),
    title=("h1.article__title", "h1.cms-title", ".article__title", ".article__header h1"),
    sapo=(".article__sapo", ".cms-desc"),
    date=(".article__meta time", "time.time[datetime]", ".article__meta", "time[datetime]"),
    author=("a.cms-author", ".article__author", "p.author", ".cms-author"),
    origin=(".article__source",),
    category=("li.main-cate a", ".breadcrumbs a, .breadcrumb a"),
    body=(
        "div[data-field=body]",
        ".article__body.zce-content-body.cms-body",
        ".article__body.cms-body",
        ".zce-content-body",
        ".article__body",
        ".cms-body",
    ),
    drop=(
        ".ads_middle, .sda_middle, [id^=adsWeb_], .related-news, .article-relate",
        "a.cms-relate, .article__tag, .article__sapo, .article__title, .article__meta",
        "[class*=notebox] .title, .article__author, p.author",
    ),
    # Behind a short photo or video piece stand leads of unrelated news as full paragraphs.
    short_body=True,
)
