"""Which page follows in a listing, as the pagers of papers and portals say it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.page.markup import parse_page
from crawler.pagination import ListingWalk, PageNumber, next_page, page_number

LISTING = "https://baomien.vn/xay-dung-dang"


def next_of(markup: str, *, url: str = LISTING) -> str | None:
    document = f"<html><head><title>Xây dựng Đảng</title></head><body>{markup}</body></html>"
    return next_page(parse_page(document.encode(), encoding=None), url=url)


def row(*pages: tuple[str, str]) -> str:
    links = "".join(f'<li><a href="{href}">{text}</a></li>' for href, text in pages)
    return f'<ul class="pagination">{links}</ul>'


@pytest.mark.parametrize(
    ("markup", "following"),
    [
        ('<a rel="next" href="/xay-dung-dang?page=2">…</a>', "/xay-dung-dang?page=2"),
        ('<link rel="next" href="/xay-dung-dang/trang-2.html">', "/xay-dung-dang/trang-2.html"),
        ('<a href="/xay-dung-dang?tap=hai">Trang sau »</a>', "/xay-dung-dang?tap=hai"),
        ('<a href="?p=2&amp;d=">Trang tiếp theo</a>', "/xay-dung-dang?p=2&d="),
        (row(("?page=1", "1"), ("?page=2", "2"), ("?page=9", "Cuối")), "/xay-dung-dang?page=2"),
        (row(("?page=0", "1"), ("?page=1", "2"), ("?page=2", "3")), "/xay-dung-dang?page=1"),
        (row(("?start=20", "2"), ("?start=40", "3")), "/xay-dung-dang?start=20"),
        (row(("/xay-dung-dang/page/2/", "2")), "/xay-dung-dang/page/2/"),
        (row(("?page=2", "›"), ("?page=40", "»")), "/xay-dung-dang?page=2"),
        ('<div class="load-more"><a href="?page=2">Xem thêm</a></div>', "/xay-dung-dang?page=2"),
        ('<div class="load-more" data-next="?page=2">Xem thêm</div>', "/xay-dung-dang?page=2"),
        (
            '<p class="phan-trang"><a class="next-pages" href="?page=2"></a></p>',
            "/xay-dung-dang?page=2",
        ),
        ('<b>1</b><a href="/danh-sach/muoi-hai/tiep">2</a>', "/danh-sach/muoi-hai/tiep"),
    ],
)  # fmt: skip
def test_a_first_page_names_the_second(markup: str, following: str) -> None:
    assert next_of(markup) == f"https://baomien.vn{following}"


@pytest.mark.parametrize(
    ("url", "href"),
    [
        (f"{LISTING}?page=2", "?page=3"),
        (f"{LISTING}/trang-2.html", "/xay-dung-dang/trang-3.html"),
        (f"{LISTING}/page/2", "/xay-dung-dang/page/3"),
        (f"{LISTING}-p2.html", "/xay-dung-dang-p3.html"),
        ("https://a.vn/web/guest/dang?p_p_id=101&_101_INSTANCE_x_cur=2", None),
        ("https://a.vn/Trang/Tin.aspx?Cat=82&ctl00$List$PageIndex=2", None),
        ("https://a.vn/?gd=25&cn=589&trang=2", "/?trang=3&gd=25&cn=589"),
    ],
)
def test_a_later_page_names_the_one_after_it_among_all_numbers(url: str, href: str | None) -> None:
    def numbered(number: int) -> str:
        if href is None:
            return url.removesuffix("2").replace("&", "&amp;") + str(number)
        return f"{number}".join(href.rsplit("3", 1)).replace("&", "&amp;")

    pages = [(numbered(number), str(number)) for number in (1, 2, 3, 4, 90)]
    following = next_of(row(*pages), url=url)
    assert following is not None
    assert page_number(following) == PageNumber(page_number(url).listing, 3)


def test_offsets_go_on_by_the_nearest() -> None:
    pages = row(("?start=0", "1"), ("?start=60", "4"), ("?start=40", "3"))
    assert next_of(pages, url=f"{LISTING}?start=20") == f"{LISTING}?start=40"


@pytest.mark.parametrize(
    "markup",
    [
        "",
        row(("?page=1", "1"), ("?page=2", "2"), ("?page=3", "3")),
        '<a rel="prev" href="?page=2">Trang trước</a>',
        '<a href="/kinh-te">Xem thêm</a>',
        '<h2><a href="/tin-1234.html">Sau</a></h2>',
        '<a href="https://khac.vn/xay-dung-dang?page=4">Trang sau</a>',
        "<a href=\"javascript:__doPostBack('Pager','4')\">Trang sau</a>",
        '<a rel="next" href="#">4</a>',
        row(("?page=3", "Trang sau")),
    ],
)
def test_a_last_page_names_none(markup: str) -> None:
    assert next_of(markup, url=f"{LISTING}?page=3") is None


def test_a_number_that_names_a_story_is_no_page() -> None:
    assert page_number("https://a.vn/?page_id=12").number is None
    assert page_number("https://a.vn/tin-post1234.html").number is None
    assert next_of('<a href="/ong-p-1234.html">Chuyện</a>') is None


@given(st.integers(0, 99999), st.sampled_from(["?page={}", "?p={}&d=", "/trang-{}.html", "/p{}"]))
@settings(max_examples=60, deadline=None)
def test_all_pages_of_a_listing_belong_together(number: int, form: str) -> None:
    one, first = page_number(LISTING + form.format(number)), page_number(LISTING)
    assert one.number == number
    assert one.listing.rstrip("=d") == first.listing


@given(st.text(max_size=120))
@settings(max_examples=150, deadline=None)
def test_whatever_a_link_says_it_never_leads_back_to_the_page_itself(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    markup = f'<div class="pager"><b>1</b><a rel="next" href="{escaped}">{escaped}</a></div>'
    assert next_of(markup) != LISTING


def test_a_walk_asks_no_page_twice_however_it_is_linked() -> None:
    walk = ListingWalk()
    assert walk.may_ask(LISTING)
    assert walk.may_ask(f"{LISTING}?page=2")
    assert not walk.may_ask("http://www.baomien.vn/xay-dung-dang/?page=2#dau")
    assert not walk.may_ask(f"{LISTING}/")


def test_a_walk_ends_on_a_page_that_holds_nothing_but_links_met_before() -> None:
    walk = ListingWalk()
    assert walk.brought_new(["tin-9", "tin-8", "doc-nhieu"])
    assert walk.brought_new(["tin-8", "tin-7", "doc-nhieu"])  # one moved down meanwhile
    assert not walk.brought_new(["doc-nhieu"])
    assert not walk.brought_new(["tin-9", "tin-8"])
    assert not walk.brought_new([])
