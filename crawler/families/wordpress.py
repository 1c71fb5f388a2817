"""WordPress, with the class names that its themes share."""

from __future__ import annotations

import re

from crawler.families.family import Family

WORDPRESS = Family(
    key="wordpress",
    signs=("meta[name=generator i][content^=WordPress i]",),
    hints=(
        ".entry-content, .post-content, .td-post-content",
        "body.single-post, article.post, article.type-post",
    ),
    links=(re.compile(r"/wp-content/"), re.compile(r"/wp-json/")),
    title=("h1.entry-title", "h1.post-title", ".td-post-title h1", ".entry-title"),
    sapo=(".entry-summary", ".post-excerpt", ".td-post-sub-title", ".entry-content > p.lead"),
    date=(
        "time.entry-date.published",
        "time.entry-date",
        ".entry-date",
        ".posted-on time",
        ".post-date",
    ),
    author=(
        ".author.vcard .fn, .vcard .fn, .author.vcard, .entry-author-name",
        ".td-post-author-name a",
    ),
    category=(".cat-links a", ".td-category a", ".entry-categories a"),
    body=(".entry-content", ".td-post-content", ".post-content"),
    drop=(
        ".sharedaddy, .jp-relatedposts, .post-tags, .tags-links, .wp-block-buttons",
        ".td-post-sharing, .addtoany_share_save_container, .yarpp-related",
        ".entry-meta, .entry-footer, .post-navigation",
        ".wp-caption-text, .td_block_related_posts, .td-a-rec, .kk-star-ratings, #toc_container",
    ),
)
