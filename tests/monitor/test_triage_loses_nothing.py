"""Triage against the scorer: no page is passed over whose cleaned text would be flagged."""

from __future__ import annotations

import html
import json
import urllib.request
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.errors import ReadingError
from crawler.opening import open_page
from crawler.page.markup import parse_page
from crawler.reading import read_tree
from crawler.skimming import read_if_concerned
from crawler.triage import Triage
from monitor.extractor.text import fold
from monitor.extractor.topic import score
from monitor.press.press import Press
from monitor.topics import load_topic
from tests.crawler.frozen.build import Build
from tests.crawler.frozen.library import load_specs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.reading import PageReading
    from tests.crawler.frozen.items import FrozenPage

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
SHARED = Path(__file__).parents[3] / "shared"
SAVED = sorted((Path(__file__).parents[1] / "crawler" / "pages").glob("*.html"))
TOPIC = load_topic()
TRIAGE = Triage(TOPIC.trigger_words)


def read(page: bytes, *, url: str = "https://bao.example/tin-1.html") -> PageReading | None:
    """The cleaned page; None where it gives no article."""
    try:
        return read_tree(parse_page(page, encoding=None), url=url, fetched_at=NOW)
    except ReadingError:
        return None


def is_kept(page: bytes) -> bool:
    """Whether the first look lets it pass."""
    return TRIAGE.may_concern(parse_page(page, encoding=None))


def is_read(page: bytes, *, url: str = "https://bao.example/tin-1.html") -> bool:
    """Whether the whole triage lets it pass."""
    opened = open_page(parse_page(page, encoding=None), url=url, fetched_at=NOW)
    return read_if_concerned(opened, TRIAGE) is not None


def is_flagged(reading: PageReading) -> bool:
    return score(reading.title, sapo=reading.sapo, body=reading.body, topic=TOPIC).is_flagged


def holds_trigger(reading: PageReading) -> bool:
    texts = (reading.title, reading.sapo or "", *reading.body.split("\n\n"))
    return any(TOPIC.triggers.search(" ".join(fold(text).split())) for text in texts)


@cache
def frozen_pages() -> tuple[FrozenPage, ...]:
    build = Build()
    return tuple(build.page(spec) for spec in load_specs() if not spec.refusal)


def test_of_the_frozen_pages_none_with_a_trigger_in_its_text_is_passed_over() -> None:
    concerned = [
        page
        for page in frozen_pages()
        if (reading := read(page.body, url=page.spec.url)) and holds_trigger(reading)
    ]
    assert len(concerned) > 5
    lost = [page.spec.key for page in concerned if not is_read(page.body, url=page.spec.url)]
    assert lost == []


@pytest.fixture(scope="module")
def press_pages() -> Iterator[dict[str, bytes]]:
    with Press(now=NOW) as press:
        yield {row.id: urllib.request.urlopen(row.url).read() for row in press.truth()}


def test_of_the_presss_pages_none_with_a_trigger_in_its_text_is_passed_over(
    press_pages: dict[str, bytes],
) -> None:
    readings = {key: read(page) for key, page in press_pages.items()}
    concerned = [key for key, one in readings.items() if one and holds_trigger(one)]
    assert len(concerned) > 20
    assert [key for key in concerned if not is_read(press_pages[key])] == []


@pytest.mark.parametrize("path", SAVED, ids=[path.stem for path in SAVED])
def test_no_saved_page_that_is_flagged_is_passed_over(path: Path) -> None:
    page = path.read_bytes()
    reading = read(page)
    assert reading is None or not is_flagged(reading) or is_read(page)


