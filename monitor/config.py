"""config.yaml, parsed once into typed settings; any mistake is one line with file, line and key."""

from __future__ import annotations

from datetime import time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)

from crawler.items import CrawlLimits
from crawler.values import Duration, Pause
from crawler.yamlfile import YamlDocument, YamlError, first_fault, load_yaml
from monitor.config_service import RetentionSettings, ServiceSettings
from monitor.config_values import ClockTime, Count, LocalPath, Secret, Section, ZoneName
from monitor.errors import ConfigError
from monitor.planning import REQUESTS_PER_DAY, REVISITS, Schedule
from monitor.rhythm import LEAST_INTERVAL, MOST_INTERVAL, Bounds

ChannelName = Literal["file", "email", "telegram", "apprise"]


class CrawlSettings(Section):
    """How sources are visited."""

    interval: Pause | None = None
    least_interval: Pause = LEAST_INTERVAL
    most_interval: Pause = MOST_INTERVAL
    requests_per_day: Count = REQUESTS_PER_DAY
    revisits: tuple[Pause, ...] = REVISITS
    delay: Duration = timedelta(seconds=1)
    timeout: Duration = timedelta(seconds=30)
    deadline: Duration = timedelta(minutes=10)
    batch: Count = 8
    workers: Count = 2
    cluster: str | None = None
    pages_per_source: Count = 40
    list_pages: Count = 12
    body_mb: Count = 8
    contact: str | None = None
    allow_loopback: bool = False

    @field_validator("contact")
    @classmethod
    def _one_line(cls, contact: str | None) -> str | None:
        if contact is not None and not contact.isprintable():
            raise ValueError("must be one line of printable characters")
        return contact

    @field_validator("revisits")
    @classmethod
    def _growing(cls, revisits: tuple[timedelta, ...]) -> tuple[timedelta, ...]:
        if any(later <= earlier for earlier, later in pairwise(revisits)):
            raise ValueError("must grow, such as [1h, 6h, 1d]")
        return revisits

    @property
    def schedule(self) -> Schedule:
        """How visits are planned."""
        return Schedule(
            interval=self.interval,
            bounds=Bounds(least=self.least_interval, most=self.most_interval),
            requests_per_day=self.requests_per_day,
            revisits=self.revisits,
        )

    @property
    def limits(self) -> CrawlLimits:
        """The bounds a crawl job carries."""
        return CrawlLimits(
            delay=self.delay,
            timeout=self.timeout,
            pages_per_source=self.pages_per_source,
            list_pages=self.list_pages,
            body_bytes=self.body_mb * 1024 * 1024,
            deadline=self.deadline,
        )


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
    recipients: tuple[str, ...] = ()
    timeout: Duration = timedelta(seconds=60)

    @field_validator("password")
    @classmethod
    def _can_be_sent(cls, password: SecretStr | None) -> SecretStr | None:
        if password is not None and not password.get_secret_value().isascii():
            raise ValueError("holds letters outside ASCII, which SMTP logins cannot carry")
        return password

    @field_validator("recipients")
    @classmethod
    def _addresses(cls, recipients: tuple[str, ...]) -> tuple[str, ...]:
        for address in recipients:
            if address.count("@") != 1 or not address.isprintable() or " " in address:
                raise ValueError(f"{address!r} is not a mail address")
        return recipients


class TelegramSettings(Section):
    """The bot and the chats it writes to."""

    token: Secret | None = None
    chats: tuple[int | str, ...] = ()
    base_url: str = "https://api.telegram.org"
    proxy: str | None = None
    timeout: Duration = timedelta(seconds=30)


class AppriseSettings(Section):
    """Services that apprise knows, by their URLs, which hold their secrets."""

    urls: tuple[Secret, ...] = ()


