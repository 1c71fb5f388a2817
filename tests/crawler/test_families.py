"""Each family's page, written for the tests, in the markup that its papers use."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import html

from crawler.dating.text import VIETNAM
from crawler.families import FAMILIES, GENERAL, detect_family
from crawler.page.markup import compiled
from crawler.reading import PageReading, read_page

PAGES = Path(__file__).parent / "pages"
FETCHED_AT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


def read(
    name: str, *, url: str = "http://127.0.0.1:8000/x-1.html", hint: str | None = None
) -> PageReading:
    body = (PAGES / f"{name}.html").read_bytes()
    return read_page(body, url=url, fetched_at=FETCHED_AT, family_hint=hint)


@dataclass(frozen=True, kw_only=True)
class Expected:
    name: str
    family: str | None
    title: str
    at: datetime
    sapo: str | None
    starts: str
    ends: str
    paragraphs: int
    author: str | None = None
    origin: str | None = None
    url: str = "http://127.0.0.1:8000/x-1.html"
    absent: tuple[str, ...] = field(default=())


CASES = [
    Expected(
        name="zce",
        family="zce",
        title="Xã Suối Mây gieo nguồn đảng viên trẻ",
        at=datetime(2026, 8, 14, 18, 51, tzinfo=VIETNAM),
        sapo="Từ những buổi sinh hoạt tại nhà rông, xã Suối Mây tìm được lớp người trẻ muốn đứng"
        " vào hàng ngũ của Đảng.",
        starts="Chi bộ làng Kon Rẫy có 24 đảng viên",
        ends="giữ cách làm ấy trong nhiệm kỳ tới.",
        paragraphs=3,
        author="Hồ Lả",
        absent=("Quảng cáo", "Ảnh:", "học nghề dệt", "cây cầu mới", "Lũ lớn", "bóng chuyền"),
    ),
    Expected(
        name="zce_photo",
        family="zce",
        title="[Ảnh] Ngày hội ở làng Bên Sông",
        at=datetime(2026, 10, 2, 7, 0, tzinfo=VIETNAM),
        sapo=None,
        starts="Hình ảnh ngày hội",
        ends="sáng nay.",
        paragraphs=1,
        absent=("tuyến đường ven biển", "15 học sinh"),
    ),
    Expected(
        name="onecms",
        family="onecms",
        title="Phường Bến Đá kết nạp đảng viên",
        at=datetime(2023, 11, 21, 9, 28, tzinfo=VIETNAM),
        sapo="Chín tháng qua, Đảng bộ phường Bến Đá có thêm 17 đảng viên, đông nhất từ ngày"
        " thành lập.",
        starts="Theo thường trực Đảng ủy phường",
        ends="theo dõi một tổ dân phố.",
        paragraphs=3,
        author="Vũ Thị Sen",
        origin="benda.gov.vn",
        absent=("Cỡ chữ", "Lễ kết nạp tại", "Sông Hà", "Chợ đêm", "Link bài gốc"),
    ),
    Expected(
        name="mediatech",
        family="mediatech",
        title="Vùng mỏ thêm đảng viên thợ lò",
        at=datetime(2021, 12, 1, 11, 51, tzinfo=VIETNAM),
        sapo="Ba năm nay, Đảng bộ mỏ Đèo Sương đưa 63 thợ lò trẻ vào Đảng, phần lớn là tổ trưởng"
        " sản xuất.",
        starts="Giám đốc mỏ nói mỗi phân xưởng",
        ends="kết nạp 22 người, có 6 nữ.",
        paragraphs=2,
        author="Trần Bắc",
        absent=("Mua xe", "item.title", "bóng đá", "giá than", "63 thợ lò…"),
    ),
    Expected(
        name="site_id",
        family="site_id",
        title="Buôn Ea Mơ có chi bộ riêng",
        at=datetime(2026, 3, 31, 13, 0, tzinfo=VIETNAM),
        sapo="Sau bốn năm sinh hoạt ghép, buôn Ea Mơ đã có chi bộ của mình với 7 đảng viên chính"
        " thức.",
        starts="Già làng kể rằng",
        ends="trong năm tới.",
        paragraphs=2,
        author="Y Rin",
        url="http://127.0.0.1:8000/chinh-tri/202604/buon-ea-mo-1a2b3c4/",
        absent=("{title}", "Chia sẻ", "cà phê"),
    ),
    Expected(
        name="content_fck",
        family="content_fck",
        title="Ấp Rạch Tre đông nguồn phát triển Đảng",
        at=datetime(2026, 1, 8, 18, 21, tzinfo=VIETNAM),
        sapo="Nhờ tổ vay vốn của hội nông dân, ấp Rạch Tre mỗi năm giới thiệu được năm quần chúng"
        " ưu tú cho chi bộ.",
        starts="Chi bộ ấp hiện có 31 đảng viên.",
        ends="phấn đấu có thêm 5 đảng viên.",
        paragraphs=3,
        author="P.Y",
        origin="vietnamnet",
        absent=("thuốc trừ sâu", "Lúa hè thu", "Bạn có thể quan tâm"),
    ),
    Expected(
        name="ptitle",
        family="ptitle",
        title="Làng nghề Bái Trạch có thêm đảng viên",
        at=datetime(2026, 5, 6, 6, 30, tzinfo=VIETNAM),
        sapo="Hai năm qua, chi bộ làng nghề Bái Trạch kết nạp 9 người thợ mộc trẻ.",
        starts="Mỗi xưởng mộc",
        ends="dễ tham gia.",
        paragraphs=2,
        author="Lê Gấm",
    ),
    Expected(
        name="vietnam_vn",
        family="vietnam_vn",
        title="Huyện Khe Sậy chăm nguồn kết nạp Đảng",
        at=datetime(2025, 9, 28, tzinfo=VIETNAM),
        sapo=None,
        starts="Huyện Khe Sậy xác định",
        ends="mọi thôn bản đều có chi bộ.",
        paragraphs=4,
        origin="Báo Khe Sậy",
        absent=("Source link", "Tàu cá", "Nổi bật", "Thị trường vàng", "bơi lội"),
    ),
    Expected(
        name="hanam",
        family="hanam",
        title="Thị trấn Cầu Gừng mở lớp nhận thức về Đảng",
        at=datetime(2020, 2, 25, 7, 22, tzinfo=VIETNAM),
        sapo="Lớp học đầu năm của thị trấn Cầu Gừng có 48 quần chúng ưu tú đến từ các khu phố và"
        " trường học.",
        starts="Học viên học năm bài",
        ends="8 người học từ chính lớp này.",
        paragraphs=2,
        author="Nguyễn Khoai",
        absent=("Học viên nghe giảng", "Bình luận", "Giấy phép", "07:22"),
    ),
    Expected(
        name="ward",
        family="ward",
        title="Phường Gò Nổi khảo sát nguồn đảng viên mới ở tổ dân phố",
        at=datetime(2023, 4, 11, tzinfo=VIETNAM),
        sapo=None,
        starts="Chiều qua, đoàn công tác",
        ends="kết nạp được 16 đảng viên mới.",
        paragraphs=2,
        origin="Thanhuygonoi.vn",
        absent=("98.765", "Tìm kiếm", "kênh mương", "Xem tin theo ngày", "31"),
    ),
    Expected(
        name="unknown",
        family=None,
        title="Đồn biên phòng giúp bản Nậm Pồ dựng chi bộ",
        at=datetime(2025, 4, 1, 10, 24, tzinfo=VIETNAM),
        sapo="Bốn đảng viên của đồn biên phòng về sinh hoạt cùng bản, giúp bản Nậm Pồ từ chỗ"
        " trắng đảng viên nay có chi bộ 9 người.",
        starts="Ngày mới lên bản",
        ends="mở rộng cho xe máy đi lại.",
        paragraphs=4,
        author="Giàng A Sử",
        absent=("Mưa đá", "Tin liên quan"),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_page_of_the_family_is_read_whole_and_clean(case: Expected) -> None:
    reading = read(case.name, url=case.url)
    assert reading.family == case.family
    assert reading.title == case.title
    assert reading.sapo == case.sapo
    assert reading.body.startswith(case.starts)
    assert reading.body.endswith(case.ends)
    assert len(reading.body.split("\n\n")) == case.paragraphs
    assert [word for word in case.absent if word in reading.body] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_date_author_and_origin_come_from_the_page(case: Expected) -> None:
    reading = read(case.name, url=case.url)
    assert reading.published_at == case.at.astimezone(UTC)
    assert reading.has_time == ((case.at.hour, case.at.minute) != (0, 0))
    assert (reading.author, reading.original_source) == (case.author, case.origin)


def test_the_page_decides_against_a_wrong_hint() -> None:
    assert read("mediatech", hint="content_fck").family == "mediatech"


def test_a_hint_decides_where_marks_are_few() -> None:
    tree = html.document_fromstring("<h1>Tên bài</h1><div id='content-detail'>x</div>")
    assert detect_family(tree, url="https://a.vn/x-1.html") is None
    family = detect_family(tree, url="https://a.vn/x-1.html", hint="mediatech")
    assert family is not None
    assert family.key == "mediatech"


def test_a_hint_alone_makes_no_family() -> None:
    tree = html.document_fromstring("<h1>Tên bài</h1><div>x</div>")
    assert detect_family(tree, url="https://a.vn/x-1.html", hint="zce") is None


def test_every_selector_of_every_family_is_valid_css() -> None:
    for family in (*FAMILIES, GENERAL):
        groups = (
            family.signs, family.hints, family.title, family.sapo, family.date,
            family.author, family.origin, family.body, family.drop,
        )  # fmt: skip
        for selector in (selector for group in groups for selector in group):
            assert compiled(selector) is not None


def test_keys_of_families_are_their_own() -> None:
    keys = [family.key for family in FAMILIES]
    assert len(keys) == len(set(keys))
