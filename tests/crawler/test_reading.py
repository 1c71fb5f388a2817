from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.errors import ReadingError
from crawler.reading import PageReading, read_page, to_article

FETCHED_AT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
TITLE = "Bản Lũng Pô dựng chi bộ đầu tiên"
FIRST = "Sau ba năm có tổ đảng, bản Lũng Pô đã đủ người để dựng một chi bộ của riêng mình."
SECOND = "Chi bộ có 5 đảng viên, người trẻ nhất là cô giáo mầm non mới chuyển từ xã bên sang."
THIRD = "Xã đặt mục tiêu mỗi năm kết nạp 4 đảng viên ở các bản giáp biên, bắt đầu từ bản này."
ARTICLE = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"


def page(body: str, *, head: str = "") -> bytes:
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"
    ).encode()


def read(body: bytes, *, encoding: str | None = None) -> PageReading:
    return read_page(body, url="https://a.vn/x-1.html", fetched_at=FETCHED_AT, encoding=encoding)


def of_zce(inner: str, *, sapo: str = "") -> PageReading:
    lead = f"<div class='article__sapo cms-desc'>{sapo}</div>" if sapo else ""
    return read(
        page(
            f"<h1 class='article__title cms-title'>{TITLE}</h1>{lead}"
            f"<div class='article__body zce-content-body cms-body'>{inner}</div>"
        )
    )


def refusal(body: bytes) -> str:
    with pytest.raises(ReadingError) as error:
        read(body)
    return error.value.kind


def test_a_sapo_outside_the_body_is_kept_once() -> None:
    reading = of_zce(ARTICLE, sapo="(LPO)- Ba bản giáp biên lần lượt có chi bộ của mình.")
    assert reading.sapo == "Ba bản giáp biên lần lượt có chi bộ của mình."
    assert reading.body == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


@pytest.mark.parametrize("again", [FIRST, f"(LPO)- {FIRST}", f"LPO - {FIRST}"])
def test_a_sapo_repeated_in_the_body_is_kept_once(again: str) -> None:
    reading = of_zce(f"<p>{again}</p><p>{SECOND}</p>", sapo=FIRST)
    assert (reading.sapo, reading.body) == (FIRST, SECOND)


def test_a_first_paragraph_in_bold_is_the_sapo() -> None:
    reading = of_zce(f"<p><b>{FIRST}</b></p><p>{SECOND}</p>")
    assert (reading.sapo, reading.body) == (FIRST, SECOND)


@pytest.mark.parametrize(
    "start", ["HĐND - UBND xã", "Ban Thường vụ (BTV) Huyện ủy", "TP - nơi", "UBMTTQ - tổ chức"]
)
def test_offices_in_capitals_are_no_initials_of_a_paper(start: str) -> None:
    first = f"{start} vừa họp bàn việc lập chi bộ ở ba bản giáp biên trong tháng này."
    assert of_zce(f"<p>{first}</p><p>{SECOND}</p>").body.startswith(first)


def test_a_description_is_the_sapo_only_where_the_page_shows_it() -> None:
    short = FIRST[:60]
    shown = page(
        f"<h1>{TITLE}</h1><div class='k1'>{FIRST}</div><div itemprop='articleBody'>"
        f"<p>{SECOND}</p><p>{THIRD}</p></div>",
        head=f"<meta name='description' content='{short}...'>",
    )
    assert read(shown).sapo == FIRST
    other = "Trang tin của bản Lũng Pô: thời sự, văn hóa, xã hội trong ngày ở vùng biên."
    hidden = page(
        f"<h1>{TITLE}</h1><div itemprop='articleBody'>{ARTICLE}</div>",
        head=f"<meta name='description' content='{other}'>",
    )
    assert read(hidden).sapo is None


@pytest.mark.parametrize(
    "initials",
    [
        *("(GLO)- ", "(GLO) – ", "LCĐT - ", "(BBT) - ", "BLC - ", "(Baonghean.vn) - ", "BTO- "),
        *("Hà Nội (TTXVN) - ", "(Báo Vùng Cao) – ", "baobien.vn - ", "BTN Online – "),
        *("K9 - ", "(K9) - "),
    ],
)
def test_the_papers_initials_go_from_the_start_only(initials: str) -> None:
    reading = of_zce(f"<p>{initials}{FIRST}</p><p>Báo LCĐT - tờ báo của tỉnh - đưa tin.</p>")
    assert reading.body.startswith(FIRST)
    assert "Báo LCĐT - tờ báo" in reading.body


