"""The headline of a page of an unknown CMS is found by how it looks and where it stands."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.crawler.layouts import HEADLINE, LEAD, NEWS, PARAGRAPHS, page, paragraphs, read

SITE = "Đảng ủy xã Mường Lạn"
DATE = "(Thứ Tư, 12/11/2025, 08:30)"
TEXT = paragraphs()
BANNER = f'<h1 class="logo"><a href="/">{SITE}</a></h1>'

LAYOUTS = {
    "bold in a cell, the date in brackets": page(
        f"<table><tr><td><font size=4><b>{HEADLINE}</b></font><br><font size=1>{DATE}</font>"
        f"</td></tr><tr><td><b>{LEAD}</b></td></tr><tr><td>{TEXT}</td></tr></table>",
        title=".:: DANG UY XA MUONG LAN ::.",
    ),
    "a strong without a class above the date": page(
        f"<div><strong>{HEADLINE}</strong></div><div>{DATE}</div><div><b>{LEAD}</b></div>{TEXT}",
        title=SITE,
    ),
    "the lead right below, the date above": page(
        f"<p><i>{DATE}</i></p><p><b><span style='font-size:18pt'>{HEADLINE}</span></b></p>"
        f"<p><b>{LEAD}</b></p>{TEXT}",
        title=SITE,
    ),
    "a heading of the second rank, the first is the site's": page(
        f"<h2>{HEADLINE}</h2><p>{DATE}</p><p><b>{LEAD}</b></p>{TEXT}",
        title=f"{SITE} - {HEADLINE}",
        banner=BANNER,
    ),
    "no heading but the site's": page(
        f"<div class=a9>{HEADLINE}</div><div class=b9>{DATE}</div><p><b>{LEAD}</b></p>{TEXT}",
        title=SITE,
        banner=BANNER,
    ),
    "the window's title in the other order": page(
        f"<div class=a9>{HEADLINE}</div><p>{DATE}</p><p><b>{LEAD}</b></p>{TEXT}",
        title=f"{SITE} | Xây dựng Đảng | {HEADLINE}",
    ),
    "the site's name in capitals in a banner of text": page(
        f"<p><b>{HEADLINE}</b></p><p>{DATE}</p><p><b>{LEAD}</b></p>{TEXT}",
        title="TRANG TIN ĐẢNG BỘ XÃ MƯỜNG LẠN",
        banner="<center><b><font size=6>TRANG TIN ĐẢNG BỘ XÃ MƯỜNG LẠN</font></b></center>",
    ),
    "the site's name as the page's Open Graph title": page(
        f"<h3>{HEADLINE}</h3><span>{DATE}</span><p><b>{LEAD}</b></p>{TEXT}",
        title=SITE,
        head=f'<meta property="og:title" content="{SITE}">',
    ),
    "a section and a crumb line above": page(
        "<div><b>Công tác xây dựng Đảng và chính quyền</b></div>"
        f"<div>Trang chủ &gt; Tin tức &gt; Chi bộ cơ sở</div><div><b>{HEADLINE}</b></div>"
        f"<div>{DATE}</div><p><b>{LEAD}</b></p>{TEXT}",
        title=SITE,
    ),
    "in two lines": page(
        f"<h1>{HEADLINE[:18]}<br>{HEADLINE[19:]}</h1><p>{DATE}</p><p><b>{LEAD}</b></p>{TEXT}",
        title=SITE,
    ),
    "cut short in the window's title": page(
        f"<div>{HEADLINE}</div><p>{DATE}</p><p><b>{LEAD}</b></p>{TEXT}",
        title=f"{HEADLINE[:30]}...",
    ),
    "told by JSON-LD alone": page(
        f"<div>{HEADLINE}</div><p>{DATE}</p><p><b>{LEAD}</b></p>{TEXT}",
        title=SITE,
        head='<script type="application/ld+json">{"@type": "NewsArticle", "headline": "'
        f'{HEADLINE}"}}</script>',
    ),
    "in capitals": page(
        f"<p align=center><b>{HEADLINE.upper()}</b></p><p align=right>{DATE}</p>"
        f"<p><b>{LEAD}</b></p>{TEXT}",
        title=SITE,
    ),
    "buttons and a counter below it": page(
        f"<div class=x><span style='font-size:24px'>{HEADLINE}</span></div>"
        f"<div>{DATE} | Lượt xem: 120</div><div>In bài | Gửi email</div><p><b>{LEAD}</b></p>{TEXT}",
        title=SITE,
    ),
    "an office in a heading above it": page(
        f"<p><font size=4>{HEADLINE}</font></p><p>{DATE}</p><p><b>{LEAD}</b></p>{TEXT}",
        title=SITE,
        banner=f"<h1>{SITE.upper()}</h1><p>Đoàn kết - Trách nhiệm</p>",
    ),
    "a heading of links between title and banner": page(
        f"<h1>{HEADLINE}</h1><p>{DATE}</p><p><b>{LEAD}</b></p>{TEXT}",
        title=f"{SITE}: {HEADLINE}",
        banner=BANNER,
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_headline_date_and_lead_are_found(name: str) -> None:
    reading = read(LAYOUTS[name])
    assert reading.title.casefold() == HEADLINE.casefold()
    assert reading.published_at == datetime(2025, 11, 12, 1, 30, tzinfo=UTC)
    assert reading.has_time
    assert reading.sapo == LEAD
    assert reading.body.split("\n\n") == list(PARAGRAPHS)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_day_of_the_week_writes_nothing(name: str) -> None:
    assert read(LAYOUTS[name]).author is None


def test_a_headline_that_leads_to_its_own_page_is_no_card() -> None:
    text = f"<h4><a href='/xem/4471'>{HEADLINE}</a></h4><p><b>{LEAD}</b></p>{TEXT}"
    reading = read(page(f"<dl><dd>{text}</dd></dl>", title=f"{HEADLINE} - {SITE}"))
    assert (reading.title, reading.sapo) == (HEADLINE, LEAD)
    assert reading.body.split("\n\n") == list(PARAGRAPHS)


ACCOUNT = "Bản Nà Tông hôm nay"
MOMENT = "12 tháng 11, 2025 lúc 08:30"


def _post(text: str, *, number: int, moment: str = MOMENT) -> str:
    """As feeds of accounts show it: whose it is, and the moment as the way to it."""
    head = f"<a href='/natong'><strong>{ACCOUNT}</strong></a>"
    link = f"<span><a href='/natong/posts/{number}'>{moment}</a> · </span>"
    return f"<div class=x{number}><div>{head}{link}</div><div>{text}</div></div>"


@pytest.mark.parametrize(
    "headline",
    [
        f"<div role=heading aria-level=2><span>{HEADLINE.upper()}</span></div>",
        f"<div><b>{HEADLINE.upper()}</b></div>",
        f"<h3>{HEADLINE.upper()}</h3>",
    ],
)
@pytest.mark.parametrize("window", [ACCOUNT, f"(3) {ACCOUNT} | Bảng tin"])
def test_the_name_above_every_post_of_a_feed_is_no_headline(headline: str, window: str) -> None:
    banner = f"<div><span>Thứ Năm, 20 tháng 11, 2025 07:00</span></div><h1>{ACCOUNT}</h1>"
    other = _post(f"<div>{NEWS[0]}</div>", number=354700, moment="9 tháng 11, 2025 lúc 10:00")
    feed = _post(headline + paragraphs(tag="div"), number=354730) + other
    reading = read(page(feed, title=window, banner=banner))
    assert reading.title == HEADLINE.upper()
    assert reading.published_at == datetime(2025, 11, 12, 1, 30, tzinfo=UTC)
    assert reading.body.startswith(PARAGRAPHS[0])


def test_a_heading_that_lists_lead_to_is_a_headline_all_the_same() -> None:
    lists = f"<ul><li><a href='/xem/4471'>{HEADLINE}</a></li></ul>" * 2
    reading = read(page(f"<h1>{HEADLINE}</h1><p>{DATE}</p>{TEXT}{lists}", title=SITE))
    assert reading.title == HEADLINE
