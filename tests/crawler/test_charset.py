"""Bytes whose charset is told wrongly, or not at all."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.page.charset import decode

TEXT = (
    "Những người được kết nạp ở xã vùng cao đều là hội viên nông dân; báo tỉnh đã đưa tin về"
    " việc này với tên của bản và của chi bộ."
)


def page(charset: str) -> str:
    return f"<html><head><meta charset='{charset}'></head><body><p>{TEXT}</p></body></html>"


def as_windows_1258(text: str) -> bytes:
    """Vowels with their own mark in one letter, tones apart, as that charset writes them."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    found = ""
    for character in text:
        parts = unicodedata.normalize("NFD", character)
        base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
        found += base + "".join(c for c in parts if c in tones)
    return found.encode("cp1258")


@pytest.mark.parametrize("header", [None, "iso-8859-1", "windows-1252", "windows-1258", "no-such"])
@pytest.mark.parametrize("meta", ["utf-8", "iso-8859-1", "windows-1258", "none"])
def test_utf8_is_read_whatever_is_claimed(header: str | None, meta: str) -> None:
    assert TEXT in decode(page(meta).encode(), encoding=header)


@pytest.mark.parametrize("header", [None, "utf-8", "iso-8859-1", "windows-1252", "windows-1258"])
@pytest.mark.parametrize("meta", ["utf-8", "iso-8859-1", "windows-1258", "none"])
def test_windows_1258_is_read_whatever_is_claimed(header: str | None, meta: str) -> None:
    assert TEXT in decode(as_windows_1258(page(meta)), encoding=header)


@pytest.mark.parametrize("broken", [b"\xff", b"\xe1\xbb", b"\xc3"])
@pytest.mark.parametrize("header", [None, "utf-8", "windows-1258"])
def test_a_few_broken_bytes_do_not_spoil_a_page(broken: bytes, header: str | None) -> None:
    body = page("utf-8").encode().replace(b"<body>", b"<body>" + broken) + broken
    assert TEXT in decode(body, encoding=header)


def test_decomposed_letters_come_out_composed() -> None:
    assert TEXT in decode(unicodedata.normalize("NFD", page("utf-8")).encode(), encoding=None)


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "cp1258", "undefined", "hex"]))
def test_any_bytes_give_a_text(body: bytes, encoding: str | None) -> None:
    assert unicodedata.is_normalized("NFC", decode(body, encoding=encoding))


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        "aeươ đảộ\u0300\u0309\u0323\u031b\u2000\u2013\u2126\u212b\u20ab\u1e9b\uac00\u11a8",
        max_size=20,
    )
)
def test_utf_8_is_composed_whatever_letters_it_holds(text: str) -> None:
    assert decode(text.encode(), encoding=None) == unicodedata.normalize("NFC", text)
