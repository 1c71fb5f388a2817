"""F5, content-fck: Cần Thơ, An Giang, Đồng Tháp, Cà Mau and many older sites."""

from __future__ import annotations

from crawler.families.family import Family

CONTENT_FCK = Family(
    key="content_fck",
    signs=(".content-fck", "[class*=content-fck]", "#newscontents", "input#txtnewscate"),
    hints=("#contentNews", ".singular-content", "span.pubdate", "h4.sapo", "section.post-content"),
    # The first h1 of the page is its breadcrumb.
    title=("h1.margintopbot10.fw700", "h1.fw700", "h1.title", "h1:not(.titlecate h1)"),
    sapo=(".detail-desc p", ".detail-desc", "h4.sapo", "p.sapo, div.sapo"),
    date=("span.pubdate", ".pubdate"),
    author=("p.author.ignore", "p.author"),
    category=("div.breadcrumb-news-detail a", "h2.catename-h1 a", "div.titlecate h1"),
    body=(
        "#newscontents .content-fck",
        ".content-fck",
        "[class*=content-fck]",
        "section.post-content",
        "#contentNews .singular-content",
        ".singular-content",
        "#newscontents",
        "#contentNews",
    ),
    drop=(
        ".detail-related, .sharemxh, .detail-fb-like-share, .news-relate, .box-relate",
        ".detail-desc, h4.sapo, h1, .pubdate, p.author, .titlecate, .breadcrumb-news-detail",
    ),
    dateline_lead=True,
)
