from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.page.scripts import unescaped


@pytest.mark.parametrize(
    ("literal", "meant"),
    [
        (r"\u003cp\u003eĐảng\u003c\/p\u003e", "<p>Đảng</p>"),
        (r"\x3cp\x3eba\x3c/p\x3e", "<p>ba</p>"),
        (r"<p class=\"x\">một</p>\n", '<p class="x">một</p>\n'),
        (r"<p>it\'s \u{111}ây</p>", "<p>it's đây</p>"),
        ('<p class="x">dấu nháy để trần</p>', '<p class="x">dấu nháy để trần</p>'),
        ("<p>xuống\ndòng</p>", "<p>xuống\ndòng</p>"),
        ("&lt;p&gt;hai lớp&lt;/p&gt;", "<p>hai lớp</p>"),
    ],
)
def test_a_string_of_a_script_means_what_it_means_there(literal: str, meant: str) -> None:
    assert unescaped(literal) == meant


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60).map(lambda text: f"<p>{text}"))
def test_json_strings_come_back_whole(text: str) -> None:
    literal = json.dumps(text)[1:-1]
    assert unescaped(literal) == text
