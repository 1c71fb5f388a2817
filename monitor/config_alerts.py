"""``alerts`` of config.yaml: who is told of the service's own troubles, and from where on."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import Field, field_validator

from crawler.values import Pause
from monitor.config_subscriptions import Recipients
from monitor.config_values import Count, Section
from monitor.items import Language


class AlertSettings(Section):
    """Letters to an operator, outside the digest; none unless channels are named."""

    channels: Recipients | None = None
    language: Language | None = None
    source_failures: Count = 5
    free_mb: Annotated[int, Field(ge=0)] = 500
    late: Pause = timedelta(hours=2)
    crawl_silence: Pause = timedelta(days=1)
    repeat: Pause = timedelta(days=1)
    pause: Pause = timedelta(hours=1)

    @field_validator("channels")
    @classmethod
    def _reaches_somebody(cls, channels: Recipients | None) -> Recipients | None:
        if channels is not None and not channels.named:
            raise ValueError(f"names nobody; known are {', '.join(Recipients.model_fields)}")
        return channels