class ArchiveSettings(Section):
    """Where raw responses of articles are kept, and how long."""

    folder: LocalPath = Field(default=Path("archive"), validate_default=True)
    keep: Duration = timedelta(days=30)

    @property
    def is_on(self) -> bool:
        """Whether responses are kept at all."""
        return bool(self.keep)


class LogSettings(Section):
    """What the service says while it works."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["text", "json"] = "text"


class Config(Section):
    """One watch. Paths are absolute or relative to the working folder, ready to use."""

    language: Literal["vi", "en"] = "vi"
    timezone: ZoneName = "Asia/Ho_Chi_Minh"
    database: LocalPath = Path("data/diembao.db")
    seeds: LocalPath = Path("seeds")
    outbox: LocalPath = Path("outbox")
    topic: str = "dang-vien"
    crawl: CrawlSettings = CrawlSettings()
    digest: DigestSettings = DigestSettings()
    email: EmailSettings = EmailSettings()
    telegram: TelegramSettings = TelegramSettings()
    apprise: AppriseSettings = AppriseSettings()
    archive: ArchiveSettings = ArchiveSettings()
    retention: RetentionSettings = RetentionSettings()
    service: ServiceSettings = ServiceSettings()
    log: LogSettings = LogSettings()

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)

    @model_validator(mode="before")
    @classmethod
    def _archive_beside_the_file(cls, data: Any) -> Any:
        """Only what is validated learns where its relative paths begin."""
        return {"archive": {}, **data} if isinstance(data, dict) else data

    @property
    def zone(self) -> ZoneInfo:
        """The reader's time zone."""
        return ZoneInfo(self.timezone)

    @model_validator(mode="after")
    def _intervals_are_in_order(self) -> Config:
        if self.crawl.least_interval > self.crawl.most_interval:
            raise ValueError("crawl.least_interval: must not be longer than crawl.most_interval")
        return self

    @model_validator(mode="after")
    def _password_is_protected(self) -> Config:
        if self.email.username is not None and self.email.security == "none":
            raise ValueError(
                "email.security: must be starttls or tls where a username is set, "
                "or the password could be read on the way"
            )
        return self

    @model_validator(mode="after")
    def _channels_are_complete(self) -> Config:
        for channel, key, value in self._needed():
            if not value:
                raise ValueError(
                    f"{channel}.{key}: is missing, and digest.channels names {channel}"
                )
        return self

    def _needed(self) -> list[tuple[str, str, Any]]:
        email, telegram, channels = self.email, self.telegram, self.digest.channels
        needed: list[tuple[str, str, Any]] = []
        if "email" in channels:
            needed += [
                ("email", key, getattr(email, key)) for key in ("host", "sender", "recipients")
            ]
            if email.username is not None:
                needed.append(("email", "password", email.password))
        if "apprise" in channels:
            needed.append(("apprise", "urls", self.apprise.urls))
        if "telegram" in channels:
            needed += [("telegram", key, getattr(telegram, key)) for key in ("token", "chats")]
        return needed


def load_config(path: Path) -> Config:
    """Read a configuration file.

    Raises:
        ConfigError: No such file, broken YAML, an unknown key (the nearest known one is
            suggested), a value of the wrong kind, or a channel without what it needs.
    """
    try:
        document = load_yaml(path)
    except YamlError as error:
        raise ConfigError(error.path, line=error.line, key="", reason=error.reason) from error
    data = {} if document.data is None else document.data
    try:
        return Config.model_validate(data, context={"folder": path.parent})
    except ValidationError as error:
        raise _as_config_error(error, document) from error


def _as_config_error(error: ValidationError, document: YamlDocument) -> ConfigError:
    fault = first_fault(error, document, Config)
    if fault.key:
        return ConfigError(document.path, line=fault.line, key=fault.key, reason=fault.reason)
    key, _, reason = fault.reason.partition(": ")  # a rule over several keys names its own
    line = document.line_of(tuple(key.split(".")))
    return ConfigError(document.path, line=line, key=key, reason=reason)
