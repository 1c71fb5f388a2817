"""Misdeeds of documents: what stands in place of a feed, a sitemap, a listing, an article."""

from __future__ import annotations

from tests.fakes.rogue import documents as made
from tests.fakes.rogue import misdeeds as do
from tests.fakes.rogue.documents import MORE_PAGE, XML, anchors, article, item, page, rss
from tests.fakes.rogue.rows import Row, documents, entries, everywhere
from tests.fakes.rogue.server import Exchange, Handler

_HTML = "text/html; charset=utf-8"
_TITLE = "Chi bộ thôn nghi vấn bàn việc"
_XML_ROLES = ("feed", "sitemap")


def _xml(kind: str, **others: str) -> dict[str, str]:
    return {role: others.get(role, kind) for role in _XML_ROLES}


def _endless_pages(prefix: str) -> Handler:
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
            type=_HTML,
        )

    return handler


async def _index_of_itself(exchange: Exchange) -> None:
    await exchange.answer(made.index(exchange.home + exchange.path), type=XML)


async def _indexes_without_end(exchange: Exchange) -> None:
    path = exchange.path.removesuffix(".xml").replace("sitemap", "la/sitemap", 1)
    below = (
        f"{exchange.home}{path.replace('/la/la', '/la')}-{number}.xml" for number in range(500)
    )
    await exchange.answer(made.index(*below), type=XML)


async def _refreshes(exchange: Exchange) -> None:
    meta = f'<meta http-equiv="refresh" content="0; url={exchange.path}">'
    await exchange.answer(page("<p>Đang chuyển trang…</p>", head=meta), type=_HTML)


async def _laughs(exchange: Exchange) -> None:
    await _with_prolog(exchange, made.BILLION_LAUGHS, "&lol9;")


async def _grows_quadratically(exchange: Exchange) -> None:
    await _with_prolog(exchange, made.QUADRATIC, "&dai;" * 20_000)


async def _names_outside_entities(exchange: Exchange) -> None:
    await _with_prolog(exchange, made.outside_entity(exchange.home), "Tin &tep; &trang;")


async def _with_prolog(exchange: Exchange, prolog: str, text: str) -> None:
    if exchange.path == made.PATHS["sitemap"]:
        where = exchange.home + MORE_PAGE
        body = made.sitemap(where, prolog=prolog.replace("DOCTYPE rss", "DOCTYPE urlset"))
        body = body.replace(b"2026-11-20T08:30:00+07:00", text.encode())
    else:
        body = rss(item(MORE_PAGE, title=text), prolog=prolog)
    await exchange.answer(body, type=XML)


async def _nests(exchange: Exchange) -> None:
    depth = 200_000
    if exchange.path == made.PATHS["feed"]:
        body = rss("<la>" * depth, item(MORE_PAGE), "</la>" * depth)
    elif exchange.path == made.PATHS["sitemap"]:
        body = made.sitemap("<la>" * depth + "</la>" * depth)
    else:
        deep = "<div>" * depth
        body = exchange.document.body.replace(b"<body>", b"<body>" + deep.encode())
    await exchange.answer(body)


async def _floods_with_doctypes(exchange: Exchange) -> None:
    await exchange.answer(b"<!DOCTYPE la [" * 60_000)


async def _repeats_its_ids(exchange: Exchange) -> None:
    again = "<guid>1</guid>"
    await exchange.answer(rss(*[item(MORE_PAGE, more=again)] * 50), type=XML)


def _dated(date: str) -> Handler:
    return do.says(rss(item(MORE_PAGE, date=date)), type=XML)


async def _links_elsewhere(exchange: Exchange) -> None:
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


async def _gives_each_link_a_session(exchange: Exchange) -> None:
    one = (f"{MORE_PAGE}?PHPSESSID={number:032x}" for number in range(20))
    two = (f"{MORE_PAGE};jsessionid={number:032X}" for number in range(20))
    await exchange.answer(rss(*map(item, (*one, *two))), type=XML)


async def _writes_an_address_of_a_megabyte(exchange: Exchange) -> None:
    href = "/" + "a" * 1_000_000 + "-post1.html"
    if exchange.path == made.PATHS["feed"]:
        body = rss(item(href), item(MORE_PAGE))
    elif exchange.path == made.PATHS["sitemap"]:
        body = made.sitemap(exchange.home + href, exchange.home + MORE_PAGE)
    else:
        body = page(anchors(href, MORE_PAGE))
    await exchange.answer(body)


def _titled(title: str) -> Handler:
    async def handler(exchange: Exchange) -> None:
        if exchange.path == made.PATHS["feed"]:
            await exchange.answer(rss(item(MORE_PAGE, title=title)))
        elif exchange.path == made.PATHS["listing"]:
            await exchange.answer(page(f'<h3><a href="{MORE_PAGE}">{title}</a></h3>'))
        else:
            await exchange.answer(article(title))

    return handler


