"""What was recorded beside what really arrived: each digest, each recipient, each story."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.channels.email import EmailChannel
from monitor.publishing import letter_for
from monitor.watch import Watch

if TYPE_CHECKING:
    from monitor.items import Delivery, Digest, Letter
    from tests.soak.post import Arrival


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """One digest to one recipient: what was noted of it, and what came."""

    delivery: Delivery
    digest: Digest
    counts: tuple[int, ...]
    """How often each of its parts arrived."""
    text: str
    """All that arrived of it."""
    arrived_at: datetime | None
    """When its last part did."""

    @property
    def is_whole(self) -> bool:
        """Whether each part arrived."""
        return all(self.counts)

    @property
    def is_doubled(self) -> bool:
        """Whether a part arrived more than once."""
        return any(count > 1 for count in self.counts)

    @property
    def is_in_doubt(self) -> bool:
        """Whether the service says that a part may not have arrived."""
        return self.delivery.doubt is not None

    @property
    def name(self) -> str:
        """For people."""
        one = self.delivery
        return f"{one.subscription} {one.edition} {one.day} by {one.channel} to {one.recipient}"


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """All digests, and all parcels."""

    digests: tuple[Digest, ...]
    parcels: tuple[Parcel, ...]
    strays: tuple[Arrival, ...]
    """What arrived and belongs to no recorded delivery."""


def read_ledger(watch: Watch, arrivals: list[Arrival]) -> Ledger:
    """Match what arrived with what was recorded, by Message-ID and by text."""
    books = _Books(watch, arrivals)
    parcels = tuple(books.parcel(delivery) for delivery in watch.store.deliveries())
    return Ledger(
        digests=tuple(books.digests.values()), parcels=parcels, strays=tuple(books.strays())
    )


class _Books:
    def __init__(self, watch: Watch, arrivals: list[Arrival]) -> None:
        self._letter_for = letter_for(watch)
        self._email = EmailChannel(watch.config.email)
        self._store = watch.store
        self._by_key: dict[tuple[str, str, str], list[Arrival]] = {}
        for one in arrivals:
            self._by_key.setdefault((one.way, one.recipient, one.key), []).append(one)
        self._known: set[tuple[str, str, str]] = set()
        self._letters: dict[int, Letter] = {}
        self.digests: dict[int, Digest] = {}

    def parcel(self, delivery: Delivery) -> Parcel:
        """What became of a delivery."""
        if delivery.digest_id not in self.digests:
            digest = self._store.load_digest(delivery.digest_id)
            self.digests[delivery.digest_id] = digest
            self._letters[delivery.digest_id] = self._letter_for(digest)
        digest, letter = self.digests[delivery.digest_id], self._letters[delivery.digest_id]
        if delivery.channel == "file":
            return _filed(delivery, digest, letter)
        keys = [(delivery.channel, delivery.recipient, key) for key in self._keys(delivery, letter)]
        self._known.update(keys)
        came = [self._by_key.get(key, []) for key in keys]
        every = [one for part in came for one in part]
        return Parcel(
            delivery=delivery,
            digest=digest,
            counts=tuple(map(len, came)),
            text="\n".join(one.text for one in every),
            arrived_at=max((one.at for one in every), default=None),
        )

    def strays(self) -> Iterator[Arrival]:
        """What nobody recorded."""
        for key, arrivals in self._by_key.items():
            if key not in self._known:
                yield from arrivals

    def _keys(self, delivery: Delivery, letter: Letter) -> list[str]:
        if delivery.channel == "telegram":
            return list(letter.messages)
        return [str(self._email.message(letter, delivery.recipient)["Message-ID"])]


def _filed(delivery: Delivery, digest: Digest, letter: Letter) -> Parcel:
    """A file is there once, whatever happened; written again it is the same file."""
    page = Path(delivery.recipient) / f"{letter.issue}.html"
    plain = page.with_suffix(".txt")
    is_there = page.exists() and plain.exists() and plain.read_text("utf-8") == letter.text
    return Parcel(
        delivery=delivery,
        digest=digest,
        counts=(int(is_there),),
        text=page.read_text("utf-8") if is_there else "",
        arrived_at=delivery.sent_at,
    )


def told_in(ledger: Ledger) -> Mapping[tuple[str, str, str], Counter[str]]:
    """How many daily digests that arrived told each address, by subscription, way, recipient."""
    told: dict[tuple[str, str, str], Counter[str]] = {}
    for parcel in ledger.parcels:
        if parcel.delivery.edition != "daily":
            continue
        one = parcel.delivery
        counter = told.setdefault((one.subscription, one.channel, one.recipient), Counter())
        for story in parcel.digest.stories:
            if story.url in html.unescape(parcel.text):
                counter.update({story.url, *(copy.url for copy in story.copies)})
    return told
