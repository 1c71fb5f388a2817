"""What a line of an article page is: prose, label, caption, byline, origin, footer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.datetext import parse_vietnamese_date

if TYPE_CHECKING:
    from collections.abc import Sequence

# Headings of boxes that show other articles.
_BOXES = (
    r"(?:có thể )?bạn có thể quan tâm|có thể bạn quan tâm|có thể bạn (?:cũng )?(?:thích|chưa biết)"
    r"|(?:các )?(?:bài|tin|bài viết|tin bài)(?: viết)? (?:liên quan|khác|cùng (?:chuyên mục|chủ đề"
    r"|loại)|mới(?: nhất| hơn| cập nhật)?|nổi bật|đã (?:đưa|đăng)|cũ hơn|đọc nhiều(?: nhất)?"
    r"|xem nhiều(?: nhất)?|tiêu điểm|nóng)"
    r"|cùng (?:chuyên mục|chủ đề|tác giả|sự kiện)|(?:được )?(?:đọc|xem) nhiều(?: nhất)?"
    r"|nổi bật|tiêu điểm|tâm điểm|mới nhất|(?:bài )?đọc (?:tiếp|thêm)|xem thêm|tin (?:nóng|24h)"
    r"|đừng bỏ lỡ|gợi ý (?:cho|dành cho) bạn|multimedia|thông tin doanh nghiệp"
)
# Where the article is over.
_ENDS = (
    r"source link|link bài gốc|link gốc|ý kiến (?:của bạn|bạn đọc|bình luận)|(?:gửi )?bình luận"
    r"(?: bài viết| của bạn| mới nhất)?|phản hồi|từ khóa|tags?|thẻ|xem tin theo ngày|các tin khác"
    r"|thống kê truy cập|lượt truy cập|đánh giá bài viết|liên kết (?:website|web|hữu ích)"
)
# Buttons, counters and menus: never text, and they end nothing.
_TOOLS = (
    r"theo dõi .{0,60}trên google(?: news)?|cỡ chữ.{0,12}|mặc định|chia sẻ(?: bài viết)?|bản in"
    r"|in (?:bài|bài viết|trang)|gửi (?:email|bài viết|cho bạn bè)|lưu(?: bài viết)?"
    r"|nghe (?:đọc )?bài(?: viết)?|đọc bài|sao chép (?:liên kết|link)|copy link"
    r"|quay lại|về đầu trang|về trang trước"
    r"|lượt xem\W*[\d.,]*|[\d.,]+ lượt xem|(?:số )?lượt đọc\W*[\d.,]*"
    r"|(?:đã |đang )?truy c[ậâ]p\W*[\d.,]+"
    r"|truy c[ậâ]p (?:tổng|hiện tại|hôm nay|trong tháng)\W*[\d.,]*|(?:đang )?trực tuyến\W*[\d.,]*"
    r"|(?:hôm (?:nay|qua)|tuần này|tháng (?:này|trước)|tất cả|tổng(?: cộng| truy cập)?)\W+[\d.,]+"
    r"|tìm kiếm(?: tin tức)?|đơn vị hỗ trợ|chung nhan tin nhiem mang|trang chủ|đăng nhập|menu"
    r"|facebook|twitter|zalo|email|print|linkedin|pinterest|youtube|tiktok|google news|whatsapp"
    r"|(?:fb|yt|zl|tw|tt|ig)(?: (?:fb|yt|zl|tw|tt|ig))+|null|undefined|nan"
    r"|a\s?[-+](?:\s*a\s?[-+]?)*"
    r"|0:00.{0,20}|(?:nữ|nam) miền (?:bắc|nam|trung)|\d+ bình luận|thích|like|share|tweet"
)
_FOOTER = re.compile(
    r"^(?:giấy phép (?:xuất bản|hoạt động|thiết lập|số|báo)|cơ quan chủ quản\s*:"
    r"|(?:phó )?tổng biên tập\s*:|chịu trách nhiệm (?:chính|nội dung|xuất bản)"
    r"|bản quyền (?:thuộc|©)"
    r"|©|copyright|cấm sao chép|ghi rõ nguồn|(?:tòa soạn|trụ sở|địa chỉ(?: tòa soạn)?)\s*:"
    r"|đường dây nóng\s*:|cơ quan của (?:đảng bộ|tỉnh ủy)|powered by)",
    re.IGNORECASE,
)
_COUNT = r"(?:\s*\(\s*\d*\s*\))?\s*[:.»>…]*"
_IS_BOX = re.compile(rf"\W*(?:{_BOXES}){_COUNT}", re.IGNORECASE)
_IS_END = re.compile(rf"\W*(?:{_ENDS}){_COUNT}|(?:từ khóa|tags?)\s*:.*", re.IGNORECASE)
_IS_TOOL = re.compile(
    rf"\W*(?:{_TOOLS})\s*:?|(?:>>|->|»|›)\s.*|(?:xem thêm|đọc thêm|tin liên quan)\s*:[^.]*"
    r"|\{\{.*\}\}|(?:\{\w+\}\s*)+|(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:vn|com|net|org)/?|\W+",
    re.IGNORECASE,
)

_CAPTION = re.compile(
    r"(?:^|[\s(.,–-])(?:nguồn )?ảnh(?: minh họa| tư liệu)?\s*[:.]\s*[^.!?]{1,60}[.)]*$", re.I
)
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’)\]]*$")

_WORK = r"(?:tin|bài|ảnh|clip|video|đồ họa|thơ|thực hiện|tổng hợp|biên tập)"
_ROLE = re.compile(
    rf"^\W*(?:{_WORK}(?:(?:\s*[,&/+-]\s*|\s+và\s+|\s+){_WORK})*"
    r"|tác giả|người viết|phóng viên|nhóm pv)\s*:\s*(?P<name>.+)$",
    re.IGNORECASE,
)
_BETWEEN_NAMES = re.compile(r"\s*[-–,&/+;]\s*|\s+và\s+")
_ORIGIN = re.compile(
    r"^\W*(?:nguồn(?: tin| bài)?\s*[:(]\s*(?P<named>[^()]{2,80}?)"
    r"|nguồn\s+(?P<site>[\w-]+(?:\.[\w-]+)+)"
    r"|theo\s*:?\s+(?P<after>[^.,;()]{2,50}|[\w-]+(?:\.[\w-]+)+))\s*\)?\.?$",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"^(?:\([A-ZĐ]{2,8}(?:\s[A-ZĐ]{2,8})?\)\s*[-–—.:]*|[A-ZĐ]{2,6}(?:\s?online)?\s*[-–—])\s*(?=\S)"
)


@dataclass(frozen=True)
class Tidied:
    """The article among a page's lines."""

    paragraphs: tuple[str, ...]
    author: str | None = None
    origin: str | None = None
    """Whom the closing lines name as the source."""


