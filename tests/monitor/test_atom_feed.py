from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import Message
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from crawler.feeds import parse_feed
from monitor.following import Feed
from monitor.items import Copy, Story
from monitor.render.feed import atom_feed
from monitor.wording import load_wording
from tests.monitor import sample_digests as samples
from tests.monitor.sample_digests import figure, story

ATOM = "{http://www.w3.org/2005/Atom}"
CHANGED = datetime(2026, 11, 21, 3, 4, 5, 600_000, tzinfo=UTC)
TOPICS = {"dang-vien": "phát triển đảng viên"}


def document(*stories: Story, url: str | None = None) -> bytes:
    return atom_feed(
        [(one, CHANGED) for one in stories],
        began_at=CHANGED,
        topics=TOPICS,
        url=url,
        wording=load_wording("vi"),
        zone=ZoneInfo("Asia/Ho_Chi_Minh"),
    )


def strictly_read(feed: bytes) -> etree._Element:
    """Hold a feed against what RFC 4287 demands (sections 4.1.1, 4.1.2, 4.2)."""
    root = etree.fromstring(feed)
    assert root.tag == f"{ATOM}feed"
    ids = []
    for element in (root, *root.iterfind(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (only,) = element.findall(f"{ATOM}{name}")
            assert only.text
        assert element.find(f"{ATOM}id").text.startswith("tag:diembao.local,2026:")
        ids.append(element.find(f"{ATOM}id").text)
        assert len(element.findall(f"{ATOM}published")) <= 1
        for moment in element.xpath("a:updated | a:published", namespaces={"a": ATOM[1:-1]}):
            assert datetime.fromisoformat(moment.text).tzinfo is not None
    assert len(ids) == len(set(ids))
    for entry in root.iterfind(f"{ATOM}entry"):
        assert entry.find(f"{ATOM}author/{ATOM}name") is not None
        alternates = entry.xpath("a:link[@rel='alternate']", namespaces={"a": ATOM[1:-1]})
        assert len(alternates) <= 1
        (content,) = entry.findall(f"{ATOM}content")
        assert content.get("type") == "html"
        etree.fromstring(f"<div>{content.text}</div>")  # well-formed on its own too
    return root


def test_our_own_crawler_reads_the_feed_back() -> None:
    first, second = story(1), story(2)
    links = parse_feed(document(first, second), base_url="https://example.org/feed.atom")

    assert [(one.url, one.title) for one in links] == [
        (first.url, first.title),
        (second.url, second.title),
    ]
    assert links[0].dated_at == first.published_at


def test_an_entry_tells_figures_place_topic_and_papers() -> None:
    copies = (
        Copy(
            article_id=91, paper="Báo A", url="https://a.vn/1", published_at=None, is_original=True
        ),
        Copy(
            article_id=92, paper="B & C", url="https://b.vn/2", published_at=None, is_original=False
        ),
    )
    told = story(
        1,
        figures=(figure("admitted", 7, org="Đảng bộ <xã>"),),
        copies=copies,
        topics=("dang-vien",),
    )
    entry = strictly_read(document(told)).find(f"{ATOM}entry")

    links = {(one.get("rel"), one.get("href")) for one in entry.iterfind(f"{ATOM}link")}
    assert links == {
        ("alternate", told.url),
        ("via", "https://a.vn/1"),
        ("related", "https://b.vn/2"),
    }
    assert "Kết nạp đảng viên: 7 đảng viên" in entry.findtext(f"{ATOM}content")
    assert "Đảng bộ &lt;xã&gt;" in entry.findtext(f"{ATOM}content")
    assert [one.get("term") for one in entry.iterfind(f"{ATOM}category")] == [
        "Gia Lai",
        "dang-vien",
    ]
    assert entry.findtext(f"{ATOM}updated") == "2026-11-21T03:04:05Z"


def test_a_story_keeps_its_id_when_another_paper_becomes_the_one_to_tell() -> None:
    def copy_of(other: Story) -> Copy:
        return Copy(
            article_id=other.article_id,
            paper=other.paper,
            url=other.url,
            published_at=None,
            is_original=False,
        )

    first, later = story(1), story(2)
    before = strictly_read(document(replace(first, copies=(copy_of(later),))))
    after = strictly_read(document(replace(later, copies=(copy_of(first),))))
    alone = strictly_read(document(first))

    ids = {one.findtext(f"{ATOM}entry/{ATOM}id") for one in (before, after, alone)}
    assert len(ids) == 1


def test_a_feed_without_stories_is_a_feed_and_names_itself_where_it_can() -> None:
    root = strictly_read(document(url="https://example.org/feed.atom"))
    assert root.findtext(f"{ATOM}updated") == "2026-11-21T03:04:05Z"
    assert root.find(f"{ATOM}link").attrib == {
        "rel": "self",
        "href": "https://example.org/feed.atom",
        "type": "application/atom+xml",
    }
    assert strictly_read(document()).find(f"{ATOM}link") is None


def test_the_same_stories_give_the_same_bytes() -> None:
    stories = samples.full_day().stories
    assert document(*stories) == document(*stories)


@settings(max_examples=40, deadline=None)
@given(texts=st.lists(st.text(max_size=200), min_size=5, max_size=5))
def test_whatever_the_papers_print_the_feed_stays_one(texts: list[str]) -> None:
    title, sentence, paper, org, url = texts
    told = story(
        title=title,
        sentence=sentence,
        paper=paper or "Báo",
        url=f"https://a.vn/{url}",
        figures=(figure("admitted", 3, org=org, unit=title),),
    )
    strictly_read(document(told))


FEED = Feed(document=b"<feed/>", changed_at=CHANGED.replace(microsecond=0))


def asked(**headers: str) -> Message:
    message = Message()
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    return message


@pytest.mark.parametrize(
    ("headers", "is_held"),
    [
        ({}, False),
        ({"If_None_Match": FEED.etag}, True),
        ({"if_none_match": f'"other", W/{FEED.etag}'}, True),
        ({"If_None_Match": "*"}, True),
        ({"If_None_Match": '"other"', "If_Modified_Since": FEED.headers["Last-Modified"]}, False),
        ({"If_Modified_Since": FEED.headers["Last-Modified"]}, True),
        ({"If_Modified_Since": "Fri, 20 Nov 2026 03:04:05 GMT"}, False),
        ({"If_Modified_Since": "yesterday"}, False),
        ({"If_Modified_Since": "Sat, 21 Nov 2026 03:04:05 -0000"}, False),
    ],
)
def test_only_who_has_these_bytes_is_told_that_nothing_changed(
    headers: dict[str, str], is_held: bool
) -> None:
    assert FEED.is_held_by(asked(**headers)) is is_held


def test_a_later_change_is_a_change() -> None:
    later = replace(FEED, changed_at=FEED.changed_at + timedelta(seconds=1))
    assert not later.is_held_by(asked(If_Modified_Since=FEED.headers["Last-Modified"]))
