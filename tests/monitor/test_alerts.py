"""What the operator is told, and how often: looks of many days, without a clock or a channel."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.alerts import LASTING, Pace, decide, told
from monitor.items import Alert, AlertKind, Condition, Notice

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PACE = Pace(repeat=DAY, pause=HOUR)


def condition(kind: AlertKind, subject: str = "", *, at: datetime = NOON) -> Condition:
    return Condition(kind=kind, subject=subject, since_at=at, seen_at=at)


@dataclass
class Desk:
    """Keeps alerts as the store would, and the letters as an operator would."""

    now: datetime = NOON
    alerts: dict[tuple[AlertKind, str], Alert] = field(default_factory=dict)
    letters: list[Notice] = field(default_factory=list)

    def look(self, *seen: Condition, after: timedelta = timedelta(), sends: bool = True) -> bool:
        """One look; whether it led to a letter."""
        self.now += after
        decision = decide(self.alerts.values(), seen, now=self.now, pace=PACE)
        self._keep(decision.alerts)
        if decision.notice is not None and sends:
            self.letters.append(decision.notice)
            self._keep(told(decision.notice))
        return decision.notice is not None

    def _keep(self, alerts: tuple[Alert, ...]) -> None:
        self.alerts.update({(one.kind, one.subject): one for one in alerts})

    @property
    def last(self) -> tuple[list[str], list[str], list[str]]:
        """Of the last letter: what is new, what lasts, what is over."""
        letter = self.letters[-1]
        return tuple(_names(ones) for ones in (letter.new, letter.still, letter.over))  # type: ignore[return-value]  # three of them


def _names(alerts: tuple[Alert, ...]) -> list[str]:
    return [one.subject or one.kind for one in alerts]


def test_an_alert_is_told_at_once_again_after_a_day_and_when_it_is_over() -> None:
    desk = Desk()
    disk = condition("disk")
    assert desk.look(disk)
    assert desk.last == (["disk"], [], [])
    assert not any(desk.look(disk, after=10 * MINUTE) for _ in range(6 * 24 - 1))
    assert desk.look(disk, after=10 * MINUTE)
    assert desk.last == ([], ["disk"], [])
    assert not desk.look(after=HOUR)
    assert desk.look(after=LASTING)
    assert desk.last == ([], [], ["disk"])
    assert not any(desk.look(after=HOUR) for _ in range(100))


def test_what_comes_up_within_the_pause_is_told_in_one_letter_after_it() -> None:
    desk = Desk()
    desk.look(condition("disk"))
    more = [condition("source", f"bao-{number}") for number in range(40)]
    assert not desk.look(condition("disk"), *more[:20], after=20 * MINUTE)
    assert not desk.look(condition("disk"), *more, after=20 * MINUTE)
    assert desk.look(condition("disk"), *more, after=20 * MINUTE)
    new, still, over = desk.last
    assert (len(new), still, over) == (40, ["disk"], [])


def test_a_hundred_sources_that_fail_with_the_network_are_one_alert() -> None:
    desk = Desk()
    network = condition("network")
    broken = [condition("source", f"bao-{number}", at=NOON + HOUR) for number in range(100)]
    assert not desk.look(network)
    assert not desk.look(network, *broken[:10], after=LASTING - MINUTE)
    assert desk.look(network, *broken[:50], after=MINUTE)
    assert desk.last == (["network"], [], [])
    assert not desk.look(network, *broken, after=10 * HOUR)
    # One source answers; most others were not asked again yet.
    asked_again = condition("source", "bao-7", at=NOON + 12 * HOUR)
    assert not desk.look(*broken, after=HOUR)
    assert desk.look(*broken[:7], asked_again, *broken[8:], after=HOUR)
    assert desk.last == (["bao-7"], [], ["network"])
    assert len(desk.letters) == 2


def test_a_network_that_is_back_soon_is_not_told() -> None:
    desk = Desk()
    for _ in range(10):
        assert not desk.look(condition("network"), after=HOUR)
        assert not desk.look(condition("network"), after=LASTING - MINUTE)
        assert not desk.look(after=MINUTE)
        assert not desk.look(after=LASTING)
    assert desk.alerts["network", ""].closed_at == desk.now


def test_what_comes_and_goes_is_told_once_a_day() -> None:
    desk = Desk()
    for number in range(3 * 24 * 6):
        seen = [condition("source", "bao", at=desk.now)] if number % 2 else []
        desk.look(*seen, after=10 * MINUTE)
    assert [_names(one.new) + _names(one.still) for one in desk.letters] == [["bao"]] * 3
    desk = Desk()
    for number in range(3 * 24):  # long enough away to be called over each time
        seen = [condition("source", "bao", at=desk.now)] if number % 3 == 0 else []
        desk.look(*seen, after=HOUR)
    assert len([one for one in desk.letters if one.new]) == 3
    assert len(desk.letters) <= 6


def test_a_crash_between_sending_and_noting_gives_the_letter_once_more() -> None:
    desk = Desk()
    disk = condition("disk")
    assert desk.look(disk, sends=False)  # handed over, and the power goes
    assert desk.look(disk, after=MINUTE)
    assert not desk.look(disk, after=MINUTE)
    assert len(desk.letters) == 1


def test_what_is_over_before_anybody_could_be_told_is_never_told() -> None:
    desk = Desk()
    assert desk.look(condition("disk"), sends=False)
    assert not any(desk.look(after=10 * MINUTE) for _ in range(30))
    assert desk.alerts["disk", ""].closed_at is not None


def test_what_comes_back_after_its_end_was_told_waits_for_the_pause_too() -> None:
    desk = Desk()
    desk.look(condition("disk"))
    desk.look(after=HOUR)
    assert desk.look(after=LASTING)
    assert not desk.look(condition("disk"), condition("crawl"), after=HOUR - MINUTE)
    assert desk.look(condition("disk"), condition("crawl"), after=MINUTE)
    assert desk.last == (["crawl"], [], [])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sets(st.sampled_from("abcd")), st.integers(1, 90)), max_size=60))
def test_whatever_happens_letters_keep_their_pause_and_end(
    looks: list[tuple[set[str], int]],
) -> None:
    desk = Desk()
    for subjects, minutes in looks:
        seen = [condition("source", one, at=desk.now) for one in sorted(subjects)]
        desk.look(*seen, after=minutes * MINUTE)
    for _ in range(6):
        desk.look(after=HOUR)
    moments = [letter.at for letter in desk.letters]
    assert all(later - at >= PACE.pause for at, later in itertools.pairwise(moments))
    for subject in "abcd":
        news = [one.at for one in desk.letters if subject in _names(one.new)]
        ends = [one.at for one in desk.letters if subject in _names(one.over)]
        assert all(later - at >= PACE.repeat for at, later in itertools.pairwise(news))
        assert len(ends) == len(news)
    assert all(one.closed_at is not None for one in desk.alerts.values())
    assert not desk.look(after=HOUR)
