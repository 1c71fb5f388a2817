"""The channels that a configuration names, and whom each subscription reaches by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monitor.channels.email import EmailChannel
from monitor.channels.file import FileChannel
from monitor.config_subscriptions import Recipients
from monitor.errors import InputError

if TYPE_CHECKING:
    from monitor.channels import Channel
    from monitor.channels.telegram import MovedChats
    from monitor.config import Config, SubscriptionSettings


def configured_channels(config: Config, *, moved: MovedChats | None = None) -> dict[str, Channel]:
    """Each channel that a subscription names by its name, ready to send to all recipients.

    Args:
        config: The settings that hold.
        moved: Where Telegram's groups that became supergroups are kept.
    """
    named = {name: _all_recipients(config, name) for name in Recipients.model_fields}
    return {name: _channel(name, config, to, moved) for name, to in named.items() if to}


def alert_channels(config: Config, *, moved: MovedChats | None = None) -> dict[str, Channel]:
    """Each channel that ``alerts`` names by its name; else as ``configured_channels``."""
    to = config.alerts.channels
    if to is None:
        return {}
    recipients = {name: tuple(dict.fromkeys(getattr(to, name))) for name in to.named}
    return {name: _channel(name, config, own, moved) for name, own in recipients.items()}


def deliveries_of(
    config: Config, subscription: SubscriptionSettings, channels: dict[str, Channel]
) -> list[tuple[str, str]]:
    """Channel and recipient of each delivery that a subscription's digest takes.

    Args:
        config: The settings that hold.
        subscription: One of them.
        channels: As ``configured_channels`` makes them of the settings.
    """
    pairs = []
    for name in subscription.channels.named:
        # A channel names its recipients in the order of the settings; some hold secrets there.
        known = dict(zip(_all_recipients(config, name), channels[name].recipients, strict=True))
        own = dict.fromkeys(getattr(subscription.channels, name))
        pairs += [(name, known[recipient]) for recipient in own]
    return pairs


def _all_recipients(config: Config, channel: str) -> tuple[Any, ...]:
    everybody = (to for one in config.subscribers for to in getattr(one.channels, channel))
    return tuple(dict.fromkeys(everybody))


def _channel(
    name: str, config: Config, recipients: tuple[Any, ...], moved: MovedChats | None
) -> Channel:
    if name == "file":
        return FileChannel(*recipients)
    if name == "telegram":
        # Loaded late: an HTTP client that most watches never need.
        from monitor.channels.telegram import TelegramChannel

        settings = config.telegram.model_copy(update={"chats": recipients})
        return TelegramChannel(settings, moved=moved)
    if name == "apprise":
        return _apprise(config, recipients)
    return EmailChannel(config.email.model_copy(update={"recipients": recipients}))


def _apprise(config: Config, urls: tuple[Any, ...]) -> Channel:
    # Loaded late: an extra that most watches do not install.
    try:
        from monitor.channels.apprise import AppriseChannel
    except ImportError as error:
        raise InputError(
            "the settings name apprise, which is not installed; "
            "run `pip install 'diembao[apprise]'`"
        ) from error
    return AppriseChannel(config.apprise.model_copy(update={"urls": urls}))
