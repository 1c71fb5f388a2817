from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.config import load_config
from monitor.masking import LEAST_LENGTH, Mask, secrets_of

SETTINGS = """
email: {password: "mat khau/2026%"}
telegram:
  token: "123456789:AAE-bi_mat_cua_bot_0123456789"
  proxy: "socks5://nguoi:qua-cau@proxy.example.org:1080"
apprise:
  urls:
    - "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#tin-tuc"
    - "mailto://an:p%40ss-word@example.org?to=binh@example.org"
"""


@pytest.fixture
def mask(tmp_path: Path) -> Mask:
    path = tmp_path / "config.yaml"
    path.write_text(SETTINGS, encoding="utf-8")
    return Mask(secrets_of(load_config(path)))


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("535 refused mat khau/2026%", "mat khau"),
        (f"GET /login?password={quote('mat khau/2026%', safe='')}", "2026"),
        ("https://api.telegram.org/bot123456789:AAE-bi_mat_cua_bot_0123456789/getMe", "bi_mat"),
        ("token AAE-bi_mat_cua_bot_0123456789 is wrong", "bi_mat"),
        ("cannot connect to socks5://nguoi:qua-cau@proxy.example.org:1080", "qua-cau"),
        ("proxy login of nguoi with qua-cau failed", "qua-cau"),
        ("POST https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/x", "T1JJ3T3L2"),
        ("no such channel for TIiajkdnlazkcOXrIdevi7FQ", "TIiajk"),
        ("login failed: p@ss-word", "p@ss-word"),
        ("http://somebody:else@example.org/feed answers 401", "else"),
        ("https://api.telegram.org/bot42:someone-elses-key/getMe", "elses-key"),
    ],
)
def test_secrets_are_masked_however_they_are_written(mask: Mask, text: str, secret: str) -> None:
    assert secret in text
    assert secret not in mask(text)
    assert "***" in mask(text)


@pytest.mark.parametrize(
    "text",
    [
        "baogialai: 12 bài, https://baogialai.com.vn/ket-nap-dang-vien-post123.html",
        "digest 2026-11-21 delivered by email to binh@example.org",
        "https://example.org/@trang/bai-viet",
    ],
)
def test_what_is_no_secret_stays(mask: Mask, text: str) -> None:
    assert mask(text) == text


@settings(max_examples=60)
@given(secret=st.text(min_size=LEAST_LENGTH, max_size=30), around=st.text(max_size=10))
def test_no_secret_survives_as_it_is_or_as_repr_writes_it(secret: str, around: str) -> None:
    mask = Mask([secret])
    marked = f"{around}|{secret}|{secret!r}"
    shown = mask(marked).replace("*", "")
    assert f"|{secret}|" not in shown
