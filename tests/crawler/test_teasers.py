"""Teasers of other articles known by their shape alone, and quotes told twice."""

from __future__ import annotations

import pytest

from tests.crawler.test_boxes import ARTICLE, BODY, LINES, in_family, read

PAGES = tuple(range(1, 4))


def teaser(number: int) -> str:
    return f"Con đập thứ {number} của vùng Bàu Trai đã tích đủ nước trước mùa khô năm nay."


def run(card: str) -> str:
    """A card for each of several other articles, in an element of their own."""
    return "".join(
        card.format(
            link=f"/dap-bau-trai-so-{number}.html",
            title=f"Đập Bàu Trai số {number} tích đủ nước",
            text=teaser(number),
            number=number,
        )
        for number in PAGES
    )


CARDS = {
    "a link laid over them": "<div class='s'><p>{text}</p><a href='{link}' title='{title}'></a>"
    "</div>",
    "a link named for readers aloud": "<div><p>{text}</p><a href='{link}' aria-label='{title}'>"
    "</a></div>",
    "a headline below": "<div class='s'><p>{text}</p><a href='{link}'>{title}</a></div>",
    "numbered classes": "<div class='s s-{number}'><p>{text}</p><a href='{link}'></a></div>",
    "list items": "<li>{text}<a href='{link}' title='{title}'></a></li>",
    "articles": "<article><p>{text}</p><a href='{link}'>Xem tiếp</a></article>",
    "nested elements": "<div><div><div>{text}</div><div><a href='{link}' title='{title}'></a>"
    "</div></div></div>",
    "headings, flat": "<h3>{title}</h3><p>{text} <a href='{link}'>Chi tiết »</a></p>",
    "rows": "<tr><td>{text}</td><td><a href='{link}'>{title}</a></td></tr>",
    "a button of two words": "<div>{text} <a href='{link}'>Đọc tiếp</a></div>",
}


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_a_run_of_teasers_below_the_text_is_none_of_it(card: str) -> None:
    cards = run(card)
    box = f"<table>{cards}</table>" if card.startswith("<tr") else f"<div>{cards}</div>"
    assert read(f"{ARTICLE}</div><div>{box}").body == BODY
    assert read(f"{ARTICLE}{box}").body == BODY
    assert in_family(f"{ARTICLE}{box}").body == BODY


TEXTS = {
    "one block alone": f"<div>{teaser(1)} <a href='/dap-1.html'>Xem tiếp</a></div>",
    "links in sentences": "".join(
        f"<div>{teaser(n)[:-1]}, theo <a href='/quy-{n}.html'>quy hoạch số {n}</a> của tỉnh.</div>"
        for n in PAGES
    ),
    "places of one page": "".join(
        f"<div><p>{teaser(n)}</p><a href='/thon-van-chai-1.html#d{n}'></a></div>" for n in PAGES
    ),
    "buttons": "".join(
        f"<div><p>{teaser(n)}</p><a href='javascript:nghe({n})'></a></div>" for n in PAGES
    ),
    "files": "".join(
        f"<div><p>{teaser(n)}</p><a href='/phu-luc-{n}.pdf'>Phụ lục {n}</a></div>" for n in PAGES
    ),
    "a shape that text has too": "".join(
        f"<div><p>{teaser(n)}</p>{'' if n == 2 else f'<a href=/dap-{n}.html></a>'}</div>"
        for n in PAGES
    ),
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_text_with_links_stays(text: str) -> None:
    body = in_family(f"{ARTICLE}{text}").body
    assert "Con đập thứ 1 của vùng Bàu Trai" in body


def test_rows_of_figures_that_lead_on_stay() -> None:
    rows = "".join(
        f"<tr><td>Xã Bàu Trai {n}</td><td>1{n}</td><td><a href='/xa-{n}.html'>Xem</a></td></tr>"
        for n in PAGES
    )
    assert "Xã Bàu Trai 2 | 12" in in_family(f"{ARTICLE}<table>{rows}</table>").body


def test_closing_rows_of_a_table_are_no_offices_that_sign() -> None:
    rows = "".join(f"<tr><td>Xã Bàu Trai</td><td>{n}</td></tr>" for n in (7, 9))
    reading = in_family(f"{ARTICLE}<table>{rows}</table><p>Số liệu: Ban Tổ chức Tỉnh ủy</p>")
    assert reading.body == f"{BODY}\n\nXã Bàu Trai | 7\n\nXã Bàu Trai | 9"
    assert reading.author is None


def test_an_article_told_in_cards_alone_is_read() -> None:
    cards = run("<div><p>{text}</p><a href='{link}'></a></div>")
    assert in_family(cards).body == "\n\n".join(map(teaser, PAGES))


PULLED = LINES[1].split(", rồi")[0]
THINNED = " ".join(word for place, word in enumerate(PULLED.split()) if place not in (3, 6))
SHORTENED = " … ".join(" ".join(words) for words in (PULLED.split()[:6], PULLED.split()[-4:]))


@pytest.mark.parametrize(
    "quote",
    [
        f"<blockquote>{PULLED}.</blockquote>",
        f"<blockquote><p>“{PULLED}…”</p><p>Bí thư Lò Văn Én</p></blockquote>",
        f"<div class='pull-quote'>“{PULLED}”</div>",
        f"<aside><i>{PULLED}</i></aside>",
        f"<blockquote>{SHORTENED}</blockquote>",
        f"<blockquote>“{THINNED}.”</blockquote>",
    ],
)
def test_a_quote_pulled_from_the_text_is_told_once(quote: str) -> None:
    first, *others = (f"<p>{line}</p>" for line in LINES)
    assert in_family(first + quote + "".join(others)).body == BODY


def test_a_quote_that_stands_nowhere_else_is_text() -> None:
    quote = "Bến nước nào cũng là nhà, miễn là còn người giữ thuyền cho nhau."
    assert quote in in_family(f"{ARTICLE}<blockquote>{quote}</blockquote><p>{LINES[0]}</p>").body
