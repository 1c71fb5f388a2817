"""The press under control: publishing, editing, deleting, breaking, holding, closing."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
import pytest

from monitor.press import Press
from monitor.press.__main__ import obey, obey_all
from monitor.press.pages import HANOI

from .conftest import NOW

if TYPE_CHECKING:
    from pathlib import Path

    from monitor.press.items import FaultKind

SITE = "bao-gia-lai"
ARTICLE = "hoi-thuong"


def feed_of(press: Press) -> str:
    return press.sites[SITE].base_url + "/rss/home.rss"


def test_a_published_story_appears_in_the_feed_and_changes_its_validator(
    own_press: Press, client: httpx.Client
) -> None:
    before = client.get(feed_of(own_press))
    story = replace(own_press.article(ARTICLE).story, id="moi", title="Tin vừa đăng")
    own_press.publish(SITE, story)
    headers = {"If-None-Match": before.headers["etag"]}
    after = client.get(feed_of(own_press), headers=headers)
    assert after.status_code == 200
    assert own_press.url("moi") in after.text
    assert client.get(own_press.url("moi")).status_code == 200


def test_each_change_has_a_date_of_its_own_though_the_clock_stands(
    own_press: Press, client: httpx.Client
) -> None:
    for text in ("Một", "Hai"):
        before = client.get(feed_of(own_press)).headers["last-modified"]
        own_press.edit(ARTICLE, title=text)
        after = client.get(feed_of(own_press), headers={"If-Modified-Since": before})
        assert after.status_code == 200


def test_the_clock_may_be_of_any_zone(client: httpx.Client) -> None:
    with Press(now=NOW.astimezone(HANOI)) as running:
        assert client.get(feed_of(running)).headers["last-modified"].endswith("GMT")


def test_the_stories_kept_back_are_published_one_by_one(own_press: Press) -> None:
    published = [own_press.publish_next() for _ in range(4)]
    assert published[-1] is None
    assert all(article and article.published_at == NOW for article in published[:-1])


def test_an_edited_story_keeps_its_address(own_press: Press, client: httpx.Client) -> None:
    url = own_press.url(ARTICLE)
    own_press.edit(ARTICLE, title="Tên mới của bài")
    assert own_press.url(ARTICLE) == url
    assert "Tên mới của bài" in client.get(url).text


def test_an_edit_without_changes_adds_a_paragraph(own_press: Press, client: httpx.Client) -> None:
    blocks = len(own_press.article(ARTICLE).story.body)
    edited = own_press.edit(ARTICLE)
    assert len(edited.story.body) == blocks + 1
    assert edited.story.body[-1].text in client.get(own_press.url(ARTICLE)).text


def test_a_deleted_story_is_gone_and_leaves_feed_and_truth(
    own_press: Press, client: httpx.Client
) -> None:
    url = own_press.url(ARTICLE)
    own_press.delete(ARTICLE)
    assert client.get(url).status_code == 410
    assert url not in client.get(feed_of(own_press)).text
    assert ARTICLE not in {row.id for row in own_press.truth()}
    with pytest.raises(KeyError):
        own_press.url(ARTICLE)


def test_the_header_clock_follows_the_press_and_is_no_change_of_the_listing(
    own_press: Press, client: httpx.Client
) -> None:
    home = own_press.sites[SITE].base_url + "/"
    tag = client.get(home).headers["etag"]
    own_press.set_now(NOW + timedelta(days=1))
    assert client.get(home, headers={"If-None-Match": tag}).status_code == 304
    assert "22/11/2026" in client.get(home).text


@pytest.mark.parametrize(
    ("kind", "status"), [("status-500", 500), ("status-403", 403), ("status-429", 429)]
)
def test_an_error_status_ends_with_mending(
    own_press: Press, client: httpx.Client, kind: FaultKind, status: int
) -> None:
    own_press.break_site(SITE, kind)
    broken = client.get(own_press.url(ARTICLE))
    assert broken.status_code == status
    assert broken.headers.get("retry-after") == ("120" if status == 429 else None)
    own_press.mend(SITE)
    assert client.get(own_press.url(ARTICLE)).status_code == 200


def test_a_refusing_site_closes_its_port_and_gets_the_same_one_back(
    own_press: Press, client: httpx.Client
) -> None:
    url = own_press.url(ARTICLE)
    client.get(url)
    own_press.break_site(SITE, "refuse")
    with pytest.raises(httpx.ConnectError):
        client.get(url)
    own_press.mend(SITE)
    assert client.get(url).status_code == 200


def test_a_hanging_site_answers_only_when_it_is_mended(own_press: Press) -> None:
    url = own_press.url(ARTICLE)
    own_press.break_site(SITE, "hang")
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(httpx.get, url, timeout=15, trust_env=False)
        assert own_press.wait_until_held(SITE)
        assert not waiting.done()
        own_press.mend(SITE)
        assert waiting.result().status_code == 200


def test_a_challenge_is_a_small_page_that_sets_a_cookie(
    own_press: Press, client: httpx.Client
) -> None:
    own_press.break_site(SITE, "challenge")
    for url in (own_press.url(ARTICLE), feed_of(own_press)):
        page = client.get(url)
        assert page.status_code == 200
        assert "document.cookie" in page.text
        assert len(page.content) < 600


def test_an_empty_answer_is_200_with_nothing(own_press: Press, client: httpx.Client) -> None:
    own_press.break_site(SITE, "empty")
    response = client.get(feed_of(own_press))
    assert (response.status_code, response.content) == (200, b"")


def test_an_html_feed_leaves_the_pages_alone(own_press: Press, client: httpx.Client) -> None:
    own_press.break_site(SITE, "html-feed")
    feed = client.get(feed_of(own_press))
    assert feed.headers["content-type"].startswith("text/html")
    assert "Kênh RSS" in feed.text
    assert "article__body" in client.get(own_press.url(ARTICLE)).text


def test_a_truncated_answer_breaks_off_before_its_end(
    own_press: Press, client: httpx.Client
) -> None:
    own_press.break_site(SITE, "truncated")
    with pytest.raises(httpx.RemoteProtocolError):
        client.get(own_press.url(ARTICLE))


def test_articles_that_are_not_html_say_what_they_are(
    own_press: Press, client: httpx.Client
) -> None:
    own_press.break_site(SITE, "not-html")
    page = client.get(own_press.url(ARTICLE))
    assert page.headers["content-type"] == "application/pdf"
    assert client.get(feed_of(own_press)).status_code == 200


def test_trouble_can_be_kept_to_some_addresses_and_spares_robots_txt(
    own_press: Press, client: httpx.Client
) -> None:
    base = own_press.sites[SITE].base_url
    own_press.break_site(SITE, "status-500", matching=r"^/rss/")
    assert client.get(feed_of(own_press)).status_code == 500
    assert client.get(f"{base}/").status_code == 200
    own_press.break_site(SITE, "status-500")
    assert client.get(f"{base}/").status_code == 500
    assert client.get(f"{base}/robots.txt").status_code == 200


def test_held_answers_wait_and_others_do_not(own_press: Press, client: httpx.Client) -> None:
    own_press.hold(SITE, matching=r"-post\d+\.html$")
    assert client.get(feed_of(own_press)).status_code == 200
    with ThreadPoolExecutor(1) as pool:
        url = own_press.url(ARTICLE)
        waiting = pool.submit(httpx.get, url, timeout=15, trust_env=False)
        assert own_press.wait_until_held(SITE)
        own_press.release(SITE)
        assert waiting.result().status_code == 200


def test_waiting_for_a_request_that_does_not_come_ends(own_press: Press) -> None:
    own_press.hold(SITE)
    assert not own_press.wait_until_held(SITE, timeout=timedelta(milliseconds=10))


def test_no_thread_and_no_port_stays_behind_a_closed_press() -> None:
    before = set(threading.enumerate())
    with Press(now=NOW) as running, httpx.Client(trust_env=False) as kept_open:
        url = running.url(ARTICLE)
        kept_open.get(url)
        running.hold("viet-nam")
        running.break_site("bao-can-tho", "refuse")
        port = httpx.URL(url).port
    assert set(threading.enumerate()) <= before
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port or 0)) != 0


def test_a_client_that_goes_away_while_held_harms_nothing(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with Press(now=NOW) as running:
        running.hold(SITE)
        with socket.create_connection(
            ("127.0.0.1", httpx.URL(running.url(ARTICLE)).port or 0)
        ) as s:
            s.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert running.wait_until_held(SITE)
        running.release(SITE)
    assert capfd.readouterr().err == ""


def test_ports_follow_the_base_that_is_given(own_press: Press) -> None:
    free = own_press.sites[SITE].base_url.rsplit(":", 1)[1]
    with pytest.raises(OSError, match="in use"), Press(now=NOW, port_base=int(free)):
        pass


def test_the_command_serves_writes_a_watch_and_ends_on_quit(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "monitor.press", str(tmp_path / "watch")]
    ended = subprocess.run(
        command, input="publish\nquit\n", capture_output=True, text=True, timeout=30, check=True
    )
    assert ended.stderr == ""
    assert "dao-xa-them-5-dang-vien-moi" in ended.stdout
    assert (tmp_path / "watch" / "config.yaml").exists()
    assert len(list((tmp_path / "watch" / "seeds").glob("*.yaml"))) == 10


def test_commands_do_what_they_say(own_press: Press, capsys: pytest.CaptureFixture[str]) -> None:
    lines = ["publish", f"break {SITE} status-500", "gibberish", f"delete {ARTICLE}", "quit", "x"]
    obey_all(own_press, lines)
    said = capsys.readouterr().out.splitlines()
    assert said[0] == own_press.url("qn-dao-xa")
    assert said[1] == f"{SITE}: status-500"
    assert said[2].startswith("Commands: publish")
    assert f"{ARTICLE} is gone." in said
    assert own_press.sites[SITE].fault is not None


@pytest.mark.parametrize("words", [["edit", "nobody"], ["break", SITE, "fire"], ["mend"], []])
def test_a_command_that_makes_no_sense_gets_the_help(own_press: Press, words: list[str]) -> None:
    assert obey(own_press, words).startswith("Commands:")
