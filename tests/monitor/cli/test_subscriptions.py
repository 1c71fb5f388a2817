"""Two topics, three subscriptions and a bad mailbox, from the press to the readers."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from csv import DictReader
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from monitor.press import Press, write_watch
from monitor.press.watch import CONFIG
from tests.fakes.mailserver import mail_server
from tests.monitor.cli.desk import Desk, command
from tests.monitor.cli.readers import BADGE_STORY, BADGES, NO_MAILBOX, Readers

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def readers(own: Desk) -> Iterator[Readers]:
    with mail_server() as mailbox:
        yield Readers(own, mailbox)


def titles(digest: Any) -> set[str]:
    return {story["title"] for story in digest["stories"]}


def test_each_reader_is_told_of_their_topics_in_their_language(readers: Readers) -> None:
    members, badges, everything = (one["digest"] for one in readers.sent.values())
    assert titles(badges) == {BADGE_STORY}
    assert titles(members)
    assert BADGE_STORY not in titles(members)
    assert titles(everything) == titles(members) | titles(badges)
    [vietnamese] = readers.mail("an@example.org", "tin về phát triển đảng viên")
    [english] = readers.mail("an@example.org", "1 story on party badges")
    assert (vietnamese["Content-Language"], english["Content-Language"]) == ("vi", "en")
    body = english.get_body(("plain",))
    assert body is not None
    assert "ĐIỂM BÁO · PARTY BADGES" in body.get_content()


def test_a_topic_without_figures_of_its_own_reads_none(readers: Readers) -> None:
    [story] = readers.sent["badges"]["digest"]["stories"]
    assert (story["topics"], story["figures"]) == (["huy-hieu"], [])


def test_a_bad_mailbox_harms_nobody_and_nothing_is_sent_twice(readers: Readers) -> None:
    states = {
        (name, one["channel"], one["recipient"].rpartition("/")[2]): one["state"]
        for name, sent in readers.sent.items()
        for one in sent["deliveries"]
    }
    assert states.pop(("ban-to-chuc", "email", "khong-con@example.org")) == "refused"
    assert set(states.values()) == {"sent"}
    before = len(readers.mailbox.messages)
    assert readers.send("badges") == readers.sent["badges"]
    assert len(readers.mailbox.messages) == before


def test_a_digest_of_several_must_be_named(readers: Readers) -> None:
    for arguments, said in (
        (("digest",), "name one with --subscription: ban-to-chuc, badges, tat-ca"),
        (("digest", "--subscription", "badge"), "did you mean 'badges'"),
        (("digest", "--edition", "yearly"), "daily, weekly, monthly"),
        (("digest", "--test", "telegram"), "config.yaml names file, email"),
        (("mark", "1", "wrong"), "--topic"),
        (("search", "huy", "--topic", "huy-hiu"), "did you mean 'huy-hieu'"),
        (("deliveries", "3"), "--retry"),
    ):
        done = command(*arguments, "--config", readers.desk.config)
        assert done.returncode == 2, arguments
        assert said in done.stderr


def test_the_weekly_edition_tells_the_week_before_again_with_its_trend(readers: Readers) -> None:
    found_earlier(readers.desk, days=7)
    weekly = readers.desk.json("digest", "--subscription", "badges", "--edition", "weekly")
    assert titles(weekly) == {BADGE_STORY}
    assert weekly["period"] is not None
    assert len(weekly["trend"]["weeks"]) == 12
    assert [(row["province"], row["stories"]) for row in weekly["trend"]["rows"]] in (
        [("Ninh Bình", 1)],
        [],  # on a Monday morning the story of ten hours ago is of a week that is not over
    )
    sent = readers.send("badges", "--edition", "weekly")
    assert {one["state"] for one in sent["deliveries"]} == {"sent"}
    [mail] = readers.mail("binh@example.org", "Điểm báo week")
    assert mail["Message-ID"] != readers.mail("binh@example.org", "1 story")[0]["Message-ID"]
    pictures = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert len(pictures) == bool(weekly["trend"]["rows"])
    for picture in pictures:
        page = mail.get_body(("html",))
        assert page is not None
        assert f'src="cid:{picture["Content-ID"].strip("<>")}"' in page.get_content()
        assert picture.get_content().startswith(b"\x89PNG")
    daily = readers.desk.json("digest", "--subscription", "badges")
    assert daily["edition"] == "daily"


def test_who_asked_for_the_figures_gets_the_same_file_by_every_way(readers: Readers) -> None:
    [mail] = readers.mail("an@example.org", "tin về phát triển đảng viên")
    [attached] = mail.iter_attachments()
    (file,) = (readers.desk.folder / "outbox/to-chuc").glob("*.csv")
    assert attached.get_filename() == f"diembao-{file.name}"
    assert attached.get_payload(decode=True) == file.read_bytes()
    figures = {
        figure["org"]
        for story in readers.sent["ban-to-chuc"]["digest"]["stories"]
        for figure in story["figures"]
    }
    written = {row["Tổ chức"] for row in DictReader(StringIO(file.read_text("utf-8-sig")))}
    assert written == {org or "" for org in figures}
    assert not list((readers.desk.folder / "outbox/tat-ca").glob("*.csv"))


def test_a_day_before_the_watch_is_not_called_checked(readers: Readers) -> None:
    said = readers.desk.says("digest", "--subscription", "tat-ca", "--date", "2026-01-05")
    assert "chưa được theo dõi" in said
    assert "nguồn trả lời" not in said


def test_status_names_the_next_time_of_each_edition(readers: Readers) -> None:
    status = readers.desk.json("status")
    issues = [(one["subscription"], one["edition"]) for one in status["digests"]]
    assert issues == [
        ("ban-to-chuc", "daily"),
        ("badges", "daily"),
        ("badges", "weekly"),
        ("badges", "monthly"),
        ("tat-ca", "daily"),
    ]
    assert status["next_digest_at"] == min(one["next_at"] for one in status["digests"])
    said = readers.desk.says("status")
    assert "badges · hằng tuần: " in said
    assert "Huy hiệu Đảng 1" in said


def test_search_show_and_read_tell_topics_apart(readers: Readers) -> None:
    search = ("search", "đảng viên", "--flagged")
    both = {hit["title"] for hit in readers.desk.json(*search)}
    badges = readers.desk.json(*search, "--topic", "huy-hieu")
    assert {hit["title"] for hit in badges} == {BADGE_STORY} < both
    shown = readers.desk.shown("h-huy-hieu")
    assert {one["topic"]: one["score"]["label"] for one in shown["scores"]} == {
        "huy-hieu": "main",
        "dang-vien": "none",
    }
    said = readers.desk.says("read", readers.desk.press.url("h-huy-hieu"))
    assert "huy-hieu: trọng tâm" in said
    assert "dang-vien: không liên quan" in said


def test_a_mark_is_for_one_topic_and_measured_there(readers: Readers) -> None:
    number = str(readers.desk.shown("h-huy-hieu")["id"])
    readers.desk.run("mark", number, "wrong", "--topic", "huy-hieu")
    readers.desk.run("mark", number, "right", "--topic", "dang-vien")
    one, all_of_them = (
        readers.desk.json("eval", "--marked", *more)["flags"]
        for more in (("--topic", "huy-hieu"), ())
    )
    assert (one["fp"], all_of_them["fp"]) == (1, 1)
    assert "huy-hieu" in readers.desk.says("mark", "--list")


def test_a_reread_changes_nothing_where_nothing_changed(readers: Readers) -> None:
    assert readers.desk.json("reread")["changes"] == []


def test_every_recipient_gets_one_that_says_so_and_hears_of_it(readers: Readers) -> None:
    before = readers.desk.json("status")["counts"]
    done = command("digest", "--test", "email", "--config", readers.desk.config)
    assert done.returncode == 1  # one mailbox is gone
    lines = [line.split(" · ", 1)[1] for line in done.stdout.splitlines()]
    assert lines == [
        "email · an@example.org · đã gửi",
        f"email · khong-con@example.org · bị từ chối: {NO_MAILBOX}",
        "email · binh@example.org · đã gửi",
    ]
    assert readers.mail("an@example.org", "[Gửi thử] Điểm báo")
    [english] = readers.mail("binh@example.org", "[Test] Điểm báo")
    body = english.get_body(("plain",))
    assert body is not None
    assert "This is a test letter" in " ".join(body.get_content().split())
    assert readers.desk.json("status")["counts"] == before


def test_a_test_file_takes_no_digests_name(readers: Readers) -> None:
    [delivery] = readers.desk.json("digest", "--test", "file", "--subscription", "tat-ca")
    assert (delivery["state"], delivery["attempts"]) == ("sent", 1)
    pages = sorted(path.name for path in (readers.desk.folder / "outbox/tat-ca").iterdir())
    day = readers.sent["tat-ca"]["digest"]["day"]
    assert pages == [f"{day}.html", f"{day}.txt", f"test-{day}.html", f"test-{day}.txt"]


def test_they_are_listed_newest_first_with_what_they_met(readers: Readers) -> None:
    every = readers.desk.json("deliveries")
    numbers = [one["id"] for one in every]
    assert numbers == sorted(numbers, reverse=True)
    [refused] = [one for one in every if one["state"] == "refused"]
    assert (refused["subscription"], refused["error"]) == ("ban-to-chuc", NO_MAILBOX)
    assert NO_MAILBOX in readers.desk.says("deliveries")
    assert len(readers.desk.json("deliveries", "--limit", "2")) == 2


def test_what_was_refused_is_sent_when_the_mailbox_is_back(readers: Readers) -> None:
    del readers.mailbox.recipient_answers["khong-con@example.org"]
    [tried] = readers.desk.json("deliveries", "--retry")
    told = (tried["recipient"], tried["state"], tried["attempts"])
    assert told == ("khong-con@example.org", "sent", 2)
    assert readers.desk.json("deliveries", "--retry") == []


def test_what_is_unclear_is_sent_again_by_its_number_only(readers: Readers) -> None:
    number = readers.sent["badges"]["deliveries"][0]["id"]
    unclear = "state = 'unclear', doubt = 'part 1 …', parts_in_doubt = '[1]'"
    in_database(readers.desk, f"UPDATE deliveries SET {unclear} WHERE id = {number}")
    before = len(readers.mailbox.messages)
    assert readers.desk.json("deliveries", "--retry") == []
    assert len(readers.mailbox.messages) == before
    said = readers.desk.run("deliveries", "--retry", str(number)).stdout
    assert f"Lượt gửi số {number}: chỉ gửi lại phần 1" in said
    [tried] = [one for one in readers.desk.json("deliveries") if one["id"] == number]
    assert (tried["state"], tried["doubt"]) == ("sent", None)
    assert len(readers.mailbox.messages) == before + 1


def test_a_topic_that_joins_later_is_scored_by_reading_again(tmp_path: Path, press: Press) -> None:
    desk = Desk(press, write_watch(tmp_path, press))
    desk.run("crawl", "--source", "bao-ha-nam")
    (tmp_path / "huy-hieu.yaml").write_text(BADGES, encoding="utf-8")
    write_watch(tmp_path, press, config=CONFIG + "topic: [dang-vien, huy-hieu.yaml]\n")
    number = str(desk.shown("h-huy-hieu")["id"])
    early = command("mark", number, "right", "--topic", "huy-hieu", "--config", desk.config)
    assert early.returncode == 2
    assert "was not scored for 'huy-hieu'; `diembao reread --apply`" in early.stderr
    told = desk.json("reread", "--apply")
    assert told["gained"] == [int(number)]
    [change] = [one for one in told["changes"] if one["id"] == int(number)]
    assert change["labels"] == {
        "dang-vien": None,
        "huy-hieu": {"before": "none", "after": "main"},
    }
    assert desk.json("status")["counts"]["flagged_by_topic"]["huy-hieu"] == 1
    desk.run("mark", number, "right", "--topic", "huy-hieu")


@pytest.fixture
def press() -> Iterator[Press]:
    with Press(now=datetime.now(UTC)) as opened:
        yield opened


def found_earlier(desk: Desk, *, days: int) -> None:
    """Let all stories have been found so many days before."""
    in_database(
        desk,
        "UPDATE scores SET flagged_at = strftime('%Y-%m-%dT%H:%M:%f', flagged_at,"
        f" '-{days} days') || '000Z' WHERE flagged_at IS NOT NULL",
    )


def in_database(desk: Desk, sql: str) -> None:
    with closing(sqlite3.connect(desk.folder / "data/diembao.db")) as db, db:
        db.execute(sql)
