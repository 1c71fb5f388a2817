"""The values of config.yaml that are more than a number or a word."""

from __future__ import annotations

import os
import re
from datetime import time
from pathlib import Path
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationInfo,
)


class Section(BaseModel):
    """A group of keys; one that is not known is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


_CLOCK_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


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


ZoneName = Annotated[str, AfterValidator(_known_zone)]
ClockTime = Annotated[time, BeforeValidator(_clock_time)]
Secret = Annotated[SecretStr, BeforeValidator(_secret)]
LocalPath = Annotated[Path, AfterValidator(_resolved)]
Count = Annotated[int, Field(gt=0)]
