"""Pages that answer 200 and say that there is nothing."""

from __future__ import annotations

import pytest

from crawler.errors import ReadingError
from crawler.page.notices import refuse_notice

SORRY = "Xin quý vị quay lại trang chủ."


@pytest.mark.parametrize(
    "title",
    [
        "404",
        "404 - Not Found",
        "Lỗi 404",
        "Error 500",
        "Không tìm thấy trang",
        "Không tìm thấy nội dung yêu cầu",
        "Trang bạn tìm không tồn tại",
        "Bài viết này không tồn tại",
        "Page not found",
        "Có lỗi xảy ra",
        "Đã xảy ra lỗi hệ thống",
        "Hệ thống đang bảo trì",
        "Website tạm dừng để nâng cấp",
        "Bảo trì hệ thống",
        "Service Unavailable",
    ],
)
def test_a_notice_is_known_by_its_title(title: str) -> None:
    with pytest.raises(ReadingError) as caught:
        refuse_notice(title, SORRY)
    assert caught.value.kind == "empty"


def test_a_notice_under_the_papers_name_is_known_by_its_sentence() -> None:
    with pytest.raises(ReadingError, match="không tồn tại"):
        refuse_notice("Báo Cao Bằng", f"Nội dung bạn yêu cầu không tồn tại. {SORRY}")


@pytest.mark.parametrize(
    "title",
    [
        "500 đảng viên mới được kết nạp",
        "404 hộ dân thoát nghèo",
        "Không tìm thấy người mất tích sau lũ",
        "Hệ thống chính trị đang vào cuộc",
        "Bảo trì cầu đường trước mùa mưa",
        "Lỗi hẹn với mùa hoa",
        "Trang sử mới của chi bộ",
    ],
)
def test_a_headline_is_no_notice(title: str) -> None:
    refuse_notice(title, "Chi bộ họp bàn.")


def test_a_long_text_is_an_article_whatever_its_title() -> None:
    refuse_notice("Không tìm thấy trang", "Chuyện về một cuốn sổ đảng viên. " * 30)
