"""Headlines that are another article's, and what print editions put in a headline's place."""

from __future__ import annotations

import pytest

from crawler.page.editions import names_edition
from crawler.page.tools import is_tool
from tests.crawler.layouts import HEADLINE, LEAD, NEWS, PARAGRAPHS, page, paragraphs, read

SITE = "Đảng ủy xã Mường Lạn"
BODY = "\n\n".join(PARAGRAPHS)
PORTLET = '<div class="portlet-boundary portlet-layout aui">'
SUMMARY = "{} nhận được sự quan tâm của đông đảo bà con các bản trong xã suốt cả tuần qua."
ARTICLE = (
    f'<div class="detail-tool">12/11/2025 08:30</div><h2 class="detail-title">{HEADLINE}</h2>'
    f'<div class="journal-content-article"><p><b>{LEAD}</b></p>{paragraphs()}</div>'
)


def cards(card: str, heading: str = "<h1 class=asset-title>Tin nổi bật</h1>") -> str:
    """A box of other articles, its elements named like the article's own."""
    shown = (card.format(title=one, text=SUMMARY.format(one), href=f"/-/{4300}") for one in NEWS)
    return f"<section>{heading}{''.join(shown)}</section>"


CARDS = {
    "the link in the heading": "<div><h3 class=asset-title><a href={href}>{title}</a></h3>"
    "<div><div class=asset-summary>{text}</div></div></div>",
    "the heading in the link": "<div><a href={href}><h3 class=asset-title>{title}</h3></a>"
    "<div class=asset-summary>{text}</div></div>",
    "a picture in the link": "<div><h3 class=header-title><a href={href}><img src=/a.png> {title}"
    "</a></h3><p class=asset-summary>{text}</p></div>",
    "the day between": "<div><div class=asset-title><a href={href}>{title}</a></div>"
    "<span>11/11/2025</span><div class=asset-summary>{text}</div></div>",
    "a button between": "<div><h4 class=asset-title><a href={href}>{title}</a></h4>"
    "<div>Lượt xem: 12</div><div class=asset-summary>{text}</div></div>",
    "without a text": "<div><h3 class=asset-title><a href={href}>{title}</a></h3></div>",
}


@pytest.mark.parametrize("card", CARDS)
@pytest.mark.parametrize("is_above", [True, False])
def test_cards_named_like_the_article_are_not_it(card: str, *, is_above: bool) -> None:
    box = cards(CARDS[card])
    content = f"{PORTLET}{box}{ARTICLE}</div>" if is_above else f"{PORTLET}{ARTICLE}</div>{box}"
    reading = read(page(content, title=f"{HEADLINE} - Xây dựng Đảng - {SITE}"))
    assert (reading.title, reading.sapo, reading.body) == (HEADLINE, LEAD, BODY)


@pytest.mark.parametrize(
    "heading", ["Chào mừng Đại hội Đảng bộ xã", "Thông tin tuyên truyền", SITE]
)
@pytest.mark.parametrize("window", [HEADLINE, f"{HEADLINE[:30]}...", f"{SITE} - {HEADLINE}"])
def test_the_heading_of_a_box_above_named_like_the_title_is_not_it(
    heading: str, window: str
) -> None:
    article = ARTICLE.replace("detail-title", "header-title")
    html = f"{PORTLET}<div class=header-title>{heading}</div>{article}</div>"
    reading = read(page(html, title=window))
    assert (reading.title, reading.sapo, reading.body) == (HEADLINE, LEAD, BODY)


@pytest.mark.parametrize("window", [HEADLINE, f"{HEADLINE} | {SITE}", SITE])
def test_a_title_that_leads_to_its_own_page_is_the_articles(window: str) -> None:
    article = ARTICLE.replace("detail-title", "asset-title").replace(
        HEADLINE, f"<a href='/-/4471'>{HEADLINE}</a>"
    )
    reading = read(page(f"{PORTLET}{article}</div>", title=window))
    assert (reading.title, reading.sapo, reading.body) == (HEADLINE, LEAD, BODY)


EDITIONS = (
    "Trang 3",
    "TRANG 03",
    "Trang 3/8",
    "Trang số 3",
    "Tr. 3",
    "Page 3 of 8",
    "Số 5432",
    "Báo in số 5432",
    "Số báo 5432 - Trang 3",
    "Số 5432, ngày 12-11-2026",
    "Báo giấy ra ngày 12/11/2026",
    "Số ra thứ Năm, ngày 12/11/2026",
    "Đọc báo in - Số 45/2026 - Trang 3",
    "Tạp chí in số 12",
)


@pytest.mark.parametrize("line", EDITIONS)
def test_a_page_or_an_issue_is_known(line: str) -> None:
    assert names_edition(line)


@pytest.mark.parametrize(
    "line",
    [
        HEADLINE,
        "Trang 3 của cuốn sổ",
        "Quyết định số 12",
        "Số 7 phố Hàng Than",
        "Báo in vẫn sống",
        "Trang sử mới ở Nà Tông",
        "Kỳ 2: Người gieo hạt",
    ],
)
def test_a_headline_is_no_edition(line: str) -> None:
    assert not names_edition(line)


SHOWN = {
    "in capitals, named a title": f"<div class=kicker>NGƯỜI TỐT QUANH TA</div>"
    f"<div class=tit>{HEADLINE.upper()}</div>",
    "in a heading below that of the page": f"<h1>{{edition}}</h1><h2>{HEADLINE}</h2>",
    "bold": f"<p>Chuyên mục Người tốt</p><p><b>{HEADLINE}</b></p>",
    "large": f"<div><span style='font-size:22px'>{HEADLINE}</span></div>",
}


@pytest.mark.parametrize("shown", SHOWN)
@pytest.mark.parametrize("edition", EDITIONS[::2])
def test_the_page_of_a_print_edition_is_no_headline(shown: str, edition: str) -> None:
    head = SHOWN[shown].format(edition=edition)
    jump = "<div>(Tiếp theo trang 1)</div>"
    html = page(
        f"{head}<div class=chapo>{LEAD}</div>{jump}<div>{paragraphs()}</div>",
        title=f"{edition} - Báo Mường Lạn",
        head=f'<meta property="og:title" content="{edition}">',
    )
    reading = read(html)
    assert reading.title.casefold() == HEADLINE.casefold()
    assert (reading.sapo, reading.body) == (LEAD, BODY)


@pytest.mark.parametrize(
    "line",
    [
        "(Tiếp theo trang 1)",
        "(Xem tiếp trang 5)",
        "Xem trang 3",
        "Tiếp trang 3",
        "(Chuyển sang trang 7)",
        "(Đọc tiếp ở trang 4)",
    ],
)
def test_the_way_to_another_page_of_the_edition_is_no_text(line: str) -> None:
    assert is_tool(line)
