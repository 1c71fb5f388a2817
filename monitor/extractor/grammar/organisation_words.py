"""The words organisations and places are named with: heads, levels, parts of names."""

from __future__ import annotations

from typing import Final, Literal

from monitor.extractor.grammar.lexicon import phrase_set, word_set

Role = Literal["party", "committee", "cell", "department", "union", "place", "generic"]

HEADS: Final[dict[tuple[str, ...], tuple[Role, str | None]]] = {
    ("đảng", "bộ"): ("party", None),
    ("đảng", "bộ", "bộ", "phận"): ("party", None),
    ("đảng", "ủy"): ("committee", None),
    ("chi", "bộ"): ("cell", None),
    ("chi", "ủy"): ("cell", None),
    ("liên", "chi", "bộ"): ("cell", None),
    ("huyện", "ủy"): ("committee", "huyện"),
    ("quận", "ủy"): ("committee", "quận"),
    ("thị", "ủy"): ("committee", "thị xã"),
    ("thành", "ủy"): ("committee", "thành phố"),
    ("tỉnh", "ủy"): ("committee", "tỉnh"),
    ("ban", "tuyên", "giáo"): ("department", None),
    ("ban", "tuyên", "giáo", "và", "dân", "vận"): ("department", None),
    ("ban", "tổ", "chức"): ("department", None),
    ("trung", "tâm", "chính", "trị"): ("department", None),
    ("trung", "tâm", "bồi", "dưỡng", "chính", "trị"): ("department", None),
    ("trường", "chính", "trị"): ("department", None),
    ("ban", "cán", "sự", "đảng"): ("generic", None),
    **{(level, "đoàn"): ("union", None) for level in ("tỉnh", "thành", "quận", "huyện", "xã")},
    ("đoàn", "thanh", "niên"): ("union", None),
    ("đoàn", "trường"): ("union", None),
    ("đoàn", "xã"): ("union", None),
    ("đoàn", "phường"): ("union", None),
    ("cả", "nước"): ("party", "nước"),
    ("toàn", "quốc"): ("party", "nước"),
    ("toàn", "đảng"): ("party", "nước"),
    ("toàn", "đảng", "bộ"): ("party", None),
}
DEPARTMENTS: Final = frozenset(words for words, (role, _) in HEADS.items() if role == "department")
RANKS: Final[dict[str, int]] = {
    **dict.fromkeys(("thôn", "xóm", "bản", "ấp", "buôn", "làng", "khu phố", "tổ dân phố"), 0),
    **dict.fromkeys(("khối phố", "tiểu khu", "khóm", "khu dân cư", "tổ", "khu"), 0),
    **dict.fromkeys(("trường", "nhà trường", "đại học", "học viện", "cao đẳng"), 1),
    **dict.fromkeys(("công ty", "tổng công ty", "bệnh viện", "công an", "quân sự", "sở"), 1),
    **dict.fromkeys(("cục", "chi cục", "đồn", "bộ đội biên phòng", "khối", "trung tâm"), 1),
    **dict.fromkeys(("hợp tác xã", "nhà máy", "xí nghiệp", "viện", "đài", "kho bạc"), 1),
    **dict.fromkeys(("tập đoàn", "ngân hàng", "văn phòng", "trạm", "nông trường", "lâm trường"), 1),
    **dict.fromkeys(("sư đoàn", "lữ đoàn", "trung đoàn", "tiểu đoàn", "đại đội", "hải đội"), 1),
    **dict.fromkeys(("khu kinh tế", "khu công nghiệp", "cụm công nghiệp", "phân xưởng"), 1),
    **dict.fromkeys(("xã", "phường", "thị trấn", "đặc khu"), 2),
    **dict.fromkeys(("huyện", "quận", "thị xã"), 3),
    **dict.fromkeys(("thành phố", "tp"), 4),
    **dict.fromkeys(("tỉnh",), 5),
    "nước": 6,
}
"""Levels and their width; the wider of two neighbours is only the other's address."""
WIDE: Final = word_set("xã phường trấn huyện quận tỉnh")
"""Last words of levels whose name holds no number: ``Phường 13`` is all number."""
NUMBERED: Final = word_set("phố xóm khu cụm tổ bản ấp thôn sở bộ")
"""Last words of levels that may be called ``số 3``."""
_STARTS: Final = {*HEADS, *(tuple(level.split()) for level in RANKS)}
SECOND_WORDS: Final = {
    first: frozenset("".join(words[1:2]) for words in _STARTS if words[0] == first)
    for first in {words[0] for words in _STARTS}
}
"""What a mention may begin with: a first word and its second, empty where one word will do."""
BARE: Final = frozenset({"xã", "phường", "thị trấn", "huyện", "quận", "thị xã", "thành phố"}) | {
    *("tỉnh", "trường", "nhà trường", "công ty", "đặc khu")
}
"""Levels that may stand alone for the one named before."""
ALIASES: Final = {"tp": "thành phố", "nhà trường": "trường"}
TAIL: Final = phrase_set("""
        đa khoa | chuyên | nội trú | dân tộc nội trú | cơ quan | doanh nghiệp | chính quyền | khối
        các | tỉnh | huyện | quận | thành phố | thị xã | xã | phường | thị trấn | khu phố
        tổ dân phố | khối phố | khu dân cư | thôn | xóm | bản | ấp | buôn | làng | khóm
        mầm non | tiểu học | trung học | phổ thông | cơ sở | cao đẳng | đại học | dạy nghề | y tế
        trung học cơ sở | trung học phổ thông | giáo dục | quân sự | biên phòng | văn phòng
        bộ đội biên phòng | công an | trường | nhà trường | công ty | bệnh viện | sở | cục
        đoàn thể
        cổ phần | tnhh | mtv | một thành viên | thcs | thpt | hợp tác xã | mặt trận | tp | tx | trạm
        chi nhánh | lực lượng vũ trang | chính trị | học viện | sinh viên | dân chính đảng
        trung ương | tiểu đoàn bộ | trung đoàn bộ | sư đoàn bộ | chỉ huy quân sự | bộ chỉ huy
        ban chỉ huy
    """) | frozenset(tuple(level.split()) for level in RANKS if " " in level)
