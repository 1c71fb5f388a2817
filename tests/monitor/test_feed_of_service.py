"""The feed as the service writes and serves it."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.feeds import parse_feed
from monitor.errors import StoreError
from monitor.following import feed_of, write_feed
from monitor.ingest import Ingest
from monitor.metrics import CrawlMeasures
from monitor.status_port import StatusPort
from monitor.vitals import Vitals
from monitor.watch import Watch
from tests.fakes.telegram_api import BotServer
from tests.monitor.bot.chatroom import opened, read_simply, write_config
from tests.monitor.store.builders import SENTENCE, article
from tests.service import running

Answer = tuple[int, bytes, Mapping[str, str]]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return write_config(
        tmp_path,
        BotServer(base_url="http://127.0.0.1:9"),
        digest={"channels": ["file"]},
        feed={"file": "public/feed.xml", "url": "https://example.org/feed.xml"},
        telegram={"chats": []},
    )


@pytest.fixture
def watch(config: Path) -> Iterator[Watch]:
    with opened(config) as watch:
        yield watch


def ask(port: int, **headers: str) -> Answer:
    request = urllib.request.Request(f"http://127.0.0.1:{port}/feed.atom")
    for name, value in headers.items():
        request.add_header(name.replace("_", "-"), value)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read(), dict(answer.headers)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read(), dict(error.headers)


def revise(watch: Watch) -> None:
    """The paper changes its page's title and text."""
    at = watch.now() + timedelta(minutes=5)
    batch = Ingest(watch.store, extract=read_simply, clock=lambda: at)
    batch.add(article("bai-0", title="Bài sửa", body=f"{SENTENCE} Đã sửa.", fetched_at=at))
    batch.finish(now=at)


def test_the_file_holds_the_stories_and_is_written_only_when_they_change(watch: Watch) -> None:
    path = watch.config.feed.file
    assert path is not None
    assert write_feed(watch)
    written = path.stat()
    links = parse_feed(path.read_bytes(), base_url="https://example.org/")
    assert {link.title for link in links} == {"Bài bai-0", "Bài bai-2"}

    assert not write_feed(watch)
    assert path.stat().st_ino == written.st_ino
    revise(watch)
    assert write_feed(watch)
    assert "Bài sửa" in path.read_text("utf-8")
    assert [one.name for one in path.parent.iterdir()] == ["feed.xml"]


def test_a_changed_page_changes_the_entry_and_not_its_id(watch: Watch) -> None:
    before = feed_of(watch)
    revise(watch)
    after = feed_of(watch)
    assert after.changed_at > before.changed_at
    assert _ids(after.document) == _ids(before.document)


def test_only_the_newest_are_told(watch: Watch) -> None:
    ((story, _),) = watch.store.newest_stories(1)
    assert story.title == "Bài bai-2"
    assert len(watch.store.newest_stories(100)) == 2


def test_without_a_path_no_file_is_written(watch: Watch) -> None:
    unset = watch.config.feed.model_copy(update={"file": None})
    watch.config = watch.config.model_copy(update={"feed": unset})
    assert not write_feed(watch)


def test_a_file_that_cannot_be_written_is_named(watch: Watch, tmp_path: Path) -> None:
    (tmp_path / "public").write_text("not a folder")
    with pytest.raises(StoreError, match=r"feed\.file: .*feed\.xml"):
        write_feed(watch)


def test_the_port_serves_it_to_those_who_do_not_have_it(watch: Watch) -> None:
    port = StatusPort("127.0.0.1:0", watch=lambda: watch, vitals=Vitals(), measures=CrawlMeasures())
    with port:
        status, body, headers = ask(port.port)
        assert (status, headers["Content-Type"]) == (200, "application/atom+xml")
        assert body == feed_of(watch).document
        assert "private" in headers["Cache-Control"]
        for held in (
            {"If_None_Match": headers["ETag"]},
            {"If_Modified_Since": headers["Last-Modified"]},
        ):
            status, nothing, again = ask(port.port, **held)
            assert (status, nothing, again["ETag"]) == (304, b"", headers["ETag"])
        revise(watch)
        assert ask(port.port, If_None_Match=headers["ETag"])[0] == 200


def test_the_service_writes_it_when_it_starts(config: Path) -> None:
    with opened(config) as watch:
        path = watch.config.feed.file
        assert path is not None
    with running(config) as service:
        service.wait_for("feed written to")
        assert service.terminate() == 0
    assert parse_feed(path.read_bytes(), base_url="https://example.org/")


def _ids(document: bytes) -> list[str]:
    return re.findall(r"<id>(.*?)</id>", document.decode())
