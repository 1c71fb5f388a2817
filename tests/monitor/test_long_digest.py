from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from lxml import html as lxml_html

from monitor.channels.email import EmailChannel
from monitor.config import EmailSettings
from monitor.items import Digest, Letter, Trouble
from monitor.render import render
from monitor.render.fitting import MAIL_BYTES
from monitor.wording import load_wording
from tests.monitor import sample_digests as samples


def _letter(digest: Digest) -> Letter:
    return render(digest, wording=load_wording("vi"), zone=ZoneInfo("Asia/Ho_Chi_Minh"))


def _page(letter: Letter) -> lxml_html.HtmlElement:
    """As it travels in a mail."""
    assert letter.mail_html is not None
    return lxml_html.document_fromstring(letter.mail_html)


def _mail_bytes(letter: Letter) -> int:
    settings = {"host": "h", "sender": "diembao@example.org", "recipients": ["an@example.org"]}
    channel = EmailChannel(EmailSettings.model_validate(settings))
    return len(channel.message(letter, "an@example.org").as_bytes())


def _words(letter: Letter) -> str:
    return " ".join(_page(letter).text_content().split())


@pytest.mark.parametrize("count", [9, 60, 300, 1500])
def test_a_mail_stays_small_however_long_the_day(count: int) -> None:
    letter = _letter(samples.long_day(count))

    assert _mail_bytes(letter) <= MAIL_BYTES
    assert "34/34 tỉnh đã kiểm tra" in _words(letter)
    assert letter.mail_text is not None
    assert "34/34 tỉnh đã kiểm tra" in letter.mail_text


def test_a_long_day_keeps_its_best_stories_in_full_and_counts_the_rest() -> None:
    letter = _letter(samples.long_day(60))
    page = _page(letter)
    in_full = [heading.text_content() for heading in page.iter("h3")]

    assert len(in_full) >= 5
    assert len(page.xpath("//a[starts-with(@href, 'http')]")) == 60
    assert {f"chuyện thứ {number}" for number in range(len(in_full))} == {
        title.split(", ")[1] for title in in_full
    }
    assert f"Tin nhiều: {60 - len(in_full)} tin xếp sau chỉ ghi tiêu đề." in _words(letter)


def test_the_table_of_a_long_day_keeps_the_figures_of_the_best_stories() -> None:
    letter = _letter(samples.long_day(60))
    page = _page(letter)
    told_in = {int(link[2:]) for link in page.xpath("//td/a/@href")}

    rows = len(page.xpath("//td/a"))
    assert rows >= 20
    assert f"Còn {360 - rows} số liệu không in trong bảng cho gọn" in _words(letter)
    assert told_in <= {int(name[1:]) for name in page.xpath("//h3/@id")}


def test_a_figure_that_is_left_out_of_the_table_stands_in_the_file_that_comes_along() -> None:
    long = samples.long_day(60)
    letter = _letter(replace(long, subscription=replace(long.subscription, has_csv=True)))

    assert "tệp CSV kèm theo có đủ" in _words(letter)
    assert letter.csv is not None
    assert letter.csv.count("\r\n") == 361


def test_what_even_titles_have_no_room_for_is_counted_and_stands_in_page_and_text() -> None:
    letter = _letter(samples.long_day(1500))
    shown = len(_page(letter).xpath("//a[starts-with(@href, 'http')]"))
    hidden = load_wording("vi").number(1500 - shown)

    assert f"Còn {hidden} tin không in ở đây" in _words(letter)
    for whole in (letter.html, letter.text):
        assert whole.count("https://") == 1500


def test_when_everything_fails_the_page_names_some_sources_and_counts_the_others() -> None:
    troubles = tuple(
        Trouble(source=f"Báo {number}", kind="dns", detail="", since=None, last_success_at=None)
        for number in range(118)
    )
    letter = _letter(samples.digest(checked=replace(samples.ALL_WELL, troubles=troubles)))

    assert "và 78 nguồn khác" in _words(letter)
    assert "và 78 nguồn khác" in letter.messages[-1]
    assert letter.text.count("không tìm thấy tên miền") == 118
