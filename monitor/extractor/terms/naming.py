"""Whether a title or a lead names the topic as its matter, or as one of several."""

from __future__ import annotations

import re


def _words(listed: str) -> str:
    """A pattern for one of the words, whole."""
    return rf"(?:{'|'.join(map(str.strip, listed.split(',')))})(?!\w)"


_STORY = _words(
    "hành trình, con đường, đường, ngày, chuyện, câu chuyện, lá đơn, lời thề, giấc mơ, ước mơ,"
    "khát vọng, niềm, những, nhiều"
)
_JOINTS = re.compile(rf"[,;]|\svà\s(?!{_STORY})")
"""Not where "và" goes on with a story's noun: "Cô giáo và con đường vào Đảng"."""
_SHORTEST_MATTER = 3
"""Words. What is shorter is no matter of its own: "Vượt khó, phát triển đảng viên"."""
_MEANWHILE = re.compile(
    r"(?<!\w)" + _words("nhất là, trong đó, đặc biệt là, bên cạnh, ngoài ra, cùng với, song song")
)
_CIRCUMSTANCE = re.compile(
    _words(
        "trước, sau, từ, bằng, nhờ, khi, để, với, trong, ở, tại, đến, dịp, nhân, năm, tháng, quý,"
        "ngày, sáng, chiều, tối, nhiệm kỳ, giai đoạn, mỗi, giữa, riêng, không, chưa, theo,"
        r"qua, hơn, gần, một, hai, ba, bốn, sáu, bảy, tám, chín, mười, nhiều, \d"
    )
)
"""Opens what only says when or how the topic's matter happens."""
_UNIT = re.compile(
    _words("tỉnh, thành phố, huyện, quận, xã, phường, thị xã, thị trấn, đảng bộ, đảng ủy, chi bộ")
)
_LONGEST_UNIT = 6
"""Words of a place or an organisation named before a comma: "xã Vĩnh Tường Đông, …"."""


def is_one_of_several(folded: str, first: int) -> bool:
    """Whether other matters come before the topic.

    Args:
        folded: A title or a sentence of a lead, as it is compared.
        first: Where the topic's first term begins.

    Returns:
        True for "thu ngân sách, phát triển đảng viên" and "nhất là phát triển đảng viên".
    """
    start = folded.rfind(":", 0, first) + 1
    if _MEANWHILE.search(folded, start, first):
        return True
    for joint in _JOINTS.finditer(folded, start):
        if joint.end() > first:
            break
        if _is_matter(folded[start : joint.start()].strip()):
            return True
        start = joint.end()
    return False


def _is_matter(clause: str) -> bool:
    words = len(clause.split())
    if words < _SHORTEST_MATTER or _CIRCUMSTANCE.match(clause):
        return False
    return words > _LONGEST_UNIT or not _UNIT.match(clause)
