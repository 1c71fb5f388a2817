from __future__ import annotations

from datetime import UTC, date, datetime
from string import Formatter
from typing import TYPE_CHECKING, get_args
from zoneinfo import ZoneInfo

import pytest

from crawler.items import FailureKind
from monitor.items import DeliveryState, Edition, Label, Metric, Qualifier, Where
from monitor.wording import Language, load_wording

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from monitor.wording import Phrase

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
LANGUAGES: tuple[Language, ...] = get_args(Language)


def _fields(phrase: Phrase) -> AbstractSet[str]:
    patterns = [phrase] if isinstance(phrase, str) else phrase.values()
    return {name for pattern in patterns for _, name, _, _ in Formatter().parse(pattern) if name}


def test_both_languages_hold_the_same_phrases() -> None:
    assert load_wording("vi").phrases.keys() == load_wording("en").phrases.keys()


@pytest.mark.parametrize("key", sorted(load_wording("vi").phrases))
def test_both_languages_fill_the_same_fields(key: str) -> None:
    vietnamese, english = load_wording("vi").phrases[key], load_wording("en").phrases[key]

    assert _fields(vietnamese) == _fields(english)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("group", "names"),
    [
        ("failure", FailureKind),
        ("label", Label),
        ("metric", Metric),
        ("qualifier", Qualifier),
        ("where", Where),
        ("delivery", DeliveryState),
        ("edition", Edition),
    ],
)
def test_every_name_the_program_uses_has_its_words(
    language: Language, group: str, names: object
) -> None:
    wording = load_wording(language)

    assert not [name for name in get_args(names) if f"{group}.{name}" not in wording]


@pytest.mark.parametrize(("count", "said"), [(0, "0 stories"), (1, "1 story"), (2, "2 stories")])
def test_english_distinguishes_one_from_many(count: int, said: str) -> None:
    assert load_wording("en").say("summary.stories", count=count) == said


@pytest.mark.parametrize("count", [0, 1, 2])
def test_vietnamese_does_not(count: int) -> None:
    assert load_wording("vi").say("summary.stories", count=count) == f"{count} tin"


def test_numbers_within_a_phrase_are_grouped_as_the_reader_does() -> None:
    assert load_wording("vi").say("checked.pages", count=12412) == "12.412 bài mới"
    assert load_wording("en").say("checked.pages", count=12412) == "12,412 new pages"


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [(9550.0, "9.550", "9,550"), (2.5, "2,5", "2.5"), (31, "31", "31"), (0.125, "0,125", "0.125")],
)
def test_numbers_are_written_as_the_reader_does(
    value: float, vietnamese: str, english: str
) -> None:
    assert load_wording("vi").number(value) == vietnamese
    assert load_wording("en").number(value) == english


def test_days_are_written_as_the_reader_does() -> None:
    day = date(2026, 11, 21)

    assert load_wording("vi").day_in_words(day) == "Thứ Bảy, 21/11/2026"
    assert load_wording("en").day_in_words(day) == "Saturday, 21 November 2026"
    assert load_wording("vi").day(date(2026, 3, 5)) == "05/03/2026"


def test_a_moment_is_told_in_the_zone_of_the_reader() -> None:
    at = datetime(2026, 11, 20, 23, 15, tzinfo=UTC)

    assert load_wording("vi").moment(at, HANOI) == "06:15, 21/11/2026"


def test_a_word_from_outside_is_never_read_as_a_pattern() -> None:
    assert load_wording("vi").say("story.origin", source="{day} {0}") == "Nguồn gốc: {day} {0}"


def test_an_unknown_phrase_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        load_wording("vi").say("no.such.phrase")
