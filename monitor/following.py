"""The Atom feed of flagged stories: as a file, and for who asks the status port."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING

from monitor.channels.file import write_whole
from monitor.errors import StoreError

if TYPE_CHECKING:
    from email.message import Message
    from pathlib import Path

    from monitor.watch import Watch

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Feed:
    """The feed as it is at one moment."""

    document: bytes
    changed_at: datetime
    """To the second, as HTTP tells it."""

    @property
    def etag(self) -> str:
        """Of these bytes."""
        return f'"{hashlib.sha256(self.document).hexdigest()[:32]}"'

    @property
    def headers(self) -> dict[str, str]:
        """By which whoever got it can ask whether it changed; no cache shares it with others."""
        return {
            "ETag": self.etag,
            "Last-Modified": format_datetime(self.changed_at, usegmt=True),
            "Cache-Control": "private, no-cache",
        }

    def is_held_by(self, asked: Message) -> bool:
        """Whether a request's conditions say that its sender has these bytes (RFC 9110, 13.1)."""
        held = asked.get("If-None-Match")
        if held is not None:
            tags = {tag.strip().removeprefix("W/") for tag in held.split(",")}
            return bool(tags & {"*", self.etag})
        try:
            since = parsedate_to_datetime(asked.get("If-Modified-Since", ""))
        except ValueError:
            return False
        return since.tzinfo is not None and self.changed_at <= since


def feed_of(watch: Watch) -> Feed:
    """The feed as it is now.

    Raises:
        StoreError: The database cannot be read.
    """
    # Loaded late, with all that words a digest: a watch at rest need not hold it.
    from monitor.render.feed import atom_feed

    settings, language = watch.config.feed, watch.config.language
    stories = watch.store.newest_stories(settings.stories)
    began_at = watch.store.watching_since()
    document = atom_feed(
        stories,
        began_at=began_at,
        topics={topic.key: topic.called[language] for topic in watch.topics},
        url=settings.url,
        wording=watch.wording,
        zone=watch.config.zone,
    )
    changed_at = max((at for _, at in stories), default=began_at).astimezone(UTC)
    changed_at -= timedelta(microseconds=changed_at.microsecond)
    return Feed(document=document, changed_at=changed_at)


def write_feed(watch: Watch) -> bool:
    """Write the feed where the settings say, if they do and it is not what stands there.

    Returns:
        Whether it was written.

    Raises:
        StoreError: The database cannot be read, or the file cannot be written; what stood
            there is untouched then.
    """
    path = watch.config.feed.file
    if path is None:
        return False
    document = feed_of(watch).document
    if _holds(path, document):
        return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, document.decode())
    except OSError as error:
        raise StoreError(f"feed.file: {path}: {error.strerror}") from error
    log.info("feed written to %s", path)
    return True


def _holds(path: Path, document: bytes) -> bool:
    try:
        return path.read_bytes() == document
    except OSError:
        return False  # there is none, or writing will say what is wrong with it
