"""Sections of config.yaml about the digest's hour and its ways out."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator

from crawler.values import Duration
from monitor.config_values import ClockTime, Count, LocalPath, MailAddress, Secret, Section

Unsubscribe = Annotated[str, Field(max_length=500, pattern=r"^(?:https?://|mailto:)?[!-;=?-~]+$")]
"""A mail or web address; printable ASCII without angle brackets, which enclose it (RFC 2369)."""

ChannelName = Literal["file", "email", "telegram", "apprise"]


class DigestSettings(Section):
    """When the digest is made and where it goes."""

    time: ClockTime = time(7, 0)
    channels: tuple[ChannelName, ...] = ("file",)
    oldest_story: Duration = timedelta(days=7)
    retry: Duration = timedelta(minutes=5)
    give_up: Duration = timedelta(days=3)


class EmailSettings(Section):
    """The SMTP server and whom it shall reach."""

    host: str | None = None
    port: Annotated[int, Field(gt=0, lt=65536)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str | None = None
    password: Secret | None = None
    sender: str | None = None
    recipients: tuple[MailAddress, ...] = ()
    unsubscribe: Unsubscribe | None = None
    timeout: Duration = timedelta(seconds=60)

    @field_validator("password")
    @classmethod
    def _can_be_sent(cls, password: SecretStr | None) -> SecretStr | None:
        if password is not None and not password.get_secret_value().isascii():
            raise ValueError("holds letters outside ASCII, which SMTP logins cannot carry")
        return password


class TelegramSettings(Section):
    """The bot and the chats it writes to."""

    token: Secret | None = None
    chats: tuple[int | str, ...] = ()
    base_url: str = "https://api.telegram.org"
    proxy: str | None = None
    timeout: Duration = timedelta(seconds=30)
    answers: bool = True


class AppriseSettings(Section):
    """Services that apprise knows, by their URLs, which hold their secrets."""

    urls: tuple[Secret, ...] = ()


class FeedSettings(Section):
    """The Atom feed of flagged stories."""

    file: LocalPath | None = None
    url: str | None = None
    stories: Count = 100

    @field_validator("url")
    @classmethod
    def _can_be_asked_for(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return url
