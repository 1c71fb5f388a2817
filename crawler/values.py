"""How people write durations and web addresses in YAML files."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_DURATION = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([smhd])")


def parse_duration(value: object) -> timedelta:
    """Read ``30m``, ``6h``, ``1d``, ``2s`` or ``0.5s``.

    Raises:
        ValueError: Anything else; the message says what is expected.
    """
    match = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if not match:
        raise ValueError("is not a duration such as 30m, 6h, 1d or 2s")
    try:
        return timedelta(**{_UNITS[match[2]]: float(match[1])})
    except OverflowError as error:
        raise ValueError("is too long a duration") from error


def check_pause(pause: timedelta) -> timedelta:
    """The duration itself, where it is one.

    Raises:
        ValueError: It is no time at all.
    """
    if not pause:
        raise ValueError("must be longer than 0")
    return pause


def check_web_address(text: str) -> str:
    """The text itself, where it is an absolute address of the web.

    Raises:
        ValueError: It is none.
    """
    try:
        parts = urlsplit(text)
        is_good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_good = False
    if not is_good or any(character.isspace() for character in text):
        raise ValueError("is not a web address (http:// or https://)")
    return text


Duration = Annotated[timedelta, BeforeValidator(parse_duration)]
"""A field written like ``30m``."""

Pause = Annotated[Duration, AfterValidator(check_pause)]
"""A duration that is not zero."""

WebAddress = Annotated[str, AfterValidator(check_web_address)]
"""A field that holds an absolute http or https address."""
