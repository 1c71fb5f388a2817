"""Reading the archive again: what changes is shown first, and written only when asked for."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import monitor.topics
from monitor import jobs
from monitor.press import Press, write_watch
from monitor.watch import Watch
from tests.monitor.cli.desk import Desk
from tests.service import running

STORY = "hoi-thuong"
TOPIC = Path(monitor.topics.__file__).parent / "dang-vien.yaml"


@pytest.fixture(scope="module")
def crawled_once(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Crawled and reviewed; from then on there is no press to ask any more."""
    with Press(now=datetime.now(UTC)) as press:
        desk = Desk(press, write_watch(tmp_path_factory.mktemp("crawled"), press))
        desk.first_crawl = desk.json("crawl")
        desk.run("digest", "--send")
    return desk


@pytest.fixture
def desk(crawled_once: Desk, tmp_path: Path) -> Desk:
    """A copy to change."""
    shutil.copytree(crawled_once.folder, tmp_path / "watch")
    return Desk(crawled_once.press, tmp_path / "watch" / crawled_once.config.name)


def change(desk: Desk, sql: str, *parameters: object) -> None:
    """Store what an earlier version of the program might have read."""
    database = sqlite3.connect(desk.folder / "data/diembao.db")
    with database:
        assert database.execute(sql, parameters).rowcount
    database.close()


def use_topic(desk: Desk, **replaced: str) -> None:
    """Watch for the shipped topic with some of its lines written otherwise."""
    text = TOPIC.read_text("utf-8")
    for before, after in replaced.items():
        assert f"\n  {before}:" in text
        text = text.replace(f"\n  {before}:", f"\n  {before}: {after} #")
    (desk.folder / "topic.yaml").write_text(text, encoding="utf-8")
    settings = desk.config.read_text("utf-8")
    if "topic.yaml" not in settings:
        desk.config.write_text(f"topic: topic.yaml\n{settings}", encoding="utf-8")


def reread(desk: Desk, *arguments: str) -> Any:
    return desk.json("reread", *arguments)


def id_of(desk: Desk, story: str) -> int:
    return int(desk.shown(story)["id"])


def test_with_the_same_code_and_topic_nothing_changes_and_nobody_is_asked(desk: Desk) -> None:
    articles = desk.json("status")["counts"]["articles"]
    told = reread(desk, "--apply")
    assert (told["from_archive"], told["from_text"]) == (articles, 0)
    assert told["changes"] == told["troubles"] == []
    assert told["written"] == 0


def test_what_was_read_wrongly_is_shown_before_and_after(desk: Desk) -> None:
    article = id_of(desk, STORY)
    right = desk.shown(STORY)["article"]
    change(
        desk,
        "UPDATE articles SET title = 'Báo Gia Lai', body = 'Một.', published_at = NULL,"
        " published_rule = NULL, published_raw = NULL, digest = 'x' WHERE id = ?",
        article,
    )
    [told] = reread(desk)["changes"]
    assert told["id"] == article
    assert told["title"] == {"before": "Báo Gia Lai", "after": right["title"]}
    assert told["published_at"] == {"before": None, "after": right["published_at"]}
    assert told["characters"]["before"] < told["characters"]["after"]
    assert told["label"] is None
    text = desk.says("reread")
    assert "tiêu đề: Báo Gia Lai → " in text
    assert "ngày đăng: " in text
    assert "Chưa ghi gì" in text

    assert desk.shown(STORY)["article"]["title"] == "Báo Gia Lai"
    assert reread(desk, "--apply")["written"] == 1
    now = desk.shown(STORY)
    assert {**now["article"], "fetched_at": None} == {**right, "fetched_at": None}
    assert [one["article"]["title"] for one in now["revisions"]] == ["Báo Gia Lai"]
    assert reread(desk)["changes"] == []


def test_figures_that_come_and_go_are_named(desk: Desk) -> None:
    article = id_of(desk, STORY)
    figures = desk.shown(STORY)["figures"]
    change(
        desk,
        "UPDATE figures SET value = 77777 WHERE id ="
        " (SELECT min(id) FROM figures WHERE article_id = ?)",
        article,
    )
    [told] = reread(desk)["changes"]
    assert [one["value"] for one in told["figures_lost"]] == [77777]
    assert [one["value"] for one in told["figures_gained"]] == [figures[0]["value"]]
    text = desk.says("reread", "--apply")
    assert "    - " in text
    assert "77.777" in text
    assert desk.shown(STORY)["figures"] == figures


