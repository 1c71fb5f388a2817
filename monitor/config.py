"""config.yaml, parsed once into typed settings; any mistake is one line with file, line and key."""

from __future__ import annotations

import os
import re
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from crawler.items import CrawlLimits
from crawler.values import Duration
from crawler.yamlfile import YamlDocument, YamlError, first_fault, load_yaml
from monitor.errors import ConfigError

_CLOCK_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")

ChannelName = Literal["file", "email", "telegram", "apprise"]


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("is not a time zone; write an IANA name such as Asia/Ho_Chi_Minh")
    return name


def _clock_time(value: object) -> time:
    if isinstance(value, time):
        return value
    if isinstance(value, int) and 0 <= value < 24 * 60:
        return time(*divmod(value, 60))  # YAML 1.1 reads an unquoted 10:30 as 630 minutes
    match = _CLOCK_TIME.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError('is not a time of day such as "07:00"')
    return time(int(match[1]), int(match[2]))


def _secret(value: object, info: ValidationInfo) -> object:
    """Resolve ``env:NAME`` and ``file:PATH``; anything else is the secret itself."""
    if not isinstance(value, str):
        return value
    scheme, _, name = value.partition(":")
    if scheme == "env":
        if not os.environ.get(name):
            raise ValueError(f"the environment variable {name} is not set")
        return os.environ[name]
    if scheme == "file":
        return _read_secret(_folder_of(info) / Path(name).expanduser())
    return value


def _read_secret(path: Path) -> str:
    try:
        secret = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"the secret file {path} cannot be read") from error
    if not secret:
        raise ValueError(f"the secret file {path} is empty")
    return secret


def _folder_of(info: ValidationInfo) -> Path:
    folder = (info.context or {}).get("folder", ".")
    return Path(folder)


def _resolved(path: Path, info: ValidationInfo) -> Path:
    return _folder_of(info) / path.expanduser()


ClockTime = Annotated[time, BeforeValidator(_clock_time)]
Secret = Annotated[SecretStr, BeforeValidator(_secret)]
LocalPath = Annotated[Path, AfterValidator(_resolved)]
Count = Annotated[int, Field(gt=0)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class CrawlSettings(_Section):
    """How sources are visited."""

    interval: Duration = timedelta(minutes=30)
    delay: Duration = timedelta(seconds=1)
    timeout: Duration = timedelta(seconds=30)
    deadline: Duration = timedelta(minutes=10)
    batch: Count = 8
    workers: Count = 2
    cluster: str | None = None
    pages_per_source: Count = 40
    body_mb: Count = 8
    contact: str | None = None
    allow_loopback: bool = False

    @field_validator("contact")
    @classmethod
    def _one_line(cls, contact: str | None) -> str | None:
        if contact is not None and not contact.isprintable():
            raise ValueError("must be one line of printable characters")
        return contact

    @property
    def limits(self) -> CrawlLimits:
        """The bounds a crawl job carries."""
        return CrawlLimits(
            delay=self.delay,
            timeout=self.timeout,
            pages_per_source=self.pages_per_source,
            body_bytes=self.body_mb * 1024 * 1024,
            deadline=self.deadline,
        )


class DigestSettings(_Section):
    """When the digest is made and where it goes."""

    time: ClockTime = time(7, 0)
    channels: tuple[ChannelName, ...] = ("file",)
    oldest_story: Duration = timedelta(days=7)
    retry: Duration = timedelta(minutes=5)
    give_up: Duration = timedelta(days=3)


class EmailSettings(_Section):
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


class TelegramSettings(_Section):
    """The bot and the chats it writes to."""

    token: Secret | None = None
    chats: tuple[int | str, ...] = ()
    base_url: str = "https://api.telegram.org"
    proxy: str | None = None
    timeout: Duration = timedelta(seconds=30)


class AppriseSettings(_Section):
    """Services that apprise knows, by their URLs, which hold their secrets."""

    urls: tuple[Secret, ...] = ()


class ArchiveSettings(_Section):
    """Where raw responses of articles are kept, and how long."""

    folder: LocalPath = Field(default=Path("archive"), validate_default=True)
    keep: Duration = timedelta(days=30)

    @property
    def is_on(self) -> bool:
        """Whether responses are kept at all."""
        return bool(self.keep)


class LogSettings(_Section):
    """What the service says while it works."""

    level: Literal["debug", "info", "warning", "error"] = "info"


class Config(_Section):
    """One watch. Paths are absolute or relative to the working folder, ready to use."""

    language: Literal["vi", "en"] = "vi"
    timezone: Annotated[str, AfterValidator(_known_zone)] = "Asia/Ho_Chi_Minh"
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
