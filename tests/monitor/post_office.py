"""A post office for the outbox: a recorded digest in a database, and a channel that obeys."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from monitor.items import Checked, Delivery, DeliveryState, Digest, Letter
from monitor.outbox import Outbox, Patience
from monitor.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from monitor.channels import Channel, Handover

DAY = date(2026, 11, 21)
SEVEN = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)
"""Seven o'clock in Vietnam, when the digest was decided."""

MINUTE = timedelta(minutes=1)
PATIENCE = Patience(first_pause=5 * MINUTE, give_up_after=timedelta(days=3))
MESSAGES = ("phần một", "phần hai", "phần ba")
AN, BINH, CHI = "an@example.org", "binh@example.org", "chi@example.org"


class PowerCutError(BaseException):
    """The process ends here; what it had committed is all that is left."""


@dataclass
class Post:
    """A channel that notes what arrives and answers each hand-over as it is told."""

    name: str = "email"
    can_repeat: bool = False
    recipients: tuple[str, ...] = (AN,)
    count: int = 1
    """Parts of a letter."""
    answers: defaultdict[str, list[BaseException | None]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """By recipient, what the next hand-overs meet; None and the end accept."""
    arrived: list[tuple[str, str]] = field(default_factory=list)

    def parts(self, letter: Letter) -> int:
        return len(letter.messages[: self.count])

    def send(self, letter: Letter, recipient: str, handover: Handover) -> None:
        for message in letter.messages[handover.parts_done : self.count]:
            handover.begin()
            answers = self.answers[recipient]
            if answers and (answer := answers.pop(0)) is not None:
                raise answer
            self.arrived.append((recipient, message))
            handover.confirm()


class Office:
    """A recorded digest in a database file, and outboxes that come and go over it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.store = Store.open(path, now=SEVEN - timedelta(days=1))
        self.now = SEVEN

    def record(self, *channels: Channel) -> None:
        digest = Digest(
            id=None,
            day=DAY,
            since_at=SEVEN - timedelta(days=1),
            until_at=SEVEN,
            stories=(),
            checked=Checked(
                sources=1, reached=1, provinces=1, provinces_reached=1, pages=0, flagged=0
            ),
        )
        waiting = [(channel.name, to) for channel in channels for to in channel.recipients]
        assert self.store.record_digest(digest, deliveries=waiting, now=SEVEN) is not None

    def outbox(self, *channels: Channel) -> Outbox:
        return Outbox(
            self.store,
            channels={channel.name: channel for channel in channels},
            render=_letter,
            patience=PATIENCE,
            clock=lambda: self.now,
        )

    def restart(self) -> None:
        self.store.close()
        self.store = Store.open(self._path, now=self.now)

    def cut_power_during(self, post: Post, *answers: BaseException | None) -> None:
        """Deliver until the process ends, at the first hand-over unless told; start it anew."""
        post.answers[AN] += answers or (PowerCutError(),)
        try:
            self.outbox(post).deliver_due()
        except PowerCutError:
            assert self.delivery().state == "handing-over"
        self.restart()

    def delivery(self, recipient: str = AN) -> Delivery:
        return next(one for one in self.store.deliveries() if one.recipient == recipient)

    def states(self) -> list[DeliveryState]:
        return [one.state for one in self.store.deliveries()]


def _letter(digest: Digest) -> Letter:
    assert digest.id is not None
    return Letter(
        digest_id=digest.id,
        day=digest.day,
        issue=digest.day.isoformat(),
        language="vi",
        dated_at=SEVEN,
        subject="Điểm báo",
        html="<p>Điểm báo</p>",
        text="Điểm báo",
        messages=MESSAGES,
    )