def _lists(count: int) -> Handler:
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


FEED_ROWS = (
    Row(
        name="HTML in place of XML",
        handler=do.says(page("<h1>Kênh RSS</h1><p>Chọn chuyên mục.</p>"), type=_HTML),
        expected=_xml("not-html"),
    ),
    Row(name="JSON in place of XML", handler=do.says(b'{"items": []}'), expected=_xml("not-html")),
    Row(
        name="XML of another kind",
        handler=do.says(b"<?xml version='1.0'?><svg><g/></svg>"),
        expected=_xml("parse"),
    ),
    Row(
        name="XML cut in the middle",
        handler=do.says(rss(item(MORE_PAGE))[:-30]),
        expected={"feed": "read"},
    ),
    Row(name="no items", handler=do.says(rss()), expected={"feed": "empty"}),
    Row(name="no addresses", handler=do.says(made.sitemap()), expected={"sitemap": "empty"}),
    Row(name="billion laughs", handler=_laughs, expected=_xml("read")),
    Row(
        name="quadratic entities",
        is_heavy=True,
        handler=_grows_quadratically,
        expected=_xml("read"),
    ),
    Row(name="external entities and DTD", handler=_names_outside_entities, expected=_xml("read")),
    Row(
        name="60,000 DOCTYPEs", is_heavy=True, handler=_floods_with_doctypes, expected=_xml("parse")
    ),
    Row(
        name="sitemap of 100 MB",
        is_heavy=True,
        handler=do.streams_a_sitemap,
        expected={"sitemap": "size"},
    ),
    Row(name="index of itself", handler=_index_of_itself, expected={"sitemap": "empty"}),
    Row(
        name="indexes of indexes",
        handler=_indexes_without_end,
        expected={"sitemap": "size"},
        most_requests=35,
    ),
    Row(name="fifty items of one id", handler=_repeats_its_ids, expected={"feed": "read"}, links=1),
    Row(
        name="dates of 2099",
        handler=_dated("Wed, 21 Oct 2099 07:28:00 +0700"),
        expected={"feed": "read"},
        links=1,
    ),
    Row(
        name="dates of the year 1",
        handler=_dated("Mon, 01 Jan 0001 00:00:00 +0700"),
        expected={"feed": "read"},
        links=1,
    ),
    Row(
        name="dates past the calendar",
        handler=_dated("Fri, 31 Dec 9999 23:59:59 -1200"),
        expected={"feed": "read"},
        links=1,
    ),
    Row(
        name="dates that are none",
        handler=_dated("ba mươi tháng hai 99999999999999999999:99"),
        expected={"feed": "read"},
        links=1,
    ),
    Row(
        name="a session in each link",
        handler=_gives_each_link_a_session,
        expected={"feed": "read"},
        links=1,
    ),
)

ENTRY_ROWS = (
    Row(
        name="links that are no addresses",
        handler=_links_elsewhere,
        expected={"feed": "read", "listing": "read"},
        links=1,
    ),
    Row(
        name="an address of 1 MB",
        is_heavy=True,
        handler=_writes_an_address_of_a_megabyte,
        expected=entries("read"),
        links=1,
    ),
    Row(
        name="100,000 links",
        handler=_lists(100_000),
        expected={"listing": "read"},
        links=100_000,
        most_requests=45,
        is_heavy=True,
    ),
    Row(
        name="10,000 links",
        handler=_lists(10_000),
        expected=_xml("read"),
        links=10_000,
        most_requests=45,
        is_heavy=True,
    ),
    Row(
        name="endless pagination and a calendar",
        handler=_endless_pages("/la/trang"),
        expected={"listing": "read"},
        links=1,
    ),
    Row(
        name="feed in place of a listing",
        handler=do.says(rss(item(MORE_PAGE)), type=XML),
        expected={"listing": "not-html"},
    ),
)

