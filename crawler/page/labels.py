"""Lines that are no text of an article: headings of boxes, footers, what ends it."""

from __future__ import annotations

import re

# Headings of boxes that show other articles.
_BOXES = (
    r"(?:có thể )?bạn có thể quan tâm|có thể bạn quan tâm|có thể bạn (?:cũng )?(?:thích|chưa biết)"
    r"|(?:xem |đọc )?(?:thêm )?(?:các |những )?(?:bài|tin|tin bài|tin tức|bản tin)"
    r"(?: viết)? "
    r"(?:liên quan|khác|cùng (?:chuyên mục|chuyên đề|chủ đề|loại|thể loại|nhóm|danh mục|tác giả)"
    r"|mới(?: nhất| hơn| cập nhật)?|nổi bật|đã (?:đưa|đăng)|cũ hơn|đọc nhiều(?: nhất)?|hay"
    r"|xem nhiều(?: nhất)?|(?:được )?quan tâm(?: nhiều)?(?: nhất)?|tiêu điểm|nóng|trước|tiếp theo)"
    r"|cùng (?:chuyên mục|chuyên đề|chủ đề|tác giả|sự kiện|loại)"
    r"|(?:được )?(?:đọc|xem|quan tâm) nhiều(?: nhất)?"
    r"|nổi bật|tiêu điểm|tâm điểm|mới nhất|(?:bài )?đọc (?:tiếp|thêm)|xem thêm|tin (?:nóng|24h)"
    r"|đừng bỏ lỡ|không thể bỏ lỡ|gợi ý (?:cho|dành cho) bạn|dành cho bạn|multimedia|đọc nhanh"
    r"|thông tin doanh nghiệp|thông tin cần biết|video nổi bật|ảnh nổi bật|mới cập nhật"
    r"|chủ đề(?: liên quan)?|chuyên mục(?: khác)?|sự kiện liên quan"
)
# Where the article is over.
_ENDS = (
    r"source link|link bài gốc|link gốc|xem bài gốc|bài gốc|(?:gửi )?ý kiến (?:của bạn|bạn đọc"
    r"|bình luận|phản hồi)|(?:gửi |viết )?bình luận(?: bài viết| của bạn| mới nhất| bạn đọc)?"
    r"|(?:gửi )?phản hồi(?: của bạn)?|từ khóa|tags?|thẻ|xem tin theo ngày|các tin khác"
    r"|thống kê truy cập|lượt truy cập|đánh giá bài viết|liên kết (?:website|web|hữu ích)"
    r"|(?:hãy )?(?:gửi|viết|để lại) (?:ý kiến|bình luận|phản hồi)(?: của bạn)?"
    r"|tin bài liên quan đến bài viết|tệp (?:tin )?đính kèm|file đính kèm"
)
_FOOTER = re.compile(
    r"^(?:giấy phép (?:xuất bản|hoạt động|thiết lập|số|báo|mxh|icp)|gp(?:xb|tttt)?\s*(?:số|:)"
    r"|cơ quan (?:chủ quản|ngôn luận)\b|cơ quan của (?:đảng bộ|tỉnh ủy|ban chấp hành)"
    r"|(?:(?:q\.?|quyền |phó )?tổng biên tập|giám đốc(?: - tổng biên tập)?"
    r"|trưởng ban biên tập)\s*[:-]"
    r"|chịu trách nhiệm (?:chính|nội dung|xuất bản)|bản quyền (?:thuộc|©|nội dung)|®|©|copyright"
    r"|cấm sao chép|(?:vui lòng )?ghi rõ nguồn|không được sao chép"
    r"|(?:tòa soạn|trụ sở|địa chỉ(?: tòa soạn| liên hệ)?|điện thoại|đt|tel|fax|hotline"
    r"|thư điện tử|e-?mail|website)\s*:"
    r"|đường dây nóng\b|liên hệ quảng cáo|powered by|thiết kế (?:bởi|và phát triển)|phát triển bởi"
    r"|.{0,60}\bgiấy phép (?:số|xuất bản số|hoạt động số))",
    re.IGNORECASE,
)
# Where the article is filed, which stands among the facts below its title.
_SECTION = re.compile(
    r"\W*(?:chuyên mục|chuyên trang|chuyên đề|chủ đề|thể loại|danh mục|mục|đăng trong)\s*:\s*",
    re.IGNORECASE,
)
_COUNT = r"(?:\s*\(\s*\d*\s*\))?\s*[:.»>…]*"
_IS_BOX = re.compile(rf"\W*(?:{_BOXES}){_COUNT}", re.IGNORECASE)
_IS_END = re.compile(rf"\W*(?:{_ENDS}){_COUNT}|(?:từ khóa|tags?|chủ đề)\s*:.*", re.IGNORECASE)
_LONGEST_LABEL = 60
_LONGEST_LINE = 200


def is_box_label(line: str) -> bool:
    """Whether the whole line is the heading of a box with other articles."""
    return len(line) <= _LONGEST_LABEL and _IS_BOX.fullmatch(line) is not None


def is_section_label(line: str) -> bool:
    """Whether a line announces the article's section: ``Chuyên mục:``, its name to follow.

    Joomla lists it first of the facts below the title, before the dates. Without a colon the
    same words head a box.
    """
    return _SECTION.fullmatch(line) is not None


def is_end_label(line: str) -> bool:
    """Whether the article is over at this line."""
    if len(line) > _LONGEST_LINE:
        return False
    return _FOOTER.match(line) is not None or _IS_END.fullmatch(line) is not None
