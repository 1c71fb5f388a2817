"""Who posted an article is told from who wrote it, wherever a CMS names the account."""

from __future__ import annotations

import pytest

from crawler.page.accounts import is_account, is_desk
from tests.crawler.layouts import HEADLINE, LEAD, page, paragraphs, read

ACCOUNTS = (
    "quantri",
    "bientap01",
    "hoa.lt",
    "van_thu",
    "xa-natong@vi-du.vn",
    "Admin",
    "Administrator",
    "admin xã Nà Tông",
    "Super User",
    "Quản trị viên",
    "Quản trị hệ thống",
    "Quản trị Cổng thông tin",
    "Người quản trị",
    "Ban Quản trị",
    "Nhập liệu",
    "Người đăng",
    "Editor",
    "Webmaster",
)
DESKS = (
    "Ban Biên tập",
    "BAN BIÊN TẬP",
    "BBT",
    "BTV",
    "Biên tập viên",
    "Biên tập viên 2",
    "Phòng Biên tập",
    "Ban Biên tập Cổng Thông tin điện tử",
    "Tòa soạn",
    "Tổ Thư ký",
    "Tổ truyền thông xã Nà Tông",
)
PEOPLE = ("Lò Thị Mỷ", "Hà An", "LÒ THỊ MỶ", "Mỷ", "PV", "T.H", "Lò Thị Mỷ - Hà Vy", "A Mỷ")


@pytest.mark.parametrize("name", ACCOUNTS)
def test_a_login_or_a_role_is_an_account(name: str) -> None:
    assert is_account(name)
    assert not is_desk(name)


@pytest.mark.parametrize("name", DESKS)
def test_a_newsroom_is_a_desk(name: str) -> None:
    assert is_desk(name)


@pytest.mark.parametrize("name", PEOPLE)
def test_a_person_is_neither(name: str) -> None:
    assert not is_account(name)
    assert not is_desk(name)


GENERATOR = '<meta name="generator" content="WordPress 6.6.2">'
PLACES = {
    "below the title": "<h1 class=entry-title>{title}</h1><p>Đăng bởi: {name} - 12/11/2025 8:30</p>"
    "<div class=entry-content>{text}</div>",
    "below the title without a colon": "<h1 class=entry-title>{title}</h1><p>12/11/2025 8:30</p>"
    "<p>Viết bởi {name}</p><div class=entry-content>{text}</div>",
    "beside the day": "<h1 class=entry-title>{title}</h1><p>{name} | 12/11/2025 8:30</p>"
    "<div class=entry-content>{text}</div>",
    "in a box below": "<h1 class=entry-title>{title}</h1><div class=entry-content>{text}</div>"
    "<div class='author vcard'><span class=fn><a href=/author/9>{name}</a></span></div>",
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", [*ACCOUNTS[:8:3], "Super User", "Quản Trị Viên", *DESKS[:3]])
def test_an_account_writes_nothing(place: str, name: str) -> None:
    text = PLACES[place].format(title=HEADLINE, name=name, text=f"<p>{LEAD}</p>{paragraphs()}")
    assert read(page(text, head=GENERATOR)).author is None


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", ["quantri", "Super User", "Ban Biên Tập"])
def test_the_signature_below_the_text_names_who_wrote_it(place: str, name: str) -> None:
    text = f"<p>{LEAD}</p>{paragraphs()}<p align=right><b>Lò Thị Mỷ</b></p>"
    html = PLACES[place].format(title=HEADLINE, name=name, text=text)
    assert read(page(html, head=GENERATOR)).author == "Lò Thị Mỷ"


@pytest.mark.parametrize("place", PLACES)
def test_a_person_in_the_same_place_is_named(place: str) -> None:
    html = PLACES[place].format(title=HEADLINE, name="Lò Thị Mỷ", text=paragraphs())
    assert read(page(html, head=GENERATOR)).author == "Lò Thị Mỷ"


@pytest.mark.parametrize("desk", ["Ban Biên Tập", "BBT", "BTV"])
def test_a_desk_signs_below_the_text_as_offices_do(desk: str) -> None:
    html = f"<h1>{HEADLINE}</h1><div>{paragraphs()}<p><b>{desk}</b></p></div>"
    assert read(page(html)).author == desk
