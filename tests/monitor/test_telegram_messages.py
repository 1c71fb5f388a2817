from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.items import Digest, Trouble
from monitor.render import render
from monitor.render.plain import safe_link, shorten, utf16_units, wrap
from monitor.wording import load_wording
from tests.monitor import sample_digests as samples
from tests.monitor.sample_digests import figure, story

WORDING = load_wording("vi")
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
LIMIT = 4_096
ALLOWED = {"b", "i", "a", "blockquote"}


class Entities(HTMLParser):
    """Reads a message as the Bot API does: balanced known tags, text between them."""

    def __init__(self, message: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text = ""
        self.feed(message)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED
        assert [name for name, _ in attrs] == (["href"] if tag == "a" else [])
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def _messages(digest: Digest) -> tuple[str, ...]:
    return render(digest, wording=WORDING, zone=HANOI).messages


@pytest.mark.parametrize(
    "digest",
    [samples.full_day(), samples.empty_day(), samples.day_with_failures(), samples.long_day(60)],
)
def test_every_message_is_well_formed_and_short_enough(digest: Digest) -> None:
    for message in _messages(digest):
        assert 0 < utf16_units(Entities(message).text) < LIMIT


def test_the_first_message_has_the_header_and_the_last_the_proof() -> None:
    messages = _messages(samples.long_day(60))

    assert len(messages) > 1
    assert messages[0].startswith("<b>Điểm báo · Phát triển đảng viên</b>\n<i>Thứ Bảy, 21/11/2026")
    assert "34/34 tỉnh đã kiểm tra" in messages[-1]
    assert not any("tỉnh đã kiểm tra" in message for message in messages[:-1])


def test_a_message_that_starts_within_a_province_says_so() -> None:
    digest = samples.digest(*(story(number) for number in range(30)))
    later = _messages(digest)[1:]

    assert later
    assert all(message.startswith("<b>▎Gia Lai (tiếp)</b>\n") for message in later)


def test_every_story_stands_whole_in_one_message() -> None:
    messages = _messages(samples.digest(*(story(number) for number in range(30))))

    for number in range(30):
        (message,) = (text for text in messages if f"chuyen-{number}.html" in text)
        after = message.split(f"chuyen-{number}.html")[1]
        assert "Vì sao: “kết nạp đảng viên”" in after


def test_an_overlong_story_is_shortened_at_a_word_bound() -> None:
    words = "kết nạp 𝟙𝟚 đảng viên mới "
    figures = tuple(
        figure("admitted", 1, org=words * 40, period=words * 40, unit=words * 40) for _ in range(12)
    )
    digest = samples.digest(
        story(title=words * 200, sentence=words * 400, paper=words * 90, figures=figures)
    )
    (message,) = _messages(digest)
    text = Entities(message).text

    assert utf16_units(text) < LIMIT
    assert "\ufffd" not in text
    title = text.split("▎Gia Lai\n1. ")[1].split("\n")[0]
    assert title.endswith("…")
    assert title[:-1] in words * 200
    assert f"{title[:-1]} " in words * 200


def test_failing_sources_are_spread_over_messages() -> None:
    troubles = tuple(
        Trouble(
            source=f"{'Báo rất dài ' * 8}{n}",
            kind="dns",
            detail="",
            since=None,
            last_success_at=None,
        )
        for n in range(60)
    )
    messages = _messages(samples.digest(checked=replace(samples.ALL_WELL, troubles=troubles)))

    assert len(messages) > 1
    assert all(utf16_units(Entities(message).text) < LIMIT for message in messages)
    assert "và 20 nguồn khác" in messages[-1]


@settings(max_examples=40, deadline=None)
@given(texts=st.lists(st.text(max_size=500), min_size=5, max_size=5), count=st.integers(1, 4))
def test_whatever_the_papers_print_the_messages_stay_well_formed(
    texts: list[str], count: int
) -> None:
    title, sentence, paper, org, url = texts
    figures = (figure("admitted", 3, org=org, unit=title, period=sentence),) * count
    digest = samples.digest(
        story(
            title=title, sentence=sentence, paper=paper, url=f"https://a.vn/{url}", figures=figures
        )
    )

    for message in _messages(digest):
        assert utf16_units(Entities(message).text) < LIMIT


@given(text=st.text(max_size=80), units=st.integers(1, 60))
def test_shortening_keeps_the_bound_and_the_beginning(text: str, units: int) -> None:
    text = "".join(letter for letter in text if not "\ud800" <= letter <= "\udfff")
    short = shorten(text, units)

    assert utf16_units(short) <= units
    assert short == text or text.startswith(short.removesuffix("…"))


def test_wrapping_never_opens_a_line_with_a_separator() -> None:
    wrapped = wrap(" · ".join(["mười hai chữ"] * 20))

    assert not [line for line in wrapped.splitlines() if line.startswith("·")]
    assert "\u00a0" not in wrapped


def test_an_address_with_a_broken_host_is_no_link() -> None:
    assert safe_link("https://[::1/x") is None
