"""Test letters through all that a digest goes through, without a trace in the watch's database."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.channels.configured import configured_channels, deliveries_of
from monitor.items import Digest
from monitor.outbox import Outbox, Patience
from monitor.publishing import letter_for
from monitor.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from monitor.items import Delivery, Subscription
    from monitor.watch import Watch


def send_test(
    watch: Watch, channel: str, *, subscriptions: Sequence[Subscription], at: datetime
) -> list[Delivery]:
    """Send a letter that says it is a test to every recipient of a channel, once each.

    It is recorded in a database of its own, handed over by the outbox and sent by the channel
    as it is configured. Nothing is tried again.

    Args:
        watch: Whose settings hold.
        channel: One that they name.
        subscriptions: Whose recipients; one of several subscriptions gets one letter.
        at: The time of the test.

    Returns:
        What became of each.
    """
    with tempfile.TemporaryDirectory(prefix="diembao-test-") as folder:
        path = Path(folder) / "test.db"
        with Store.open(path, now=at) as store:
            _record(watch, store, channel, subscriptions=subscriptions, at=at)
            outbox = Outbox(
                store,
                channels=configured_channels(watch.config, moved=watch.store),
                render=letter_for(watch),
                patience=Patience(
                    first_pause=watch.config.digest.retry,
                    give_up_after=watch.config.digest.give_up,
                ),
                clock=watch.now,
            )
            outbox.deliver_due()
            return store.deliveries()


def _record(
    watch: Watch,
    store: Store,
    channel: str,
    *,
    subscriptions: Sequence[Subscription],
    at: datetime,
) -> None:
    channels = configured_channels(watch.config)
    settings = {one.name: one for one in watch.config.subscribers}
    reached: set[str] = set()
    for subscription in subscriptions:
        own = deliveries_of(watch.config, settings[subscription.name], channels)
        pairs = [(name, to) for name, to in own if name == channel and to not in reached]
        reached.update(to for _, to in pairs)
        letter = _test_digest(watch, subscription, at=at)
        store.record_digest(letter, deliveries=pairs, now=at)


def _test_digest(watch: Watch, subscription: Subscription, *, at: datetime) -> Digest:
    """Without stories, with the true state of the sources: what a reader would see below."""
    since_at = watch.store.began_at(subscription.name)
    topics = (watch.topic(key) for key in subscription.topics)
    return Digest(
        id=None,
        day=at.astimezone(watch.config.zone).date(),
        subscription=replace(subscription, editions=("daily",)),
        topics={topic.key: topic.called[subscription.language] for topic in topics},
        since_at=since_at,
        until_at=at,
        stories=(),
        checked=watch.store.checked(since_at, at, subscription=subscription),
        is_test=True,
    )
