"""Misdeeds of letters and pages: encodings, long titles, what stands in place of an article."""

from __future__ import annotations

from tests.fakes.rogue import document_misdeeds as bad
from tests.fakes.rogue import documents as made
from tests.fakes.rogue import misdeeds as do
from tests.fakes.rogue.document_misdeeds import HTML
from tests.fakes.rogue.documents import MORE_PAGE, article, item, page, rss
from tests.fakes.rogue.rows import Row, documents, everywhere

_TITLE = "Chi bộ thôn nghi vấn bàn việc"

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
        handler=bad.titled("Tin &#xD800; &#0; &#xFFFF; &#x110000; mới"),
        expected={"feed": "read", "listing": "read", "article": "article"},
    ),
    Row(
        name="title of 500 kB",
        is_heavy=True,
        handler=bad.titled("Tin dài " * 50_000),
        expected={"feed": "read", "listing": "read", "article": "article"},
    ),
    Row(
        name="title of open brackets",
        is_heavy=True,
        handler=bad.titled("&lt;" * 100_000),
        expected={"feed": "read", "listing": "read", "article": "article"},
    ),
)

PAGE_ROWS = (
    Row(name="200 with nothing", handler=do.says(b""), expected=everywhere("empty", robots="read")),
    Row(
        name="cookie challenge",
        handler=do.says(made.COOKIE_CHALLENGE, type=HTML),
        expected=everywhere("challenge", robots="read"),
    ),
    Row(
        name="script challenge",
        handler=do.says(made.SCRIPT_CHALLENGE, type=HTML),
        expected=everywhere("challenge", robots="read"),
    ),
    Row(
        name="captcha",
        handler=do.says(made.CAPTCHA, type=HTML),
        expected=everywhere("challenge", robots="read"),
    ),
    Row(
        name="200 and 'not found'",
        handler=do.says(made.NOT_FOUND, type=HTML),
        expected=everywhere("not-html", robots="read", listing="empty", article="empty"),
    ),
    Row(
        name="200 and 'maintenance'",
        handler=do.says(made.MAINTENANCE, type=HTML),
        expected=everywhere("not-html", robots="read", listing="empty", article="empty"),
    ),
    Row(name="meta refresh to itself", handler=bad.refreshes, expected=documents("challenge")),
    Row(
        name="PDF, told so",
        handler=do.says(made.PDF, type="application/pdf"),
        expected={"article": "not-html"},
    ),
    Row(
        name="PDF labelled HTML",
        handler=do.says(made.PDF, type=HTML),
        expected=documents("not-html", feed="parse", sitemap="parse"),
    ),
    Row(
        name="ZIP labelled HTML",
        handler=do.says(made.zip_archive(), type=HTML),
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
        handler=do.says(bytes(range(256)) * 400, type=HTML),
        expected=documents("parse", listing="empty"),
    ),
    Row(
        name="200,000 elements deep",
        is_heavy=True,
        handler=bad.nests,
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
        handler=do.says(made.NOT_FOUND, type=HTML),
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
