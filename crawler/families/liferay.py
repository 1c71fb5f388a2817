"""Liferay portals (Gia Lai's and Quảng Ngãi's party committees, ministries)."""

from __future__ import annotations

import re

from crawler.families.family import Family

LIFERAY = Family(
    key="liferay",
    signs=(".journal-content-article", ".asset-full-content", "[class*=portlet-asset-publisher]"),
    hints=(
        ".asset-content, .asset-title, .header-title",
        "[class*=portlet-boundary], .portlet-layout, #p_p_id",
        ".aui, .yui3-skin-sam",
    ),
    links=(re.compile(r"/o/[\w-]+/|/combo/\?"),),
    address=re.compile(r"/-/(?:view-content/\d+|asset_publisher/)|/web/guest/"),
    title=(".asset-title, .header-title", ".asset-full-content h1, .journal-content-article h1"),
    sapo=(".asset-summary, .journal-content-article .sapo, .journal-content-article .summary",),
    date=(".metadata-publish-date, .asset-metadata .date, .publish-date", ".asset-metadata"),
    author=(".metadata-author, .asset-author, .journal-content-article .author",),
    origin=(".journal-content-article .source, .journal-content-article .nguon",),
    category=(".breadcrumb li a",),
    body=(
        ".asset-full-content .journal-content-article",
        ".journal-content-article .content, .journal-content-article .noi-dung",
        ".journal-content-article",
        ".asset-full-content .asset-content",
        ".asset-full-content",
    ),
    drop=(
        ".asset-title, .header-title, .asset-metadata, .asset-ratings, .asset-links",
        ".asset-summary",
        ".taglib-social-bookmarks, .taglib-ratings, .taglib-asset-links, .taglib-header, h1",
        ".publish-date, .metadata-author, .journal-content-article .source",
    ),
)
