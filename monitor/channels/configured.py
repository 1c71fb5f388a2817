"""The channels that a configuration names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.channels.email import EmailChannel
from monitor.channels.file import FileChannel

if TYPE_CHECKING:
    from monitor.channels import Channel
    from monitor.config import ChannelName, Config


def configured_channels(config: Config) -> dict[str, Channel]:
    """Each channel of ``digest.channels`` by its name, ready to send."""
    return {name: _channel(name, config) for name in config.digest.channels}


def _channel(name: ChannelName, config: Config) -> Channel:
    if name == "file":
        return FileChannel(config.outbox)
    if name == "telegram":
        # Loaded late: half a second and 20 MB that most watches never need.
        from monitor.channels.telegram import TelegramChannel

        return TelegramChannel(config.telegram)
    return EmailChannel(
        config.email, zone=config.zone, at=config.digest.time, language=config.language
    )
