"""Pages that show text and are no article, and articles that look like them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.errors import ReadingError
from crawler.reading import PageReading, read_page

TITLE = "Xã Đồng Sim chọn nguồn từ tổ hòa giải"
PROSE = (
    "Tổ hòa giải của xã có chín người, năm người trong số đó chưa phải là đảng viên khi tổ ra đời.",
    "Qua ba năm, bốn người được chi bộ giới thiệu đi học và lần lượt đứng vào hàng ngũ của Đảng.",
    "Đảng ủy xã coi đó là cách chọn người qua việc thật, nên năm nay giao thêm tổ vay vốn.",
)
ARTICLE = f"<h1>{TITLE}</h1><div>02/03/2026 09:10</div>" + "".join(
    f"<p>{line}</p>" for line in PROSE
)
ITEM = (
    "<div class='i'><a href='/bai-{0}.html'>Bài số {0} kể chuyện làng trong tuần</a>"
    "<p>Chuyện làng số {0} có thêm vài chi tiết mà người làng hay nhắc mỗi khi gặp.</p></div>"
)
ITEMS = "".join(ITEM.format(number) for number in range(1, 13))
ENGLISH = (
    "The commune has chosen nine people for its mediation team and four of them were later"
    " admitted to the Party after three years of work in the villages of the valley. "
)


def page(body: str, *, head: str = "", html: str = "") -> bytes:
    return (
        f"<!DOCTYPE html><html {html}><head><meta charset='utf-8'>{head}</head>"
        f"<body>{body}</body></html>"
    ).encode()


def read(body: bytes, url: str = "https://a.vn/xa-dong-sim-1.html") -> PageReading:
    return read_page(body, url=url, fetched_at=datetime(2026, 11, 21, 2, tzinfo=UTC))


def refusal(body: bytes, url: str = "https://a.vn/xa-dong-sim-1.html") -> tuple[str, str]:
    with pytest.raises(ReadingError) as error:
        read(body, url)
    return error.value.kind, error.value.detail


@pytest.mark.parametrize(
    ("url", "detail"),
    [
        ("https://a.vn/", "the home page"),
        ("https://a.vn/print/4711.html", "a print view"),
        ("https://a.vn/in-bai/4711", "a print view"),
        ("https://a.vn/tin?id=7&print=1", "a print view"),
        ("https://a.org.vn/doc-bao-in/so-2111", "an e-paper"),
        ("https://epaper.a.vn/so/2111", "an e-paper"),
    ],
)
def test_an_address_of_another_view_is_no_article(url: str, detail: str) -> None:
    assert refusal(page(ARTICLE), url) == ("not-article", detail)


def test_a_page_that_prints_itself_is_a_print_view() -> None:
    itself = page(ARTICLE).replace(b"<body>", b"<body onload='window.print()'>")
    assert refusal(itself) == ("not-article", "a print view")
    button = page(ARTICLE + "<a onclick='window.print()'>In trang</a>")
    assert read(button).title == TITLE


@pytest.mark.parametrize(
    ("url", "detail"),
    [
        ("https://a.vn/xay-dung-dang/", "a listing"),
        ("https://a.vn/tag/dang-vien/", "a tag page"),
        ("https://a.vn/dang-vien-ptag.html", "a tag page"),
        ("https://a.vn/chu-de/dai-hoi-1.html", "a topic page"),
        ("https://a.vn/dai-hoi-event12.html", "a topic page"),
        ("https://a.vn/tim-kiem?q=dang-vien", "search results"),
        ("https://a.vn/tac-gia/ho-la-1.html", "an author's page"),
    ],
)
@pytest.mark.parametrize(
    "heading", ["<h1>Xây dựng Đảng</h1>", "<div>Xây dựng Đảng trong tuần</div>"]
)
def test_headlines_of_many_articles_are_a_listing(url: str, detail: str, heading: str) -> None:
    title = "<title>Xây dựng Đảng trong tuần - Báo Đồng Sim</title>"
    assert refusal(page(heading + ITEMS, head=title), url) == ("not-article", detail)


def test_a_listing_without_any_title_is_one_too() -> None:
    assert refusal(page(ITEMS)) == ("not-article", "a listing")


def test_a_listing_of_a_known_family_is_one_too() -> None:
    body = page(
        "<div id='page_info'></div><h1 class='title'>Chính trị</h1>"
        f"<div id='content' class='content-detail'>{ITEMS}</div>"
    )
    assert refusal(body, "https://a.vn/chinh-tri/") == ("not-article", "a listing")


@pytest.mark.parametrize("head", ["", "<meta property='og:type' content='website'>"])
def test_a_short_article_among_many_headlines_is_an_article(head: str) -> None:
    short = f"<h1>{TITLE}</h1><div>02/03/2026 09:10</div><p>{PROSE[0]}</p><p>Chỉ có vậy thôi.</p>"
    assert read(page(short + f"<aside>{ITEMS}</aside>", head=head)).body.startswith(PROSE[0])


def test_a_video_without_text_is_no_article_and_one_with_text_is() -> None:
    video = f"<h1>{TITLE}</h1><video src='/1.mp4'></video><p>Chuyện ở xã Đồng Sim qua ống kính.</p>"
    assert refusal(page(video)) == ("not-article", "a video without a text")
    assert read(page(ARTICLE + "<video src='/1.mp4'></video>")).title == TITLE
    assert read(page(f"<h1>{TITLE}</h1><img src='/1.jpg'><p>{PROSE[0]}</p>")).title == TITLE


@pytest.mark.parametrize(
    ("url", "html", "head", "detail"),
    [
        ("https://www.vietnam.vn/en/dong-sim", "lang='en'", "", "a translation, en"),
        ("https://www.vietnam.vn/ko/dong-sim", "", "", "a translation, ko"),
        (
            "https://a.vn/en/dong-sim-1.html",
            "lang='vi'",
            "<link rel='alternate' hreflang='en' href='https://a.vn/en/dong-sim-1.html'>"
            "<link rel='alternate' hreflang='vi' href='https://a.vn/dong-sim-1.html'>",
            "a translation, en",
        ),
        ("https://a.vn/dong-sim-1.html", "lang='en'", "", "a translation, en"),
        ("https://a.vn/dong-sim-1.html", "lang='vi'", "", "the text is not Vietnamese"),
    ],
)
def test_a_translation_is_no_article(url: str, html: str, head: str, detail: str) -> None:
    body = page(f"<h1>Dong Sim has new members</h1><p>{ENGLISH * 4}</p>", html=html, head=head)
    assert refusal(body, url) == ("not-article", detail)


@pytest.mark.parametrize(
    "head",
    [
        "",
        "<link rel='alternate' hreflang='en' href='https://a.vn/en/dong-sim-1.html'>",
        "<link rel='alternate' hreflang='en' href='https://a.vn/xa-dong-sim-1.html'>"
        "<link rel='alternate' hreflang='vi' href='https://a.vn/xa-dong-sim-1.html'>",
    ],
)
def test_a_vietnamese_page_that_calls_itself_english_is_read(head: str) -> None:
    assert read(page(ARTICLE, html="lang='en-US'", head=head)).title == TITLE


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Trước khi tiếp tục</h1><p>Trang này dùng cookie.</p>",
        "<p>Bạn cần chấp nhận các cookie để tiếp tục đọc trang.</p>",
        "<h1>We value your privacy</h1><button>Accept all cookies</button>",
        "<h1>Thông báo từ chối truy cập</h1><p>Mã: 17-22-04</p>",
    ],
)
def test_a_wall_before_the_page_is_a_refusal(body: str) -> None:
    assert refusal(page(body))[0] == "challenge"


@pytest.mark.parametrize(
    "blob",
    [
        "<p>" + "QUJDREVGR0g" * 20 + "</p>",
        "<p>"
        + "<br>".join(["QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9w" * 2] * 5)
        + "</p>",
        "<div style='display:none'>" + "QUJDREVGR0g" * 30 + "</div>",
    ],
)
def test_an_encoded_text_is_a_refusal_even_with_a_sapo(blob: str) -> None:
    lead = f"<h1 class='pTitle'>{TITLE}</h1><p class='pHead'>{PROSE[0]}</p>"
    assert refusal(page(f"{lead}<div id='dcontent'>{blob}</div>"))[0] == "challenge"
