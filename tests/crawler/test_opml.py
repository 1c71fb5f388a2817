"""Feed lists go out and come back the same, and hostile ones do no harm."""

from __future__ import annotations

import pytest

from crawler.errors import ReadingError
from crawler.opml import OpmlFeed, parse_opml, write_opml

FEED = OpmlFeed(
    url="https://baothu.vn/rss/home.rss?a=1&b=2",
    title="Báo “Thử” <Nghiệm>",
    home="https://baothu.vn/",
    group="Gia Lai",
)


def test_what_is_written_reads_the_same() -> None:
    assert parse_opml(write_opml("Danh sách", {"Gia Lai": [FEED]})) == [FEED]


def test_outlines_of_other_readers_are_understood() -> None:
    body = b"""<?xml version="1.0"?><!DOCTYPE opml SYSTEM "http://127.0.0.1:1/x.dtd">
    <opml version="1.1"><body><outline text="T&#7881;nh">
    <outline text="A" xmlUrl=" http://a.vn/f "/>
    <outline title="B" xmlUrl="http://b.vn/f" htmlUrl="javascript:x"/><outline xmlUrl="feed:x"/>
    <outline text="A again" xmlUrl="http://a.vn/f"/></outline><outline text="x"/></body></opml>"""
    first, second = parse_opml(body)
    assert (first.url, first.title, first.group) == ("http://a.vn/f", "A", "Tỉnh")
    assert (second.title, second.home) == ("B", None)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "parse"),
        (b"<html><body>x</body></html>", "parse"),
        (b"<opml><body><outline text='x'/></body></opml>", "empty"),
        (b"<opml><body><outline", "parse"),
        (
            b'<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
            b'<opml><body><outline text="&x;" xmlUrl="http://a.vn/f"/></body></opml>',
            "parse",
        ),
    ],
)
def test_what_is_no_list_of_feeds_is_refused(body: bytes, kind: str) -> None:
    with pytest.raises(ReadingError) as caught:
        parse_opml(body)
    assert caught.value.kind == kind
