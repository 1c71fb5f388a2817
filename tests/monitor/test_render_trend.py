"""What a reader meets of a trend: a picture, the same in a sentence, and a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from lxml import html as lxml_html

from monitor.items import Digest, Language, Letter, Trend
from monitor.render import render
from monitor.render.trend import TrendView, chart_of, trend_view
from monitor.wording import load_wording
from tests.monitor import sample_digests as samples

PNG = b"\x89PNG\r\n\x1a\n and so on"


def letter_of(digest: Digest, language: Language = "vi", *, png: bytes | None = None) -> Letter:
    told = samples.in_english(digest) if language == "en" else digest
    words = load_wording(language)
    return render(told, wording=words, zone=ZoneInfo("Asia/Ho_Chi_Minh"), picture=png)


def page_of(letter: Letter) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(letter.html)


def view(digest: Digest) -> TrendView:
    found = trend_view(digest, wording=load_wording("vi"))
    assert found is not None
    return found


def test_the_picture_travels_with_the_page_and_says_the_same_in_words() -> None:
    letter = letter_of(samples.week(), png=PNG)
    (image,) = page_of(letter).xpath("//img")
    assert letter.picture is not None
    assert letter.picture.png == PNG
    assert image.get("src") == f"cid:{letter.picture.content_id}"
    assert image.get("alt") == (
        "12 tuần, từ 31/08/2026 đến 22/11/2026: 217 tin, 2.136 đảng viên mới, "
        "nhiều tin nhất là Điện Biên (40), nhiều kết nạp nhất là Tuyên Quang (390)."
    )


def test_without_the_picture_the_sentence_stands_in_its_place() -> None:
    letter = letter_of(samples.week())
    page = page_of(letter)
    assert letter.picture is None
    assert not page.xpath("//img")
    assert "12 tuần, từ 31/08/2026" in page.text_content()


@pytest.mark.parametrize("png", [PNG, None])
def test_the_table_tells_the_last_week_and_all_weeks_province_by_province(
    png: bytes | None,
) -> None:
    letter = letter_of(samples.week(), png=png)
    table = page_of(letter).xpath("//table[.//th[@scope='colgroup']][not(@role)]")[0]
    rows = [[cell.text_content() for cell in row] for row in table.iter("tr")]
    assert rows[0] == ["", "Tin", "Kết nạp"]
    assert rows[1] == ["Tỉnh", "tuần cuối", "12 tuần", "tuần cuối", "12 tuần"]
    assert rows[2] == ["Tất cả", "18", "217", "237", "2.136"]
    assert rows[3] == ["Hà Nội", "2", "37", "38", "344"]
    assert rows[-1][0] == "Chưa rõ tỉnh"
    assert "Hà Nội                                2           37           38          344" in (
        letter.text
    )


def test_a_chat_gets_the_sentence() -> None:
    assert "nhiều tin nhất là Điện Biên (40)" in letter_of(samples.week()).messages[0]


def test_of_many_provinces_the_busiest_are_named_and_the_others_are_one_row() -> None:
    lines = view(samples.month()).lines
    assert len(lines) == 14
    assert (lines[0].name, lines[-1].name) == ("Tất cả", "22 nơi khác")
    assert sum(lines[0].stories.values) == sum(sum(one.stories.values) for one in lines[1:])


def test_one_province_needs_no_sum() -> None:
    week = samples.week()
    assert week.trend is not None
    rows = tuple(row for row in week.trend.rows if row.province == "Hà Nội")
    alone = replace(week, trend=replace(week.trend, rows=rows))
    assert [one.name for one in view(alone).lines] == ["Hà Nội"]
    assert view(alone).sentence.endswith(": 37 tin, 344 đảng viên mới.")


def test_weeks_in_which_nothing_was_told_have_no_trend() -> None:
    week = samples.week()
    nothing = replace(week, trend=Trend(weeks=(date(2026, 11, 16),), rows=()))
    for digest in (nothing, samples.full_day()):
        assert trend_view(digest, wording=load_wording("vi")) is None
        assert chart_of(digest, wording=load_wording("vi")) is None
    assert letter_of(nothing, png=PNG).picture is None


def test_a_week_that_is_not_over_is_said_to_be_so() -> None:
    assert "Tuần từ 30/11/2026 mới tính đến 30/11/2026." in letter_of(samples.month()).text
    assert "mới tính đến" not in letter_of(samples.week()).text


def test_weeks_before_the_watch_began_are_not_told_as_weeks_without_news() -> None:
    late = samples.week(watched_since=date(2026, 11, 4))
    letter = letter_of(late, png=PNG)
    assert "Theo dõi từ 04/11/2026; các tuần trước đó chỉ có những bài tìm lại được." in letter.text
    assert view(late).unwatched_weeks == 9
    assert "Theo dõi từ" not in letter_of(samples.week(watched_since=date(2020, 1, 1))).text


def test_the_chart_has_all_its_words_in_the_readers_language() -> None:
    chart = chart_of(samples.in_english(samples.week()), wording=load_wording("en"))
    assert chart is not None
    assert chart["title"] == "Stories and admissions by province"
    assert chart["span"] == "12 weeks, 31 Aug 2026 to 22 Nov 2026"
    assert chart == chart_of(samples.in_english(samples.week()), wording=load_wording("en"))
