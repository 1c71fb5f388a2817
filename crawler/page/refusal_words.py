"""What pages say that turn their visitor away, in place of an article.

The forms are held against the beginning of a sentence in folded text: such a page speaks to
its visitor, while an article that tells of one quotes it somewhere within a sentence.
"""

from __future__ import annotations

import re

_YOU = r"(?:bạn|tôi|quý (?:khách|vị|độc giả|bạn đọc))"
_POLITELY = (
    rf"(?:xin vui lòng |vui lòng |xin |hãy |đề nghị |{_YOU} (?:cần|phải|vui lòng) "
    r"|please |you (?:need|have) to )?"
)
_SCRIPTS = r"(?:javascript|cookies?)"
_SHUT = r"(?:blocked|denied|rejected|banned|forbidden)"
_CLOSED = r"(?:(?:bị|đã|đang) )*(?:tạm (?:ngưng|ngừng|khóa|dừng)|bị khóa|hết hạn|bảo trì|đình chỉ)"


def _beginning(*forms: str) -> re.Pattern[str]:
    return re.compile(f"{_POLITELY}(?:{'|'.join(forms)})")


WORDS_OF_TESTS = _beginning(
    r"just a moment|one moment,? please|attention required|verification required",
    r"security (?:check|verification)|ddos[- ]guard|ddos protection by",
    r"(?:we are |we're )?checking (?:your browser|if the site connection|the security)",
    r"verify(?:ing)? (?:that )?you are (?:a )?human|are you (?:a )?(?:human|robot)",
    r"(?:i'?m|i am|you are) not a robot|wait while (?:we|your)|this process is automatic",
    r"(?:complete|solve) the (?:captcha|security check|challenge)",
    r"(?:we(?:'ve| have)? |our systems? (?:have |has )?)?detected unusual (?:traffic|activity)",
    rf"(?:enable|turn on|activate) {_SCRIPTS}|(?:this \w+ )?requires {_SCRIPTS}",
    rf"{_SCRIPTS} (?:is|are|must be) (?:not enabled|disabled|required|enabled|turned off)",
    rf"(?:bật|cho phép|kích hoạt) {_SCRIPTS}",
    rf"trình duyệt(?: \w+){{0,3}} (?:không hỗ trợ|chưa bật|đã tắt|đang tắt) {_SCRIPTS}",
    rf"(?:trang|website)(?: \w+){{0,2}} (?:cần|yêu cầu)(?: \w+){{0,2}} {_SCRIPTS}",
    r"(?:hệ thống |chúng tôi )?đang (?:kiểm tra|xác minh|xác thực) (?:\w+ ){0,3}"
    r"(?:trình duyệt|kết nối|truy cập|người (?:dùng|truy cập))",
    r"(?:kiểm tra|xác minh|xác thực) (?:trình duyệt|(?:lượt )?truy cập|kết nối)\W*$",
    rf"xác (?:minh|thực|nhận) (?:rằng )?{_YOU} (?:là|không phải)",
    rf"{_YOU} (?:có phải (?:là )?(?:một )?(?:con )?(?:người|robot)\b|không phải (?:là )?"
    r"(?:robot|người máy))",
    r"nhập (?:đúng )?(?:captcha|(?:mã|các ký tự|chuỗi|dòng chữ)\b.{0,12}(?:captcha|hình|ảnh"
    r"|xác (?:nhận|thực|minh)|bảo (?:vệ|mật)))",
    r"(?:hệ thống |chúng tôi )?(?:đã )?(?:phát hiện|nhận thấy|ghi nhận) (?:\w+ ){0,3}bất thường"
    r" .{0,20}(?:\bip\b|của (?:bạn|quý)|thiết bị|mạng)",
    r"(?:chờ|đợi)(?:\W*$| (?:trong )?(?:giây lát|ít giây|vài giây|một (?:chút|lát)|\d+ giây))",
)
WORDS_OF_DENIALS = _beginning(
    rf"(?:error \d+\W+)?access (?:to this \w+ )?(?:has been |is |was )?{_SHUT}",
    r"(?:error )?(?:403|406|418|429)\W+(?:forbidden|not acceptable|too many)",
    r"(?:sorry, )?you have been blocked|you (?:don'?t|do not) have (?:permission|access)",
    rf"(?:your |the )?(?:request|ip|ip address|access|connection|requested url)"
    rf" (?:has been |was |is )?{_SHUT}",
    r"request unsuccessful|too many requests|web application firewall",
    r"(?:thông báo )?từ chối truy cập|truy cập (?:đã )?bị (?:chặn|từ chối)",
    r"(?:yêu cầu|truy cập|kết nối|địa chỉ ip|ip) (?:này|của (?:bạn|quý \w+))(?: \w+){0,3} bị"
    r" (?:\w+ ){0,6}(?:chặn|từ chối)",
    rf"{_YOU} (?:đã |đang )?bị (?:\w+ ){{0,2}}chặn|{_YOU} không (?:có|được) (?:quyền|phép)"
    r" (?:truy cập|xem)",
)
WORDS_OF_CONSENT = _beginning(
    r"before you continue|we value your privacy|accept .{0,40}cookies",
    r"trước khi (?:bạn )?tiếp tục\W*$|(?:chúng tôi )?tôn trọng quyền riêng tư của",
    r".{0,40}(?:đồng ý|chấp nhận).{0,80}\bcookies?\b",
    r".{0,60}\bcookies?\b.{0,80}(?:để tiếp tục|để xem|đồng ý)",
)
WORDS_OF_LOGINS = _beginning(
    r"(?:log ?in|sign ?in|subscribe|register) .{0,60}to (?:continue|read|view|access)",
    r"(?:đăng nhập|đăng ký)\b.{0,60} để (?:đọc|xem|tiếp tục|truy cập)",
    r"(?:nội dung|bài viết|trang)(?: này)? (?:chỉ )?dành (?:riêng )?cho (?:thuê bao|thành viên"
    r"|hội viên|độc giả đã|người dùng đã)",
)
WORDS_OF_HOSTS = _beginning(
    r"tên miền (?:này|[\w-]+(?:\.[\w-]+)+)?.{0,20}(?:hết hạn|tạm (?:ngưng|ngừng|khóa|dừng)"
    r"|bị khóa|rao bán|chưa (?:\w+ ){0,2}(?:cấu hình|trỏ|kích hoạt))",
    rf"(?:website|trang web|trang|máy chủ|(?:tài khoản|gói|dịch vụ) (?:hosting|lưu trữ|website))"
    rf"(?: này| [\w-]+(?:\.[\w-]+)+)? {_CLOSED}",
    r"(?:this |the |your )?(?:domain|account|website|site|hosting)(?: name| \S+\.\w+)?"
    r" (?:has |is |has been |is currently )?(?:expired|suspended|parked|for sale"
    r"|under (?:maintenance|construction)|temporarily unavailable)",
    r"(?:buy|renew) this domain|apache2? .{0,20}default page|welcome to nginx|index of /",
)
"""Not a refusal of this visitor: the paper itself is gone, or closed for a while."""
