"""Cities below the province, as they stood before 1 July 2025, and the province of each.

They name a province where a text does not: "TP Phủ Lý" is enough for Hà Nam. A city that
bears its province's own name is left out, for that name says it already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_OF_PROVINCE: Mapping[str, tuple[str, ...]] = {
    "Điện Biên": ("Điện Biên Phủ",),
    "Thái Nguyên": ("Sông Công", "Phổ Yên"),
    "Quảng Ninh": ("Hạ Long", "Móng Cái", "Cẩm Phả", "Uông Bí", "Đông Triều"),
    "Phú Thọ": ("Việt Trì",),
    "Vĩnh Phúc": ("Vĩnh Yên", "Phúc Yên"),
    "Bắc Ninh": ("Từ Sơn",),
    "Hải Dương": ("Chí Linh",),
    "Hải Phòng": ("Thủy Nguyên",),
    "Hà Nam": ("Phủ Lý",),
    "Ninh Bình": ("Tam Điệp", "Hoa Lư"),
    "Thanh Hóa": ("Sầm Sơn",),
    "Nghệ An": ("Vinh",),
    "Quảng Bình": ("Đồng Hới",),
    "Quảng Trị": ("Đông Hà",),
    "Quảng Nam": ("Tam Kỳ", "Hội An"),
    "Bình Định": ("Quy Nhơn",),
    "Phú Yên": ("Tuy Hòa",),
    "Khánh Hòa": ("Nha Trang", "Cam Ranh"),
    "Ninh Thuận": ("Phan Rang",),
    "Bình Thuận": ("Phan Thiết",),
    "Gia Lai": ("Pleiku",),
    "Đắk Lắk": ("Buôn Ma Thuột",),
    "Đắk Nông": ("Gia Nghĩa",),
    "Lâm Đồng": ("Đà Lạt", "Bảo Lộc"),
    "Bình Phước": ("Đồng Xoài",),
    "Bình Dương": ("Thủ Dầu Một", "Dĩ An", "Thuận An", "Tân Uyên", "Bến Cát"),
    "Đồng Nai": ("Biên Hòa", "Long Khánh"),
    "Bà Rịa - Vũng Tàu": ("Vũng Tàu", "Bà Rịa", "Phú Mỹ"),
    "TP. Hồ Chí Minh": ("Thủ Đức",),
    "Long An": ("Tân An",),
    "Tiền Giang": ("Mỹ Tho", "Gò Công"),
    "Đồng Tháp": ("Cao Lãnh", "Sa Đéc", "Hồng Ngự"),
    "An Giang": ("Long Xuyên", "Châu Đốc"),
    "Kiên Giang": ("Rạch Giá", "Hà Tiên", "Phú Quốc"),
    "Hậu Giang": ("Vị Thanh", "Ngã Bảy"),
}

PROVINCE_OF_CITY: Mapping[str, str] = {
    city: province for province, cities in _OF_PROVINCE.items() for city in cities
}
"""City to province, by its name before the mergers."""