@pytest.mark.parametrize(
    "noise",
    [
        "<figure><img src='a.jpg'><figcaption>Lễ ra mắt chi bộ</figcaption></figure>",
        "<p><img src='a.jpg'></p><p style='text-align: center'>Lễ ra mắt chi bộ</p>",
        "<p>Lễ ra mắt chi bộ. Ảnh: Vàng Sín</p>",
        "<div><b>Tin liên quan</b><ul><li><a href='/y'>Lễ ra mắt chi bộ</a></li></ul></div>",
        "<div><h4>Có thể bạn quan tâm</h4><p>Lễ ra mắt chi bộ ở một nơi khác hẳn.</p></div>",
        "<p>Đọc thêm</p><ul><li><a href='/y'>Lễ ra mắt chi bộ ở bản khác</a></li></ul>",
        "<p><a href='/y'>&gt;&gt; Lễ ra mắt chi bộ ở bản khác</a></p>",
        "<p><a href='/y'>Lễ ra mắt chi bộ ở bản khác</a></p>",
        "<form><select><option>1</option></select><p>Lễ ra mắt chi bộ</p></form>",
        "<fieldset><legend>Lễ ra mắt chi bộ</legend></fieldset>",
        "<script>var t = 'Lễ ra mắt chi bộ'</script><style>.x{content:'Lễ ra mắt chi bộ'}</style>",
        "<div class='social-share'>Lễ ra mắt chi bộ</div>",
        "<p>Lượt xem: 1.204</p><p>Theo dõi Báo Lễ ra mắt chi bộ trên Google News</p>",
        "<p>{{ 'Lễ ra mắt chi bộ' }}</p>",
    ],
)
def test_noise_within_the_text_is_left_out_and_the_text_goes_on(noise: str) -> None:
    reading = of_zce(f"<p>{FIRST}</p><p>{SECOND}</p>{noise}<p>{THIRD}</p>")
    assert reading.body == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


@pytest.mark.parametrize(
    "tail",
    [
        "<p>Từ khóa: chi bộ, vùng biên</p><p>Bầu cử ở nước láng giềng bước vào vòng hai.</p>",
        "<div>Bình luận (0)</div><div>Nội dung phải có dấu, không quá một nghìn chữ cái.</div>",
        "<p>Source link</p><p>Cùng tác giả</p><p>Một bài khác kể chuyện phiên chợ vùng cao.</p>",
        "<p>Giấy phép xuất bản số 12/GP-BTTTT</p><p>Tổng Biên tập: Ông X</p>",
        "<p><b>Có thể bạn quan tâm</b></p><p>Lũ về sớm khiến ba thôn ven sông bị chia cắt.</p>",
    ],
)
def test_the_article_ends_at_the_pages_labels(tail: str) -> None:
    assert of_zce(ARTICLE + tail).body == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def test_words_of_labels_within_sentences_end_nothing() -> None:
    inner = "<p>Nổi bật trong năm là mô hình dân vận khéo ở ba bản giáp biên của xã.</p>"
    assert "Nổi bật trong năm" in of_zce(ARTICLE + inner + ARTICLE).body


@pytest.mark.parametrize(
    ("signature", "author", "origin"),
    [
        ("<p>VÀNG SÍN</p>", "Vàng Sín", None),
        ("<p style='text-align:right'><b>Vàng Sín - Lò Mẩy</b></p>", "Vàng Sín - Lò Mẩy", None),
        ("<p>Bài và ảnh: Vàng Sín</p>", "Vàng Sín", None),
        ("<p>Vàng Sín</p><p>Nguồn: Báo Biên Giới</p>", "Vàng Sín", "Báo Biên Giới"),
        ("<p>Nguồn tin (Tinhuylungpo.vn)</p>", None, "Tinhuylungpo.vn"),
        ("<p>Theo TTXVN</p>", None, "TTXVN"),
        ("<p>(TTXVN)</p>", None, "TTXVN"),
        ("<p>TTXVN/Vietnam+</p>", None, "TTXVN/Vietnam+"),
        ("<p>(Theo Báo Biên Giới)</p>", None, "Báo Biên Giới"),
        ("<p>Tin: Vàng Sín; ảnh: Lò Mẩy</p>", "Vàng Sín; Lò Mẩy", None),
        ("<p>Vàng Sín (Đồn Biên phòng Lũng Pô)</p>", "Vàng Sín", None),
        ("<p>Đảng ủy xã Lũng Pô</p>", "Đảng ủy xã Lũng Pô", None),
        ("<p>Nguồn: Internet</p>", None, None),
        ("<p><a href='https://www.baobiengioi.vn/x'>Link bài gốc</a></p>", None, "baobiengioi.vn"),
    ],
)
def test_signature_and_origin_leave_the_body(
    signature: str, author: str | None, origin: str | None
) -> None:
    reading = of_zce(ARTICLE + signature)
    assert (reading.author, reading.original_source) == (author, origin)
    assert reading.body.endswith(THIRD)


def test_an_agencys_credit_behind_the_last_word_leaves_it() -> None:
    reading = of_zce(ARTICLE.removesuffix("</p>") + " (TTXVN)</p>")
    assert (reading.original_source, reading.body.endswith(THIRD)) == ("TTXVN", True)


def test_a_row_of_figures_stays_one_line() -> None:
    table = (
        "<table><tr><td>Bản Lũng Pô</td><td>5</td></tr><tr><td>Bản Mốc</td><td>7</td></tr></table>"
    )
    assert "Bản Lũng Pô | 5\n\nBản Mốc | 7" in of_zce(ARTICLE + table + ARTICLE).body


