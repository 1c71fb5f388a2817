"""What a line of an article is: prose, caption, date, byline, origin."""

from __future__ import annotations

import re

from crawler.dating.text import parse_vietnamese_date
from crawler.page.tools import is_tool

_CAPTION = re.compile(
    r"(?:^|[\s(.,–-])(?:nguồn )?(?:ảnh|hình)(?: (?:minh họa|tư liệu|chụp))?\s*"
    r"(?:[:.]\s*[^.!?:]{1,60}|/[\w\s.]{2,40})[.)]*$"
    r"|(?:^|[\s(.])(?:ảnh|hình)(?: chỉ (?:mang tính|có tính chất))? minh họa[.)]*$"
    r"|^\W*nguồn\s*:\s*(?:internet|sưu tầm)\W*$",
    re.IGNORECASE,
)
# Whose the figures of a table are: "Số liệu: Ban Tổ chức Tỉnh ủy".
_FIGURES_CREDIT = re.compile(
    r"^\W*(?:nguồn )?(?:số|dữ) liệu(?: do)?\s*:\s*[^\d.!?:;]{3,80}(?: cung cấp)?\W*$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’)\]]*$")

_PHOTO = r"(?:hình )?ảnh|hình|clip|video|đồ họa"
_WORK = (
    rf"(?:tin bài|bài viết|tin|bài|{_PHOTO}|thơ|nội dung|trình bày|thực hiện|tổng hợp|biên tập"
    r"|biên soạn|sưu tầm|đưa tin)"
)
_CREDITED = (
    rf"(?:{_WORK}(?:(?:\s*[,&/+-]\s*|\s+và\s+|\s+){_WORK})*"
    r"|tác giả(?: bài viết)?|người (?:viết|đăng|thực hiện|đưa tin)(?: bài)?"
    r"|(?:được )?(?:đăng |viết )?bởi|by)"
)
_REPORTERS = r"(?:phóng viên|nhóm pv|pv|ctv|cộng tác viên)"
"""Before a colon a label; alone they sign."""
# "Viết bởi Hà Vy", as Joomla prints it, has no colon.
_ROLE = re.compile(
    rf"^\W*(?:(?:{_CREDITED}|{_REPORTERS})\s*:|(?:được )?(?:đăng|viết|thực hiện) bởi\s)"
    r"\s*(?P<name>.+)$",
    re.IGNORECASE,
)
_BARE_ROLE = re.compile(rf"\W*(?:{_CREDITED}|nguồn(?: tin| bài)?)\s*:?\W*", re.IGNORECASE)
_PHOTO_ROLE = re.compile(rf"^\W*(?:{_PHOTO})(?:\W+(?:{_PHOTO}))*\s*:", re.IGNORECASE)
_INNER_ROLE = re.compile(rf"\b{_WORK}\s*:\s*", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"\s*[-–,&/+;]\s*|\s+và\s+")
_ORIGIN = re.compile(
    r"^\W*(?:nguồn(?: tin| bài)?\s*[:(]\s*(?P<named>[^()]{2,80}?)"
    r"|nguồn\s+(?P<site>[\w-]+(?:\.[\w-]+)+)"
    r"|theo\s*:?\s+(?P<after>[^.,;()]{2,50}|[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<agency>(?:TTXVN|BNEWS|VOV)(?:/[\w+]{2,20})?))\s*\)?\.?$",
    re.IGNORECASE,
)
# "Nguồn: Báo … (https://…)": the name says enough.
_ADDRESS_BEHIND = re.compile(
    r"(?<=[^\s:(])\s*[-–—,|]?\s*[(\[]?\s*(?:link\s*:\s*)?(?:https?://|www\.)\S+\W*$",
    re.IGNORECASE,
)
_PAPER = re.compile(r"[A-ZĐÂÊÔƠƯ]|báo |đài |tạp chí |trang |cổng ")
# The paper's initials, its address or the agency, behind the place it writes from or without:
# "(GLO)-", "LCĐT - ", "(Baonghean.vn) - ", "K9 - ", "Hà Nội (TTXVN) - ".
_INITIALS = (
    r"(?:[A-ZĐ]{2,8}(?:\s[A-ZĐ]{2,8})?|[A-ZĐ]{1,4}\d{1,2}"
    r"|[A-Za-z][\w-]*\.(?:(?:com|org|gov)\.)?vn|Báo [^()]{2,30})"
)
_PLACE = r"[A-ZĐÂÔÊÝƯƠ]\w*(?:\s[A-ZĐÂÔÊÝƯƠ]\w*){0,3}"
_NO_PAPER = (
    r"(?!(?:HĐND|UBND|UBMT\w*|MTTQ|BCH|BTV|TAND|VKS\w*|THPT|THCS|CLB|LLVT|BCHQS|TP|QL|TL|ĐT)"
    r"(?:\b|\d))"
)
_DATELINE = re.compile(
    rf"^(?:\({_INITIALS}\)\s*[-–—.:]*|{_PLACE},?\s*\({_INITIALS}\)\s*[-–—:]+"
    rf"|{_NO_PAPER}(?:[A-ZĐ]{{2,6}}(?:\s?[Oo]nline)?|[Bb]ao\w{{3,20}}(?:\.com)?\.vn)\s*[-–—](?!\d)"
    # "K9 - " has a space, "B52-" and "COVID-19" have none.
    rf"|{_NO_PAPER}[A-ZĐ]{{1,4}}\d{{1,2}}\s[-–—]\s)"
    r"\s*(?=\S)"
)
# A paper's name alone, as footers begin.
_MASTHEAD = re.compile(
    r"\W*(?:báo|đài|tạp chí|cổng thông tin|trang (?:thông tin|tin)|trung tâm truyền thông)\b[^.]*",
    re.IGNORECASE,
)
# Portals are signed by offices.
_OFFICE = re.compile(
    r"(?:ban|phòng|sở|văn phòng|đảng ủy|chi bộ|trung tâm|hội|đoàn|công an|ủy ban|ubnd|tỉnh ủy"
    r"|huyện ủy|thành ủy|xã|phường|trường|bộ chỉ huy|đài)\s[^.,:;!?|]{3,60}",
    re.IGNORECASE,
)
# In title case on their own, and nobody's name: days, and sections of papers.
_DAY_OR_SECTION = (
    r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|hôm nay|thời sự|chính trị|kinh tế|xã hội|văn hóa"
    r"|giáo dục|pháp luật|quốc phòng|an ninh|xây dựng đảng|đoàn thể|tin tức|tin (?:mới|nóng)"
    r"|trong nước|quốc tế|trong tỉnh|thể thao|y tế|du lịch|liên kết(?: web(?:site)?)?|thông báo"
    r"|văn bản(?: mới)?|thống kê|danh mục|chuyên mục|thời tiết|tỷ giá|quảng cáo|hình ảnh|thư viện"
    r"|tin ảnh|lịch công tác|góp ý|hỏi đáp|giới thiệu|liên hệ|tra cứu|dịch vụ công|thủ tục)"
)
_NO_NAME = re.compile(rf"(?:\W*{_DAY_OR_SECTION})+\W*", re.IGNORECASE)
# "3 giờ trước", beside a name or alone: no sentence, and no subheading as "Chuyện 3 năm trước".
_TIME_AGO = re.compile(
    r"(?:[^.:!?]{2,50}\s*[·•|–-]\s*)?(?:đăng |cập nhật )?(?:\d{1,2}|một|vài)"
    r" (?:giây|phút|giờ|tiếng|ngày|tuần|tháng|năm) trước\W*",
    re.IGNORECASE,
)
# What those are who write for portals and papers beside their work. Leaders are not among them:
# lists of who was elected name them in the same form.
_POST = re.compile(
    r"(?:(?:công|viên) chức|cán bộ|chuyên viên|nhân viên|văn thư|tuyên truyền viên|giáo viên"
    r"|giảng viên|sinh viên|đoàn viên|hội viên|cộng tác viên|ctv|phóng viên|pv|nhà báo"
    r"|biên tập viên|btv|thông tín viên|bí thư đoàn|phụ trách (?:truyền thông|trang tin))\b"
    r"[^.:;!?|]{0,60}",
    re.IGNORECASE,
)
_BEFORE_OFFICE = re.compile(r"\s+[-–—]\s+|\s*,\s*")
_LONGEST_SIGNATURE = 90
_IN_BRACKETS = re.compile(r"\s*(\([^()]*\))$")
_ALL_IN_BRACKETS = re.compile(r"^\(([^()]+ [^()]+)\)\W*$")


