"""The service's jobs around digests: decide, record, deliver; each also runs once by hand."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from filelock import Timeout

from monitor.channels.configured import configured_channels, deliveries_of
from monitor.digest import decide
from monitor.drawing import draw
from monitor.editions import bounds_of, due_day, next_slot_at, period_of, slot_at, weeks_up_to
from monitor.errors import DigestError
from monitor.health import with_recovered
from monitor.outbox import Outbox, Patience
from monitor.render import render
from monitor.render.trend import chart_of
from monitor.trends import trend_of
from monitor.wording import load_wording

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from monitor.items import Digest, Edition, Letter, Period, Subscription, Trend
    from monitor.watch import Watch
    from monitor.wording import Wording

log = logging.getLogger(__name__)

TREND_WEEKS: dict[Edition, int] = {"weekly": 12, "monthly": 26}
"""How far back the trend of an edition goes: a quarter, half a year."""


def digests_if_due(watch: Watch, subscription: Subscription, *, at: datetime) -> list[Digest]:
    """Decide and record a subscription's editions whose hour has come, the daily one first.

    After downtime the one digest reaches back to the last.
    """
    recorded = []
    for edition in subscription.editions:
        day = due_issue(watch, subscription, edition=edition, at=at)
        if day is not None:
            digest = record_digest(watch, subscription, day=day, at=at, edition=edition)
            recorded += [digest] if digest is not None else []
    return recorded


def due_issue(
    watch: Watch, subscription: Subscription, *, edition: Edition, at: datetime
) -> date | None:
    """The day for which a subscription's digest is due and not recorded; None where none is."""
    return due_day(
        at,
        hour=subscription.hour,
        zone=watch.config.zone,
        last_day=_last_day(watch, subscription, edition),
        watching_since=watch.store.began_at(subscription.name),
        edition=edition,
    )


def next_digest_at(
    watch: Watch, subscription: Subscription, *, edition: Edition, at: datetime
) -> datetime:
    """The instant of a subscription's next digest, in UTC."""
    return next_slot_at(
        at,
        hour=subscription.hour,
        zone=watch.config.zone,
        last_day=_last_day(watch, subscription, edition),
        edition=edition,
    )


def record_digest(
    watch: Watch,
    subscription: Subscription,
    *,
    day: date,
    at: datetime,
    edition: Edition = "daily",
) -> Digest | None:
    """Record a digest with its deliveries; None where that day has one already."""
    digest = _decided(watch, subscription, day=day, at=at, edition=edition)
    settings = next(one for one in watch.config.subscribers if one.name == subscription.name)
    deliveries = deliveries_of(watch.config, settings, configured_channels(watch.config))
    digest_id = watch.store.record_digest(digest, deliveries=deliveries, now=at)
    if digest_id is None:
        return None
    stories = len(digest.stories)
    log.info("%s digest %s of %s recorded: %d stories", edition, day, subscription.name, stories)
    return watch.store.load_digest(digest_id)


def preview_digest(
    watch: Watch,
    subscription: Subscription,
    *,
    day: date,
    at: datetime,
    edition: Edition = "daily",
) -> Digest:
    """What the digest would hold if it were made now.

    That of a day which is over looks back on what was found from its eve's slot to its own,
    told since or not: what came later is another day's.
    """
    hour, zone = subscription.hour, watch.config.zone
    is_over = slot_at(day + timedelta(days=1), hour=hour, zone=zone) <= at
    make = _past_day if edition == "daily" and is_over else _decided
    return make(watch, subscription, day=day, at=at, edition=edition)


def _decided(
    watch: Watch, subscription: Subscription, *, day: date, at: datetime, edition: Edition
) -> Digest:
    make = _news if edition == "daily" else _review
    digest = make(watch, subscription, day=day, at=at, edition=edition)
    return _named(watch, digest, subscription, edition)


def _past_day(
    watch: Watch, subscription: Subscription, *, day: date, at: datetime, edition: Edition
) -> Digest:
    hour, zone = subscription.hour, watch.config.zone
    since_at = slot_at(day - timedelta(days=1), hour=hour, zone=zone)
    until_at = slot_at(day, hour=hour, zone=zone)
    digest = _looked_back(watch, subscription, day=day, at=at, window=(since_at, until_at))
    return _named(watch, digest, subscription, edition)


def _named(watch: Watch, digest: Digest, subscription: Subscription, edition: Edition) -> Digest:
    topics = (watch.topic(key) for key in subscription.topics)
    called = {topic.key: topic.called[subscription.language] for topic in topics}
    return replace(digest, subscription=subscription, edition=edition, topics=called)


