"""Lines that are no text of an article: headings of boxes, buttons, counters, footers."""

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
    r"|phản hồi(?: của bạn)?|từ khóa|tags?|thẻ|xem tin theo ngày|các tin khác"
    r"|thống kê truy cập|lượt truy cập|đánh giá bài viết|liên kết (?:website|web|hữu ích)"
    r"|(?:hãy )?(?:gửi|viết|để lại) (?:ý kiến|bình luận|phản hồi)(?: của bạn)?"
    r"|tin bài liên quan đến bài viết|tệp (?:tin )?đính kèm|file đính kèm"
)
# Buttons, counters and menus: never text, and they end nothing.
_TOOLS = (
    r"theo dõi .{0,60}trên google(?: news)?|cỡ chữ.{0,12}|mặc định|chia sẻ(?: bài viết)?|bản in"
    r"|in (?:bài|bài viết|trang|bài này|tin)|gửi (?:email|bài viết|cho bạn bè|qua email)"
    r"|lưu(?: bài viết| tin| bài)?|bản để in|trang in"
    r"|nghe (?:đọc )?bài(?: viết)?|nghe tin|đọc bài|sao chép (?:liên kết|link)|copy link"
    r"|đã sao chép(?: liên kết)?|quay lại|về đầu trang|về trang trước|lên đầu trang|trở về|trở lại"
    r"|(?:tổng |số )?lượt (?:xem|đọc|truy cập)\W*[\d.,]*|[\d.,]+ lượt (?:xem|đọc)"
    r"|(?:đã xem|số lần (?:xem|đọc)|views?|xem)\W+[\d.,]+|[\d.,]+ views?"
    r"|(?:đã |đang )?truy c[ậâ]p\W*[\d.,]+"
    r"|truy c[ậâ]p (?:tổng|hiện tại|hôm nay|trong tháng)\W*[\d.,]*|(?:đang )?trực tuyến\W*[\d.,]*"
    r"|(?:hôm (?:nay|qua)|tuần này|tháng (?:này|trước)|tất cả|tổng(?: cộng| truy cập)?)\W+[\d.,]+"
    r"|tìm kiếm(?: tin tức)?|đơn vị hỗ trợ|chung nhan tin nhiem mang|trang chủ|đăng nhập|menu"
    r"|facebook|twitter|zalo|email|print|linkedin|pinterest|youtube|tiktok|google news|whatsapp"
    r"|(?:fb|yt|zl|tw|tt|ig)(?: (?:fb|yt|zl|tw|tt|ig))+|null|undefined|nan|x"
    r"|a\s?[-+](?:\s*a\s?[-+]?)*|(?:tăng|giảm) (?:cỡ|kích thước) chữ|đọc chế độ tối|tương phản"
    r"|0:00.{0,20}|(?:nữ|nam) miền (?:bắc|nam|trung)|\d+ bình luận|thích|like|share|tweet"
    r"|(?:ngày|tháng|năm|quý|tuần|trang) \d{1,4}"
    r"|(?:nội dung )?(?:quảng cáo|(?:được )?tài trợ)|advertisement|đang tải.{0,12}|loading.{0,4}"
    r"|(?:normal \d+|false|en-us|vi|x-none|microsoftinternetexplorer\d|style definitions|[\s/*])+"
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
_COUNT = r"(?:\s*\(\s*\d*\s*\))?\s*[:.»>…]*"
_IS_BOX = re.compile(rf"\W*(?:{_BOXES}){_COUNT}", re.IGNORECASE)
_IS_END = re.compile(rf"\W*(?:{_ENDS}){_COUNT}|(?:từ khóa|tags?|chủ đề)\s*:.*", re.IGNORECASE)
_IS_TOOL = re.compile(
    rf"\W*(?:{_TOOLS})\s*:?|(?:>>|»|›|→)\s*\S.*|->\s.*|(?:xem thêm|đọc thêm|tin liên quan)\s*:[^.]*"
    r"|\{\{.*\}\}|(?:\{\w+\}\s*)+"
    r"|(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:vn|com|net|org)/?|(?:[^\w|]|\d)+",
    re.IGNORECASE,
)
_LONGEST_LABEL = 60
_LONGEST_LINE = 200


def is_box_label(line: str) -> bool:
    """Whether the whole line is the heading of a box with other articles."""
    return len(line) <= _LONGEST_LABEL and _IS_BOX.fullmatch(line) is not None


def is_end_label(line: str) -> bool:
    """Whether the article is over at this line."""
    if len(line) > _LONGEST_LINE:
        return False
    return _FOOTER.match(line) is not None or _IS_END.fullmatch(line) is not None


def is_tool(line: str) -> bool:
    """Whether the line is a button, a counter, a bare number or another page's headline."""
    return len(line) <= _LONGEST_LINE and _IS_TOOL.fullmatch(line) is not None