CODE_ROWS = (
    Row(
        name="invalid UTF-8",
        handler=do.says(article(_TITLE).replace(b"Bu\xe1\xbb\x95i", b"Bu\xff\xfei")),
        expected={"article": "article"},
        title=_TITLE,
    ),
    Row(
        name="invalid UTF-8 in XML",
        handler=do.says(
            rss(
                item(MORE_PAGE, title="Tin \udcff")
                .encode("utf-8", "surrogateescape")
                .decode("latin-1")
            )
            .decode()
            .encode("latin-1", "ignore")
        ),
        expected={"feed": "read"},
    ),
    Row(
        name="UTF-16",
        handler=do.rewritten("utf-16", type="text/html"),
        expected=documents("read", article="article"),
        title=_TITLE,
    ),
    Row(
        name="charset that lies",
        handler=do.rewritten("utf-8", type="text/html; charset=iso-8859-1"),
        expected={"listing": "read", "article": "article"},
        title=_TITLE,
    ),
    Row(
        name="charset that is none",
        handler=do.rewritten("utf-8", type="text/html; charset=la-la"),
        expected=documents("read", article="article"),
        title=_TITLE,
    ),
    Row(
        name="NUL bytes",
        handler=do.says(article(_TITLE).replace(b" ", b" \x00")),
        expected={"article": "article"},
    ),
    Row(
        name="NUL bytes in XML",
        handler=do.says(rss(item(MORE_PAGE, title="Tin \x00 mới"))),
        expected={"feed": "read"},
    ),
    Row(
        name="characters that are none",
        handler=_titled("Tin &#xD800; &#0; &#xFFFF; &#x110000; mới"),
        expected={"feed": "read", "listing": "read", "article": "article"},
    ),
    Row(
        name="title of 500 kB",
        is_heavy=True,
        handler=_titled("Tin dài " * 50_000),
        expected={"feed": "read", "listing": "read", "article": "article"},
    ),
    Row(
        name="title of open brackets",
        is_heavy=True,
        handler=_titled("&lt;" * 100_000),
        expected={"feed": "read", "listing": "read", "article": "article"},
    ),
)

PAGE_ROWS = (
    Row(name="200 with nothing", handler=do.says(b""), expected=everywhere("empty", robots="read")),
    Row(
        name="cookie challenge",
        handler=do.says(made.COOKIE_CHALLENGE, type=_HTML),
        expected=everywhere("challenge", robots="read"),
    ),
    Row(
        name="script challenge",
        handler=do.says(made.SCRIPT_CHALLENGE, type=_HTML),
        expected=everywhere("challenge", robots="read"),
    ),
    Row(
        name="captcha",
        handler=do.says(made.CAPTCHA, type=_HTML),
        expected=everywhere("challenge", robots="read"),
    ),
    Row(
        name="200 and 'not found'",
        handler=do.says(made.NOT_FOUND, type=_HTML),
        expected=everywhere("not-html", robots="read", listing="empty", article="empty"),
    ),
    Row(
        name="200 and 'maintenance'",
        handler=do.says(made.MAINTENANCE, type=_HTML),
        expected=everywhere("not-html", robots="read", listing="empty", article="empty"),
    ),
    Row(name="meta refresh to itself", handler=_refreshes, expected=documents("challenge")),
    Row(
        name="PDF, told so",
        handler=do.says(made.PDF, type="application/pdf"),
        expected={"article": "not-html"},
    ),
    Row(
        name="PDF labelled HTML",
        handler=do.says(made.PDF, type=_HTML),
        expected=documents("not-html", feed="parse", sitemap="parse"),
    ),
    Row(
        name="ZIP labelled HTML",
        handler=do.says(made.zip_archive(), type=_HTML),
        expected=documents("not-html"),
    ),
    Row(
        name="ZIP without a label",
        handler=do.says(made.zip_archive(), type=""),
        expected=documents("not-html"),
    ),
    Row(
        name="noise",
        is_heavy=True,
        handler=do.says(bytes(range(256)) * 400, type=_HTML),
        expected=documents("parse", listing="empty"),
    ),
    Row(
        name="200,000 elements deep",
        is_heavy=True,
        handler=_nests,
        expected=documents("empty"),
    ),
    Row(
        name="500 kB of spaces and brackets",
        is_heavy=True,
        handler=do.says(page(" " * 250_000, "<" * 250_000)),
        expected={"listing": "empty", "article": "empty"},
    ),
    Row(
        name="robots.txt as HTML",
        handler=do.says(made.NOT_FOUND, type=_HTML),
        expected={"robots": "read"},
    ),
    Row(
        name="robots.txt of 10 MB",
        handler=do.says(b"User-agent: *\nDisallow: /la/\n" + b"# dai\n" * 1_700_000),
        expected={"robots": "read"},
    ),
    Row(
        name="robots.txt that forbids after 1 kB of noise",
        handler=do.says(bytes(range(128, 256)) * 8 + b"\nUser-agent: *\nDisallow: /\n"),
        expected={"robots": "robots"},
    ),
    Row(
        name="robots.txt in UTF-8 with a mark",
        handler=do.says(b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n"),
        expected={"robots": "robots"},
    ),
    Row(
        name="robots.txt with a delay past all sense",
        handler=do.says(b"User-agent: *\nCrawl-delay: nan\nDisallow: /la/\n"),
        expected={"robots": "read"},
    ),
)

CONTENT_ROWS = (*FEED_ROWS, *ENTRY_ROWS, *CODE_ROWS, *PAGE_ROWS)