def is_caption(line: str) -> bool:
    """Whether the line ends with a photo credit, or is one for the figures of a table."""
    if _FIGURES_CREDIT.match(line):
        return True
    return len(line) <= 400 and _ROLE.match(line) is None and _CAPTION.search(line) is not None


def is_prose(line: str) -> bool:
    """Whether the line reads as a paragraph: a sentence, or as long as one."""
    words = len(line.split())
    return words >= 30 or (words >= 8 and _SENTENCE_END.search(line) is not None)


def is_date_line(line: str) -> bool:
    """Whether the line is there to tell the date: little else stands in it."""
    if _TIME_AGO.fullmatch(line):
        return True
    if len(line) > 100 or is_prose(line) or parse_vietnamese_date(line) is None:
        return False
    return (
        len(re.sub(r"[\d\W_]+|ngày|tháng|năm|thứ|cập nhật|đăng|lúc|gmt", "", line, flags=re.I))
        <= 50
    )


def byline(line: str) -> str | None:
    """The author, where the line is nothing but a signature."""
    if len(line) > 90 or _NO_NAME.fullmatch(line) or is_tool(line):
        return None
    line = _ALL_IN_BRACKETS.sub(r"\1", line)
    role = _ROLE.match(line)
    name = _IN_BRACKETS.sub("", role["name"] if role else line).strip(" .()*–—-")
    name = _INNER_ROLE.sub("", name) if role else name
    alone = role is not None or len(name.split()) > 1 or "." in name or name.isupper()
    if not alone or not all(map(_is_name, _BETWEEN_NAMES.split(name))):
        return None
    return _in_title_case(name)


