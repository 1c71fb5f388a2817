"""What a mail says of itself, read from what a real server received."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from email.message import EmailMessage

import pytest

from monitor.channels.email import EmailChannel
from monitor.config import EmailSettings
from monitor.items import Letter, Picture
from tests.fakes.mailserver import mail_server
from tests.monitor.channels.letters import LETTER, Steps

AN, BINH = "an@example.org", "binh@example.org"
PICTURE = Picture(content_id="hinh.0123@diembao", png=bytes(range(256)) * 8)
FIGURES = "\ufeffTổ chức,Giá trị\r\nĐảng bộ xã Ia O,31\r\n"


def carried(*letters: Letter, recipient: str = AN, **changes: object) -> list[EmailMessage]:
    """What arrived of letters that went over a real connection."""
    with mail_server() as mailbox:
        settings = {
            "host": "127.0.0.1",
            "port": mailbox.port,
            "security": "none",
            "sender": "Điểm báo <diembao@example.org>",
            "recipients": [recipient],
            **changes,
        }
        channel = EmailChannel(EmailSettings.model_validate(settings))
        for letter in letters:
            channel.send(letter, recipient, Steps())
    return mailbox.messages


def test_a_reader_can_give_the_letter_up_by_a_mail_to_its_sender() -> None:
    [mail] = carried(replace(LETTER, subscription="Gia Lai & Huế"))
    assert mail["List-Unsubscribe"] == (
        "<mailto:diembao@example.org?subject=unsubscribe%20Gia%20Lai%20%26%20Hu%E1%BA%BF>"
    )


@pytest.mark.parametrize(
    ("setting", "way"),
    [
        ("bo@example.org", "<mailto:bo@example.org?subject=unsubscribe%20default>"),
        ("mailto:bo@example.org?subject=thoi", "<mailto:bo@example.org?subject=thoi>"),
        ("https://example.org/bo?ma=1", "<https://example.org/bo?ma=1>"),
    ],
)
def test_the_way_out_can_be_set(setting: str, way: str) -> None:
    [mail] = carried(LETTER, unsubscribe=setting)
    assert mail["List-Unsubscribe"] == way


@pytest.mark.parametrize("setting", ["a b@example.org", "x>\r\nBcc: y@example.org", "", "ủy@x.vn"])
def test_a_way_out_that_would_break_the_header_is_refused(setting: str) -> None:
    with pytest.raises(ValueError, match="unsubscribe"):
        EmailSettings.model_validate({"unsubscribe": setting})


def test_mail_programs_can_sort_it_and_answering_machines_keep_quiet() -> None:
    plain, named = carried(LETTER, replace(LETTER, subscription="Gia Lai"))
    assert plain["List-Id"] == "<default.diembao.example.org>"
    assert named["List-Id"].startswith("<gia-lai-")
    assert plain["Auto-Submitted"] == "auto-generated"
    assert plain["Precedence"] == "list"


def test_the_issues_of_an_edition_form_one_thread_for_each_reader() -> None:
    next_day = replace(LETTER, digest_id=2, day=date(2026, 11, 22), issue="2026-11-22")
    weekly = replace(LETTER, digest_id=3, edition="weekly", issue="2026-W47")
    one, two, other = carried(LETTER, next_day, weekly)
    [another] = carried(LETTER, recipient=BINH)
    assert one["References"] == two["References"] == one["In-Reply-To"]
    assert len({mail["References"] for mail in (one, other, another)}) == 3
    assert len({mail["Message-ID"] for mail in (one, two, other, another)}) == 4
    assert one["References"] != one["Message-ID"]


def test_a_picture_and_figures_arrive_as_they_were_sent() -> None:
    page = f'<p>Xu hướng</p><img src="cid:{PICTURE.content_id}" alt="Biểu đồ">'
    [mail] = carried(replace(LETTER, html=page, picture=PICTURE, csv=FIGURES))
    assert mail.get_content_type() == "multipart/mixed"
    body, figures = mail.iter_parts()
    text, related = body.iter_parts()
    assert [text.get_content_type(), related.get_content_type()] == [
        "text/plain",
        "multipart/related",
    ]
    shown, image = related.iter_parts()
    assert f"cid:{str(image['Content-ID']).strip('<>')}" in shown.get_content()
    assert image.get_content() == PICTURE.png
    assert image.get_content_disposition() == "inline"
    assert figures.get_filename() == "diembao-2026-11-21.csv"
    assert figures.get_payload(decode=True) == FIGURES.encode()
    assert figures.get_content_charset() == "utf-8"


def test_a_mail_has_lines_that_every_server_takes() -> None:
    long_page = replace(LETTER, html="<p>" + "Đảng " * 2_000 + "</p>", csv=FIGURES)
    [mail] = carried(long_page)
    assert max(map(len, mail.as_string().splitlines())) <= 998


def test_the_same_letter_is_the_same_bytes_with_all_its_parts() -> None:
    letter = replace(LETTER, picture=PICTURE, csv=FIGURES)
    one, two = carried(letter, letter)
    assert one.as_bytes() == two.as_bytes()


def test_what_a_mail_has_no_room_for_is_not_in_it() -> None:
    [mail] = carried(replace(LETTER, mail_text="Ngắn\n", mail_html="<p>Ngắn</p>"))
    text, page = mail.iter_parts()
    assert text.get_content().strip() == "Ngắn"
    assert page.get_content().strip() == "<p>Ngắn</p>"