def is_box_label(line: str) -> bool:
    """Whether the whole line is the heading of a box with other articles."""
    return len(line) <= 60 and _IS_BOX.fullmatch(line) is not None


def is_end_label(line: str) -> bool:
    """Whether the article is over at this line."""
    if _FOOTER.match(line) and len(line) <= 200:
        return True
    return len(line) <= 200 and _IS_END.fullmatch(line) is not None


def is_tool(line: str) -> bool:
    """Whether the line is a button, a counter, a menu or another page's headline."""
    return len(line) <= 200 and _IS_TOOL.fullmatch(line) is not None


def is_caption(line: str) -> bool:
    """Whether the line ends with a photo credit."""
    return len(line) <= 400 and _ROLE.match(line) is None and _CAPTION.search(line) is not None


def is_prose(line: str) -> bool:
    """Whether the line reads as a paragraph: a sentence, or as long as one."""
    words = len(line.split())
    return words >= 30 or (words >= 8 and _SENTENCE_END.search(line) is not None)


def is_date_line(line: str) -> bool:
    """Whether the line is there to tell the date: little else stands in it."""
    if len(line) > 100 or is_prose(line) or parse_vietnamese_date(line) is None:
        return False
    return (
        len(re.sub(r"[\d\W_]+|ngày|tháng|năm|thứ|cập nhật|đăng|lúc|gmt", "", line, flags=re.I))
        <= 50
    )


