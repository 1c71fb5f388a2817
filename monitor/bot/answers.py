"""Answers to what readers ask: each command is one question to the watch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from monitor import publishing
from monitor.bot.messages import (
    HITS_A_PAGE,
    LONGEST_QUERY,
    help_message,
    search_message,
    state_messages,
    today_messages,
)
from monitor.items import Digest, Keyboard
from monitor.render.keyboards import Page
from monitor.render.plain import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from monitor.items import Edition, Subscription
    from monitor.watch import Watch
    from monitor.wording import Wording

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Answer:
    """One message."""

    text: str
    keyboard: Keyboard = ()


class Answers:
    """What a chat is told.

    Args:
        watch: As it is now.
        subscriptions: Those of the chat, one at least.
        wording: The chat's language.
        may_mark: Whether the chat's buttons right and wrong count.
    """

    def __init__(
        self,
        watch: Watch,
        subscriptions: Sequence[Subscription],
        *,
        wording: Wording,
        may_mark: bool,
    ) -> None:
        self._watch = watch
        self._subscriptions = subscriptions
        self._wording = wording
        self._may_mark = may_mark

    def to(self, command: str, words: str, *, at: datetime) -> list[Answer]:
        """The messages that answer a command; help for one that is not known."""
        if command == "homnay":
            return list(self._today(at))
        if command == "tim":
            return [self._search(words)]
        if command == "tinhtrang":
            return self._state(at)
        return [Answer(help_message(self._wording, has_buttons=self._may_mark))]

    def page(self, query: str, page: Page) -> Answer:
        """A page of a search."""
        hits = self._watch.store.search(
            query, limit=(page.number + 1) * HITS_A_PAGE + 1, flagged_only=page.stories_only
        )
        shown = hits[page.number * HITS_A_PAGE :]
        zone = self._watch.config.zone
        return Answer(*search_message(shown, query, page=page, wording=self._wording, zone=zone))

    def _today(self, at: datetime) -> Iterator[Answer]:
        zone = self._watch.config.zone
        for one in self._subscriptions:
            day = at.astimezone(zone).date()
            digest = publishing.preview_digest(self._watch, one, day=day, at=at)
            next_at = publishing.next_digest_at(self._watch, one, edition=one.editions[0], at=at)
            texts, keyboards = today_messages(
                digest,
                next_at=self._wording.moment(next_at, zone),
                wording=self._wording,
                zone=zone,
            )
            for text, keyboard in zip(texts, keyboards, strict=True):
                yield Answer(text, keyboard if self._may_mark else ())

    def _search(self, words: str) -> Answer:
        query = one_line(words)[:LONGEST_QUERY].strip()
        if not any(map(str.isalnum, query)):
            return Answer(self._wording.say("chat.search.usage"))
        return self.page(query, Page(number=0, stories_only=True))

    def _state(self, at: datetime) -> list[Answer]:
        zone = self._watch.config.zone
        digests = [self._checked(one, at) for one in self._subscriptions]
        lines = [self._last_visit(), *self._plans(at)]
        texts = state_messages(digests, lines, wording=self._wording, zone=zone)
        return [Answer(text) for text in texts]

    def _checked(self, subscription: Subscription, at: datetime) -> Digest:
        """What was looked at in the last day, in the form in which readers know it."""
        since_at = max(at - _DAY, self._watch.store.watching_since())
        checked = self._watch.store.checked(since_at, at, subscription=subscription, told_too=True)
        return Digest(
            id=None,
            day=at.astimezone(self._watch.config.zone).date(),
            subscription=subscription,
            since_at=since_at,
            until_at=at,
            stories=(),
            checked=replace(checked, recovered=()),
        )

    def _last_visit(self) -> str:
        states = self._watch.store.source_states()
        visits = [one.last_crawled_at for one in states if one.last_crawled_at is not None]
        if not visits:
            return self._wording.say("chat.state.no_visit")
        moment = self._wording.moment(max(visits), self._watch.config.zone)
        return self._wording.say("chat.state.last_visit", moment=moment)

    def _plans(self, at: datetime) -> list[str]:
        """The last digest and the next; each edition by its name where there are several."""
        say = self._wording.say
        pairs = [(one, edition) for one in self._subscriptions for edition in one.editions]
        if len(pairs) == 1:
            return [self._last(*pairs[0]), self._next(*pairs[0], at)]
        return [
            say(
                "status.subscription",
                name=one.name,
                edition=say(f"edition.{edition}"),
                last=self._last(one, edition),
                next=self._next(one, edition, at),
            )
            for one, edition in pairs
        ]

    def _last(self, subscription: Subscription, edition: Edition) -> str:
        say = self._wording.say
        last = self._watch.store.last_digest(subscription.name, edition=edition)
        if last is None:
            return say("status.no_digest")
        stories = say("summary.stories", count=len(last.stories))
        return say("status.last_digest", day=self._wording.day(last.day), stories=stories)

    def _next(self, subscription: Subscription, edition: Edition, at: datetime) -> str:
        next_at = publishing.next_digest_at(self._watch, subscription, edition=edition, at=at)
        moment = self._wording.moment(next_at, self._watch.config.zone)
        return self._wording.say("status.next_digest", moment=moment)
