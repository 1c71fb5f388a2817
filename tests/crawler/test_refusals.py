"""Pages in an article's place: walls and tests are told apart from articles that speak of them.

The pages are ``refusals/<kind>/*.html``; those under ``article`` are no refusals.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.errors import ReadingError
from crawler.page.refusals import CHALLENGE_BYTES
from crawler.reading import PageReading, read_page

HOME = Path(__file__).parent / "refusals"
REFUSED = sorted(HOME.glob("challenge/*.html")) + sorted(HOME.glob("not-article/*.html"))
ARTICLES = sorted(HOME.glob("article/*.html"))
WEIGHT = f"<style>{'.a{margin:0}' * (CHALLENGE_BYTES // 10)}</style>"


def read(body: bytes) -> PageReading:
    return read_page(
        body, url="https://bao.vi-du.vn/bai-12.html", fetched_at=datetime(2026, 11, 21, tzinfo=UTC)
    )


def refusal(body: bytes) -> tuple[str, str]:
    with pytest.raises(ReadingError) as error:
        read(body)
    return error.value.kind, error.value.detail


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.stem)
def test_a_page_that_refuses_is_no_article(path: Path) -> None:
    kind, detail = refusal(path.read_bytes())
    assert kind == path.parent.name, detail
    assert detail


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_an_article_with_the_words_or_forms_of_a_refusal_is_read(path: Path) -> None:
    assert read(path.read_bytes()).body or read(path.read_bytes()).sapo


@pytest.mark.parametrize("name", ["hcaptcha_in_frame", "waf_request_id", "cloudflare_blocked"])
def test_a_heavy_page_is_known_by_its_title(name: str) -> None:
    page = (HOME / "challenge" / f"{name}.html").read_text("utf-8")
    assert refusal((page + WEIGHT).encode())[0] == "challenge"


def test_a_lone_script_that_names_its_target_is_no_test() -> None:
    moved = b"<html><body><script>location.href='/tin/bai-12.html'</script></body></html>"
    assert refusal(moved)[0] == "empty"


def test_what_is_said_is_told_with_the_refusal() -> None:
    page = (HOME / "challenge" / "waf_vietnamese.html").read_bytes()
    assert refusal(page)[1] == "a denial: yêu cầu của bạn đã bị tường lửa ứng dụng web chặn"
