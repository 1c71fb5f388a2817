"""Boxes, teasers, lists and captions whose class names mean nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from lxml.html import fromstring

from crawler.reading import PageReading, read_page

FETCHED_AT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
TITLE = "Thôn Vạn Chài có chi bộ trên bến"
SAPO = "Mười hai năm lênh đênh, người vạn chài nay có chi bộ của mình ngay trên bến nước."
LINES = (
    "Bến có 64 hộ, ngày đi lưới, tối về neo thuyền thành xóm, con trẻ học chữ ở đình làng bên.",
    "Bí thư chi bộ là người đầu tiên của bến học hết trung học, rồi về vận động từng nhà góp vốn.",
    "Từ đầu năm, chi bộ kết nạp được 2 người, còn 5 quần chúng đã xong lớp nhận thức về Đảng.",
    "Sang năm, bến chuyển lên khu định cư mới, chi bộ sẽ họp ở nhà văn hóa có điện lưới.",
)
BODY = "\n\n".join(LINES)
ARTICLE = "".join(f"<p>{line}</p>" for line in LINES)
CARD = (
    "<div class='k{0}'><a href='/tin-{0}.html'><img src='/i{0}.jpg'></a>"
    "<h3><a href='/tin-{0}.html'>Chợ đầu mối số {0} dời ra ngoại ô</a></h3>"
    "<p>Tiểu thương ở chợ số {0} được miễn tiền thuê sạp trong ba tháng đầu tiên.</p></div>"
)
FLAT = (
    "<h4><a href='/tin-{0}.html'>Chợ đầu mối số {0} dời ra ngoại ô</a></h4>"
    "<p>Tiểu thương ở chợ số {0} được miễn tiền thuê sạp trong ba tháng đầu tiên.</p>"
)
LIST = (
    "<ul>"
    + "".join(f"<li><a href='/c{n}'>Chợ đầu mối số {n} dời đi</a></li>" for n in (1, 2))
    + "</ul>"
)


def read(inner: str, *, lead: str = "") -> PageReading:
    """A page of no known CMS: every class name on it is noise."""
    return read_page(
        f"<!DOCTYPE html><html><head><title>{TITLE} - Báo Bến Nước</title></head><body>"
        "<div class='a1'><a href='/'>Trang chủ</a><a href='/cd'>Chuyên đề</a></div>"
        f"<div class='b2'><h1 class='c3'>{TITLE}</h1><div class='d4'>03/04/2026 08:15</div>{lead}"
        f"<div class='e5'>{inner}</div></div></body></html>".encode(),
        url="https://a.vn/thon-van-chai-1.html",
        fetched_at=FETCHED_AT,
    )


def in_family(inner: str) -> PageReading:
    return read_page(
        f"<html><body><h1 class='article__title cms-title'>{TITLE}</h1>"
        f"<div class='article__body cms-body'>{inner}</div></body></html>".encode(),
        url="https://a.vn/thon-van-chai-post1.html",
        fetched_at=FETCHED_AT,
    )


BOXES = {
    "cards": "<div class='x'>" + CARD.format(1) + CARD.format(2) + "</div>",
    "one card": CARD.format(3),
    "list": LIST,
    "headed list": f"<div><b>Nhịp sống chợ</b>{LIST}</div>",
    "bare heading and list": f"<p><b>Tin chợ trong tuần</b></p>{LIST}",
    "list items with teasers": "<ul>"
    + "".join(
        f"<li><a href='/c{n}'>Chợ đầu mối số {n} dời đi</a> Tiểu thương đều mừng vui lắm.</li>"
        for n in (1, 2)
    )
    + "</ul>",
    "definition list": "<dl>"
    + "".join(
        f"<dt><a href='/c{n}'>Chợ đầu mối số {n} dời đi</a></dt>"
        "<dd>Tiểu thương mừng ra mặt vì có chỗ mới rộng rãi, thoáng mát.</dd>"
        for n in (1, 2)
    )
    + "</dl>",
    "dated list": "<div>"
    + "".join(
        f"<div><a href='/c{n}'>Chợ đầu mối số {n} dời đi</a> <i>(0{n}/04/2026)</i></div>"
        for n in (1, 2, 3)
    )
    + "</div>",
    "tags": "<div>Chợ: <a href='/1'>chợ quê</a>, <a href='/2'>nổi</a>, <a href='/3'>cá</a></div>",
    "numbers": "<ul>" + "".join(f"<li>{n}</li>" for n in range(1, 32)) + "</ul>",
    "months": "".join(f"<span><div>Tháng {n}</div></span>" for n in range(1, 13)),
    "layout table": "<table><tr><td>" + LIST + "</td></tr></table>",
    "inline links under a label": "<div><span>Nghe thêm</span><a href='/c1'>Chợ nổi dời ra ngã ba"
    "</a><a href='/c2'>Ghe hàng đông trở lại bến cũ</a></div>",
    "one link behind a label": "<p>Đọc tiếp: <a href='/c1'>Chợ nổi dời ra ngã ba sông</a></p>",
    "one link behind a bare label": "<p><b>Mời xem</b> <a href='/c1'>Chợ nổi dời ra ngã ba</a></p>",
    "one link in a quotation": "<blockquote><p>Cùng mạch: <a href='/c1'>Chợ nổi dời ra ngã ba</a>"
    "</p></blockquote>",
    "label and link in two blocks": "<div><div>Góc nhìn</div><div><a href='/c1'>Chợ nổi dời ra"
    " ngã ba sông</a></div></div>",
    "a label of its own above links": "<p><i>Chuyện cùng bến</i></p><p><a href='/c1'>Chợ nổi dời ra"
    " ngã ba</a></p><p><a href='/c2'>Ghe hàng đông trở lại</a></p>",
    "a link with its day": "<p><a href='/c1'>Chợ nổi dời ra ngã ba sông</a> (12/3/2026)</p>",
    "links between line breaks": "<div><b>Bạn nghe đài hỏi</b><br><a href='/c1'>Chợ nổi dời ra ngã"
    " ba</a><br>- <a href='/c2'>Ghe hàng đông trở lại</a><br></div>",
    "a picture with its headline": "<div><i>Nên xem</i><a href='/c1'><img src='/1.jpg'></a>"
    "<a href='/c1'>Chợ nổi dời ra ngã ba sông</a></div>",
    "pictures and headlines in links": "<div><div>Bạn nên đọc</div>"
    + "".join(
        f"<div><a href='/c{n}'><img src='/{n}.jpg'><span>Chợ đầu mối số {n} dời đi</span></a></div>"
        for n in (1, 2)
    )
    + "</div>",
    "buttons of networks": "<div><span>Chia sẻ:</span><a href='https://www.facebook.com/sharer.php'"
    ">fb</a><a href='https://zalo.me/share'>zl</a></div>",
    "links with signs between": "<p>Tin dẫn: <a href='/c1'>Chợ nổi dời ra ngã ba</a> |"
    " <a href='/c2'>Ghe hàng đông trở lại</a></p>",
    "buttons that go nowhere": "<p><a href='javascript:void(0)'>Ghim lại</a> - <a href='#'>Kể cho"
    " bạn</a></p>",
    "a table of links": "<table><tr><td><b>Nghe lại</b></td></tr><tr><td><a href='/c1'>Chợ nổi dời"
    " ra ngã ba</a></td></tr></table>",
    "definition of a box in sections": "<section><header>Đi cùng bài này</header><article><a"
    " href='/c1'><span>Chợ nổi dời ra ngã ba</span></a></article></section>",
}


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES.keys())
@pytest.mark.parametrize("reader", [read, in_family])
def test_a_box_behind_the_text_is_left_out(box: str, reader: object) -> None:
    assert callable(reader)
    assert reader(ARTICLE + box).body == BODY


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES.keys())
@pytest.mark.parametrize("reader", [read, in_family])
def test_a_box_within_the_text_is_left_out_and_the_text_goes_on(box: str, reader: object) -> None:
    assert callable(reader)
    half = "".join(f"<p>{line}</p>" for line in LINES[:2])
    rest = "".join(f"<p>{line}</p>" for line in LINES[2:])
    assert reader(half + box + rest).body == BODY


def test_headlines_with_teasers_flat_behind_the_text_are_left_out() -> None:
    flat = FLAT.format(1) + FLAT.format(2) + FLAT.format(3)
    assert read(ARTICLE + flat).body == BODY
    assert in_family(ARTICLE + FLAT.format(1)).body == BODY


def test_teasers_behind_a_short_photo_story_are_left_out() -> None:
    story = f"<p>{LINES[0]}</p><p><img src='/1.jpg'></p><p align='center'>Bến lúc chiều</p>"
    reading = read(story + "<div class='z'>" + "".join(map(CARD.format, range(1, 7))) + "</div>")
    assert (reading.sapo or reading.body) == LINES[0]


def test_subheadings_and_lists_of_the_article_stay() -> None:
    inner = (
        f"<p>{LINES[0]}</p><h3>Người giữ lửa</h3><p>{LINES[1]}</p>"
        "<ul><li>Một tổ lưới vây có 9 hộ.</li><li>Một tổ nuôi lồng có 12 hộ.</li></ul>"
        f"<p>{LINES[2]} <a href='/nq.pdf'>Nghị quyết số 5</a> nêu rõ điều đó.</p>"
    )
    body = read(inner).body
    assert "Người giữ lửa" in body
    assert "Một tổ nuôi lồng có 12 hộ." in body
    assert body.endswith("Nghị quyết số 5 nêu rõ điều đó.")


@pytest.mark.parametrize(
    "line",
    [
        "Ông Ba dẫn <a href='/nq'>Nghị quyết của Ban Chấp hành</a> để nói về chỉ tiêu năm nay.",
        "Theo <a href='/nq'>Nghị quyết của Ban Chấp hành Đảng bộ</a>, bến lập thêm một tổ đảng.",
        "<a href='/tag/ben'>Chi bộ bến Vạn Chài</a> có hai mươi đảng viên, sáu người là nữ.",
        "Chi bộ của <a href='/tag/ben'>bến Vạn Chài xã Sông Trước</a>.",
        "<strong><a href='/tag/ben'>Người giữ lửa</a></strong>",
        "Tải về: <a href='/nq5.pdf'>Nghị quyết số năm của Chi bộ bến</a>",
    ],
)
@pytest.mark.parametrize("reader", [read, in_family])
def test_a_line_with_a_link_within_stays(line: str, reader: object) -> None:
    assert callable(reader)
    half = "".join(f"<p>{line}</p>" for line in LINES[:2])
    rest = "".join(f"<p>{line}</p>" for line in LINES[2:])
    told = fromstring(line).text_content()
    assert told in reader(f"{half}<p>{line}</p>{rest}").body.split("\n\n")


@pytest.mark.parametrize(
    "picture",
    [
        "<div class='q'><img src='/1.jpg'><p>Thuyền về bến sau phiên lưới đêm, cá bạc.</p></div>",
        "<p><img src='/1.jpg'><br>Thuyền về bến sau phiên lưới đêm</p>",
        "<p style='text-align:center'><img src='/1.jpg'><em>Thuyền về bến sau đêm.</em></p>",
        "<table><tr><td><img src='/1.jpg'></td></tr><tr><td>Thuyền về bến.</td></tr></table>",
        "<p><img src='/1.jpg'></p><p>Thuyền về bến sau phiên lưới đêm</p>",
        "<div><span><img src='/1.jpg'></span></div><p><i>Thuyền về bến sau phiên lưới đêm.</i></p>",
        "<p><img src='/1.jpg'></p><p>Thuyền về bến. (Ảnh: Hai Lúa)</p>",
        "<p>Thuyền về bến. Ảnh minh họa.</p>",
        "<div><iframe src='https://v.vn/embed/1'></iframe><p>Thuyền về bến.</p></div>",
    ],
)
@pytest.mark.parametrize("reader", [read, in_family])
def test_captions_are_kept_apart(picture: str, reader: object) -> None:
    assert callable(reader)
    half = "".join(f"<p>{line}</p>" for line in LINES[:2])
    rest = "".join(f"<p>{line}</p>" for line in LINES[2:])
    assert reader(half + picture + rest).body == BODY


def test_a_paragraph_around_a_picture_stays() -> None:
    picture = f"<p><img src='/1.jpg' align='left'>{LINES[1]} {LINES[2]}</p>"
    inner = f"<p>{LINES[0]}</p>{picture}<p>{LINES[3]}</p>"
    assert read(inner).body == f"{LINES[0]}\n\n{LINES[1]} {LINES[2]}\n\n{LINES[3]}"


def test_a_subheading_below_a_picture_stays() -> None:
    heading = "<p><img src='/1.jpg'></p><p><b>Chuyện người giữ bến</b></p>"
    inner = f"<p>{LINES[0]}</p>{heading}<p>{LINES[1]}</p>"
    assert "Chuyện người giữ bến" in in_family(inner).body


@pytest.mark.parametrize(
    "footer",
    [
        "<p>BÁO BẾN NƯỚC ĐIỆN TỬ</p><p>Giấy phép số 12/GP ngày 1/2/2020</p><p>Địa chỉ: 1 Bến</p>",
        "<div>Cơ quan ngôn luận của Đảng bộ tỉnh</div><div>Tổng Biên tập: Ông X</div>",
        "<div>© Bản quyền thuộc về Báo Bến Nước.</div><div>Điện thoại: 0123 456 789</div>",
        "<p>Trang thông tin điện tử xã Bến Nước</p><p>Trụ sở: thôn Chài</p><p>Email: a@b.vn</p>",
    ],
)
@pytest.mark.parametrize("reader", [read, in_family])
def test_footers_of_several_lines_are_left_out(footer: str, reader: object) -> None:
    assert callable(reader)
    assert reader(ARTICLE + footer).body == BODY


@pytest.mark.parametrize(
    "lead",
    [
        f"<div class='f6'>{SAPO}</div>",
        f"<h2 class='f6'>(BBN) - {SAPO}</h2>",
        f"<div><p>{SAPO}</p><ul><li><a href='/c'>Chợ đầu mối số 1 dời</a></li></ul></div>",
    ],
)
def test_a_lead_between_title_and_text_is_the_sapo(lead: str) -> None:
    reading = read(ARTICLE, lead=lead)
    assert (reading.sapo, reading.body) == (SAPO, BODY)


def test_bold_sentences_at_the_head_of_the_first_paragraph_are_the_sapo() -> None:
    first, *rest = LINES
    inner = f"<p><strong>{SAPO}</strong> {first}</p>" + "".join(f"<p>{line}</p>" for line in rest)
    reading = in_family(inner)
    assert (reading.sapo, reading.body) == (SAPO, BODY)


def test_buttons_above_the_text_end_nothing() -> None:
    lead = "<div>Bình luận (0)</div><div>Chia sẻ</div><div>Nghe bài</div>"
    assert read(ARTICLE, lead=lead).body == BODY


def test_words_cut_up_by_tags_and_breaks_of_paragraphs_survive() -> None:
    first, second, *_ = LINES
    cut = first.replace("đi lưới", "<b>đ</b>i l<span>ướ</span>i")
    inner = f"<span><span>{cut}</span></span><br><br>{second}<br/>&nbsp;<br/><o:p></o:p>{LINES[2]}"
    assert in_family(f"<div>{inner}</div>").body == "\n\n".join(LINES[:3])


def test_a_poll_and_a_line_that_keeps_coming_back_are_no_text() -> None:
    poll = (
        "<div>Bạn thấy trang này thế nào?<br><input type='radio'>Tốt<input type='radio'>Kém</div>"
    )
    parts = "".join(f"<p>{line}</p><div>Gian hàng</div>" for line in LINES)
    assert read(poll + parts).body == BODY


def test_a_title_that_only_stands_above_the_date_is_found() -> None:
    reading = read_page(
        (
            "<html><head><title>UBND xã Bến Nước</title></head><body><div>Chào bạn đến thăm trang"
            " của xã, chúc một ngày tốt lành bên dòng sông quê.</div>"
            f"<div><span>{TITLE}</span><br><i>Ngày đăng: 03/04/2026</i><div>{ARTICLE}</div></div>"
        ).encode(),
        url="https://a.vn/?id=7",
        fetched_at=FETCHED_AT,
    )
    assert (reading.title, reading.sapo, reading.body) == (TITLE, None, BODY)