def byline(line: str) -> str | None:
    """The author, where the line is nothing but a signature."""
    if len(line) > 90:
        return None
    role = _ROLE.match(line)
    name = (role["name"] if role else line).strip(" .()*")
    alone = role is not None or len(name.split()) > 1 or "." in name or name.isupper()
    if not alone or not all(map(_is_name, _BETWEEN_NAMES.split(name))):
        return None
    return _in_title_case(name)


def origin(line: str) -> str | None:
    """Whom a closing line such as ``Nguồn: …`` or ``Theo …`` names as the source."""
    match = _ORIGIN.match(line) if len(line) <= 100 else None
    if match is None:
        return None
    name = (match["named"] or match["site"] or match["after"]).strip(" :.-")
    is_named = match["after"] is None or name[:1].isupper() or len(name.split()) == 1
    return name if name and is_named else None


def without_dateline(text: str) -> str:
    """The text without the paper's initials before its first word: ``(GLO)-``, ``LCĐT -``."""
    return _DATELINE.sub("", text, count=1)


def below_title(lines: Sequence[str], title: str | None) -> list[str]:
    """Lines behind the title: its last place above the first paragraph; all without one."""
    start = 0
    for index, line in enumerate(lines):
        if line == title:
            start = index + 1
        elif is_prose(line):
            break
    return list(lines[start:])


def tidy(lines: Sequence[str], *, title: str | None) -> Tidied:
    """Keep the paragraphs of the article.

    Args:
        lines: Cleaned lines behind the title, in order.
        title: Dropped where it is printed again.
    """
    kept = _until_the_end(lines)
    kept = [line for line in kept if line != title and not is_tool(line) and not is_box_label(line)]
    kept = [line for line in _without_doubles(kept) if not is_caption(line)]
    first = next((index for index, line in enumerate(kept) if not is_date_line(line)), len(kept))
    body, author, source = _without_signature(kept[first:])
    return Tidied(tuple(body), author, source)


def _until_the_end(lines: Sequence[str]) -> list[str]:
    """Lines before the first label behind a paragraph, with what labels stand above it left out."""
    kept: list[str] = []
    begun = False
    for line in lines:
        ends = is_end_label(line) or is_box_label(line)
        if ends and begun:
            break
        begun = begun or is_prose(line)
        if not ends:
            kept.append(line)
    return kept


def _without_doubles(lines: list[str]) -> list[str]:
    """Of lines printed twice in a row a lead is kept once, a caption (as image text too) never."""
    kept: list[str] = []
    for index, line in enumerate(lines):
        if index and line == lines[index - 1]:
            continue
        doubled = index + 1 < len(lines) and lines[index + 1] == line
        if not doubled or len(line) > 300 or (not kept and len(line.split()) > 25):
            kept.append(line)
    return kept


def _without_signature(lines: list[str]) -> tuple[list[str], str | None, str | None]:
    body = list(lines)
    author = source = None
    while len(body) > 1:
        last = body[-1]
        if named := origin(last):
            source = source or named
        elif signed := byline(last):
            author = signed
        elif not is_date_line(last):
            break
        body.pop()
    return body, author, source


def _is_name(name: str) -> bool:
    words = name.split()
    return 1 <= len(words) <= 5 and all(
        word[0].isupper() and not re.search(r"[\d_:!?%“”\"]", word) for word in words
    )


def _in_title_case(name: str) -> str:
    if not name.isupper() or " " not in name or "." in name:
        return name
    return " ".join(word.capitalize() for word in name.split())
