"""Stories as several papers print them, and ceremonies cut from one template."""

from __future__ import annotations

ORIGINAL = (
    "Chiều qua, tại nhà sinh hoạt cộng đồng thôn Trung Sơn, Đảng ủy xã Lâm Thao họp bàn cách "
    "khơi nguồn kết nạp ở các tổ nghề mộc.",
    "Theo ông Phùng Gia Bách, phó bí thư thường trực, xã có 27 chi bộ với 614 đảng viên; riêng "
    "làng mộc Trung Sơn mới có 18 người, thưa hơn hẳn các thôn làm ruộng.",
    "Mười tháng qua, Đảng bộ xã Lâm Thao kết nạp 23 đảng viên, trong khi kế hoạch cả năm là 30. "
    "Bảy chỉ tiêu còn lại đều trông vào thợ trẻ ở Trung Sơn và Đồng Vạc.",
    "Chủ xưởng Kiều Anh Dũng kể rằng thợ của anh đi lắp nhà khắp tỉnh Phú Thọ, có tháng chỉ về "
    "hai bữa chủ nhật, nên chi bộ đổi lịch họp sang tối thứ bảy đầu tháng.",
    "Cũng từ cuộc họp này, xã nhờ Trung tâm chính trị Lâm Thao mở một lớp học buổi tối cho 35 "
    "quần chúng, giảng ngay tại xưởng cưa, ai vắng buổi nào thì học bù buổi ấy.",
    "Sang năm, chỉ tiêu giao cho từng chi bộ sẽ gắn với số tổ nghề có người phụ trách, không "
    "chia đều như trước, để nơi khó không phải chạy theo con số.",
)

LEAD = (
    "Thiếu nguồn kết nạp là chuyện chung của các làng nghề vùng trung du, nhưng nơi nào chịu "
    "khó tìm thì nơi ấy có người, như câu chuyện dưới đây ở một xã bên sông Thao."
)

_CEREMONY = (
    "Sáng {day}, {cell} thuộc Đảng bộ phường {ward} long trọng tổ chức lễ kết nạp đảng viên mới "
    "cho {count} quần chúng ưu tú đã qua thời gian rèn luyện, phấn đấu tại đơn vị.\n\n"
    "Dự buổi lễ có đồng chí {guest}, bí thư đảng ủy phường, cùng toàn thể đảng viên trong chi "
    "bộ. Trước cờ Đảng, cờ Tổ quốc và chân dung Chủ tịch Hồ Chí Minh, các đảng viên mới đã đọc "
    "lời thề và hứa giữ gìn phẩm chất của người đảng viên.\n\n"
    "Phát biểu giao nhiệm vụ, đồng chí {guest} mong các đảng viên mới tiếp tục tu dưỡng, gương "
    "mẫu trong công việc và gắn bó với nhân dân nơi cư trú. Từ đầu năm đến nay, Đảng bộ phường "
    "{ward} đã kết nạp {year} đảng viên, đạt {share}% kế hoạch, nâng tổng số đảng viên toàn "
    "đảng bộ lên {members} đồng chí sinh hoạt tại {cells} chi bộ trực thuộc."
)


def ceremony(
    ward: str = "Tân Mai",
    *,
    cell: str = "Chi bộ Trường Mầm non Hoa Sữa",
    guest: str = "Lương Khánh Toàn",
    numbers: tuple[int, ...] = (4, 31, 62, 1184, 43),
    day: str = "12/11",
) -> str:
    """A report that hundreds of wards print in the same words."""
    count, year, share, members, cells = numbers
    return _CEREMONY.format(
        ward=ward,
        cell=cell,
        guest=guest,
        day=day,
        count=count,
        year=year,
        share=share,
        members=members,
        cells=cells,
    )


OTHER_WARD = ceremony(
    "Vĩnh Hưng",
    cell="Chi bộ Tổ dân phố Cầu Đá",
    guest="Đàm Thu Nguyệt",
    numbers=(7, 19, 48, 902, 36),
    day="14/11",
)


def text(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


def mended(body: str) -> str:
    """Some words put right, and the tones on the other vowel."""
    return (
        body.replace("họp bàn cách", "bàn việc")
        .replace("khắp tỉnh", "ở khắp tỉnh")
        .replace("ủy", "uỷ")
    )


REPRINTS = {
    "verbatim": text(*ORIGINAL),
    "with a lead": text(LEAD, *ORIGINAL),
    "cut at the end": text(*ORIGINAL[:-1]),
    "mended": mended(text(*ORIGINAL)),
    "all at once": mended(text(LEAD, *ORIGINAL[:-1])),
    "one figure corrected": text(*ORIGINAL).replace("23 đảng viên", "24 đảng viên"),
}
