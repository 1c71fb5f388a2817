"""What of a watch's state needs a person, and what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from monitor.conditions import FEW, Facts, JobFact, SourceFact, Thresholds, conditions
from monitor.items import Delivery, DeliveryState

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
THRESHOLDS = Thresholds(source_failures=5, free_mb=500, late=2 * HOUR, crawl_silence=DAY)
WELL = Facts(at=NOON, awake_since_at=NOON - 9 * DAY, free_mb=501)


def source(key: str = "bao", **changes: Any) -> SourceFact:
    well = SourceFact(
        key=key,
        name=f"Báo {key}",
        asked_at=NOON - HOUR,
        success_at=NOON - HOUR,
        failing_since_at=None,
        failures=0,
        failure_kind="status",
        failure_detail="HTTP 503",
    )
    return replace(well, **changes)


def broken(key: str, since_at: datetime, failures: int = 1) -> SourceFact:
    return source(key, success_at=NOON - 9 * DAY, failing_since_at=since_at, failures=failures)


def undelivered(state: DeliveryState, recipient: str = "an@example.org") -> Delivery:
    return Delivery(
        id=1,
        digest_id=1,
        subscription="default",
        edition="daily",
        day=date(2026, 11, 22),
        channel="email",
        recipient=recipient,
        state=state,
        attempts=1,
        next_try_at=None,
        error="550 no such mailbox",
    )


def kinds(**facts: Any) -> list[str]:
    return [one.kind for one in conditions(replace(WELL, **facts), THRESHOLDS)]


def test_a_watch_that_is_well_needs_nobody() -> None:
    assert kinds(sources=[source()], has_due=True, crawl_ended_at=NOON - DAY) == []


@pytest.mark.parametrize(("failures", "found"), [(4, []), (5, ["source"]), (50, ["source"])])
def test_a_source_counts_as_broken_from_the_set_number_of_failures(
    failures: int, found: list[str]
) -> None:
    assert kinds(sources=[source("mot"), broken("hai", NOON - DAY, failures)]) == found


def test_some_that_begin_to_fail_while_none_answers_are_the_networks() -> None:
    failing = [broken(f"bao-{number}", NOON - HOUR / 2) for number in range(FEW)]
    assert kinds(sources=[source(), *failing]) == ["network"]
    assert kinds(sources=[source(), *failing[1:]]) == []
    assert kinds(sources=[source(success_at=NOON), *failing]) == []


def test_those_that_were_broken_before_are_not_the_networks() -> None:
    failing = [broken(f"bao-{number}", NOON - 3 * DAY, 9) for number in range(FEW)]
    assert kinds(sources=[source(), *failing]) == ["source"] * FEW


def test_little_room_counts_below_the_threshold() -> None:
    assert kinds(free_mb=500) == []
    assert kinds(free_mb=499) == ["disk"]


def test_visits_that_are_due_and_do_not_end_count_after_a_day_awake() -> None:
    long_ago = NOON - 3 * DAY
    assert kinds(has_due=True, crawl_ended_at=long_ago) == ["crawl"]
    assert kinds(has_due=False, crawl_ended_at=long_ago) == []
    assert kinds(has_due=True, crawl_ended_at=long_ago, awake_since_at=NOON - HOUR) == []


def test_a_digest_that_is_due_counts_once_it_is_late_and_the_service_was_there() -> None:
    overdue = [("gia-lai", NOON - 3 * HOUR)]
    assert kinds(overdue=overdue) == ["digest"]
    assert kinds(overdue=overdue, awake_since_at=NOON - HOUR) == []
    assert kinds(overdue=[("gia-lai", NOON - HOUR)]) == []


@pytest.mark.parametrize(
    ("state", "age", "found"),
    [
        ("waiting", HOUR, []),
        ("waiting", 3 * HOUR, ["delivery"]),
        ("handing-over", 3 * HOUR, ["delivery"]),
        ("refused", HOUR, ["delivery"]),
        ("unclear", HOUR, ["delivery"]),
    ],
)
def test_a_delivery_counts_when_it_failed_or_is_late(
    state: DeliveryState, age: timedelta, found: list[str]
) -> None:
    assert kinds(undelivered=[(undelivered(state), NOON - age)]) == found


def test_deliveries_of_a_channel_are_one_condition() -> None:
    several = [(undelivered("refused", f"{name}@example.org"), NOON) for name in "abc"]
    [one] = conditions(replace(WELL, undelivered=several), THRESHOLDS)
    assert (one.subject, one.fields["count"], one.fields["recipient"]) == (
        "email",
        3,
        "a@example.org",
    )


def test_each_job_that_cannot_be_done_counts() -> None:
    job = JobFact(job="crawl", message="data.db is locked", since_at=NOON - HOUR)
    [one] = conditions(replace(WELL, jobs=[job]), THRESHOLDS)
    assert (one.kind, one.subject, one.since_at) == ("job", "crawl", NOON - HOUR)