FILLER = "Bà con trong xã đã gặt xong vụ lúa hè thu và chuẩn bị cho vụ mới."
MENU = (
    "<ul><li><a href='/xdd'>Xây dựng Đảng</a></li><li><a href='/kt'>Kinh tế</a></li></ul>"
    "<h3><a href='/khac.html'>Chi bộ thôn Hai kết nạp năm đảng viên là người trẻ</a></h3>"
)
# Ways in which one phrase is spelled and marked up; {0} and {1} are its halves.
SPELLINGS = (
    "{0} {1}",
    "{0}&nbsp;{1}",
    "{0} <b>{1}</b>",
    "<span>{0}</span> <span>{1}</span>",
    "{0}\n\t{1}",
    "{0}&#8203; {1}",
    "<i>{0} </i><em>{1}</em>",
    "<a href='/chu-de'>{0}</a> {1}",
    "{0}<!-- x --> {1}",
)
PHRASES = (
    "kết nạp|12 đảng viên mới",
    "Đảng uỷ xã|tạo nguồn phát triển đảng",
    "Ðảng bộ|kết nạp quần chúng ưu tú vào Đảng",
    "CHI BỘ|KẾT NẠP 3 ĐẢNG VIÊN",
    "hoà chung khí thế,|thêm 20 đảng viên mới được kết nạp",
)
BLOCKS = ("<p>{}</p>", "<div>{}</div>", "<p><strong>{}</strong></p>", "{}<br><br>", "<li>{}</li>")


@st.composite
def pages(draw: st.DrawFn) -> tuple[bytes, bool]:
    """An article between a menu and a side box, and whether it tells of the topic itself."""
    lines, tells = [], False
    for _ in range(draw(st.integers(1, 6))):
        first, second = draw(st.sampled_from(PHRASES)).split("|")
        phrase = draw(st.sampled_from(SPELLINGS)).format(first, second)
        is_told = draw(st.booleans())
        tells = tells or is_told
        text = f"{FILLER} Năm nay, {phrase} tại xã. {FILLER}" if is_told else FILLER * 3
        lines.append(draw(st.sampled_from(BLOCKS)).format(text))
    title = draw(st.sampled_from(("Được mùa lúa ở vùng cao", "Xã vùng cao kết nạp 9 đảng viên")))
    heading = draw(st.sampled_from(("<h1>{}</h1>", "<h1><a href='#'>{}</a></h1>"))).format(title)
    body = draw(st.sampled_from(("<article>{}</article>", "<div class='x1'>{}</div>"))).format(
        "".join(lines)
    )
    page = f"<html><body>{MENU}{heading}{body}{MENU}{PADDING}</body></html>".encode()
    return page, tells or "kết nạp" in title


@settings(max_examples=120, deadline=None)
@given(made=pages())
def test_no_page_is_passed_over_that_tells_of_the_topic(made: tuple[bytes, bool]) -> None:
    page, tells = made
    reading = read(page)
    if tells or (reading is not None and is_flagged(reading)):
        assert is_kept(page)
    else:
        assert not is_kept(page)
    assert reading is None or not is_flagged(reading) or is_read(page)


PADDING = f"<footer>{FILLER * 8}</footer>"
"""Else pages of a title alone would be kept for having no text."""


def corpus() -> Iterator[tuple[str, str]]:
    for name in ("corpus/dev.jsonl", "seeds/texts.jsonl", "corpus/negatives.jsonl"):
        for line in (SHARED / name).read_text("utf-8").splitlines():
            row = json.loads(line)
            yield row.get("title") or "", row["text"]


WRAPS = (
    ("<p>{}</p>", html.escape),
    ("{}<br>", html.escape),
    ("<div><span>{}</span></div>", lambda line: line.replace("đ", "<b>đ</b>")),
    ("<p>{}</p>", lambda line: "".join(c if c.isascii() else f"&#{ord(c)};" for c in line)),
    ("<td>{}</td>", lambda line: html.escape(line).replace(" ", "&nbsp;")),
)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the corpora are not there")
def test_no_text_of_the_corpora_that_is_flagged_is_passed_over_in_any_markup() -> None:
    lost, flagged = [], 0
    for title, text in corpus():
        if not score(title, body=text, topic=TOPIC).is_flagged:
            continue
        flagged += 1
        for form, marked_up in WRAPS:
            lines = "".join(form.format(marked_up(line)) for line in text.splitlines())
            page = f"<html><body>{MENU}<h1>{html.escape(title)}</h1>{lines}{PADDING}</body></html>"
            if not is_kept(page.encode()):
                lost.append((title, form))
    assert flagged > 20
    assert lost == []
