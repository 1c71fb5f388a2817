"""What goes wrong with a site on demand: broken answers, and answers held back."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monitor.press.items import Answer, FaultKind

if TYPE_CHECKING:
    from datetime import timedelta

    from monitor.press.items import Role

RETRY_AFTER_SECONDS = 120
"""What ``status-429`` asks for."""

_STATUSES: dict[FaultKind, int] = {"status-500": 500, "status-403": 403, "status-429": 429}
_ERROR_PAGE = "<!DOCTYPE html><html><head><title>{0}</title></head><body><h1>{0}</h1></body></html>"
_CHALLENGE = (
    "<html><body><script>document.cookie="
    '"D1N=5f1c0a7be2944d13b6a08f27c4e9d310"+"; path=/";window.location.reload(true)'
    "</script></body></html>"
)
_HTML_FEED = (
    "<!DOCTYPE html><html lang='vi'><head><title>RSS</title></head>"
    "<body><h1>Kênh RSS</h1><p>Chọn chuyên mục để nhận tin.</p></body></html>"
)
_PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"


@dataclass(frozen=True)
class Fault:
    """A site's trouble.

    Args:
        kind: What happens.
        matching: Regular expression searched in the path; None for every path. The
            server as a whole is hit by ``refuse``, whatever stands here.
    """

    kind: FaultKind
    matching: str | None = None

    def applied(self, answer: Answer, target: str) -> Answer:
        """The answer that goes out in place of the good one.

        robots.txt stays readable, since a crawler that cannot read it rightly asks for
        nothing else and the trouble would never be seen.
        """
        if answer.role == "robots" or (self.matching and not re.search(self.matching, target)):
            return answer
        return _broken(self.kind, answer)


def html_feed(role: Role) -> Answer:
    """An HTML page where a feed is expected."""
    return Answer(status=200, role=role, body=_HTML_FEED.encode())


def error(status: int, role: Role) -> Answer:
    """An error page."""
    return Answer(status=status, role=role, body=_ERROR_PAGE.format(status).encode())


def _broken(kind: FaultKind, answer: Answer) -> Answer:
    if kind in _STATUSES:
        headers = {"Retry-After": str(RETRY_AFTER_SECONDS)} if kind == "status-429" else {}
        return replace(error(_STATUSES[kind], answer.role), headers=headers)
    if kind == "challenge":
        return Answer(status=200, role=answer.role, body=_CHALLENGE.encode())
    if kind == "empty":
        return Answer(status=200, role=answer.role, content_type=answer.content_type)
    if kind == "html-feed" and answer.role in ("feed", "sitemap"):
        return html_feed(answer.role)
    if kind == "not-html" and answer.role == "article":
        return Answer(status=200, role="article", content_type="application/pdf", body=_PDF)
    return replace(answer, is_cut=kind == "truncated")


class Gate:
    """Holds answers back until they are released, so that a test decides the moment."""

    def __init__(self, limit: timedelta) -> None:
        """``limit``: the longest a single answer is held."""
        self._limit_seconds = limit.total_seconds()
        self._condition = threading.Condition()
        self._matching: str | None = None
        self._is_closed = False
        self._held = 0

    def close(self, matching: str | None = None) -> None:
        """Hold every answer from now on, or those whose path the expression is found in."""
        with self._condition:
            self._is_closed, self._matching = True, matching

    def open(self) -> None:
        """Let all held answers go."""
        with self._condition:
            self._is_closed = False
            self._condition.notify_all()

    def wait_until_held(self, count: int, timeout: timedelta) -> bool:
        """Wait until ``count`` requests are held; False when the time is up before."""
        with self._condition:
            return self._condition.wait_for(
                lambda: self._held >= count, timeout=timeout.total_seconds()
            )

    def pass_through(self, target: str) -> None:
        """Called by a request before it is answered."""
        with self._condition:
            if not self._is_closed or (self._matching and not re.search(self._matching, target)):
                return
            self._held += 1
            self._condition.notify_all()
            self._condition.wait_for(lambda: not self._is_closed, timeout=self._limit_seconds)
            self._held -= 1
