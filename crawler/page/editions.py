"""What print editions call their pages and issues: a place in the paper, no article's headline."""

from __future__ import annotations

import re

_NUMBER = r"\d{1,6}(?:[./-]\d{1,4})?"
_DAY = r"(?:(?:thứ \w+|chủ nhật),?\s*)?(?:ngày\s*)?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
_PAPER = (
    r"(?:đọc |xem )?(?:nhật |tuần )?(?:báo|tạp chí|ấn phẩm|đặc san|bản|phiên bản)(?: in| giấy)?"
)
_PAGE = rf"(?:trang|tr\.?|page|p\.)\s*(?:số\s*)?{_NUMBER}(?:\s*(?:/|trên|of)\s*\d{{1,3}})?"
_ISSUE = rf"(?:số|kỳ|no\.?)\s*(?:báo|tạp chí|phát hành)?\s*:?\s*{_NUMBER}"
_ISSUED = rf"(?:số\s*)?(?:báo\s*)?(?:(?:ra|phát hành)\s*)?{_DAY}"
_PARTS = rf"(?:{_PAGE}|{_ISSUE}|{_ISSUED}|{_PAPER}|e-?paper)"
_EDITION = re.compile(rf"\W*{_PARTS}(?:[\s,|:–—()-]+{_PARTS}){{0,4}}\W*", re.IGNORECASE)
_LONGEST = 80


def names_edition(line: str) -> bool:
    """Whether a line names a page or an issue and nothing else: ``Trang 3``, ``Báo in số 5432``.

    Readers of print editions put it where other pages have the headline: in the window's
    title, in ``og:title``, in the first heading. It says where an article stood.
    """
    return len(line) <= _LONGEST and _EDITION.fullmatch(line) is not None