"""Lower-case words a name may hold."""
LANDSCAPES: Final = phrase_set("""
        biên giới | vùng cao | miền núi | vùng sâu | vùng biên | vùng biển | ven biển | đảo
        vùng giáo | vùng xa | bãi ngang | anh hùng | nông thôn mới | thuần nông | nghèo | cù lao
        biển | chài | nghề | tái định cư | chợ | làng chài | làng nghề | cảng | cảng cá | bến xe
        ga | cửa khẩu | đội | liên thôn | liên ấp | cụm | phố | mỏ | hồ | nhà ga | sân bay
    """)
"""What may stand between a level and its name."""
SPLIT_NAMES: Final = word_set("môi thị lập hiện quảng nông chiến chủ đương phi nghị")
"""Words that make another word of a following ``trường``, ``xã``, ``bản``."""
NOMINAL: Final = word_set("hoạt thư cấp tổ")
"""``sinh hoạt chi bộ``, ``bí thư chi bộ``: no subject."""
OFFICES: Final = word_set("sở cục tâm viện ty hàng đoàn bạc phòng tác trường máy nghiệp")
"""Last words of levels such as ``trung tâm``, ``bệnh viện``, ``công ty``."""
AFTER_TITLES: Final = word_set(
    "lên đã có cùng được là vừa tổ tại trên cho từ trong ở như để khi sẽ đang còn luôn cũng đều này"
    " và của do về long triển làm tiến phối ra đạt mở cử"
)
"""Words that follow a title and do not belong to it."""
SPREADING: Final = word_set("các mỗi từng những nhiều một số mọi khối cấp")
APART: Final = frozenset({"mỗi", "từng"})
TITLES: Final = word_set("thư tịch trưởng phó viên")
HEAD_ENDS: Final = frozenset({"ủy", "bộ"})
"""Last words of heads: after ``Bí thư Quận ủy`` a person's name may follow at once."""
SURNAMES: Final = word_set(
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh trương lương mai"
    " tô đoàn hà trịnh lâm phùng đào cao châu tạ chu lại lường vi lò giàng sùng vàng thào lục nông"
    " ma triệu quách thạch kim danh sơn rơ ksor rmah y h tống đàm nghiêm thái từ cù la mạc ông"
    " đồng doãn khuất kiều lưu ninh quang tăng thân tôn ung văn viên vương"
)
