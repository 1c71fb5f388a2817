"""Whole pages as each CMS writes them, with the dates that stand there to mislead."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from crawler.dating.text import VIETNAM
from crawler.reading import read_page

FETCHED_AT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
TITLE = "Thôn Suối Cạn kết nạp lứa đảng viên trẻ"
TEXT = "".join(
    f"<p>Đoạn {number}: chi bộ thôn phân công từng đảng viên kèm một quần chúng ưu tú, ba tháng"
    " họp xét một lần và ghi rõ việc đã làm vào sổ của chi bộ.</p>"
    for number in range(1, 5)
)
CITED = "<p>Lễ kết nạp ngày 19/5/2024 được cả thôn nhớ. Nhân kỷ niệm 3/2/1930, thôn mở hội.</p>"
CARDS = "".join(
    f"<div class='k{number}'><a href='/tin-{number}-post99{number}123.html'>Xã bên sông thứ"
    f" {number} mở lớp đảng</a> <span class='date'>0{number}/11/2026 08:0{number}</span></div>"
    for number in range(1, 6)
)
LICENCE = "<footer><p>Giấy phép số 53/GP-BTTTT cấp ngày 16/02/2017. © 2014 - 2026</p></footer>"


def json_ld(**fields: str) -> str:
    thing = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(thing, ensure_ascii=False)}</script>'


@dataclass(frozen=True)
class Case:
    name: str
    family: str | None
    head: str
    body: str
    at: tuple[int, ...]
    rule: str
    url: str = "https://bao.example/thon-suoi-can-post1234567.html"


CASES = [
    Case(
        "zce: UTC in JSON-LD, a related one before it",
        "zce",
        json_ld(headline="Bài khác", datePublished="2026-11-20T01:00:00Z", url="https://b.vn/k")
        + json_ld(headline=TITLE, datePublished="2026-08-13T18:51:00Z", dateModified="2026-08-20"),
        f"<h1 class='article__title cms-title'>{TITLE}</h1><div class='article__meta'>"
        f"<time class='time'>14/08/2026 01:51</time></div>"
        f"<div class='article__body cms-body'>{TEXT}{CITED}</div>",
        (2026, 8, 14, 1, 51),
        "json-ld",
    ),
    Case(
        "onecms: the American meta and the clock in another",
        "onecms",
        '<meta name="datetimenow" content="11/21/2026 08:59:58">'
        '<meta name="article:published_time" content="8/9/2026 6:51:07 PM">',
        f"<div class='c-news-detail'><div class='b-maincontent'><h1>{TITLE}</h1>"
        f"<article class='entry'>{TEXT}{CITED}</article></div></div>",
        (2026, 8, 9, 18, 51, 7),
        "meta",
    ),
    Case(
        "onecms: the older template",
        "onecms",
        '<meta name="datetimenow" content="11/21/2026 08:59:58">',
        f"<h1 class='c-detail-head__title'>{TITLE}</h1>"
        "<span class='c-detail-head__time'>15-01-2024 13:04</span>"
        f"<div class='c-news-detail'><div class='entry'>{TEXT}</div></div>",
        (2024, 1, 15, 13, 4),
        "node",
    ),
    Case(
        "mediatech: the header's clock and a change in UTC",
        "mediatech",
        json_ld(datePublished="2021-12-01 11:51:00", dateModified="2021-12-02T04:51:00.000000Z"),
        "<div class='title-time'>Thứ 6, 20/11/2026 18:38 [(GMT +7)]</div>"
        f"<h1 class='name font1'>{TITLE}</h1>"
        "<div class='date font5'>Thứ 4, 01/12/2021 | 11:51:00 [GMT +7]</div>"
        f"<div class='content-article'><div id='content-detail'>{TEXT}</div></div>",
        (2021, 12, 1, 11, 51),
        "node",
    ),
    Case(
        "site_id: a day of long ago in the header",
        "site_id",
        "",
        "<header><div class='date'>Thứ 2, 21/10/2024</div></header><div id='page_info'></div>"
        f"<h1 class='media-heading title5'>{TITLE}</h1><div class='group-time'>"
        "<time class='time'>13:00, 31/03/2014</time></div>"
        f"<div id='content' class='content-detail'><div class='td-post-content'>{TEXT}</div></div>",
        (2014, 3, 31, 13, 0),
        "node",
        "https://bao.example/chinh-tri/201403/thon-suoi-can-1a2b3c4/",
    ),
    Case(
        "content_fck: JSON-LD knows the day only",
        "content_fck",
        json_ld(datePublished="2026-01-08"),
        f"<div class='titlecate'><h1>Xây dựng Đảng</h1></div><h1 class='fw700'>{TITLE}</h1>"
        "<span class='pubdate'>08/01/2026 - 18:21</span>"
        f"<div id='newscontents'><div class='content-fck'>{TEXT}</div></div>",
        (2026, 1, 8, 18, 21),
        "node",
    ),
    Case(
        "ptitle: the clock called today",
        "ptitle",
        '<meta property="article:published_time" content="2026-08-14T18:51:00+07:00">',
        "<span id='today'>Thứ sáu, 20/11/2026, 18:38</span>"
        f"<h1 class='pTitle'>{TITLE}</h1><p class='pHead'>Thôn có mười đảng viên dưới ba mươi"
        f" tuổi.</p><div id='dcontent'>{TEXT}</div>",
        (2026, 8, 14, 18, 51),
        "meta",
    ),
    Case(
        "single: a clock of the article's own shape, an apostrophe",
        None,
        "",
        "<div class='top'>Thứ bảy, 21/11/2026 - 09:00</div>"
        f"<div class='post-detail'><h1>{TITLE}</h1><div>Thứ sáu, 26/04/2019 - 11:21'</div>"
        f"<div class='post-content'>{TEXT}{CITED}</div></div>",
        (2019, 4, 26, 11, 21),
        "visible",
    ),
    Case(
        "hanam: section, time, day and author on one line",
        "hanam",
        '<link rel="amphtml" href="/amp.aspx?itemid=21238">',
        f"<form id='aspnetForm'><div>Thứ bảy, ngày 21/11/2026</div><h1>{TITLE}</h1>"
        f"<div>Xây dựng Đảng 07:22 25/02/2020 Lê Na</div><div>{TEXT}{CITED}</div></form>",
        (2020, 2, 25, 7, 22),
        "visible",
    ),
    Case(
        "a portal: the date below the text",
        None,
        "",
        f"<h1>{TITLE}</h1><div class='detail-content'>{TEXT}{CITED}</div>"
        "<div>Đăng ngày 17 - 05 - 2024, Lượt xem: 400</div>",
        (2024, 5, 17),
        "visible",
    ),
    Case(
        "a portal: only the update is told",
        None,
        "",
        f"<h1>{TITLE}</h1><p>Cập nhật lúc 10:24 01/04/2025 (GMT+7)</p>"
        f"<div class='detail-content'>{TEXT}{CITED}</div>",
        (2025, 4, 1, 10, 24),
        "visible",
    ),
    Case(
        "WordPress: the month in words",
        None,
        "",
        f"<article><header class='entry-header'><h1 class='entry-title'>{TITLE}</h1>"
        "<div class='entry-meta'>Đăng ngày Tháng Tư 1, 2025 bởi admin</div></header>"
        f"<div class='entry-content'>{TEXT}{CITED}</div></article>",
        (2025, 4, 1),
        "visible",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("boxes", ["", CARDS], ids=["bare", "boxes"])
def test_the_date_is_the_articles_own(case: Case, boxes: str) -> None:
    page = (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{TITLE}</title>'
        f'<meta property="og:title" content="{TITLE}">{case.head}</head>'
        f"<body>{case.body}{boxes}{LICENCE}</body></html>"
    )
    reading = read_page(page.encode(), url=case.url, fetched_at=FETCHED_AT)
    local = datetime(*case.at, tzinfo=VIETNAM)  # type: ignore[misc,arg-type]  # year to second
    assert reading.family == case.family
    assert (reading.published_at, reading.published_rule) == (local.astimezone(UTC), case.rule)
    assert reading.has_time is (len(case.at) > 3)
