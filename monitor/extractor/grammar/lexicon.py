"""The words of the figure grammar: which phrase is which kind of token.

Phrases are written folded (``monitor.extractor.text.fold``): lower case, tone on the first
vowel. The longest phrase wins, so ``kết nạp đoàn viên`` (another body's admission) is told
from ``kết nạp đoàn viên ưu tú`` (candidates of the party) by length alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def word_set(words: str) -> frozenset[str]:
    """The words of a line as a set."""
    return frozenset(words.split())


def phrase_set(lines: str) -> frozenset[tuple[str, ...]]:
    """Phrases, ``|`` or a line break between them, each as its words."""
    pieces = (piece.split() for piece in lines.replace("\n", "|").split("|"))
    return frozenset(tuple(piece) for piece in pieces if piece)


def lengths_by_first_word(phrases: Iterable[tuple[str, ...]]) -> dict[str, tuple[int, ...]]:
    """How many words the phrases have that begin with a word, longest first: few are tried."""
    lengths: dict[str, set[int]] = {}
    for phrase in phrases:
        lengths.setdefault(phrase[0], set()).add(len(phrase))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


PHRASES: Final[Mapping[str, str]] = {
    # --- predicates: what happened to the people counted -------------------------------
    "admit": """
        kết nạp | kết nạp được | kết nạp mới | kết nạp mới được | kết nạp thêm | kết nạp thêm được
        kết nạp đảng | kết nạp vào đảng | được kết nạp | kết nạp đủ | kết nạp đoàn viên ưu tú
        kết nạp hội viên ưu tú | vào đảng | gia nhập đảng | vào hàng ngũ của đảng
        đứng vào hàng ngũ | đứng trong hàng ngũ | trở thành đảng viên | bổ sung vào hàng ngũ
        kết nạp đảng viên | kết nạp đảng viên mới | kết nạp được đảng viên
        được đứng trong hàng ngũ""",
    "grow": """
        phát triển | phát triển được | phát triển mới | phát triển mới được | phát triển thêm
        phát triển thêm được | phát triển đảng | phát triển đảng được | phát triển đảng viên
        phát triển đảng viên mới | có thêm""",
    "class": """
        nhận thức về đảng | bồi dưỡng nhận thức về đảng | bồi dưỡng nhận thức
        bồi dưỡng hiểu biết về đảng | bồi dưỡng cảm tình đảng | tìm hiểu về đảng
        hiểu biết về đảng | nhận thức đảng
        cảm tình đảng | lớp đối tượng đảng | lớp đối tượng kết nạp đảng
        bồi dưỡng đối tượng kết nạp đảng | bồi dưỡng đối tượng đảng | bồi dưỡng kết nạp đảng
        bồi dưỡng cho đối tượng kết nạp đảng | dành cho đối tượng kết nạp đảng
        lớp bồi dưỡng cho quần chúng | lớp bồi dưỡng quần chúng ưu tú | học lớp đối tượng""",
    "theory": """
        lý luận chính trị | đảng viên mới dự lớp | bồi dưỡng đảng viên mới | lớp đảng viên mới
        dành cho đảng viên mới | bồi dưỡng lý luận | trung cấp lý luận | tập huấn | nghiệp vụ
        bồi dưỡng chính trị | chuyên đề | bồi dưỡng cấp ủy | nhận thức về đoàn
        bồi dưỡng nhận thức về đoàn | bồi dưỡng nhận thức về hội | nhận thức về hội
        bồi dưỡng nhận thức về đội | tìm hiểu về đoàn | cảm tình đoàn""",
    "official": """
        công nhận
        chuyển đảng chính thức | chuyển chính thức | chuyển đảng viên chính thức
        công nhận đảng viên chính thức | công nhận là đảng viên chính thức | công nhận chính thức
        thành đảng viên chính thức | trở thành đảng viên chính thức | lên chính thức
        chuyển đảng viên dự bị thành chính thức""",
    "introduce": """
        giới thiệu | đề nghị | đề nghị kết nạp | đề nghị xét kết nạp | đề nghị xem xét kết nạp
        đề xuất | hồ sơ | hồ sơ kết nạp | hồ sơ đề nghị kết nạp | tạo nguồn | nguồn | dự nguồn
        nguồn kết nạp | tạo nguồn kết nạp | điều kiện kết nạp | đủ điều kiện kết nạp
        đối tượng kết nạp | giúp đỡ | theo dõi | phát hiện | rà soát | bồi dưỡng | lựa chọn
        đăng ký | đơn xin vào đảng | xin vào đảng | phấn đấu vào đảng | nguyện vọng vào đảng
        thẩm tra | xác minh | quy hoạch | chuẩn bị kết nạp | tiêu chuẩn kết nạp | phân công
        lý lịch | xem xét để kết nạp | quy trình vào đảng | quy trình kết nạp | thủ tục vào đảng
        thủ tục kết nạp | điều kiện vào đảng | tiêu chuẩn vào đảng""",
    "discipline": """
        khai trừ | kỷ luật | xóa tên | ra khỏi đảng | khiển trách | cảnh cáo | cách chức
        thu hồi | vi phạm | đình chỉ | suy thoái | hủy quyết định kết nạp | xin ra | sai phạm
        thu hồi quyết định kết nạp | đưa ra khỏi đảng | trái điều lệ | xử lý | không đúng
        tố cáo | khiếu nại | sai quy trình | sai quy định""",
    "honour": """
        huy hiệu | tuổi đảng | trao tặng | tặng | khen thưởng | biểu dương | tuyên dương
        tôn vinh | thăm | truy tặng | bầu | chúc mừng""",
    "move": """
        chuyển sinh hoạt | sinh hoạt nơi cư trú | tiếp nhận | phát thẻ | thẻ đảng
        miễn sinh hoạt | từ trần | nơi khác chuyển đến | chuyển đi | chuyển đến
        được thành lập | thành lập | sáp nhập""",
    "attend": """
        dự | tham dự | tham gia | theo học | dự học | có mặt | đi học | học | được nghiên cứu
        được truyền đạt | được nghe | được tiếp thu | được trang bị | được học""",
    "league": """
        kết nạp đoàn viên | kết nạp được đoàn viên | kết nạp hội viên | kết nạp đội viên
        kết nạp đoàn | kết nạp đội | kết nạp vào đoàn | vào đoàn | vào đội | vào hội
        vào công đoàn | phát triển đoàn viên | phát triển hội viên | kết nạp công đoàn viên
        kết nạp đoàn viên mới | kết nạp đoàn viên công đoàn | kết nạp hội viên mới
        đảng xanh | đảng bảo thủ | đảng dân chủ | đảng cộng hòa | đảng tự do | công đảng
        đảng cánh tả | đảng cánh hữu | đảng cầm quyền | đảng đối lập""",
    "total": """
        tổng số | nâng tổng số | đưa tổng số | nâng số | đưa số | nâng số lượng | tổng cộng có
        tổng số có | tổng đảng viên | nâng tổng | số lượng đảng viên""",
    "anaphor": "con số này | con số ấy | con số đó | con số trên | số này",
    "state": """
        có | hiện có | gồm | gồm có | bao gồm | với | thuộc | sinh hoạt tại | sinh hoạt ở
        sinh hoạt trong | đang sinh hoạt | đang sinh hoạt tại | quản lý | có tất cả | chỉ có
        chỉ vẻn vẹn | chỉ vỏn vẹn | vẻn vẹn | vỏn vẹn | chỉ còn | nay còn | nay chỉ còn
        hiện còn""",
    "excess": "vượt | vượt so với | vượt hơn",
    "shortfall": "thiếu | còn thiếu | hụt",
    "change": """
        tăng | tăng thêm | giảm | giảm còn | cao hơn | thấp hơn | nhiều hơn | ít hơn
        tăng trưởng | tăng hơn""",
    "reach": "đạt | đạt tỷ lệ | chiếm | chiếm tỷ lệ | bằng | tương đương | đạt được",
    # --- mood ----------------------------------------------------------------------------
    "plan": """
        phấn đấu | sẽ | dự kiến | đặt mục tiêu | đề ra chỉ tiêu | đề ra mục tiêu | giao chỉ tiêu
        đặt chỉ tiêu | đặt ra mục tiêu | đặt ra chỉ tiêu | đăng ký chỉ tiêu | ra chỉ tiêu
        được giao | cần | phải | tỉnh giao | huyện giao | chuẩn bị | quyết tâm | xác định mục tiêu
        đề ra kế hoạch | yêu cầu""",
    "assign": "giao",
    "resolve": "xác định | đề ra | đặt ra",
    "goal": "chỉ tiêu | mục tiêu | kế hoạch | kh | nghị quyết",
    "done": "đã | vừa | kết quả | thực tế | thực hiện được | đến thời điểm này | vẫn",
    "future": "thời gian tới | tới đây | năm tới | những năm tới | từ nay đến",
    "against": "so với | hoàn thành | thực hiện | như",
    "not": "chưa | không | chẳng | không thể",
    # --- relations ------------------------------------------------------------------------
    "subset": """
        trong đó | trong số | trong số này | trong số đó | riêng | trong tổng số | chia ra""",
    "each": """
        mỗi năm | hằng năm | hàng năm | bình quân mỗi năm | bình quân hằng năm | từng năm
        bình quân hàng năm | trung bình mỗi năm | trung bình hằng năm | bình quân một năm
        trung bình một năm
        trung bình hàng năm | mỗi năm học""",
    "joint": "cùng | đều | mỗi nơi | mỗi đơn vị",
    "judged": """
        hoàn thành tốt | hoàn thành xuất sắc | xếp loại | đánh giá | hoàn thành nhiệm vụ
        trong sạch vững mạnh | ký cam kết | học tập nghị quyết | đạt chuẩn""",
    # --- units: who or what is counted -----------------------------------------------------
    "member": "đảng viên | đv | đảng viên dự bị | đảng viên trẻ | cán bộ , đảng viên | cbđv",
    "candidate": """
        quần chúng ưu tú | quần chúng | đối tượng kết nạp đảng | đối tượng đảng | cảm tình viên
        đối tượng cảm tình đảng | nhân tố tích cực | nhân tố ưu tú | hạt giống đỏ""",
    "elite": """
        đoàn viên ưu tú | hội viên ưu tú | đoàn viên , hội viên ưu tú | đvtn ưu tú
        đoàn viên thanh niên ưu tú | thanh niên ưu tú | công nhân ưu tú | học sinh ưu tú
        sinh viên ưu tú | cán bộ đoàn ưu tú | chiến sĩ ưu tú | đoàn viên công đoàn ưu tú""",
    "leaguer": """
        đoàn viên | hội viên | đội viên | đvtn | đoàn viên thanh niên | công đoàn viên
        đoàn viên công đoàn | đoàn viên , hội viên | đoàn viên , thanh niên""",
    "person": """
        đồng chí | đ/c | người | em | học sinh | sinh viên | học viên | thanh niên | công nhân
        giáo viên | cán bộ | trường hợp | chiến sĩ | nông dân | công nhân lao động | cá nhân
        công chức | viên chức | người lao động | chủ doanh nghiệp | trưởng thôn | nhân viên
        dân quân | trí thức | học sinh , sinh viên | cháu | thầy giáo | cô giáo | bác sĩ
        phụ nữ | hạ sĩ quan | bộ đội | bí thư chi đoàn | quân nhân | người dân | giảng viên
        ngư dân | thợ | thợ lò | thuyền trưởng | giáo dân | binh sĩ | xã viên | bạn trẻ | bạn | chị
        chị em""",
    "cell": "chi bộ | cb",
    "base": """
        tổ chức cơ sở đảng | tccsđ | tổ chức đảng cơ sở | cơ sở đảng | tổ chức đảng | tcđ
        chi bộ , đảng bộ cơ sở | chi , đảng bộ cơ sở | chi , đảng bộ | đảng bộ , chi bộ cơ sở
        đảng bộ , chi bộ trực thuộc | chi bộ , đảng bộ trực thuộc | chi , đảng bộ trực thuộc
        tổ chức đảng trực thuộc""",
    "counted": """
        đảng bộ | đảng bộ cơ sở | chi bộ cơ sở | chi đoàn | đơn vị | doanh nghiệp | thôn
        xã | phường | hồ sơ | đại biểu | huyện ủy | tỉnh ủy | đảng ủy | chi hội | cấp ủy | hộ
        đợt | đồng | tỷ đồng | triệu đồng | nước | dự án | cuộc | buổi | mô hình | trường | nhóm
        chi , đảng bộ trong | chi bộ , đảng bộ bộ phận | điểm | lượt | giải | suất""",
    "trait": """
        nữ | người dân tộc | dân tộc thiểu số | người dân tộc thiểu số | người có đạo | tôn giáo
        có đạo | người công giáo | đồng bào | người mông | theo đạo | công giáo | trong độ tuổi
        tuổi đời | đoàn | là nữ""",
    "rate": "tỷ lệ",
    "fresh": "mới",
    "course": "lớp | lớp học | lớp bồi dưỡng | khóa học | khóa bồi dưỡng | lớp này",
    "foremost": "tiêu biểu | điển hình | dẫn đầu | nổi bật | đi đầu | làm tốt | thực hiện tốt",
    "sector": "khối | vùng | khu vực",
    "into_party": "cho đảng | về đảng",
}

PEOPLE: Final = frozenset({"member", "candidate", "elite", "leaguer", "person", "trait"})
UNITS: Final = PEOPLE | {"cell", "base", "counted", "course"}
BLOCKING: Final = frozenset({"theory", "introduce", "discipline", "honour", "move", "league"})
"""Predicates whose people are no figure."""
PREDICATES: Final = BLOCKING | {
    *("admit", "grow", "class", "official", "total", "anaphor", "state", "attend", "reach"),
    *("excess", "shortfall", "change", "judged"),
}
WEAK: Final = frozenset({"state", "attend", "reach"})
"""Predicates that any other predicate of the clause overrules."""

MULTIPLIERS: Final = {"nghìn": 1_000, "ngàn": 1_000, "vạn": 10_000, "triệu": 1_000_000}
NUMERALS: Final = {
    **dict.fromkeys(("một", "mốt"), 1),
    **dict.fromkeys(("bốn", "tư"), 4),
    **dict.fromkeys(("năm", "lăm", "nhăm"), 5),
    **dict.fromkeys(("bảy", "bẩy"), 7),
    **dict(zip(("không", "hai", "ba", "sáu", "tám", "chín"), (0, 2, 3, 6, 8, 9), strict=True)),
}
LABELS: Final = word_set(
    "số thứ khóa lớp thôn tổ phố quận án thị quyết dẫn định điều khoản bản đội xóm ấp cụm hạng"
    " khu kỳ lô cấp đường km hẻm ngõ trang tập bài mục bảng hồi"
)
"""A number right after one of these names a thing: ``tổ dân phố 5``, ``lớp 12``, ``Đề án 02``."""


def _phrases() -> dict[tuple[str, ...], str]:
    table: dict[tuple[str, ...], str] = {}
    for kind, lines in PHRASES.items():
        for phrase in phrase_set(lines):
            table.setdefault(phrase, kind)
            if kind in ("class", "theory") and phrase[0] == "bồi":
                table.setdefault(("lớp", *phrase), kind)
    return table


_TABLE: Final = _phrases()
_LENGTHS: Final = lengths_by_first_word(_TABLE)


def longest(words: Sequence[str], at: int) -> tuple[str, int] | None:
    """The kind of the longest phrase that starts at a word, and the index after it."""
    for length in _LENGTHS.get(words[at], ()):
        phrase = tuple(words[at : at + length])
        if len(phrase) == length and phrase in _TABLE:
            return _TABLE[phrase], at + length
    return None
