"""Pages that refuse a visitor: script and captcha challenges, consent walls, encoded text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.errors import ReadingError

if TYPE_CHECKING:
    from collections.abc import Iterable

# A challenge page is small: the largest seen (a captcha with its styles) has under 20 kB.
CHALLENGE_CHARACTERS = 40_000

_CHALLENGE_SCRIPT = re.compile(
    r"document\.cookie\s*=.{0,2000}?location(?:\.(?:reload|replace|href|assign)|\s*=)"
    r"|[?&]jskey=|challenge-platform|cf_chl_|/cdn-cgi/challenge",
    re.DOTALL | re.IGNORECASE,
)
_CHALLENGE_WORDS = re.compile(
    r"captcha|(?:thông báo )?từ chối truy cập|just a moment|attention required"
    r"|verify you are (?:a )?human|xác (?:minh|thực|nhận) (?:rằng )?bạn (?:là con người|không phải)"
    r"|không phải (?:là )?(?:robot|người máy)|access denied|checking your browser"
    r"|(?:enable|turn on) javascript|bật javascript",
    re.IGNORECASE,
)
_CONSENT_WORDS = re.compile(
    r"before you continue|we value your privacy|trước khi (?:bạn )?tiếp tục"
    r"|(?:đồng ý|chấp nhận).{0,80}\bcookies?\b|\bcookies?\b.{0,80}(?:để tiếp tục|để xem|đồng ý)"
    r"|accept .{0,40}cookies",
    re.IGNORECASE,
)
_SENDING_ON = re.compile(
    r"<meta[^<>]{1,100}refresh[^<>]{1,100}content=[\"']?\s*[0-5]\s*;\s*url=", re.IGNORECASE
)
_SCRIPT_PAGE = 400
_WORDS_PAGE = 600
_LONGEST_REFUSAL = 1500

# Some papers send the text as base64 for their own script to decode, in lines of 60 or more.
_ENCODED = re.compile(r"[A-Za-z0-9+/]{60,}={0,2}")


def refuse_challenge(text: str, *, title: str, visible: str) -> None:
    """Refuse a page that tests or turns away its visitor.

    Args:
        text: The page's source.
        title: Its title and headings.
        visible: All the text it shows.

    Raises:
        ReadingError: ``challenge``, with what was seen.
    """
    if len(visible) < _SCRIPT_PAGE and _CHALLENGE_SCRIPT.search(text):
        raise ReadingError("challenge", "a script sets a cookie and loads the page again")
    if len(visible) < _SCRIPT_PAGE and _SENDING_ON.search(text):
        raise ReadingError("challenge", "sends its visitor on at once")
    if len(visible) > _LONGEST_REFUSAL:
        return
    shown = f"{title} {visible if len(visible) < _WORDS_PAGE else ''}"
    if match := _CHALLENGE_WORDS.search(shown):
        raise ReadingError("challenge", match[0])
    if match := _CONSENT_WORDS.search(shown):
        raise ReadingError("challenge", f"a consent wall: {match[0]}")


def refuse_encoded(lines: Iterable[str]) -> None:
    """Refuse a text that is encoded for the site's own script.

    Raises:
        ReadingError: ``challenge``.
    """
    if any(_ENCODED.fullmatch(word) for line in lines for word in line.split(" ", 1)[:1]):
        raise ReadingError("challenge", "the text is encoded and needs the site's script")
