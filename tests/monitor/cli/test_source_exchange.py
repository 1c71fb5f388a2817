"""``sources export`` and ``sources import``: feeds as OPML."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from crawler.opml import OpmlFeed, parse_opml, write_opml
from monitor.press import Press, write_watch
from tests.monitor.cli.desk import Desk, command

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Press(now=datetime.now(UTC)) as press:
        yield Desk(press, write_watch(tmp_path, press))


def seeds(desk: Desk) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in desk.folder.glob("seeds/*.yaml")}


def test_what_goes_out_comes_back_as_known(desk: Desk) -> None:
    file = desk.folder / "kenh.opml"
    said = desk.says("sources", "export", file)
    assert said.startswith("Đã xuất 7 kênh RSS của 7 nguồn")
    feeds = parse_opml(file.read_bytes())
    assert ("Gia Lai", "Báo Gia Lai (mô phỏng)") in {(feed.group, feed.title) for feed in feeds}
    before = seeds(desk)
    said = desk.says("sources", "import", file, "--write")
    assert said == "7 kênh đã có trong danh sách\nKhông có kênh nào mới\n"
    assert seeds(desk) == before


def test_new_feeds_join_the_source_of_their_host_or_become_one(desk: Desk) -> None:
    file = desk.folder / "kenh.opml"
    own = f"{desk.press.sites['bao-ha-nam'].base_url}/rss/moi.rss"
    new = [
        OpmlFeed(url="https://baothunghiem.vn/rss/home.rss", title="Báo Thử"),
        OpmlFeed(url="https://baothunghiem.vn/rss/chinh-tri.rss", title="Báo Thử - Chính trị"),
    ]
    file.write_bytes(
        write_opml("Kênh", {"Bình Định": new, "Khác": [OpmlFeed(url=own, title="Hà Nam")]})
    )
    before = seeds(desk)
    shown = desk.says("sources", "import", file)
    assert seeds(desk) == before
    assert f"+    - {{url: {own}, certainty: seen}}" in shown
    assert desk.says("sources", "import", file, "--write").endswith("Đã ghi 3 kênh; 1 nguồn mới\n")
    listed = {one["source"]["key"]: one["source"] for one in desk.json("sources")}
    assert own in {entry["url"] for entry in listed["bao-ha-nam"]["entries"]}
    added = listed["bao-thu"]
    assert (added["province"], added["home"]) == ("Gia Lai", "https://baothunghiem.vn/")
    assert [entry["url"] for entry in added["entries"]] == [feed.url for feed in new]


@pytest.mark.parametrize(
    ("body", "complaint"), [(b"<rss/>", "is no OPML"), (b"xyz", "not XML"), (None, "No such file")]
)
def test_a_file_that_is_no_list_is_one_line(desk: Desk, body: bytes | None, complaint: str) -> None:
    file = desk.folder / "kenh.opml"
    if body is not None:
        file.write_bytes(body)
    done = command("sources", "import", file, "--config", desk.config)
    assert done.returncode == 2
    assert complaint in done.stderr
