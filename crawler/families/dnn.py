"""DNN (DotNetNuke) portals: ids are those of ASP.NET controls within numbered modules."""

from __future__ import annotations

import re

from crawler.families.family import Family

DNN = Family(
    key="dnn",
    signs=("input#__dnnVariable", "[id^=dnn_ctr]", ".DnnModule"),
    hints=("form#Form",),
    links=(re.compile(r"/desktopmodules/"), re.compile(r"/portals/\d")),
    words=(re.compile(r"lượt xem\s*:\s*\d"),),
    address=re.compile(r"/newsid/|/tid/[^/]+|/Default\.aspx|/tabid/\d+", re.IGNORECASE),
    title=(
        ".edn_articleTitle",
        "[id*=_lblTitle], [id*=_lblTieuDe], [id*=_lbTitle]",
        "h1.title, h1.news-title, .titleNews, .news-title",
    ),
    sapo=(
        ".edn_articleSummary",
        "[id*=_lblSummary], [id*=_lblTrichYeu], [id*=_lblSapo], [id*=_lblDescription]",
        ".sapo, .news-summary, .summary",
    ),
    date=(
        ".tandan-span-date-publish",
        "[id*=_lblDate], [id*=_lblNgay], [id*=_lblPublish], [id*=_lblCreated]",
        ".edn_metaDetails time, .news-date, .ngaydang",
    ),
    author=("[id*=_lblAuthor], [id*=_lblTacGia]", ".edn_metaDetails .author"),
    origin=("[id*=_lblSource], [id*=_lblNguon]",),
    category=(".breadcrumb a",),
    body=(
        ".edn_articleContent",
        "[id*=_lblContent], [id*=_lblNoiDung], [id*=_ltrContent], [id*=_divContent]",
        "[id*=_lblDetail], [id*=_pnlContent]",
        ".news-content, .detail-content, .newsdetail-content",
    ),
    drop=(
        "[id*=_lblTitle], [id*=_lblTieuDe], [id*=_lblSummary], [id*=_lblTrichYeu], [id*=_lblDate]",
        "[id*=_lblAuthor], [id*=_lblTacGia], [id*=_lblSource], [id*=_lblNguon]",
        ".edn_socialbuttons, .edn_relatedArticles, .other-news",
    ),
)
