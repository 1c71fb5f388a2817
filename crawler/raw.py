"""The word for what an article was read from, as it came over the wire."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, kw_only=True)
class RawResponse:
    """What a server sent, unpacked."""

    __pydantic_config__: ClassVar[Any] = {"ser_json_bytes": "base64", "val_json_bytes": "base64"}

    status_line: str
    """Such as ``HTTP/1.1 200 OK``."""
    headers: tuple[tuple[str, str], ...]
    """As sent and in that order; those of the transport no longer fit the body."""
    body: bytes
    """Without transfer and content encoding; base64 in JSON."""

    def header(self, name: str) -> str | None:
        """The first header of that name, in any case; None where there is none."""
        values = (value for known, value in self.headers if known.lower() == name.lower())
        return next(values, None)
