"""What comes from elsewhere harms no page and leads out only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from lxml import html as lxml_html

from monitor.items import Digest, Letter
from monitor.render import render
from monitor.wording import Language, load_wording
from tests.monitor import sample_digests as samples
from tests.monitor.sample_digests import story

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def _letter(digest: Digest, language: Language = "vi") -> Letter:
    told = samples.in_english(digest) if language == "en" else digest
    return render(told, wording=load_wording(language), zone=HANOI)


def _page(letter: Letter) -> HtmlElement:
    return lxml_html.document_fromstring(letter.html)


def _words(letter: Letter) -> str:
    return " ".join(_page(letter).text_content().split())


def test_titles_are_escaped_and_lead_out_only() -> None:
    wicked = story(
        title='<script>alert("1")</script> & bạn',
        sentence="Câu <b>đậm</b> & dấu đây.",
        paper="Báo <i>X</i>",
        url='https://bao.example/?a=1&b="><script>',
    )
    letter = _letter(samples.digest(wicked))
    page = _page(letter)

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
    letter = _letter(samples.digest(story(url=url)))

    assert not _page(letter).xpath("//a")
    assert "<a" not in letter.messages[0]
    assert url not in letter.text


def test_control_characters_and_direction_marks_are_dropped() -> None:
    letter = _letter(samples.digest(story(title="Kết\x00 nạp\n\u202eđảng\ud800 viên")))

    for form in (letter.html, letter.text, letter.messages[0]):
        assert "Kết nạp đảng viên" in form


def test_the_page_asks_for_nothing_from_outside() -> None:
    page = _page(_letter(samples.full_day()))

    assert not page.xpath("//img|//script|//link|//iframe|//@src|//@background|//@onload")
    assert not re.search(r"url\(|@import", _letter(samples.full_day()).html)
