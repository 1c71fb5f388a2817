"""HueCIT's portals of Huế's units: ``?gd=…&cn=…&tc=…`` is the address of a page."""

from __future__ import annotations

import re

from crawler.families.family import Family

HUE_CIT = Family(
    key="hue_cit",
    hints=(".chitiettin, .chi-tiet-tin, .noidungtin, .noi-dung-tin",),
    links=(re.compile(r"/uploadfiles/tintuc/"), re.compile(r"[?&]gd=\d+&(?:\w+=\d+&)*cn=")),
    address=re.compile(r"[?&]gd=\d+&(?:\w+=\d+&)*tc=\d+"),
    title=(".tieudetin, .tieu-de-tin, .titlenews", ".tieude, .tieu-de"),
    sapo=(".tomtat", ".tom-tat", ".trichyeu"),
    date=(".ngaydang, .ngay-dang, .ngaycapnhat", ".ngay"),
    author=(".tacgia", ".tac-gia"),
    origin=(".nguontin", ".nguon-tin"),
    body=(".noidungtin, .noi-dung-tin", ".noidung, .noi-dung", ".chitiettin, .chi-tiet-tin"),
    drop=(".tieudetin, .tieu-de-tin, .ngaydang, .ngay-dang, .ngaycapnhat, .tomtat, .tom-tat",),
    titled_above_date=True,
)
