"""What stands beside the title tells the day of posting from that of the last change."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from lxml import html

from crawler.dates import FoundDate, find_date
from crawler.dating.text import VIETNAM
from tests.crawler.layouts import PARAGRAPHS

FETCHED_AT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
TITLE = "Làng ven suối có chi bộ riêng sau ba mươi năm"
POSTED = datetime(2026, 10, 5, 8, 15, tzinfo=VIETNAM).astimezone(UTC)
SAVED = "2026-11-18T10:22:51+07:00"
TEXT = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)


def found(content: str, *, published: str = SAVED, modified: str | None = SAVED) -> FoundDate:
    """The date of a page with a clock and a menu above the content."""
    thing = {"@type": "NewsArticle", "headline": TITLE, "datePublished": published}
    if modified is not None:
        thing["dateModified"] = modified
    menu = "".join(f"<a href='/muc-{one}/'>Mục số {one}</a>" for one in range(8))
    page = (
        f"<html><head><script type='application/ld+json'>{json.dumps(thing)}</script></head><body>"
        f"<div>Thứ Bảy, 21/11/2026 | 09:00</div><ul>{menu}</ul><main>{content}</main></body></html>"
    )
    date = find_date(
        html.document_fromstring(page),
        url="https://bao.vi-du.vn/lang-ven-suoi-1.html",
        fetched_at=FETCHED_AT,
        title=TITLE,
    )
    assert date is not None
    return date


HEAD = f"<h1>{TITLE}</h1>"
SHOWN = {
    "above the title": f"<div><a href=/kt>Kinh tế</a><span>Thứ Hai, 05/10/2026 - 08:15 GMT+7</span>"
    f"</div>{HEAD}",
    "above the title in its own box": f"<p>05/10/2026 08:15</p><div>{HEAD}</div>",
    "below the title": f"{HEAD}<div>Thứ Hai, 05/10/2026 - 08:15</div>",
    "below the title, with a label": f"{HEAD}<div>Đăng lúc: 08h15 ngày 05/10/2026</div>",
    "beside the author": f"{HEAD}<div><b>Hà Vy</b> <span>08:15 | 05/10/2026</span></div>",
    "above the day of the change": f"{HEAD}<div>Ngày đăng: 05/10/2026 08:15</div>"
    "<div>Cập nhật: 18/11/2026 10:22</div>",
    "below the lead": f"{HEAD}<p><b>{PARAGRAPHS[0]}</b></p><p>Thứ Hai, 05/10/2026 08:15</p>",
}


@pytest.mark.parametrize("shown", SHOWN)
@pytest.mark.parametrize("saved", [SAVED, "2026-11-18T03:22:51Z", "2026-11-18T03:22:51.000+00:00"])
def test_the_moment_of_the_last_saving_is_no_publication(shown: str, saved: str) -> None:
    date = found(SHOWN[shown] + TEXT, published=saved, modified=SAVED)
    assert (date.at, date.rule, date.has_time) == (POSTED, "visible", True)


def test_a_day_without_time_needs_a_label() -> None:
    labelled = found(f"{HEAD}<p>Ngày đăng: 05/10/2026</p>{TEXT}")
    assert (labelled.at.astimezone(VIETNAM).date(), labelled.has_time) == (POSTED.date(), False)
    assert found(f"{HEAD}<p>05/10/2026</p>{TEXT}").rule == "json-ld"


STATED_HOLDS = {
    "the same day is shown": f"{HEAD}<div>18/11/2026 10:22</div>",
    "that day is shown too": f"{HEAD}<div>18/11/2026 10:22</div><div>05/10/2026 08:15</div>",
    "only a change is shown": f"{HEAD}<div>Cập nhật: 05/10/2026 08:15</div>",
    "nothing is shown": HEAD,
    "a later day is shown": f"{HEAD}<div>20/11/2026 08:15</div>",
    "another article's day is shown": f"{HEAD}<div class=related><a href=/x-12345.html>Xã Mường Lạn"
    " ra quân làm thủy lợi mùa khô</a><span>05/10/2026 08:15</span></div>",
    "an anniversary is named": f"{HEAD}<p>Kỷ niệm ngày thành lập xã 05/10/2026 08:15</p>",
    "the day stands further down": f"{HEAD}{TEXT}{TEXT}<p>05/10/2026 08:15</p>",
}


@pytest.mark.parametrize("shown", STATED_HOLDS)
def test_the_stated_date_holds_without_an_earlier_one_beside_the_title(shown: str) -> None:
    assert found(STATED_HOLDS[shown] + TEXT).rule == "json-ld"


@pytest.mark.parametrize("modified", [None, "2026-11-19T07:00:00+07:00"])
def test_a_publication_that_is_not_the_last_change_holds(modified: str | None) -> None:
    assert found(SHOWN["below the title"] + TEXT, modified=modified).rule == "json-ld"


def test_the_same_day_in_the_american_order_is_no_earlier_one() -> None:
    date = found(
        f"{HEAD}<div>05/11/2026 08:15</div>{TEXT}",
        published="2026-11-05T08:15:00+07:00",
        modified="2026-11-05T08:15:00+07:00",
    )
    assert date.rule == "json-ld"
    swapped = found(
        f"{HEAD}<div>5/11/2026 08:15</div>{TEXT}".replace("5/11", "11/5"),
        published="2026-11-05T08:15:00+07:00",
        modified="2026-11-05T08:15:00+07:00",
    )
    assert swapped.rule == "json-ld"


POSTED_LABELS = (
    "Được đăng",
    "Đã đăng",
    "Đăng lúc",
    "Đăng tải",
    "Ngày đưa tin",
    "Đưa lên lúc",
    "Ngày tạo",
    "Ngày viết",
    "Thời gian đăng",
    "Xuất bản",
    "Created on",
)
UPDATE_LABELS = (
    "Cập nhật lần cuối",
    "Sửa lần cuối",
    "Lần sửa cuối",
    "Lần cập nhật cuối",
    "Hiệu chỉnh",
    "Thay đổi lần cuối",
    "Chỉnh sửa lúc",
    "Last Updated on",
)


@pytest.mark.parametrize("posted", POSTED_LABELS)
@pytest.mark.parametrize("updated", UPDATE_LABELS)
def test_the_day_of_posting_is_told_from_that_of_the_change(posted: str, updated: str) -> None:
    facts = (
        f"<dl><dt>Chi tiết</dt><dd>{updated}: Thứ tư, 18 Tháng 11 2026 10:22</dd>"
        f"<dd>{posted}: Thứ hai, 05 Tháng 10 2026 08:15</dd><dd>Lượt xem: 157</dd></dl>"
    )
    page = html.document_fromstring(f"<html><body><h2>{TITLE}</h2>{facts}{TEXT}</body></html>")
    date = find_date(page, url="", fetched_at=FETCHED_AT, title=TITLE)
    assert date is not None
    assert (date.at, date.has_time) == (POSTED, True)


@pytest.mark.parametrize(
    "section",
    [
        "Chuyên mục: <a href='/xdd'>Xây dựng Đảng</a>",
        "Danh mục: <a href='/xdd'>Xây dựng Đảng</a>",
        "<span>Chuyên mục:</span> <a href='/xdd'>Xây dựng Đảng</a>",
        "<b>Chủ đề:</b> <span>Nông thôn mới</span>",
        "Thể loại: Tin địa phương",
        "Chuyên trang: <a href='/xdd'>Xây dựng Đảng</a>",
    ],
)
def test_the_section_among_the_facts_hides_no_date(section: str) -> None:
    facts = f"<dl><dd>{section}</dd><dd>Được đăng: 05/10/2026 08:15</dd></dl>"
    page = html.document_fromstring(f"<html><body><h2>{TITLE}</h2>{facts}{TEXT}</body></html>")
    date = find_date(page, url="", fetched_at=FETCHED_AT, title=TITLE)
    assert date is not None
    assert date.at == POSTED
