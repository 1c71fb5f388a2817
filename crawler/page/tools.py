"""Buttons, counters and menus of a page: never text of an article, and they end nothing."""

from __future__ import annotations

import re

_NUMBER = r"[\d.,]+"
_READINGS = r"(?:xem|đọc|truy c[ậâ]p|tải|nghe|thích|chia sẻ|bình luận|ý kiến|phản hồi|like|view)s?"
# What buttons do, and to what: no sentence is made of these words alone.
_DEEDS = (
    r"in|gửi|chia sẻ|share|lưu|ghi|tải(?: về| xuống)?|nghe(?: đọc)?|xem|copy|sao chép|đã sao chép"
    r"|báo lỗi|thêm vào|print|đóng(?: lại)?|phóng to|thu nhỏ|mở"
)
_OBJECTS = (
    r"cho|qua|lên|tới|đến|tại|trên|bằng|bản|để|trang|bài|viết|tin|này|đường|e-?mail|mail|thư"
    r"|bạn|bè|facebook|fb|zalo|twitter|linkedin|messenger|pdf|word|yêu|thích|liên|kết|link|mạng|xã"
    r"|hội|audio|cửa|sổ|ảnh|gốc|ý kiến"
)
_WAYS = (
    r"(?:quay|trở|về|lên|đầu|cuối|xuống)(?: (?:lại|về|đầu|cuối|trang|trước|sau|chủ|trên|dưới|bài"
    r"|danh sách))*|(?:trang|bài|tin) (?:trước|sau|kế tiếp|tiếp theo)|back|top"
)
_TOOLS = (
    rf"(?:{_DEEDS})(?:[\s/]+(?:{_OBJECTS})){{0,7}}|{_WAYS}|bản (?:in|để in)|trang in|đọc bài"
    rf"|(?:tổng |số |đã |đang |lượt |lần |người ){{0,4}}{_READINGS}(?: (?:bài|tin)(?: viết)?)?"
    rf"(?:\s*[:(]?\s*{_NUMBER}\)?(?: (?:lần|lượt|người)(?: (?:xem|đọc))?)?)"
    rf"|(?:tổng |số )?lượt {_READINGS}|{_NUMBER} (?:(?:lần|lượt|người) )?{_READINGS}"
    r"|theo dõi .{0,60}trên google(?: news)?|(?:cỡ|phông|font|kiểu) chữ.{0,12}|mặc định"
    r"|truy c[ậâ]p (?:tổng|hiện tại|hôm nay|trong tháng)\W*[\d.,]*|(?:đang )?trực tuyến\W*[\d.,]*"
    r"|(?:hôm (?:nay|qua)|tuần này|tháng (?:này|trước)|tất cả|tổng(?: cộng| truy cập)?)"
    r"[^\w|]+[\d.,]+"
    r"|tìm kiếm(?: tin tức)?|đơn vị hỗ trợ|chung nhan tin nhiem mang|trang chủ|đăng nhập|menu"
    r"|facebook|twitter|zalo|e-?mail|linkedin|pinterest|youtube|tiktok|google news|whatsapp"
    r"|(?:fb|yt|zl|tw|tt|ig)(?: (?:fb|yt|zl|tw|tt|ig))+|null|undefined|nan|x"
    r"|a\s?[-+](?:\s*a\s?[-+]?)*|(?:a )*a|(?:tăng|giảm) (?:cỡ|kích thước) chữ|đọc chế độ tối"
    r"|tương phản|0:00.{0,20}|(?:nữ|nam) miền (?:bắc|nam|trung)|(?:hữu ích|góp ý|thích) ?\d*"
    r"|like|tweet"
    r"|(?:ngày|tháng|năm|quý|tuần|trang) \d{1,4}"
    # Where print editions break a text off, and where they take it up again.
    r"|(?:xem |đọc )?(?:tiếp(?: theo)?|chuyển|xem)(?: ở| từ| sang)? trang (?:số )?\d{1,3}"
    r"|(?:nội dung )?(?:quảng cáo|(?:được )?tài trợ)|advertisement|đang tải.{0,12}|loading.{0,4}"
    r"|(?:normal \d+|false|en-us|vi|x-none|microsoftinternetexplorer\d|style definitions|[\s/*])+"
)
_IS_TOOL = re.compile(
    rf"\W*(?:{_TOOLS})\W*|(?:>>|»|›|→)\s*\S.*|->\s.*|(?:xem thêm|đọc thêm|tin liên quan)\s*:[^.]*"
    r"|\{\{.*\}\}|(?:\{\w+\}\s*)+"
    r"|(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:vn|com|net|org)/?|(?:[^\w|]|\d)+",
    re.IGNORECASE,
)
_BEGINS = re.compile(rf"\W*(?:{_TOOLS})(?!\w)", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[|•·/]\s*|\s+[-–—]\s+")
_LONGEST_LINE = 200
_LONGEST_ROW = 120
_WORDS_OF_TOOL = 8


def is_tool(line: str) -> bool:
    """Whether the line is a button, a counter, a bare number, another page's headline, or a row."""
    if len(line) > _LONGEST_LINE:
        return False
    return _IS_TOOL.fullmatch(line) is not None or _is_row(line)


def _is_row(line: str) -> bool:
    """``In bài | Quay lại | Lượt xem: 12``, with or without signs between."""
    if len(line) > _LONGEST_ROW or _BEGINS.match(line) is None:
        return False
    return all(map(_is_made_of_tools, filter(None, _BETWEEN.split(line))))


def _is_made_of_tools(text: str) -> bool:
    words = text.split()
    reached = {0}
    for start in range(len(words)):
        if start in reached:
            ends = range(start + 1, min(start + _WORDS_OF_TOOL, len(words)) + 1)
            reached |= {end for end in ends if _IS_TOOL.fullmatch(" ".join(words[start:end]))}
    return len(words) in reached
