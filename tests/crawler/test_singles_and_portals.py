"""Pages of the papers that stand alone and of the common portals, in the markup they use."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.dating.text import VIETNAM
from tests.crawler.test_families import Expected, read

CASES = [
    Expected(
        name="bac_ninh",
        family="bac_ninh",
        title="Làng quan họ bên sông có thêm đảng viên",
        at=datetime(2026, 10, 12, 19, 5, tzinfo=VIETNAM),
        sapo="Tám liền anh, liền chị của câu lạc bộ hát đối đã đứng vào hàng ngũ của Đảng trong"
        " hai năm qua.",
        starts="Câu lạc bộ lập từ ngày",
        ends="đến nay đã kết nạp đủ.",
        paragraphs=3,
        author="Đỗ Quyên",
        url="https://a.vn/lang-quan-ho-postid4711.bbg",
        absent=("Một canh hát", "Cầu mới", "Hội chợ"),
    ),
    Expected(
        name="ninh_binh",
        family="ninh_binh",
        title="Chi bộ trên núi đá Hang Múi",
        at=datetime(2026, 4, 7, 6, 15, tzinfo=VIETNAM),
        sapo="Từ ba đảng viên ngày chia bản, chi bộ Hang Múi nay có 17 người, phần lớn còn trẻ.",
        starts="Bí thư chi bộ kể",
        ends="dự lớp nhận thức.",
        paragraphs=2,
        author="Trường Giang",
        url="https://a.org.vn/chi-bo-tren-nui-da-260407061500123.html",
        absent=("Đường lên", "vùng cao", "Từ khóa"),
    ),
    Expected(
        name="son_la",
        family="son_la",
        title="Bản Co Muông chọn người trẻ vào Đảng",
        at=datetime(2026, 9, 2, 7, 40, tzinfo=VIETNAM),
        sapo="Bản có 210 hộ, ba năm nay năm nào cũng có người trẻ được kết nạp.",
        starts="Trưởng bản giao việc trước, khen sau, ai làm được việc khó thì chi bộ giới thiệu",
        ends="giúp bạn nghèo.",
        paragraphs=3,
        author="Lò Văn Pản",
        absent=("Giọng", "Nghe nội dung", "Lò Văn Pản", "Mận hậu"),
    ),
    Expected(
        name="dien_bien",
        family="dien_bien",
        title="Đồng bào Khơ Mú tin theo Đảng",
        at=datetime(2026, 6, 15, 8, 30, tzinfo=VIETNAM),
        sapo="Hai bản vùng lòng chảo lâu nay chưa có đảng viên, nay mỗi bản đã có ba người.",
        starts="Người đầu tiên là cô y tế thôn",
        ends="khi đủ người.",
        paragraphs=2,
        author="Sùng A Chớ",
        url="https://a.vn/tin-bai/chinh-tri/dong-bao-kho-mu",
    ),
    Expected(
        name="lai_chau",
        family="lai_chau",
        title="Chi bộ trường vùng biên dìu dắt giáo viên trẻ",
        at=datetime(2026, 6, 26, 11, 21, tzinfo=VIETNAM),
        sapo="Trường có 31 giáo viên thì 22 người là đảng viên.",
        starts="Mỗi năm chi bộ nhận giúp",
        ends="điểm trường xa nhất.",
        paragraphs=2,
        absent=("chợ phiên", "Chè cổ thụ"),
    ),
    Expected(
        name="quang_ngai",
        family="quang_ngai",
        title="Đảo Hòn Sơn có chi bộ ngư dân",
        at=datetime(2026, 7, 20, 16, 2, tzinfo=VIETNAM),
        sapo="Chi bộ nghiệp đoàn nghề cá đầu tiên của đảo có 5 đảng viên, đều là thuyền trưởng.",
        starts='Ngày ra mắt, tàu thuyền đậu kín "vũng" trước đình.',
        ends="khai thác xa bờ.",
        paragraphs=2,
        author="Ý Thu",
        url="https://a.vn/dao-hon-son-99120.htm",
        absent=("ven biển", "outputData"),
    ),
    Expected(
        name="hue_cit",
        family="hue_cit",
        title="Phường Thủy Tú trao quyết định kết nạp đảng viên cho bảy quần chúng",
        at=datetime(2024, 3, 5, tzinfo=VIETNAM),
        sapo=None,
        starts="Sáng nay, Đảng ủy phường",
        ends="đạt 60% kế hoạch.",
        paragraphs=2,
        author="Lan Chi",
        origin="Đảng ủy phường Thủy Tú",
        url="https://a.vn/?gd=25&cn=589&tc=433",
        absent=("dọn rác",),
    ),
    Expected(
        name="dnn",
        family="dnn",
        title="Ba Nguồn mở lớp bồi dưỡng đảng viên mới",
        at=datetime(2024, 5, 17, tzinfo=VIETNAM),
        sapo="Lớp học năm ngày dành cho 92 đảng viên kết nạp từ cuối năm ngoái.",
        starts="Học viên nghe mười chuyên đề",
        ends="Đông Nguồn | 41",
        paragraphs=4,
        author="Ban Tuyên giáo Huyện ủy",
        absent=("98.112", "Lượt xem", "Bản in", "phòng cháy"),
    ),
    Expected(
        name="sharepoint",
        family="sharepoint",
        title="Đảng bộ Khu kinh tế cửa khẩu Pò Hèn lập tổ đảng doanh nghiệp",
        at=datetime(2025, 8, 28, 16, 20, tzinfo=VIETNAM),
        sapo="Đây là tổ đảng thứ tư trong các công ty ngoài nhà nước ở khu kinh tế.",
        starts="Tổ đảng có 4 đảng viên",
        ends="là công nhân.",
        paragraphs=3,
        author="Hoàng Mai",
        origin="Báo Cửa Khẩu",
    ),
    Expected(
        name="liferay",
        family="liferay",
        title="Tỉnh ủy Trà Sơn gặp mặt đảng viên trẻ tiêu biểu",
        at=datetime(2026, 2, 2, 9, 0, tzinfo=VIETNAM),
        sapo="Sáng 1/2, Tỉnh ủy gặp mặt 95 đảng viên trẻ nhân dịp thành lập Đảng.",
        starts="Các đại biểu kể chuyện",
        ends="ở tuổi đoàn viên.",
        paragraphs=2,
        origin="TTXVN",
        absent=("Bình chọn", "1.220.381"),
    ),
    Expected(
        name="nukeviet",
        family="nukeviet",
        title="Đoàn xã Vĩnh Khê giới thiệu đoàn viên ưu tú cho Đảng",
        at=datetime(2026, 5, 19, 20, 11, tzinfo=VIETNAM),
        sapo="Mười một đoàn viên ưu tú vừa được Đoàn xã giới thiệu với Đảng ủy.",
        starts="Hội nghị diễn ra",
        ends="trong sáu tháng.",
        paragraphs=3,
        author="Khuê Văn",
        origin="Huyện đoàn",
    ),
    Expected(
        name="wordpress",
        family="wordpress",
        title="Đảng ủy phường An Lạc Tây rà soát nguồn kết nạp",
        at=datetime(2026, 1, 20, 15, 45, tzinfo=VIETNAM),
        sapo=None,
        starts="Chiều 19/1, Thường trực Đảng ủy",
        ends="19 người đủ hồ sơ.",
        paragraphs=2,
        author="Văn phòng Đảng ủy",
        absent=("Quang cảnh", "Chia sẻ", "tổ công nghệ"),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_article_is_read_whole_and_clean(case: Expected) -> None:
    reading = read(case.name, url=case.url)
    assert (reading.family, reading.title, reading.sapo) == (case.family, case.title, case.sapo)
    assert reading.body.startswith(case.starts)
    assert reading.body.endswith(case.ends)
    assert len(reading.body.split("\n\n")) == case.paragraphs
    assert [word for word in case.absent if word in reading.body] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_date_author_and_origin_come_from_the_page(case: Expected) -> None:
    reading = read(case.name, url=case.url)
    assert reading.published_at == case.at.astimezone(UTC)
    assert (reading.author, reading.original_source) == (case.author, case.origin)


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("bac_ninh", "Xây dựng Đảng"),
        ("son_la", "Xây dựng Đảng"),
        ("dien_bien", "Chính trị"),
        ("nukeviet", "Tin Đoàn"),
        ("wordpress", "Công tác Đảng"),
        ("ward", None),
    ],
)
def test_the_section_is_named_where_the_page_names_it(name: str, category: str | None) -> None:
    url = next((case.url for case in CASES if case.name == name), "https://a.vn/x-1.html")
    assert read(name, url=url).category == category
