"""Where else a story stands, whose figure it is, and what was corrected, in every form."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from html import escape, unescape
from zoneinfo import ZoneInfo

import pytest
from lxml import html as lxml_html

from monitor.items import Digest, Letter, Withdrawal
from monitor.render import render
from monitor.render.fitting import MAIL_BYTES
from monitor.render.telegram import MESSAGE_UNITS, visible_units
from monitor.wording import Language, load_wording
from tests.monitor import sample_digests as samples
from tests.monitor.sample_digests import figure, story

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def letter_of(digest: Digest, language: Language = "vi") -> Letter:
    return render(digest, wording=load_wording(language), zone=HANOI)


def words(letter: Letter) -> str:
    return " ".join(lxml_html.document_fromstring(letter.html).text_content().split())


def links(page: str) -> list[str]:
    return [str(link.get("href")) for link in lxml_html.document_fromstring(page).iter("a")]


def test_the_other_papers_are_named_with_links() -> None:
    copies = samples.copies(2)
    letter = letter_of(samples.digest(story(copies=copies)))

    line = "Cũng đăng trên: Báo Phú Thọ 1 (bản gốc), Báo Phú Thọ 2"
    assert line in words(letter)
    assert [copy.url for copy in copies] == links(letter.html)[1:]
    assert "    - Báo Phú Thọ 1 (bản gốc): https://to1.example" in letter.text
    assert f'<a href="{escape(copies[1].url)}">Báo Phú Thọ 2</a>' in letter.messages[0]


def test_a_story_of_one_paper_has_no_such_line() -> None:
    letter = letter_of(samples.digest(story()))

    for form in (words(letter), letter.text, *letter.messages):
        assert "Cũng đăng" not in form


def test_of_many_papers_the_rest_are_counted() -> None:
    letter = letter_of(samples.digest(story(copies=samples.copies(9))), "en")

    for form in (words(letter), letter.text, letter.messages[0]):
        assert "and 3 more" in form
        assert "Báo Phú Thọ 7" not in form


def test_a_figure_that_papers_disagree_on_names_its_paper() -> None:
    figures = (figure("admitted", 23, paper="Báo A"), figure("admitted", 24, paper="Báo B"))
    letter = letter_of(samples.digest(story(figures=figures)))

    for form in (words(letter), letter.text, letter.messages[0]):
        assert "23 đảng viên (theo Báo A)" in form
        assert "24 đảng viên (theo Báo B)" in form


@pytest.mark.parametrize(
    ("language", "heading", "line"),
    [
        (
            "vi",
            "Đính chính số liệu",
            "Đảng bộ xã Lâm Thao · Kết nạp đảng viên · Mười tháng qua: 23 đảng viên → 24 đảng viên",
        ),
        (
            "en",
            "Corrected figures",
            "Đảng bộ xã Lâm Thao · Members admitted · Mười tháng qua: 23 đảng viên → 24 đảng viên",
        ),
    ],
)
def test_a_correction_is_told_with_both_values(language: Language, heading: str, line: str) -> None:
    letter = letter_of(samples.digest(corrections=(samples.correction(),)), language)

    for form in (words(letter), " ".join(letter.text.split()), " ".join(letter.messages)):
        assert heading.lower() in form.lower()
        assert line in form
    assert links(letter.html) == [samples.correction().url]


@pytest.mark.parametrize(
    ("language", "heading", "line"),
    [
        ("vi", "Gỡ bài, đính chính số liệu", "Bài đã bị gỡ khỏi trang báo (phát hiện lúc"),
        ("en", "Withdrawn stories, corrected figures", "Taken off the paper's site (seen"),
    ],
)
def test_a_withdrawn_story_is_told_before_corrected_figures(
    language: Language, heading: str, line: str
) -> None:
    withdrawal = Withdrawal(
        article_id=7,
        url="https://bao.example/da-go.html",
        title="Chi bộ bản Thử kết nạp đảng viên",
        paper="Báo Thử",
        gone_at=samples.UNTIL - timedelta(hours=3),
    )
    corrected = samples.digest(corrections=(samples.correction(),))
    letter = letter_of(replace(corrected, withdrawals=(withdrawal,)), language)
    assert links(letter.html) == [withdrawal.url, samples.correction().url]
    assert letter.text.index(heading.upper()) < letter.text.index(withdrawal.title)
    for told in (letter.text, unescape(letter.html), unescape(letter.messages[-1])):
        assert line in " ".join(told.split())
        assert withdrawal.title in told


def test_a_story_taken_off_before_its_digest_says_so() -> None:
    letter = letter_of(samples.digest(story(is_gone=True)))
    assert "bài đã bị gỡ khỏi trang báo" in words(letter)


def test_many_corrections_are_counted_in_mails_and_stand_in_files() -> None:
    letter = letter_of(samples.digest(corrections=(samples.correction(),) * 25))

    for bounded in (letter.mail_html, letter.mail_text):
        assert bounded is not None
        assert "và 5 số liệu khác được đính chính" in bounded
    assert letter.text.count("→") == letter.html.count("→") == 25


def test_the_proof_counts_what_was_printed_again() -> None:
    letter = letter_of(samples.digest(checked=replace(samples.ALL_WELL, copies=3)))

    for form in (words(letter), " ".join(letter.text.split()), letter.messages[-1]):
        assert "3 bài đăng lại tin đã báo" in form


def test_a_long_day_of_stories_with_copies_stays_within_its_bounds() -> None:
    copies = samples.copies(9, paper="Báo và Phát thanh, truyền hình tỉnh Phú Thọ " * 3)
    day = samples.long_day(90)
    stories = tuple(replace(one, copies=copies) for one in day.stories)
    letter = letter_of(replace(day, stories=stories, corrections=(samples.correction(),) * 30))

    assert len((letter.mail_html or "").encode()) <= MAIL_BYTES
    assert max(map(visible_units, letter.messages)) <= MESSAGE_UNITS
