"""The channels that a configuration names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.channels.email import EmailChannel
from monitor.channels.file import FileChannel
from monitor.errors import InputError

if TYPE_CHECKING:
    from monitor.channels import Channel
    from monitor.config import ChannelName, Config


def configured_channels(config: Config) -> dict[str, Channel]:
    """Each channel of ``digest.channels`` by its name, ready to send."""
    return {name: _channel(name, config) for name in config.digest.channels}


def _apprise(config: Config) -> Channel:
    # Loaded late: an extra that most watches do not install.
    try:
        from monitor.channels.apprise import AppriseChannel
    except ImportError as error:
        raise InputError(
            "digest.channels names apprise, which is not installed; "
            "run `pip install 'diembao[apprise]'`"
        ) from error
    return AppriseChannel(config.apprise)


def _channel(name: ChannelName, config: Config) -> Channel:
    if name == "file":
        return FileChannel(config.outbox)
    if name == "telegram":
        # Loaded late: half a second and 20 MB that most watches never need.
        from monitor.channels.telegram import TelegramChannel

        return TelegramChannel(config.telegram)
    if name == "apprise":
        return _apprise(config)
    return EmailChannel(
        config.email, zone=config.zone, at=config.digest.time, language=config.language
    )