def _news(
    watch: Watch, subscription: Subscription, *, day: date, at: datetime, edition: Edition
) -> Digest:
    """All since the last daily digest that the subscription was not told of."""
    store, name = watch.store, subscription.name
    issue = store.last_issue(name, edition=edition)
    since_at = issue.until_at if issue else store.began_at(name)
    last = _last_digest(watch, name, edition)
    checked = store.checked(since_at, at, subscription=subscription)
    return decide(
        store.stories_since(since_at, at, subscription=subscription),
        day=day,
        since_at=since_at,
        until_at=at,
        oldest_at=at - watch.config.digest.oldest_story,
        checked=with_recovered(last.checked if last else None, checked),
        provinces=_reading_order(watch),
        corrections=store.corrections_since(since_at, at, subscription=name),
        withdrawals=store.withdrawals_since(since_at, at, subscription=name),
    )


def _review(
    watch: Watch, subscription: Subscription, *, day: date, at: datetime, edition: Edition
) -> Digest:
    """All of the days before, told or not, with the weeks before for comparison."""
    last = _last_digest(watch, subscription.name, edition)
    is_later = last is not None and last.day < day
    period = period_of(day, edition, last=last.period if last is not None and is_later else None)
    since_at, until_at = bounds_of(period, watch.config.zone)
    digest = _looked_back(watch, subscription, day=day, at=at, window=(since_at, min(until_at, at)))
    return replace(digest, period=period, trend=_trend(watch, subscription, period, edition))


def _looked_back(
    watch: Watch,
    subscription: Subscription,
    *,
    day: date,
    at: datetime,
    window: tuple[datetime, datetime],
) -> Digest:
    """All that was found in a window, told or not, and what was checked then."""
    store, (since_at, until_at) = watch.store, window
    return decide(
        store.stories_of_period(since_at, until_at, subscription=subscription),
        day=day,
        since_at=since_at,
        until_at=until_at,
        oldest_at=since_at - watch.config.digest.oldest_story,
        checked=store.checked(
            since_at, until_at, subscription=subscription, told_too=True, as_of=at
        ),
        provinces=_reading_order(watch),
    )


def _last_digest(watch: Watch, name: str, edition: Edition) -> Digest | None:
    """The last digest; None, too, where it cannot be read: the next one does without it."""
    try:
        return watch.store.last_digest(name, edition=edition)
    except DigestError as error:
        log.error("%s; the next digest goes on where it ended", error)
        return None


def _trend(watch: Watch, subscription: Subscription, period: Period, edition: Edition) -> Trend:
    weeks = weeks_up_to(period.last, TREND_WEEKS[edition])
    since_at, until_at = bounds_of(replace(period, first=weeks[0]), watch.config.zone)
    stories, told = watch.store.told_between(since_at, until_at, subscription=subscription)
    return trend_of(
        stories,
        told,
        weeks=weeks,
        zone=watch.config.zone,
        provinces=_reading_order(watch),
        last_day=period.last,
        watched_since=watch.store.watching_since().astimezone(watch.config.zone).date(),
    )


def _reading_order(watch: Watch) -> list[str]:
    return [province.name for province in watch.seeds.provinces]


def _last_day(watch: Watch, subscription: Subscription, edition: Edition) -> date | None:
    last = watch.store.last_issue(subscription.name, edition=edition)
    return last.day if last else None


def letter_for(watch: Watch) -> Callable[[Digest], Letter]:
    """How this watch renders a digest: in the language it was recorded for.

    What it draws it remembers, so that all recipients of a digest get the one picture.
    """
    drawn: dict[str, bytes | None] = {}

    def letter(digest: Digest) -> Letter:
        if not digest.topics:
            digest = _completed(watch, digest)
        wording = load_wording(digest.subscription.language)
        picture = _picture(digest, wording, drawn)
        return render(digest, wording=wording, zone=watch.config.zone, picture=picture)

    return letter


def _picture(digest: Digest, wording: Wording, drawn: dict[str, bytes | None]) -> bytes | None:
    chart = chart_of(digest, wording=wording)
    if chart is None:
        return None
    key = repr(chart)
    if key not in drawn:
        drawn[key] = draw(chart)
    return drawn[key]


def _completed(watch: Watch, digest: Digest) -> Digest:
    """A digest that was recorded when a watch had one topic, one language and one hour."""
    language = watch.config.language
    hour = watch.config.digest.time
    subscription = replace(digest.subscription, language=language, hour=hour)
    first = watch.topics[0]
    return replace(digest, subscription=subscription, topics={first.key: first.called[language]})


def deliver_due(watch: Watch) -> int:
    """Send what the outbox holds and whose time has come; how many deliveries arrived.

    Does nothing while another process of this watch is sending.
    """
    settings = watch.config.digest
    outbox = Outbox(
        watch.store,
        channels=configured_channels(watch.config, moved=watch.store),
        render=letter_for(watch),
        patience=Patience(first_pause=settings.retry, give_up_after=settings.give_up),
        clock=watch.now,
    )
    try:
        with watch.sole("deliveries"):
            outbox.recover()
            return outbox.deliver_due()
    except Timeout:
        return 0
