"""The sections of config.yaml that an operator of the service cares for."""

from __future__ import annotations

import ipaddress
from datetime import timedelta
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from crawler.values import Pause
from monitor.config_values import Section
from monitor.rhythm import WINDOW


class LogSettings(Section):
    """What the service says while it works."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["text", "json"] = "text"


class ServiceSettings(Section):
    """How the running service can be looked after."""

    listen: str | None = None
    allow_remote: bool = False
    least_free_mb: Annotated[int, Field(ge=0)] = 50

    @field_validator("listen")
    @classmethod
    def _host_and_port(cls, listen: str | None) -> str | None:
        if listen is not None:
            split_address(listen)
        return listen

    @model_validator(mode="after")
    def _stays_on_this_machine(self) -> ServiceSettings:
        if self.listen is None or self.allow_remote:
            return self
        host, _ = split_address(self.listen)
        if not is_loopback(host):
            raise ValueError(
                f"{host} can be reached from other machines, and nobody is asked who they are; "
                "write 127.0.0.1, or set service.allow_remote: true"
            )
        return self


class RetentionSettings(Section):
    """How long the database keeps what no digest needs; None is for ever."""

    skimmed: Pause | None = timedelta(days=365)
    texts: Pause | None = timedelta(days=365)
    revisions: Pause | None = timedelta(days=365)
    runs: Pause | None = timedelta(days=90)

    @field_validator("skimmed", "texts")
    @classmethod
    def _longer_than_rhythms_look_back(cls, kept: timedelta | None) -> timedelta | None:
        if kept is not None and kept < WINDOW:
            raise ValueError(
                f"must be at least {WINDOW.days}d: sources' rhythms are learnt from it"
            )
        return kept


def split_address(listen: str) -> tuple[str, int]:
    """Host and port of ``127.0.0.1:8787`` or ``[::1]:8787``.

    Raises:
        ValueError: It is no such thing.
    """
    try:
        parts = urlsplit(f"//{listen}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or port is None or parts.netloc != listen or "@" in listen:
        raise ValueError("must be an address and a port, such as 127.0.0.1:8787")
    return host, port


def is_loopback(host: str) -> bool:
    """Whether only this machine can ask there."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
