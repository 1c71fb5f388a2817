"""config.yaml, parsed once into typed settings; any mistake is one line with file, line and key."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import (
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from crawler.items import CrawlLimits
from crawler.values import Duration, Pause
from crawler.yamlfile import YamlDocument, YamlError, first_fault, load_yaml
from monitor.config_alerts import AlertSettings
from monitor.config_channels import (
    AppriseSettings,
    ChannelName,
    DigestSettings,
    EmailSettings,
    FeedSettings,
    TelegramSettings,
)
from monitor.config_service import LogSettings, RetentionSettings, ServiceSettings
from monitor.config_subscriptions import (
    Recipients,
    SubscriptionSettings,
    check_subscriptions,
)
from monitor.config_values import Count, LocalPath, OneOrSeveral, Section, ZoneName
from monitor.errors import ConfigError
from monitor.items import SOLE, Language
from monitor.planning import REQUESTS_PER_DAY, REVISITS, Schedule
from monitor.rhythm import LEAST_INTERVAL, MOST_INTERVAL, Bounds

__all__ = [
    "AppriseSettings",
    "ChannelName",
    "Config",
    "DigestSettings",
    "EmailSettings",
    "FeedSettings",
    "SubscriptionSettings",
    "TelegramSettings",
    "load_config",
]


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


class ArchiveSettings(Section):
    """Where raw responses of articles are kept, and how long."""

    folder: LocalPath = Field(default=Path("archive"), validate_default=True)
    keep: Duration = timedelta(days=30)

    @property
    def is_on(self) -> bool:
        """Whether responses are kept at all."""
        return bool(self.keep)


class Config(Section):
    """One watch. Paths are absolute or relative to the working folder, ready to use."""

    language: Language = "vi"
    timezone: ZoneName = "Asia/Ho_Chi_Minh"
    database: LocalPath = Path("data/diembao.db")
    seeds: LocalPath = Path("seeds")
    outbox: LocalPath = Path("outbox")
    topic: Annotated[tuple[str, ...], OneOrSeveral, Field(min_length=1)] = ("dang-vien",)
    crawl: CrawlSettings = CrawlSettings()
    digest: DigestSettings = DigestSettings()
    subscriptions: Annotated[tuple[SubscriptionSettings, ...], Field(min_length=1)] | None = None
    email: EmailSettings = EmailSettings()
    telegram: TelegramSettings = TelegramSettings()
    apprise: AppriseSettings = AppriseSettings()
    feed: FeedSettings = FeedSettings()
    archive: ArchiveSettings = ArchiveSettings()
    retention: RetentionSettings = RetentionSettings()
    service: ServiceSettings = ServiceSettings()
    alerts: AlertSettings = AlertSettings()
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

    @property
    def topic_keys(self) -> tuple[str, ...]:
        """What the topics are known by: the names of their files without the ending."""
        return tuple(Path(name).stem for name in self.topic)

    @property
    def subscribers(self) -> tuple[SubscriptionSettings, ...]:
        """Those that are written down, or the one that the keys of ``digest`` describe."""
        return self.subscriptions or (self._sole,)

    @property
    def _sole(self) -> SubscriptionSettings:
        known: dict[ChannelName, tuple[Any, ...]] = {
            "file": (self.outbox,),
            "email": self.email.recipients,
            "telegram": self.telegram.chats,
            "apprise": self.apprise.urls,
        }
        named: dict[str, Any] = {name: known[name] for name in self.digest.channels}
        recipients = Recipients.model_construct(**named)
        return SubscriptionSettings.model_construct(name=SOLE, channels=recipients)

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
    def _topics_are_told_apart(self) -> Config:
        keys = self.topic_keys
        for key in keys:
            if keys.count(key) > 1:
                raise ValueError(f"topic: two topics are called '{key}'; rename one of the files")
        return self

    @model_validator(mode="after")
    def _subscriptions_agree(self) -> Config:
        if self.subscriptions is not None:
            check_subscriptions(self.subscriptions, topics=self.topic_keys)
            self._check_unused()
        return self

    def _check_unused(self) -> None:
        """What a watch with subscriptions would leave aside without a word."""
        for section, key in _OF_THE_SOLE:
            settings = getattr(self, section)
            if getattr(settings, key) != type(settings).model_fields[key].default:
                raise ValueError(
                    f"{section}.{key}: does not count where subscriptions are named; "
                    "write it into them"
                )

    @model_validator(mode="after")
    def _channels_are_complete(self) -> Config:
        for channel, key, value in self._needed():
            if not value:
                namer = "a subscription" if self.subscriptions else "digest.channels"
                if channel not in self._of_digests:
                    namer = "alerts.channels"
                raise ValueError(f"{channel}.{key}: is missing, and {namer} names {channel}")
        return self

    def _needed(self) -> list[tuple[str, str, Any]]:
        email, telegram = self.email, self.telegram
        of_alerts = self.alerts.channels.named if self.alerts.channels is not None else ()
        channels = self._of_digests.union(of_alerts)
        needed: list[tuple[str, str, Any]] = [
            ("email", "host", email.host),
            ("email", "sender", email.sender),
            ("email", "password", email.password or email.username is None),
            ("telegram", "token", telegram.token),
        ]
        needed = [one for one in needed if one[0] in channels]
        if self.subscriptions is None:
            own = [one for one in _OF_THE_SOLE if one[0] in self.digest.channels]
            needed += [(name, key, getattr(getattr(self, name), key)) for name, key in own]
        return needed

    @property
    def _of_digests(self) -> set[str]:
        """Channels that carry digests."""
        if self.subscriptions is None:
            return set(self.digest.channels)
        return {name for one in self.subscriptions for name in one.channels.named}


_OF_THE_SOLE = (
    ("digest", "channels"),
    ("email", "recipients"),
    ("telegram", "chats"),
    ("apprise", "urls"),
)
"""Keys that describe the one subscription of a watch that names none."""


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
    line = document.line_of(_keys(key))
    return ConfigError(document.path, line=line, key=key, reason=reason)


def _keys(dotted: str) -> tuple[str | int, ...]:
    """``subscriptions[0].name`` as ``("subscriptions", 0, "name")``."""
    return tuple(int(key) if key.isdigit() else key for key in re.findall(r"[^.\[\]]+", dotted))
