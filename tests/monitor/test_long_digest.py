from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from lxml import html as lxml_html

from monitor.items import Digest, Letter, Trouble
from monitor.render import HTML_BYTES, render
from monitor.wording import load_wording
from tests.monitor import sample_digests as samples


def _letter(digest: Digest) -> Letter:
    return render(digest, wording=load_wording("vi"), zone=ZoneInfo("Asia/Ho_Chi_Minh"))


def _page(letter: Letter) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(letter.html)


def _words(letter: Letter) -> str:
    return " ".join(_page(letter).text_content().split())


@pytest.mark.parametrize("count", [60, 300, 1500])
def test_a_long_day_stays_below_what_mail_clients_clip(count: int) -> None:
    letter = _letter(samples.long_day(count))

    assert len(letter.html.encode()) <= HTML_BYTES
    assert "34/34 tỉnh đã kiểm tra" in _words(letter)


def test_a_long_day_keeps_its_best_stories_in_full_and_counts_the_rest() -> None:
    letter = _letter(samples.long_day(100))
    page = _page(letter)
    in_full = [heading.text_content() for heading in page.iter("h3")]
    links = page.xpath("//a/@href")

    assert len(links) == 100
    assert {f"chuyện thứ {number}" for number in range(len(in_full))} == {
        title.split(", ")[1] for title in in_full
    }
    assert f"Tin nhiều: {100 - len(in_full)} tin xếp sau chỉ ghi tiêu đề." in _words(letter)


def test_what_even_titles_have_no_room_for_is_counted_and_stands_in_the_text() -> None:
    letter = _letter(samples.long_day(1500))
    shown = len(_page(letter).xpath("//a"))
    hidden = load_wording("vi").number(1500 - shown)

    assert f"Còn {hidden} tin không in ở đây" in _words(letter)
    assert letter.text.count("https://") == 1500


def test_when_everything_fails_the_page_names_some_sources_and_counts_the_others() -> None:
    troubles = tuple(
        Trouble(source=f"Báo {number}", kind="dns", detail="", since=None, last_success_at=None)
        for number in range(118)
    )
    letter = _letter(samples.digest(checked=replace(samples.ALL_WELL, troubles=troubles)))

    assert "và 78 nguồn khác" in _words(letter)
    assert "và 78 nguồn khác" in letter.messages[-1]
    assert letter.text.count("không tìm thấy tên miền") == 118