def test_a_page_without_any_family_is_read() -> None:
    reading = read(
        page(
            "<div id='top'><h1>Báo Lũng Pô điện tử</h1></div>"
            f"<h2>{TITLE}</h2><div class='k'>{ARTICLE * 2}</div>",
            head=f"<title>{TITLE} - Báo Lũng Pô</title>",
        )
    )
    assert (reading.title, reading.family) == (TITLE, None)
    assert reading.body.startswith(FIRST)


def test_a_short_page_of_no_family_keeps_its_paragraphs_apart() -> None:
    body = f"<h1>{TITLE}</h1><div><p>{FIRST}</p><p>{SECOND}</p></div>"
    assert read(page(body)).body == f"{FIRST}\n\n{SECOND}"


def test_decomposed_letters_entities_and_hidden_characters_come_out_composed() -> None:
    inner = "<p>Qu&acirc;\u0300n chúng ưu tu\u0301 của ba\u0309n&nbsp;giúp\u200b nhau vào Đảng.</p>"
    assert of_zce(inner).body == "Quần chúng ưu tú của bản giúp nhau vào Đảng."


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16"])
def test_marked_encodings_are_read(charset: str) -> None:
    text = page(f"<h1>{TITLE}</h1><div>{ARTICLE}</div>").decode()
    assert read(text.encode(charset)).title == TITLE


def test_an_old_encoding_is_read_as_the_header_says_and_utf8_in_spite_of_it() -> None:
    old = "<html><body><h1>Tỉnh đoàn họp</h1><p>Đoàn viên ưu tú được cử đi học.</p></body></html>"
    as_1258 = _tone_marks_apart(old).encode("cp1258")
    assert read(as_1258, encoding="windows-1258").title == "Tỉnh đoàn họp"
    utf8 = page(f"<h1>{TITLE}</h1><div>{ARTICLE}</div>")
    assert read(utf8, encoding="iso-8859-1").title == TITLE


def _tone_marks_apart(text: str) -> str:
    """Vowel with its own mark composed, tone mark apart: how windows-1258 writes Vietnamese."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    found = ""
    for character in text:
        parts = unicodedata.normalize("NFD", character)
        base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
        found += base + "".join(c for c in parts if c in tones)
    return found


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"<html><body></body></html>", "empty"),
        (page(f"<h1>{TITLE}</h1>"), "empty"),
        (b"%PDF-1.7\n...", "not-html"),
        (b"\x89PNG\r\n\x1a\n", "not-html"),
        (b'{"title": "x"}', "not-html"),
        (b"<?xml version='1.0'?><rss><channel/></rss>", "not-html"),
        ("Chỉ là chữ".encode(), "not-html"),
        (
            b'<html><script>document.cookie="D1N=0f"+"; path=/";window.location.reload(true)'
            b"</script></html>",
            "challenge",
        ),
        (page("<h1>Thông báo từ chối truy cập</h1><p>Mã sự cố 4711</p>"), "challenge"),
        (page("<p>Vui lòng nhập captcha để tiếp tục</p>"), "challenge"),
        (page("<p>Checking</p>", head="<title>Just a moment...</title>"), "challenge"),
        (
            page(f"<h1 class='pTitle'>{TITLE}</h1><div id='dcontent'>{'QUJD' * 40}</div>"),
            "challenge",
        ),
        (page("<p>không có tên bài</p>"), "parse"),
    ],
)
def test_what_is_no_article_says_why(body: bytes, kind: str) -> None:
    assert refusal(body) == kind


def test_an_article_about_captchas_is_no_challenge() -> None:
    reading = read(page(f"<h1>Cảnh báo trang giả mạo captcha</h1><div>{ARTICLE * 9}</div>"))
    assert reading.title == "Cảnh báo trang giả mạo captcha"


def test_the_record_carries_a_digest_of_the_text_alone() -> None:
    def article(reading: PageReading) -> str:
        return to_article(
            reading,
            source="bao-a",
            url="https://a.vn/x-1.html",
            key="a.vn/x",
            fetched_at=FETCHED_AT,
        ).digest

    plain = article(of_zce(ARTICLE))
    assert len(plain) == 64
    assert article(of_zce(ARTICLE + "<p>Vàng Sín</p>")) == plain
    assert article(of_zce(ARTICLE + f"<p>{FIRST} Hết.</p>")) != plain


MARKUP = [
    *("<p>", "</p>", "<div>", "</div>", "</html>", "</body>", "<form>", "<h1>", "<!--", "&nbsp;"),
    *("<table><tr><td>", "<a href='x'>", "\x00", "{{", "Tin liên quan", "01/02/2026"),
    *(TITLE, FIRST, SECOND),
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(MARKUP), max_size=40))
def test_broken_markup_gives_an_article_or_a_reading_error(pieces: list[str]) -> None:
    try:
        reading = read("".join(pieces).encode())
    except ReadingError:
        return
    assert reading.title
    assert reading.body or reading.sapo
