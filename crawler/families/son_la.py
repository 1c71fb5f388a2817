"""Báo Sơn La: an editor's node, with a reading voice and an accent chooser within it."""

from __future__ import annotations

from crawler.families.family import Family

SON_LA = Family(
    key="son_la",
    signs=("#editor-detail",),
    hints=("div.fulltext", ".select-accent-wrap", ".audio-article", "a.cms-link", "ul.breadcrumb"),
    title=("h1.title-detail", "h1.post-title", "h1"),
    sapo=("div.fulltext > p.font-bold", "#editor-detail > p.font-bold"),
    date=(".post-date", ".date-time", "time[datetime]"),
    author=(".fulltext p.text-end", "#editor-detail p.text-end"),
    category=("ul.breadcrumb a.active",),
    body=("#editor-detail", "div.fulltext"),
    # Right-aligned lines are the author's name and the day.
    drop=(".audio-article, .select-accent-wrap, .text-end",),
)
