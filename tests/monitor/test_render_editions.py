"""What a reader meets of topics, weeks, months and tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from lxml import html as lxml_html

from monitor.editions import period_of
from monitor.items import Digest, Letter, Period
from monitor.render import render
from monitor.wording import load_wording
from tests.monitor import sample_digests as samples
from tests.monitor.sample_digests import story

if TYPE_CHECKING:
    from monitor.items import Edition

MONDAY = date(2026, 11, 23)


def letter_of(digest: Digest) -> Letter:
    return render(digest, wording=load_wording("vi"), zone=ZoneInfo("Asia/Ho_Chi_Minh"))


def seen(letter: Letter) -> str:
    return " ".join(lxml_html.document_fromstring(letter.html).text_content().split())


def test_a_digest_of_several_topics_names_those_of_each_story() -> None:
    both = {**samples.TOPICS, "huy-hieu": "huy hiệu Đảng"}
    badges = story(topics=("huy-hieu",))
    letter = letter_of(replace(samples.digest(badges), topics=both))
    for form in (seen(letter), letter.text, letter.messages[0]):
        assert "· huy hiệu Đảng" in " ".join(form.split())
    assert letter.subject.endswith("1 tin về phát triển đảng viên, huy hiệu Đảng")
    assert "huy hiệu" not in letter_of(samples.digest(badges)).text


@pytest.mark.parametrize(
    ("edition", "day", "named", "issue"),
    [
        ("weekly", MONDAY, "tuần 16/11/2026 – 22/11/2026", "2026-W47"),
        ("monthly", date(2026, 12, 1), "tháng 11/2026", "2026-11"),
    ],
)
def test_a_week_and_a_month_are_named_in_subject_and_file(
    edition: Edition, day: date, named: str, issue: str
) -> None:
    period = period_of(day, edition)
    letter = letter_of(replace(samples.full_day(), edition=edition, day=day, period=period))
    assert letter.subject.startswith(f"Điểm báo {named}: 9 tin")
    assert letter.issue == issue
    assert named.capitalize() in letter.text


def test_what_was_caught_up_is_named_by_its_days() -> None:
    caught_up = Period(first=date(2026, 11, 2), last=date(2026, 11, 22))
    late = replace(samples.full_day(), edition="weekly", day=MONDAY, period=caught_up)
    assert letter_of(late).subject.startswith("Điểm báo 02/11/2026 – 22/11/2026")


def test_a_test_letter_says_so_first() -> None:
    letter = letter_of(replace(samples.empty_day(), is_test=True))
    assert letter.subject.startswith("[Gửi thử] ")
    assert letter.issue == "test-2026-11-21"
    for form in (seen(letter), letter.text, letter.messages[0]):
        assert "Đây là thư gửi thử" in form
