"""What sites do wrong within documents, as handlers of one request."""

from __future__ import annotations

from tests.fakes.rogue import documents as made
from tests.fakes.rogue import misdeeds as do
from tests.fakes.rogue.documents import MORE_PAGE, XML, anchors, article, item, page, rss
from tests.fakes.rogue.server import Exchange, Handler

HTML = "text/html; charset=utf-8"


def endless_pages(prefix: str) -> Handler:
    """Every page links to the next, to a calendar, and to the same story."""

    async def handler(exchange: Exchange) -> None:
        number = sum(map(ord, exchange.path)) % 9973
        await exchange.answer(
            page(
                anchors(MORE_PAGE),
                f'<a rel="next" href="{prefix}?page={number + 1}">Trang sau</a>',
                *(f'<a href="/lich/2026/{number % 12}/{day}">{day}</a>' for day in range(1, 31)),
                head=f'<link rel="next" href="{prefix}?page={number + 1}">',
            ),
            type=HTML,
        )

    return handler


async def index_of_itself(exchange: Exchange) -> None:
    await exchange.answer(made.index(exchange.home + exchange.path), type=XML)


async def indexes_without_end(exchange: Exchange) -> None:
    path = exchange.path.removesuffix(".xml").replace("sitemap", "la/sitemap", 1)
    below = (
        f"{exchange.home}{path.replace('/la/la', '/la')}-{number}.xml" for number in range(500)
    )
    await exchange.answer(made.index(*below), type=XML)


async def refreshes(exchange: Exchange) -> None:
    meta = f'<meta http-equiv="refresh" content="0; url={exchange.path}">'
    await exchange.answer(page("<p>Đang chuyển trang…</p>", head=meta), type=HTML)


async def laughs(exchange: Exchange) -> None:
    await _with_prolog(exchange, made.BILLION_LAUGHS, "&lol9;")


async def grows_quadratically(exchange: Exchange) -> None:
    await _with_prolog(exchange, made.QUADRATIC, "&dai;" * 20_000)


async def names_outside_entities(exchange: Exchange) -> None:
    await _with_prolog(exchange, made.outside_entity(exchange.home), "Tin &tep; &trang;")


async def _with_prolog(exchange: Exchange, prolog: str, text: str) -> None:
    if exchange.path == made.PATHS["sitemap"]:
        where = exchange.home + MORE_PAGE
        body = made.sitemap(where, prolog=prolog.replace("DOCTYPE rss", "DOCTYPE urlset"))
        body = body.replace(b"2026-11-20T08:30:00+07:00", text.encode())
    else:
        body = rss(item(MORE_PAGE, title=text), prolog=prolog)
    await exchange.answer(body, type=XML)


async def nests(exchange: Exchange) -> None:
    depth = 200_000
    if exchange.path == made.PATHS["feed"]:
        body = rss("<la>" * depth, item(MORE_PAGE), "</la>" * depth)
    elif exchange.path == made.PATHS["sitemap"]:
        body = made.sitemap("<la>" * depth + "</la>" * depth)
    else:
        deep = "<div>" * depth
        body = exchange.document.body.replace(b"<body>", b"<body>" + deep.encode())
    await exchange.answer(body)


async def floods_with_doctypes(exchange: Exchange) -> None:
    await exchange.answer(b"<!DOCTYPE la [" * 60_000)


async def repeats_its_ids(exchange: Exchange) -> None:
    again = "<guid>1</guid>"
    await exchange.answer(rss(*[item(MORE_PAGE, more=again)] * 50), type=XML)


def dated(date: str) -> Handler:
    return do.says(rss(item(MORE_PAGE, date=date)), type=XML)


async def links_elsewhere(exchange: Exchange) -> None:
    hrefs = (
        "javascript:alert(1)", "mailto:toa-soan@example.vn", "data:text/html,<p>tin</p>",
        "tel:+84123", "ftp://127.0.0.1/tin-post1.html", "http://[la/tin-post1.html", "#dau-trang",
        "file:///etc/tin-post1.html", "//bao.example/tin-post1.html", "\x01\x02", MORE_PAGE,
        "http://127.0.0.1:99999/tin-post1.html", "http://la la/tin-post2.html",
        f"http://nguoi@{exchange.home.partition('//')[2]}:la/tin-post3.html",
    )  # fmt: skip
    if exchange.path == made.PATHS["feed"]:
        body = rss(*map(item, (href.replace("<", "&lt;") for href in hrefs if href.isprintable())))
    else:
        body = page(*(f"<a href='{href}'>Tin</a>" for href in hrefs))
    await exchange.answer(body)


async def gives_each_link_a_session(exchange: Exchange) -> None:
    one = (f"{MORE_PAGE}?PHPSESSID={number:032x}" for number in range(20))
    two = (f"{MORE_PAGE};jsessionid={number:032X}" for number in range(20))
    await exchange.answer(rss(*map(item, (*one, *two))), type=XML)


async def writes_an_address_of_a_megabyte(exchange: Exchange) -> None:
    href = "/" + "a" * 1_000_000 + "-post1.html"
    if exchange.path == made.PATHS["feed"]:
        body = rss(item(href), item(MORE_PAGE))
    elif exchange.path == made.PATHS["sitemap"]:
        body = made.sitemap(exchange.home + href, exchange.home + MORE_PAGE)
    else:
        body = page(anchors(href, MORE_PAGE))
    await exchange.answer(body)


def titled(title: str) -> Handler:
    async def handler(exchange: Exchange) -> None:
        if exchange.path == made.PATHS["feed"]:
            await exchange.answer(rss(item(MORE_PAGE, title=title)))
        elif exchange.path == made.PATHS["listing"]:
            await exchange.answer(page(f'<h3><a href="{MORE_PAGE}">{title}</a></h3>'))
        else:
            await exchange.answer(article(title))

    return handler


def lists(count: int) -> Handler:
    async def handler(exchange: Exchange) -> None:
        paths = [f"/b-post{number}.html" for number in range(count)]
        if exchange.path == made.PATHS["feed"]:
            body = rss(*(item(path, date="Mon, 16 Nov 2020 08:30:00 +0700") for path in paths))
        elif exchange.path == made.PATHS["sitemap"]:
            body = made.sitemap(*(exchange.home + path for path in paths))
            body = body.replace(b"2026-11", b"2020-11")
        else:
            body = page(*(f'<a href="{path}">Tin</a>' for path in paths))
        await exchange.answer(body)

    return handler
