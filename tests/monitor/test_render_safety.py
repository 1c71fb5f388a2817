"""What comes from elsewhere harms no page and leads out only."""

from __future__ import annotations

import re

import pytest

from tests.monitor import sample_digests as samples
from tests.monitor.letters import letter_of, page_of
from tests.monitor.sample_digests import story


def test_titles_are_escaped_and_lead_out_only() -> None:
    wicked = story(
        title='<script>alert("1")</script> & bạn',
        sentence="Câu <b>đậm</b> & dấu đây.",
        paper="Báo <i>X</i>",
        url='https://bao.example/?a=1&b="><script>',
    )
    letter = letter_of(samples.digest(wicked))
    page = page_of(letter)

    assert not page.xpath("//script|//i")
    assert page.xpath("//a/@href") == ['https://bao.example/?a=1&b="><script>']
    assert '<script>alert("1")</script> & bạn' in page.text_content()
    assert "<script" not in letter.messages[0]
    assert "<script>alert" in letter.text


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "ftp://bao.example/x", "https://", "https://a b/"],
)
def test_only_web_addresses_become_links(url: str) -> None:
    letter = letter_of(samples.digest(story(url=url)))

    assert not page_of(letter).xpath("//a")
    assert "<a" not in letter.messages[0]
    assert url not in letter.text


def test_control_characters_and_direction_marks_are_dropped() -> None:
    letter = letter_of(samples.digest(story(title="Kết\x00 nạp\n\u202eđảng\ud800 viên")))

    for form in (letter.html, letter.text, letter.messages[0]):
        assert "Kết nạp đảng viên" in form


def test_the_page_asks_for_nothing_from_outside() -> None:
    page = page_of(letter_of(samples.full_day()))

    assert not page.xpath("//img|//script|//link|//iframe|//@src|//@background|//@onload")
    assert not re.search(r"url\(|@import", letter_of(samples.full_day()).html)
