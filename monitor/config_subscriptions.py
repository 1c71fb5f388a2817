"""``subscriptions`` of config.yaml: who gets which digest, by which ways."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field, field_validator

from crawler.yamlfile import nearest
from monitor.config_values import (
    ClockTime,
    LocalPath,
    MailAddress,
    OneOrSeveral,
    Secret,
    Section,
)
from monitor.extractor.gazetteer import provinces
from monitor.items import Edition, Language

if TYPE_CHECKING:
    from collections.abc import Sequence


def _province_of_today(name: str) -> str:
    if name in provinces.READING_ORDER:
        return name
    meant = provinces.today(name)
    if meant is not None and provinces.canonical(name) != meant:
        raise ValueError(f"'{name}' is part of {meant} since July 2025; write '{meant}'")
    meant = meant or nearest(name, provinces.READING_ORDER)
    hint = f"did you mean '{meant}'?" if meant else "`diembao sources` lists them"
    raise ValueError(f"no province '{name}'; {hint}")


_ProvinceName = Annotated[str, AfterValidator(_province_of_today)]


class Recipients(Section):
    """Whom a subscription reaches, channel by channel."""

    file: Annotated[tuple[LocalPath, ...], OneOrSeveral] = ()
    email: Annotated[tuple[MailAddress, ...], OneOrSeveral] = ()
    telegram: Annotated[tuple[int | str, ...], OneOrSeveral] = ()
    apprise: Annotated[tuple[Secret, ...], OneOrSeveral] = ()

    @property
    def named(self) -> tuple[str, ...]:
        """The channels that reach anybody."""
        return tuple(name for name in type(self).model_fields if getattr(self, name))


class SubscriptionSettings(Section):
    """One digest and its readers."""

    name: Annotated[str, Field(min_length=1)]
    provinces: tuple[_ProvinceName, ...] = ()
    topics: tuple[str, ...] = ()
    language: Language | None = None
    time: ClockTime | None = None
    channels: Recipients
    editions: Annotated[tuple[Edition, ...], Field(min_length=1)] = ("daily",)
    csv: bool = False

    @field_validator("name")
    @classmethod
    def _one_line(cls, name: str) -> str:
        if not name.isprintable() or name != name.strip():
            raise ValueError("must be one line of printable characters")
        return name

    @field_validator("channels")
    @classmethod
    def _reaches_somebody(cls, channels: Recipients) -> Recipients:
        if not channels.named:
            raise ValueError(f"names nobody; known are {', '.join(Recipients.model_fields)}")
        return channels


def check_subscriptions(
    subscriptions: Sequence[SubscriptionSettings], *, topics: Sequence[str]
) -> None:
    """Hold subscriptions against each other and against the topics of the watch.

    Raises:
        ValueError: Begins with the key of the mistake.
    """
    _check_twins("name", [one.name for one in subscriptions])
    folders = [tuple(folder.absolute() for folder in one.channels.file) for one in subscriptions]
    for number, own in enumerate(folders):
        for other in folders[:number]:
            if shared := set(own) & set(other):
                raise ValueError(
                    f"subscriptions[{number}].channels.file: {shared.pop()} is another "
                    "subscription's too, and their files would bear the same names"
                )
    for number, one in enumerate(subscriptions):
        for topic in one.topics:
            if topic not in topics:
                meant = nearest(topic, topics) or ", ".join(topics)
                raise ValueError(
                    f"subscriptions[{number}].topics: no topic '{topic}' under topic; "
                    f"did you mean '{meant}'?"
                )


def _check_twins(key: str, values: Sequence[str]) -> None:
    for value, count in Counter(values).items():
        if count > 1:
            number = len(values) - 1 - values[::-1].index(value)
            raise ValueError(f"subscriptions[{number}].{key}: '{value}' stands there twice")
