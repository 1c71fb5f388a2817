"""The outbox with a real store: what is sent, what is tried again, what never is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from monitor.errors import PermanentRefusal, TemporaryRefusal, UnclearOutcome
from monitor.outbox import LONGEST_PAUSE
from tests.monitor.post_office import (
    AN,
    BINH,
    CHI,
    MESSAGES,
    MINUTE,
    PATIENCE,
    SEVEN,
    Office,
    Post,
    PowerCutError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = Office(tmp_path / "diembao.db")
    yield opened
    opened.store.close()


def test_what_is_due_is_sent_once_to_each_recipient(office: Office) -> None:
    post = Post(recipients=(AN, BINH))
    office.record(post)
    assert office.outbox(post).deliver_due() == 2
    office.restart()
    assert office.outbox(post).deliver_due() == 0
    assert post.arrived == [(AN, "phần một"), (BINH, "phần một")]
    assert office.states() == ["sent", "sent"]
    assert (office.delivery().attempts, office.delivery().sent_at) == (1, SEVEN)


def test_the_pause_after_each_refusal_doubles_up_to_the_longest(office: Office) -> None:
    post = Post()
    office.record(post)
    pauses = []
    for _ in range(9):
        post.answers[AN].append(TemporaryRefusal("451 try later"))
        office.outbox(post).deliver_due()
        next_try_at = office.delivery().next_try_at
        assert next_try_at is not None
        pauses.append(next_try_at - office.now)
        office.now = next_try_at
    minutes = [pause / MINUTE for pause in pauses]
    assert minutes == [5, 10, 20, 40, 80, 160, 320, 360, 360]
    assert pauses[-1] == LONGEST_PAUSE


def test_nothing_is_tried_before_its_time(office: Office) -> None:
    post = Post()
    office.record(post)
    post.answers[AN].append(TemporaryRefusal("451 try later"))
    office.outbox(post).deliver_due()
    office.now += 5 * MINUTE - timedelta(seconds=1)
    assert office.outbox(post).deliver_due() == 0
    office.now += timedelta(seconds=1)
    assert office.outbox(post).deliver_due() == 1
    assert office.delivery().error is None


@pytest.mark.parametrize(("asked", "pause"), [(1, 5), (50, 50), (600, 600)])
def test_a_longer_pause_that_was_asked_for_is_kept(office: Office, asked: int, pause: int) -> None:
    post = Post()
    office.record(post)
    post.answers[AN].append(TemporaryRefusal("slow down", retry_after=asked * MINUTE))
    office.outbox(post).deliver_due()
    assert office.delivery().next_try_at == SEVEN + pause * MINUTE


def test_a_refusal_for_good_is_kept_and_harms_nobody_else(office: Office) -> None:
    post = Post(recipients=(AN, BINH, CHI))
    office.record(post)
    post.answers[BINH].append(PermanentRefusal("550 no such mailbox"))
    assert office.outbox(post).deliver_due() == 2
    office.now += timedelta(days=1)
    assert office.outbox(post).deliver_due() == 0
    assert [recipient for recipient, _ in post.arrived] == [AN, CHI]
    assert office.states() == ["sent", "refused", "sent"]
    assert office.delivery(BINH).error == "550 no such mailbox"
    assert office.delivery(BINH).next_try_at is None


def test_a_channel_that_fails_does_not_keep_another_waiting(office: Office) -> None:
    post, pigeon = Post(), Post(name="telegram", recipients=("7",))
    office.record(post, pigeon)
    post.answers[AN].append(TemporaryRefusal("no connection"))
    assert office.outbox(post, pigeon).deliver_due() == 1
    assert office.states() == ["waiting", "sent"]


def test_a_delivery_that_never_succeeds_is_given_up_after_the_set_time(office: Office) -> None:
    post = Post()
    office.record(post)
    post.answers[AN] += [TemporaryRefusal("no connection")] * 3
    office.now = SEVEN + PATIENCE.give_up_after
    office.outbox(post).deliver_due()
    assert office.delivery().state == "waiting"
    office.now += 5 * MINUTE
    office.outbox(post).deliver_due()
    office.now += timedelta(days=1)
    assert office.outbox(post).deliver_due() == 0
    delivery = office.delivery()
    assert (delivery.state, delivery.next_try_at) == ("refused", None)
    assert delivery.error == "given up after 2 tries: no connection"


def test_what_may_have_arrived_is_never_sent_again(office: Office) -> None:
    post = Post()
    office.record(post)
    post.answers[AN].append(UnclearOutcome("connection lost after the last byte"))
    assert office.outbox(post).deliver_due() == 0
    office.now += timedelta(days=1)
    office.restart()
    office.outbox(post).recover()
    assert office.outbox(post).deliver_due() == 0
    assert post.arrived == []
    delivery = office.delivery()
    assert delivery.state == "unclear"
    assert delivery.doubt == "part 1 may not have arrived: connection lost after the last byte"


def test_a_crash_before_the_answer_is_unclear_and_not_repeated(office: Office) -> None:
    post = Post()
    office.record(post)
    office.cut_power_during(post)
    office.outbox(post).recover()
    assert office.outbox(post).deliver_due() == 0
    assert office.delivery().state == "unclear"
    assert "part 1 may not have arrived" in (office.delivery().doubt or "")


def test_a_crash_is_no_matter_where_sending_twice_gives_one(office: Office) -> None:
    file = Post(name="file", can_repeat=True)
    office.record(file)
    office.cut_power_during(file)
    office.outbox(file).recover()
    assert office.outbox(file).deliver_due() == 1
    assert (office.delivery().state, office.delivery().doubt) == ("sent", None)


def test_a_channel_goes_on_after_the_parts_that_were_confirmed(office: Office) -> None:
    post = Post(count=3)
    office.record(post)
    post.answers[AN] += [None, TemporaryRefusal("flood control")]
    office.outbox(post).deliver_due()
    assert (office.delivery().state, office.delivery().parts_done) == ("waiting", 1)
    office.now += 5 * MINUTE
    office.restart()
    assert office.outbox(post).deliver_due() == 1
    assert [message for _, message in post.arrived] == list(MESSAGES)
    assert (office.delivery().state, office.delivery().parts_done) == ("sent", 3)


@pytest.mark.parametrize("trouble", [PowerCutError(), UnclearOutcome("connection lost")])
def test_a_channel_goes_on_after_a_part_in_doubt(office: Office, trouble: Exception) -> None:
    post = Post(count=3)
    office.record(post)
    office.cut_power_during(post, None, trouble)
    office.outbox(post).recover()
    assert office.delivery().state == "waiting"
    assert office.outbox(post).deliver_due() == 1
    assert [message for _, message in post.arrived] == ["phần một", "phần ba"]
    delivery = office.delivery()
    assert (delivery.state, delivery.parts_done) == ("unclear", 3)
    assert "part 2 may not have arrived" in (delivery.doubt or "")


def test_every_part_in_doubt_is_named(office: Office) -> None:
    post = Post(count=3)
    office.record(post)
    post.answers[AN] += [UnclearOutcome("connection lost")] * 2
    for _ in range(3):
        office.outbox(post).deliver_due()
    assert [message for _, message in post.arrived] == ["phần ba"]
    doubt = office.delivery().doubt or ""
    assert "part 1 may not have arrived" in doubt
    assert "part 2 may not have arrived" in doubt


def test_a_channel_that_is_configured_no_more_is_told_and_not_tried(office: Office) -> None:
    office.record(Post(), Post(name="telegram", recipients=("7",)))
    post = Post()
    assert office.outbox(post).deliver_due() == 1
    assert office.states() == ["sent", "refused"]
    assert office.delivery("7").error == "the settings no longer name telegram"


def test_a_crash_is_settled_though_its_channel_is_configured_no_more(office: Office) -> None:
    office.record(Post())
    office.cut_power_during(Post())
    office.outbox().recover()
    assert office.outbox().deliver_due() == 0
    assert office.delivery().state == "unclear"


def test_a_channels_own_mistake_is_in_doubt_and_harms_nobody_else(office: Office) -> None:
    post = Post(recipients=(AN, BINH))
    office.record(post)
    post.answers[AN].append(ZeroDivisionError("a mistake of ours"))
    assert office.outbox(post).deliver_due() == 1
    assert office.states() == ["unclear", "sent"]
    assert "ZeroDivisionError" in (office.delivery().doubt or "")


def test_a_retry_sends_the_parts_in_doubt_and_no_other(office: Office) -> None:
    post = Post(count=3)
    office.record(post)
    post.answers[AN] += [UnclearOutcome("lost"), None, UnclearOutcome("lost")]
    for _ in range(3):
        office.outbox(post).deliver_due()
    assert office.delivery().parts_in_doubt == (1, 3)
    post.arrived.clear()
    assert office.store.retry_deliveries([office.delivery().id])
    assert office.delivery().repeats == (1, 3)
    assert office.outbox(post).deliver_due() == 1
    assert [message for _, message in post.arrived] == ["phần một", "phần ba"]
    delivery = office.delivery()
    assert (delivery.state, delivery.doubt, delivery.parts_in_doubt) == ("sent", None, ())


@pytest.mark.parametrize("trouble", [PowerCutError(), UnclearOutcome("lost again")])
def test_a_retry_that_is_in_doubt_itself_leaves_what_was_confirmed(
    office: Office, trouble: BaseException
) -> None:
    post = Post(count=3)
    office.record(post)
    post.answers[AN] += [UnclearOutcome("lost"), None, UnclearOutcome("lost")]
    for _ in range(3):
        office.outbox(post).deliver_due()
    office.store.retry_deliveries([office.delivery().id])
    office.cut_power_during(post, None, trouble)
    office.outbox(post).recover()
    assert office.outbox(post).deliver_due() == 0
    delivery = office.delivery()
    assert (delivery.state, delivery.parts_in_doubt) == ("unclear", (3,))
    assert "part 3 may not have arrived, sent again" in (delivery.doubt or "")


def test_a_retry_that_is_refused_for_now_goes_on_with_the_same_part(office: Office) -> None:
    post = Post(count=2)
    office.record(post)
    post.answers[AN] += [None, UnclearOutcome("lost")]
    office.outbox(post).deliver_due()
    office.store.retry_deliveries([office.delivery().id])
    post.answers[AN].append(TemporaryRefusal("flood control"))
    post.arrived.clear()
    assert office.outbox(post).deliver_due() == 0
    office.now += 10 * MINUTE
    office.restart()
    assert office.outbox(post).deliver_due() == 1
    assert [message for _, message in post.arrived] == ["phần hai"]
    assert office.delivery().state == "sent"
