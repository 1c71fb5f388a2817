"""SharePoint publishing pages: fields PostDate, ArticleSummary and ArticleContent."""

from __future__ import annotations

import re

from crawler.families.family import Family

SHAREPOINT = Family(
    key="sharepoint",
    signs=("meta[name=GENERATOR i][content*=SharePoint i]", ".ms-rtestate-field", "#s4-workspace"),
    hints=(
        ".ArticleContent, .articlecontent, .ms-webpart-zone, .ms-WPBody",
        "[id*=PlaceHolderMain]",
    ),
    links=(re.compile(r"/_layouts/"), re.compile(r"/siteassets/")),
    address=re.compile(r"/(?:Pages|Trang|SitePages)/[^/]+\.aspx", re.IGNORECASE),
    title=(
        ".ArticleTitle, .articletitle, .title-detail",
        "h1.title, [id*=PlaceHolderMain] h1, #DeltaPlaceHolderMain h1",
    ),
    sapo=(".ArticleSummary, .articlesummary, .ArticleByLine + .summary, .news-sapo",),
    date=(".PostDate, .postdate, .ArticleDate, .date-post", ".ArticleStartDate"),
    author=(".ArticleAuthor, .articleauthor, .ArticleByLine",),
    origin=(".ArticleSource, .articlesource",),
    category=(".breadcrumb a, .ms-sitemapdirectional",),
    body=(
        ".ArticleContent, .articlecontent",
        "[id*=PlaceHolderMain] .ms-rtestate-field",
        ".ms-rtestate-field",
    ),
    drop=(
        ".ArticleSummary, .articlesummary, .ArticleTitle, .articletitle, .PostDate, .postdate",
        ".ArticleAuthor, .ArticleByLine, .ArticleSource, .ms-hidden, .ms-rtePosition-hidden",
    ),
)
