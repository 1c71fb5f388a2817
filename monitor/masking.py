"""Keeps secrets out of what is written down: those of the settings, and any in an address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus, unquote, urlsplit

from pydantic import BaseModel, SecretStr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monitor.config import Config

MASK = "**********"

LEAST_LENGTH = 4
"""Characters: masking a shorter one would garble every line and protect nothing."""

_CREDENTIALS = re.compile(r"(?<=://)[^/\s@'\"<>]+(?=@)")
"""Of any address: ``name:password@``."""
_BOT = re.compile(r"(?<=/bot)\d+:[\w-]+")
"""In the address of a Bot API's method, whoever's bot it is."""


class Mask:
    """Replaces secrets by stars, however they are written.

    Args:
        secrets: As they are; short ones are left out.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        forms = {form for secret in secrets for form in _forms(secret)}
        # The longest first: one secret may be part of another.
        known = sorted(forms, key=lambda form: (-len(form), form))
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def __call__(self, text: str) -> str:
        """The text with stars where secrets stood."""
        if self._known is not None:
            text = self._known.sub(MASK, text)
        return _BOT.sub(MASK, _CREDENTIALS.sub(MASK, text))


def secrets_of(config: Config) -> frozenset[str]:
    """Every secret that the settings hold, whatever section they stand in."""
    return frozenset(secret for secret in _secrets(config) if len(secret) >= LEAST_LENGTH)


def _secrets(value: object) -> Iterator[str]:
    match value:
        case BaseModel():
            for name in type(value).model_fields:
                yield from _secrets(getattr(value, name))
        case SecretStr():
            yield from _parts(value.get_secret_value())
        case str() if "@" in value and "://" in value:
            yield from _credentials(value)
        case dict():
            yield from _secrets(tuple(value.values()))
        case list() | tuple() | set() | frozenset():
            for one in value:
                yield from _secrets(one)


def _parts(secret: str) -> Iterator[str]:
    """A secret, and what of it would be one alone: errors quote parts of addresses and tokens."""
    yield secret
    if "://" in secret:
        yield from _credentials(secret)
        yield from _path_parts(secret)
    elif re.fullmatch(r"\d+:[\w-]{8,}", secret):  # a bot's number, which is public, and its key
        yield secret.partition(":")[2]


def _credentials(address: str) -> Iterator[str]:
    authority = re.split(r"[/?#]", address.partition("://")[2])[0]
    user_info, found, _ = authority.rpartition("@")
    if found:
        yield user_info
        password = user_info.partition(":")[2]
        yield from (password, unquote(password))


def _path_parts(address: str) -> Iterator[str]:
    """Apprise writes tokens as host, path and query: ``slack://token/token/#channel``."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return
    named = (one.partition("=")[2] for one in parts.query.split("&"))
    host = parts.netloc.rpartition("@")[2]
    for part in (host, *parts.path.split("/"), *named):
        # A host's name, a room's, an option: words are no tokens.
        if len(part) >= 2 * LEAST_LENGTH and re.search(r"\d", part) and "." not in part:
            yield from (part, unquote(part))


def _forms(secret: str) -> Iterator[str]:
    """As it stands, as an address writes it, and as ``repr`` and JSON do."""
    if len(secret) < LEAST_LENGTH:
        return
    yield from (secret, quote(secret, safe=""), quote(secret), quote_plus(secret))
    yield from (repr(secret)[1:-1], secret.encode("unicode_escape").decode("ascii"))
