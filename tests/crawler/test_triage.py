"""Which pages are worth cleaning: none that may hold a trigger word is passed over."""

from __future__ import annotations

import base64
import html

import pytest

from crawler.page.markup import parse_page
from crawler.triage import Triage

WORDS = ("đảng viên", "kết nạp", "xây dựng đảng", "đảng ủy")
PROSE = "<p>" + "Vụ lúa hè thu năm nay được mùa, bà con phấn khởi ra đồng từ sớm. " * 9 + "</p>"
PLAIN = f"<h1>Được mùa lúa</h1>{PROSE}"


def is_kept(body: str, *, head: str = "", words: tuple[str, ...] = WORDS) -> bool:
    page = f"<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return Triage(words).may_concern(parse_page(page.encode(), encoding=None))


def in_base64(text: str) -> str:
    return base64.b64encode((text + " " * 90).encode()).decode()


def test_a_page_about_something_else_is_passed_over() -> None:
    assert not is_kept(PLAIN)


def test_without_words_every_page_is_kept() -> None:
    assert is_kept(PLAIN, words=())


@pytest.mark.parametrize(
    "text",
    [
        "<p>Kết nạp ba người.</p>",
        "<p>KẾT&nbsp;NẠP</p>",
        "<p>kết\u200b nạp</p>",
        "<p>k&#7871;t n&#x1EA1;p</p>",
        "<p>kế&shy;t nạp</p>",
        "<p>k<b>ế</b>t <i>nạp</i></p>",
        "<p>kết<span>nạp</span></p>",
        "<p>kết<br>nạp</p>",
        "<p>ke\u0302\u0301t na\u0323p</p>",
        "<p>Ðảng viên</p>",
        "<p>Đảng uỷ xã</p><p>họp</p>",
        "<div>Đảng uỷ</div><div>họp</div>",
        "<p>Đảng u<b>ỷ</b></p>",
        "<p>xem <a href='/a'>đảng viên</a> mới</p>",
        "<p><a href='/a'>đảng viên</a></p>",
        "<td>đảng viên</td>",
        "<h1><a href='/a'>Kết nạp</a></h1>",
        "<h2><a href='/a'>Kết nạp</a></h2>",
        "<a name='top'><div><p>Ba đảng viên</p></div>",
        "<div><a href='/a'><p>Ba đảng viên</p></a></div>",
        "<li><span>Đảng viên</span> <a href='/a'>Nguyễn Văn A</a></li>",
        "<div>kết <!-- --> nạp</div>",
        "<div>kết <script>var a;</script> nạp</div>",
        "<script>document.write('<p>k\\u1ebft n\\u1ea1p</p>')</script>",
        "<script>var body = '<b>k\\u1ebf</b>t n\\xe1p, đảng vi\\u00eAn'</script>",
        "<script>show(decodeURIComponent('k%E1%BA%BFt%20n%E1%BA%A1p'))</script>",
        "<script>show('&#273;&#7843;ng vi&ecirc;n')</script>",
        f"<script>show(atob('{in_base64('<p>Ba đảng viên</p>')}'))</script>",
    ],
)
def test_a_word_is_found_however_it_is_written(text: str) -> None:
    assert is_kept(PLAIN + text)


@pytest.mark.parametrize(
    "head",
    [
        "<title>Ba đảng viên</title>",
        "<meta property='og:title' content='Ba đảng viên'>",
        "<meta name='description' content='Ba &amp;#273;ảng viên'>",
        "<meta itemprop='headline' content='Ba đảng viên'>",
        "<script type='application/ld+json'>"
        '{"@type": "NewsArticle", "headline": "Ba \\u0111\\u1ea3ng vi\\u00ean"}</script>',
    ],
)
def test_titles_and_metas_are_searched_too(head: str) -> None:
    assert is_kept(PLAIN, head=head)


@pytest.mark.parametrize(
    "aside",
    [
        "<nav>Xây dựng Đảng <p>Đảng viên</p></nav>",
        "<ul><li><a href='/xdd'>Xây dựng Đảng</a></li></ul>",
        "<ul><li><a href='/xdd'>Xây dựng Đảng</a><ul><li><a href='/x'>Tin</a></li></ul></li></ul>",
        "<div><a href='/xdd'><span>Xây dựng Đảng</span></a><a href='/kt'>Kinh tế</a></div>",
        "<h3><a href='/a'>Huyện Chư Păh kết nạp ba mươi đảng viên trong nửa đầu năm</a></h3>",
        "<style>.x:after {content: 'đảng viên'}</style>",
    ],
)
def test_menus_and_links_to_other_articles_keep_no_page(aside: str) -> None:
    assert not is_kept(aside + PLAIN + aside)


def test_the_words_a_whole_site_is_filed_under_keep_no_page() -> None:
    assert not is_kept(PLAIN, head="<meta name='Keywords' content='báo, xây dựng đảng'>")


def test_a_page_with_hardly_any_text_is_left_to_the_reading() -> None:
    assert is_kept("<h1>Được mùa lúa</h1><p>Đang tải</p>")


def test_a_page_whose_text_is_encoded_is_left_to_the_reading() -> None:
    assert is_kept(f"{PLAIN}<p>{in_base64('Một đoạn văn bản dài về mùa lúa năm nay')}</p>")


def test_pictures_in_scripts_are_not_taken_for_text() -> None:
    picture = base64.b64encode(bytes(range(256))).decode()
    assert not is_kept(f"{PLAIN}<script>var i = 'data:image/png;base64,{picture}'</script>")


def test_words_of_plain_letters_are_found_in_scripts() -> None:
    script = f"<script>{html.escape('show(')}'Chi bo sinh hoat')</script>"
    assert is_kept(PLAIN + script, words=("chi bo",))


@pytest.mark.parametrize(
    "script",
    [
        "show('kết n' + x || '<i>Ba đả</i>ng viên')",
        "show('ke\u0302\u0301<b>t</b> na\u0323p')",
        "show('ÐẢNG&nbsp;VIÊN')",
        "if (a &&ampere && b) show('&amp#273;&#7843;ng vi&ecircn')",
    ],
)
def test_words_in_scripts_are_found_among_what_only_looks_like_codes(script: str) -> None:
    assert is_kept(f"{PLAIN}<script>{script}</script>")


@pytest.mark.parametrize(
    "script",
    [
        "if (a&&n.on) e.b('<div class=x>Quảng cáo</div>')",
        "var width = '100%', name = 'Đài Phát thanh và Truyền hình'",
    ],
)
def test_scripts_without_the_words_keep_no_page(script: str) -> None:
    assert not is_kept(f"{PLAIN}<script>{script}</script>")


def test_a_script_within_a_menu_is_searched_too() -> None:
    assert is_kept(f"{PLAIN}<nav><script>show('đảng viên')</script></nav>")
