"""Pages of no known CMS: selectors that portals and single papers share."""

from __future__ import annotations

from crawler.families.family import Family

GENERAL = Family(
    key="general",
    is_general=True,
    title=("h1[itemprop=headline]", "h1.detail-title", "h1.title-detail", "h1.header-title"),
    sapo=(
        ".detail-sapo, .article-brief, .common-brief, .news_detail_sapo, .article-sapo",
        ".sapo, .summary, .chapeau, p.alead, .news-sapo, .detail-summary, .intro-text, p.desc",
        "h2.desc, .article-desc, .lead-text, .post-excerpt",
    ),
    date=(
        ".post-date, .tandan-span-date-publish, span#date, .publish-date, .detail-time",
        ".news-detail__head, .article-date, .post-meta time, .date-publish",
    ),
    author=(
        "[itemprop=author] [itemprop=name], .detail-author, .article-author, .post-author",
        ".author-name, p.author, .author",
    ),
    body=(
        "[itemprop=articleBody]",
        ".detail-content[data-role=content], div.detail-content, .article-content, .common-content",
        ".news-details__content, #editor-detail, div.fulltext, .editor-content, #content_detail",
        ".post-detail .body, .content-detail, #content-detail, .journal-content-article",
        ".asset-full-content, .ArticleContent, .article-body, .entry-content, .post-content",
        ".news-content, .news_content, .newscontent, .contentView, .singlepage, .body-content",
        # Of papers of 2019 to 2021, for archives and redirects.
        ".content-about-baiviet, .fr-view.info, .post.clearfix, #info_g, #newscontents",
    ),
    category=(".breadcrumb a, .breadcrumbs a, .box-breadcrumb h2",),
    drop=(".audio-article, .select-accent-wrap, .same, .news-related__list",),
)