def person_of_office(line: str) -> str | None:
    """The person of a signature that names the office or the post too.

    ``Hà Vân - Văn phòng Đảng ủy``, ``Hà Vân, công chức Văn hóa - Xã hội xã``.
    """
    role = _ROLE.match(line)
    named = role["name"] if role else line
    parts = [part.strip(" .()*") for part in _BEFORE_OFFICE.split(named, maxsplit=1)]
    if len(line) > _LONGEST_SIGNATURE or len(parts) < 2:
        return None
    people = [part for part in parts if not _is_place_of_work(part)]
    return byline(people[0]) if len(people) == 1 else None


def _is_place_of_work(part: str) -> bool:
    is_office = part[:1].isupper() and _OFFICE.fullmatch(part) is not None
    return is_office or _POST.fullmatch(part) is not None


def names_post(line: str) -> bool:
    """Whether a line names a person and that person's post, without a credit's label."""
    is_credit = _ROLE.match(line) is not None
    return not is_credit and person_of_office(line) is not None and _has_post(line)


def _has_post(line: str) -> bool:
    return any(_POST.fullmatch(part.strip(" .()*")) for part in _BEFORE_OFFICE.split(line, 1))


def is_bare_role(line: str) -> bool:
    """Whether a line is the label of a credit that stands on the next line: ``Thực hiện``."""
    return _BARE_ROLE.fullmatch(line) is not None


def is_photo_credit(line: str) -> bool:
    """Whether a line names who took the pictures, who has not written the text."""
    return _PHOTO_ROLE.match(line) is not None


def is_office(line: str) -> bool:
    """Whether a line is the name of an office, as portals sign their news."""
    return _OFFICE.fullmatch(line) is not None


def is_masthead(line: str) -> bool:
    """Whether the line is the name of a paper or portal, no person's."""
    return len(line) <= 120 and not is_prose(line) and _MASTHEAD.fullmatch(line) is not None


def origin(line: str) -> str | None:
    """Whom a closing line such as ``Nguồn: …`` or ``Theo …`` names as the source."""
    has_address = "://" in line or "www." in line
    named = _ADDRESS_BEHIND.sub("", line) if has_address else line
    match = _ORIGIN.match(named) or _ORIGIN.match(line) if len(named) <= 100 else None
    if match is None:
        return None
    found = match["named"] or match["site"] or match["after"] or match["agency"]
    name = found.strip(" :.-")
    is_named = match["after"] is None or len(name.split()) == 1 or _PAPER.match(name)
    return _without_path(name) if name and is_named else None


def _without_path(name: str) -> str:
    """The site alone, where an address is named."""
    address = re.match(r"https?://(?:www\.)?([^/\s]+)", name)
    return address[1].lower() if address else name


def without_dateline(text: str) -> str:
    """The text without the paper's initials before its first word: ``(GLO)-``, ``LCĐT -``."""
    return _DATELINE.sub("", text, count=1)


def _is_name(name: str) -> bool:
    words = name.split()
    return 1 <= len(words) <= 5 and all(
        word[0].isupper() and not re.search(r"[\d_:!?%“”\"]", word) for word in words
    )


def _in_title_case(name: str) -> str:
    if not name.isupper() or " " not in name or "." in name:
        return name
    return " ".join(word.capitalize() for word in name.split())
