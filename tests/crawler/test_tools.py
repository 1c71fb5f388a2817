"""Rows of buttons and counters are known for what they are, and sentences are none."""

from __future__ import annotations

import pytest

from crawler.page.tools import is_tool


@pytest.mark.parametrize(
    "line",
    [
        "In bài | Quay lại | Lượt xem: 512",
        "Bản in | Gửi cho bạn bè | Về đầu trang | Đã xem 641 lần",
        "In bài viết Gửi email Chia sẻ Facebook Lên đầu trang",
        "Cỡ chữ: A- A A+",
        "[Trở về]",
        "<< Trở về trang trước",
        "Xem: 123 | Bình luận: 4",
        "Số lần đọc: 55",
        "Lượt người xem: 77",
        "Lượt đọc bài viết: 31",
        "Chia sẻ bài viết này qua",
        "Print - Email - Share",
        "Hữu ích 41 Góp ý 3",
    ],
)
def test_buttons_and_counters_are_tools(line: str) -> None:
    assert is_tool(line)


@pytest.mark.parametrize(
    "line",
    [
        "Thế Kha",
        "Lên Nà Tông",
        "Về nguồn",
        "Nguồn: Báo Lạch Trường",
        "Xem xét kết nạp 12 quần chúng",
        "In dấu chân trên bản xa",
        "Xã Rạch Ráng | 14 | 11",
        "Đơn vị | Giới thiệu | Kết nạp",
        "Tổng | 14",
        "Tổng cộng | 26 | 17",
    ],
)
def test_names_headings_and_rows_of_figures_are_none(line: str) -> None:
    assert not is_tool(line)
