"""What pages write before the date of an article."""

from __future__ import annotations

import re

from crawler.dating.forms import bare

_LABEL = re.compile(
    r"\b(?:ngay (?:cap nhat|dang|xuat ban|phat hanh|tao|viet|dua)|dang (?:luc|ngay|vao|tin|tai)"
    r"|(?:duoc|da) dang|dua (?:tin|len)|cap nhat|xuat ban|thoi gian dang|posted|published)\b"
)

_POSTED = re.compile(
    r"\b(?:ngay (?:dang|xuat ban|phat hanh|tao|viet|dua)|dang (?:luc|ngay|vao|tin|tai)"
    r"|(?:duoc|da) dang|dua (?:tin|len)|xuat ban|thoi gian dang|posted|published)\b"
)


def says_posted(line: str) -> bool:
    """Whether a line calls its date the one of posting, not of a change."""
    return _POSTED.search(bare(line)) is not None


def is_labelled(line: str) -> bool:
    """Whether a line calls its date the page's, be it of posting or of a change."""
    return _LABEL.search(bare(line)) is not None
