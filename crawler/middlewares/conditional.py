"""Asks "changed since?" where the job knows a validator (RFC 9110, section 13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.items import Validator

if TYPE_CHECKING:
    from scrapy import Request

VALIDATOR = "validator"
"""Request meta: the ``Validator`` of the last visit, or None."""


class ConditionalRequestMiddleware:
    """Turns a request with a validator into a conditional one; nothing is cached here."""

    def process_request(self, request: Request) -> None:
        """Add If-None-Match and If-Modified-Since."""
        validator = request.meta.get(VALIDATOR)
        if not isinstance(validator, Validator):
            return
        if validator.etag:
            request.headers["If-None-Match"] = validator.etag
        if validator.last_modified:
            request.headers["If-Modified-Since"] = validator.last_modified
