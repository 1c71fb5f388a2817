"""Misdeeds of entries: what stands in place of a feed, a sitemap or a listing."""

from __future__ import annotations

from tests.fakes.rogue import document_misdeeds as bad
from tests.fakes.rogue import documents as made
from tests.fakes.rogue import misdeeds as do
from tests.fakes.rogue.document_misdeeds import HTML
from tests.fakes.rogue.documents import MORE_PAGE, XML, item, page, rss
from tests.fakes.rogue.rows import Row, entries

_XML_ROLES = ("feed", "sitemap")


def _xml(kind: str, **others: str) -> dict[str, str]:
    return {role: others.get(role, kind) for role in _XML_ROLES}


FEED_ROWS = (
    Row(
        name="HTML in place of XML",
        handler=do.says(page("<h1>Kênh RSS</h1><p>Chọn chuyên mục.</p>"), type=HTML),
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
    Row(name="billion laughs", handler=bad.laughs, expected=_xml("read")),
    Row(
        name="quadratic entities",
        is_heavy=True,
        handler=bad.grows_quadratically,
        expected=_xml("read"),
    ),
    Row(
        name="external entities and DTD", handler=bad.names_outside_entities, expected=_xml("read")
    ),
    Row(
        name="60,000 DOCTYPEs",
        is_heavy=True,
        handler=bad.floods_with_doctypes,
        expected=_xml("parse"),
    ),
    Row(
        name="sitemap of 100 MB",
        is_heavy=True,
        handler=do.streams_a_sitemap,
        expected={"sitemap": "size"},
    ),
    Row(name="index of itself", handler=bad.index_of_itself, expected={"sitemap": "empty"}),
    Row(
        name="indexes of indexes",
        handler=bad.indexes_without_end,
        expected={"sitemap": "size"},
        most_requests=35,
    ),
    Row(
        name="fifty items of one id",
        handler=bad.repeats_its_ids,
        expected={"feed": "read"},
        links=1,
    ),
    Row(
        name="dates of 2099",
        handler=bad.dated("Wed, 21 Oct 2099 07:28:00 +0700"),
        expected={"feed": "read"},
        links=1,
    ),
    Row(
        name="dates of the year 1",
        handler=bad.dated("Mon, 01 Jan 0001 00:00:00 +0700"),
        expected={"feed": "read"},
        links=1,
    ),
    Row(
        name="dates past the calendar",
        handler=bad.dated("Fri, 31 Dec 9999 23:59:59 -1200"),
        expected={"feed": "read"},
        links=1,
    ),
    Row(
        name="dates that are none",
        handler=bad.dated("ba mươi tháng hai 99999999999999999999:99"),
        expected={"feed": "read"},
        links=1,
    ),
    Row(
        name="a session in each link",
        handler=bad.gives_each_link_a_session,
        expected={"feed": "read"},
        links=1,
    ),
)

ENTRY_ROWS = (
    Row(
        name="links that are no addresses",
        handler=bad.links_elsewhere,
        expected={"feed": "read", "listing": "read"},
        links=1,
    ),
    Row(
        name="an address of 1 MB",
        is_heavy=True,
        handler=bad.writes_an_address_of_a_megabyte,
        expected=entries("read"),
        links=1,
    ),
    Row(
        name="100,000 links",
        handler=bad.lists(100_000),
        expected={"listing": "read"},
        links=100_000,
        most_requests=45,
        is_heavy=True,
    ),
    Row(
        name="10,000 links",
        handler=bad.lists(10_000),
        expected=_xml("read"),
        links=10_000,
        most_requests=45,
        is_heavy=True,
    ),
    Row(
        name="endless pagination and a calendar",
        handler=bad.endless_pages("/la/trang"),
        expected={"listing": "read"},
        links=1,
    ),
    Row(
        name="feed in place of a listing",
        handler=do.says(rss(item(MORE_PAGE)), type=XML),
        expected={"listing": "not-html"},
    ),
)