def test_another_topic_is_tried_before_it_is_used(desk: Desk) -> None:
    flagged = desk.json("status")["counts"]["flagged"]
    use_topic(desk, part="90", main="95")
    told = reread(desk)
    assert (len(told["lost"]), told["gained"], told["written"]) == (flagged, [], 0)
    assert f"+0 -{flagged} tin liên quan" in desk.says("reread")
    assert desk.json("status")["counts"]["flagged"] == flagged

    reread(desk, "--apply")
    assert desk.json("status")["counts"]["flagged"] == 0
    assert desk.shown(STORY)["score"]["label"] == "none"


def test_a_story_that_stood_in_a_digest_is_not_sent_again(desk: Desk) -> None:
    sent = desk.shown(STORY)
    assert sent["digest_id"] is not None
    use_topic(desk, part="90", main="95")
    reread(desk, "--apply")
    use_topic(desk)
    told = reread(desk, "--apply")
    assert sent["id"] in told["gained"]
    with Watch.open(desk.config) as watch:
        began, now = watch.store.watching_since(), datetime.now(UTC)
        found = [story.article_id for story in watch.store.stories_since(began, now)]
        last = watch.store.last_digest()
    assert last is not None
    assert sent["id"] in [story.article_id for story in last.stories]
    assert not {story.article_id for story in last.stories} & set(found)


def test_without_the_page_the_stored_text_is_scored_again(desk: Desk) -> None:
    for path in (desk.folder / "archive").glob("*.warc.gz"):
        path.unlink()
    use_topic(desk, part="90", main="95")
    articles = desk.json("status")["counts"]["articles"]
    told = reread(desk, "--apply")
    assert (told["from_archive"], told["from_text"]) == (0, articles)
    assert len(told["troubles"]) == articles
    assert "No such file" in told["troubles"][0]["reason"]
    assert desk.json("status")["counts"]["flagged"] == 0


def test_a_record_of_another_page_is_not_taken_for_this_one(desk: Desk) -> None:
    article = id_of(desk, STORY)
    change(
        desk,
        "UPDATE articles SET archive_offset ="
        " (SELECT archive_offset FROM articles WHERE id != ? ORDER BY id LIMIT 1) WHERE id = ?",
        article,
        article,
    )
    told = reread(desk)
    assert [(one["id"], one["reason"][:20]) for one in told["troubles"]] == [
        (article, "another page is arch")
    ]
    assert told["changes"] == []


def test_one_source_or_the_time_since_a_day_can_be_read_alone(desk: Desk) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).strftime("%Y-%m-%d")
    everything = reread(desk)["from_archive"]
    some = reread(desk, "--source", desk.shown(STORY)["article"]["source"])["from_archive"]
    assert 0 < some < everything
    assert reread(desk, "--since", tomorrow)["from_archive"] == 0


def test_what_is_too_old_is_deleted_and_its_places_forgotten(desk: Desk) -> None:
    with Watch.open(desk.config) as watch:
        articles = watch.store.article_ids()
        soon = datetime.now(UTC) + timedelta(days=29)
        assert jobs.expire_archive(watch, soon) == []
        [deleted] = jobs.expire_archive(watch, soon + timedelta(days=2))
        assert not (desk.folder / "archive" / deleted).exists()
        assert all(watch.store.article(one).archived is None for one in articles)
    told = reread(desk)
    assert (told["from_archive"], told["from_text"]) == (0, len(articles))
    assert told["changes"] == told["troubles"] == []


def test_the_service_deletes_what_is_too_old(desk: Desk) -> None:
    old = desk.folder / "archive" / "2020-01-01.warc.gz"
    old.write_bytes(b"")
    with running(desk.config) as service:
        service.wait_for("archive: deleted 2020-01-01.warc.gz")
        service.terminate()
    assert not old.exists()


def test_switched_off_the_archive_keeps_no_page_and_deletes_none(
    tmp_path: Path,
) -> None:
    with Press(now=datetime.now(UTC)) as press:
        config = write_watch(tmp_path, press)
        config.write_text(config.read_text("utf-8") + "archive: {keep: 0d}\n", encoding="utf-8")
        desk = Desk(press, config)
        desk.run("crawl")
    assert not (tmp_path / "archive").exists()
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "2020-01-01.warc.gz").write_bytes(b"")
    with Watch.open(config) as watch:
        assert jobs.expire_archive(watch, datetime.now(UTC)) == []
    told = reread(desk)
    assert told["from_archive"] == 0 < told["from_text"]
