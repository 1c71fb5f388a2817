"""Digests to the services that apprise knows (chat rooms, push services), as plain text."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from apprise import Apprise, NotifyFormat, OverflowMode

from monitor.errors import TemporaryRefusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apprise.plugins import NotifyBase
    from pydantic import SecretStr

    from monitor.channels import Handover
    from monitor.config import AppriseSettings
    from monitor.items import Letter


class AppriseChannel:
    """Sends to apprise URLs, one delivery each.

    apprise says only whether a service took a message, so every refusal is tried again.
    """

    name = "apprise"
    can_repeat = False

    def __init__(self, settings: AppriseSettings) -> None:
        self._urls = _by_mask(settings.urls)

    @property
    def recipients(self) -> tuple[str, ...]:
        """The URLs with their secrets masked."""
        return tuple(self._urls)

    def parts(self, letter: Letter) -> int:  # noqa: ARG002 - one whatever the letter
        """One: apprise splits for services with a limit, and gives one answer for all."""
        return 1

    def probe(self) -> None:
        """See whether apprise knows the URLs; what it knows it can only try by sending.

        Raises:
            TemporaryRefusal: It does not know one.
        """
        for url in self._urls.values():
            _service(url.get_secret_value())

    def send(self, letter: Letter, recipient: str, handover: Handover) -> None:
        """Send the letter's text.

        Raises:
            TemporaryRefusal: The service did not take it, or its URL left the settings.
        """
        if handover.parts_done:
            return
        url = self._urls.get(recipient)
        if url is None:
            raise TemporaryRefusal(f"apprise.urls no longer holds {recipient}")
        sender = Apprise()
        sender.add(_service(url.get_secret_value()))
        handover.begin()
        if not sender.notify(title=letter.subject, body=letter.text, body_format=NotifyFormat.TEXT):
            raise TemporaryRefusal(f"{recipient}: the service did not take it")
        handover.confirm()


def _by_mask(urls: Sequence[SecretStr]) -> dict[str, SecretStr]:
    """URLs by what can be shown of them; a few letters of a hash tell apart what looks alike."""
    masks = [_masked(url.get_secret_value()) for url in urls]
    return {
        mask if masks.count(mask) == 1 else f"{mask} #{_fingerprint(url)}": url
        for mask, url in zip(masks, urls, strict=True)
    }


def _fingerprint(url: SecretStr) -> str:
    return hashlib.sha256(url.get_secret_value().encode()).hexdigest()[:6]


def _service(url: str) -> NotifyBase:
    service = Apprise.instantiate(url)
    if service is None:
        raise TemporaryRefusal("apprise.urls: apprise does not know such a URL")
    service.overflow_mode = OverflowMode.SPLIT
    return service


def _masked(url: str) -> str:
    """What can be stored and shown: the address without its secrets and options."""
    service = Apprise.instantiate(url)
    if service is None:
        return f"{url.partition(':')[0]}://…"
    shown: str = service.url(privacy=True)  # type: ignore[no-untyped-call]  # not annotated there
    return shown.partition("?")[0]
