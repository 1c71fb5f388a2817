"""NukeViet, the Vietnamese CMS of many communes, schools and party portals."""

from __future__ import annotations

import re

from crawler.families.family import Family

NUKEVIET = Family(
    key="nukeviet",
    signs=("meta[name=generator i][content*=NukeViet i]", "#news-bodyhtml"),
    hints=(
        ".news_column",
        ".bodytext",
        "#hometext, .hometext",
        "#news_detail, #idcomment",
    ),
    links=(re.compile(r"/js/language/vi|/nv_\w+\.js"), re.compile(r"[?&]nv=news")),
    address=re.compile(r"[?&]nv=\w+&op=|/[\w-]+/[\w-]+-\d+\.html$"),
    title=(".news_column h1", "#news_detail h1", "h1.title"),
    sapo=("#hometext, .hometext",),
    date=(".news_column .time", "#news_detail .time", ".news_column .h5"),
    author=(".news_column .author", ".bodytext + .text-right", ".news_column p.text-right"),
    origin=("#news_detail p[style*=right]", ".news_column .source", ".news_column p.text-right"),
    category=(".breadcrumbs a, .breadcrumb a",),
    body=("#news-bodyhtml", ".news_column .bodytext", ".bodytext"),
    drop=("#hometext, .hometext, .keywords, #idcomment, .others, .related, .copyright, h1",),
)
