"""Pages of invented CMS: one article, dressed as a test asks, with a portal around it."""

from __future__ import annotations

from datetime import datetime

from crawler.reading import PageReading, read_page
from tests.crawler.frozen.items import HANOI

FETCHED = datetime(2026, 11, 20, 9, 30, tzinfo=HANOI)
URL = "http://portal.vi-du.gov.vn/xem/4471"

HEADLINE = "Chi bộ bản Nà Tông gieo hạt giống đỏ trên nương"
LEAD = (
    "Từ chỗ trắng đảng viên trẻ, sau ba năm Chi bộ bản Nà Tông đã có bảy đảng viên dưới ba mươi"
    " tuổi, phần lớn là người dân tộc thiểu số."
)
PARAGRAPHS = (
    "Con đường vào bản Nà Tông mùa này khô ráo, hai bên lúa nương đã gặt xong. Bí thư chi bộ Giàng"
    " A Chư dẫn chúng tôi đi thăm từng nhà, kể chuyện bảy người trẻ mới vào Đảng.",
    "Theo ông Chư, chi bộ giao mỗi đảng viên kèm một quần chúng ưu tú, nghe họ nói về việc làm ăn"
    " rồi mới bàn chuyện phấn đấu. Cách làm ấy chậm nhưng chắc.",
    "Năm 2025, chi bộ giới thiệu bốn quần chúng đi học lớp bồi dưỡng nhận thức về Đảng, ba người đã"
    " được kết nạp. Đảng ủy xã Mường Lạn đánh giá đây là mức cao nhất trong mười bản.",
    "Mùa xuân tới, chi bộ dự kiến mở thêm một tổ hợp tác trồng mắc ca do đảng viên trẻ đứng ra,"
    " vừa làm kinh tế vừa tạo nguồn cho những năm sau.",
)
NEWS = (
    "Khánh thành nhà văn hóa bản Huổi Luông",
    "Xã Mường Lạn ra quân làm thủy lợi mùa khô",
    "Trao huy hiệu Đảng cho mười hai đảng viên",
    "Hội nông dân tập huấn chăm sóc cây mắc ca",
)


def paragraphs(*lines: str, tag: str = "p") -> str:
    """Each line in an element of its own."""
    return "".join(f"<{tag}>{line}</{tag}>" for line in lines or PARAGRAPHS)


def links(*headlines: str, tag: str = "div") -> str:
    """Headlines that lead to other articles."""
    return "".join(
        f'<{tag}><a href="/xem/{number}">{line}</a></{tag}>'
        for number, line in enumerate(headlines or NEWS, 4200)
    )


def page(content: str, *, title: str = HEADLINE, head: str = "", banner: str = "") -> bytes:
    """A whole page around the middle column.

    Args:
        content: Of the middle column.
        title: Of the window.
        head: More of the head.
        banner: Above the menu.
    """
    return (
        f"<html><head><meta charset=utf-8><title>{title}</title>{head}</head><body>{banner}"
        '<div class="m1"><a href="/">Trang chủ</a><a href="/gt">Giới thiệu</a>'
        '<a href="/tt">Tin tức</a><a href="/vb">Văn bản</a></div>'
        f'<div class="l1"><b>TIN MỚI</b>{links()}</div><div class="c1">{content}</div>'
        f'<div class="r1"><b>Thời tiết</b><p>Mường Lạn: 18 - 25 độ</p>{links()}</div>'
        '<div class="f1">Bản quyền thuộc Đảng ủy xã Mường Lạn. Giấy phép số 12/GP-TTĐT ngày'
        " 02/3/2020</div></body></html>"
    ).encode()


def read(html: bytes) -> PageReading:
    """The page as the crawler reads it."""
    return read_page(html, url=URL, fetched_at=FETCHED)
