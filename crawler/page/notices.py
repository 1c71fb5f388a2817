"""Pages that answer 200 and say that there is nothing: not found, maintenance, an error."""

from __future__ import annotations

import re

from crawler.errors import ReadingError

_LONGEST_NOTICE = 600
"""Characters of text; notices have one or two sentences."""

_THING = r"(?:trang|bài viết|bài báo|nội dung|đường dẫn|liên kết|dữ liệu|chuyên mục)"
_CODE = r"(?:40[034]|410|50[0234])"
# Headlines begin with numbers, too: "500 đảng viên mới" is no error.
_TITLE = re.compile(
    rf"(?:lỗi|error|http)\W*{_CODE}\b|{_CODE}\W*$"
    rf"|{_CODE}\W+(?:not found|forbidden|error|internal|bad gateway|service|không tìm|lỗi|trang)"
    rf"|không tìm thấy {_THING}"
    rf"|{_THING}(?: \w+){{0,6}} không (?:còn )?(?:tồn tại|(?:được )?tìm thấy)"
    r"|(?:page |file )?not found|(?:internal )?server error|service unavailable|bad gateway"
    r"|(?:đã |có )?(?:xảy ra |có )?lỗi (?:xảy ra|hệ thống|máy chủ)|runtime error"
    r"|(?:hệ thống|website|trang|cổng)[^.]{0,40} (?:đang|tạm)[^.]{0,20}(?:bảo trì|nâng cấp)"
    r"|bảo trì(?: hệ thống| website)?\W*$|(?:under |site )?maintenance\W*$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    rf"{_THING}[^.]{{0,60}}(?:không (?:còn )?tồn tại|không tìm thấy|đã bị (?:xóa|xoá|gỡ))",
    re.IGNORECASE,
)


def refuse_notice(title: str, text: str) -> None:
    """Refuse a page that only says that it has nothing to show.

    It may have something tomorrow, so that its kind is one that is asked again.

    Args:
        title: What was read as its title.
        text: All that was read as its text.

    Raises:
        ReadingError: ``empty``, with the words seen.
    """
    if len(text) > _LONGEST_NOTICE:
        return
    if seen := _TITLE.match(title) or _SENTENCE.search(text):
        raise ReadingError("empty", f"a notice: {seen[0][:100]}")
