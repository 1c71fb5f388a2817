"""``sources add`` and ``sources check`` on the simulated press, over real HTTP."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from monitor.press import Press, write_watch
from monitor.press.watch import CONFIG
from tests.monitor.cli.desk import Desk, command

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REMARK = "# Ghi chú của người giữ danh sách.\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Press(now=datetime.now(UTC)) as press:
        yield Desk(press, write_watch(tmp_path, press))


def seed_of(desk: Desk, key: str) -> Path:
    [path] = [
        path for path in desk.folder.glob("seeds/*.yaml") if f"key: {key}\n" in path.read_text()
    ]
    return path


def forget(desk: Desk, key: str) -> Path:
    """Take a site out of the watch; its province's file stays, with a remark."""
    path = seed_of(desk, key)
    data = yaml.safe_load(path.read_text("utf-8"))
    data["sources"] = [one for one in data["sources"] if one["key"] != key]
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    path.write_text(REMARK + text, encoding="utf-8")
    return path


def base_url(desk: Desk, key: str) -> str:
    return desk.press.sites[key].base_url


@pytest.mark.parametrize(
    ("key", "province"),
    [
        ("bao-gia-lai", "Gia Lai"),  # a feed, a sitemap, sections
        ("bao-quang-ninh", "Quảng Ninh"),  # no feed that works, no sitemap
        ("phuong-thuy-xuan", "Huế"),  # addressed by its query
    ],
)
def test_a_site_nobody_knew_is_added_and_then_read(desk: Desk, key: str, province: str) -> None:
    path = forget(desk, key)
    site = desk.press.sites[key]
    options = ("--key", "nguon-moi", "--province", province, "--write")
    added = desk.json("sources", "add", site.base_url, *options)
    assert added["written"]
    assert added["file"] == str(path)
    assert path.read_text("utf-8").startswith(REMARK)
    assert added["family"] == site.family
    assert len([page for page in added["pages"] if page["title"] and page["published_rule"]]) == 5
    assert desk.json("crawl", "--source", "nguon-moi")["new"] >= len(site.articles) - 1
    stored = {hit["source"] for hit in desk.json("search", "đảng", "--source", "nguon-moi")}
    assert stored == {"nguon-moi"}


def test_what_was_found_is_shown_and_nothing_is_written_unasked(desk: Desk) -> None:
    path = forget(desk, "bao-gia-lai")
    before = path.read_bytes()
    said = desk.says("sources", "add", base_url(desk, "bao-gia-lai"))
    newest = desk.press.sites["bao-gia-lai"].articles[0]
    assert "Báo Gia Lai · hệ quản trị: zce" in said
    assert f"(json-ld) · {newest.story.title}" in said
    assert "- key: bao-gia-lai\n  name: Báo Gia Lai\n  kind: paper\n" in said
    assert "  article_url: '-post\\d+\\.html$'\n" in said
    assert f"Ghi vào {path}" in said  # the province stands in the paper's name
    assert said.endswith("Chưa ghi gì; thêm --write để ghi\n")
    assert path.read_bytes() == before


def test_a_site_is_looked_at_politely(desk: Desk) -> None:
    key = "bao-can-tho"
    forget(desk, key)
    desk.json("sources", "add", base_url(desk, key))
    asked = [request.path for request in desk.press.sites[key].requests]
    assert asked[0] == "/robots.txt"
    assert len(asked) < 24
    assert not [path for path in asked if path.startswith(("/print/", "/tim-kiem/"))]


def test_a_source_that_is_known_is_refused_without_a_request(desk: Desk) -> None:
    url = base_url(desk, "bao-gia-lai")
    done = command("sources", "add", url, "--write", "--config", desk.config)
    assert done.returncode == 2
    assert done.stderr.endswith("is watched already, as 'bao-gia-lai'\n")
    assert desk.press.sites["bao-gia-lai"].requests == ()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--key", "bao-nghe-an"), "the key 'bao-nghe-an' is taken"),
        (("--key", "Báo Mới"), "use small letters, digits and hyphens: bao-moi"),
        (("--province", "Atlantis"), "no seed file is of a province 'Atlantis'"),
    ],
)
def test_a_mistake_is_one_line(desk: Desk, arguments: tuple[str, ...], complaint: str) -> None:
    forget(desk, "bao-gia-lai")
    url = base_url(desk, "bao-gia-lai")
    done = command("sources", "add", url, *arguments, "--config", desk.config)
    assert done.returncode == 2
    [line] = [line for line in done.stderr.splitlines() if line.startswith("diembao: ")]
    assert complaint in line
    assert desk.press.sites["bao-gia-lai"].requests == ()


def test_this_machine_is_out_of_bounds_without_the_setting(desk: Desk) -> None:
    forget(desk, "bao-gia-lai")
    desk.config.write_text(CONFIG.replace("  allow_loopback: true\n", ""), encoding="utf-8")
    done = command("sources", "add", base_url(desk, "bao-gia-lai"), "--config", desk.config)
    assert done.returncode == 2
    assert ": guard: " in done.stderr
    assert desk.press.sites["bao-gia-lai"].requests == ()


def checked(desk: Desk, *keys: str) -> dict[str, Any]:
    return {one["source"]: one for one in desk.json("sources", "check", *keys)}


def test_a_sound_source_has_no_problem_and_no_patch(desk: Desk) -> None:
    found = checked(desk, "bao-gia-lai", "phuong-thuy-xuan")
    assert [(one["problems"], one["patch"]) for one in found.values()] == [([], None)] * 2
    assert found["bao-gia-lai"]["family"] == "zce"
    entries = [entry for entry in found["bao-gia-lai"]["entries"] if entry["is_own"]]
    assert [entry["matching"] > 0 for entry in entries] == [True] * 3


def test_each_fault_of_a_site_is_named(desk: Desk) -> None:
    faults = {
        "bao-gia-lai": ("html-feed", "not-html"),
        "bao-lao-cai": ("status-500", "status"),
        "bao-dak-lak": ("refuse", "refused"),
        "bao-can-tho": ("challenge", "challenge"),
        "bao-nghe-an": ("empty", "empty"),
        "bao-ha-nam": ("status-403", "status"),
        "bao-thanh-hoa": ("not-html", "not-html"),
        "bao-quang-ninh": ("status-429", "status"),
        "viet-nam": ("truncated", "refused"),
    }
    for key, (fault, _) in faults.items():
        desk.press.break_site(key, fault)  # type: ignore[arg-type]  # the table's are of the kind
    found = checked(desk, *faults)
    kinds = {
        key: {problem["failure"] for problem in one["problems"] if problem["failure"]}
        for key, one in found.items()
    }
    assert kinds == {key: {kind} for key, (_, kind) in faults.items()}


def test_the_patch_takes_out_what_is_dead_and_puts_in_what_works(desk: Desk) -> None:
    path = seed_of(desk, "bao-gia-lai")
    text = path.read_text("utf-8").replace("/rss/home.rss", "/rss/cu.rss")
    text = text.replace("-post\\d+", "-bai\\d+").replace("family: zce", "family: onecms")
    path.write_text(text, encoding="utf-8")
    found = checked(desk, "bao-gia-lai")["bao-gia-lai"]
    url = base_url(desk, "bao-gia-lai")
    assert {problem["kind"] for problem in found["problems"]} == {
        "entry-failed",
        "entry-mismatch",
        "no-entry",
        "family-differs",
    }
    assert "-  article_url: -bai\\d+\\.html$" in found["patch"]
    assert "+  article_url: '-post\\d+\\.html$'" in found["patch"]
    assert "+  family: zce" in found["patch"]
    assert f"-  - url: {url}/rss/cu.rss" in found["patch"]
    assert f"+  - {{url: {url}/rss/home.rss, certainty: checked}}" in found["patch"]
    assert any("article_url" in line for line in found["said"])


def test_people_read_it_in_their_language(desk: Desk) -> None:
    desk.press.break_site("bao-gia-lai", "html-feed")
    desk.config.write_text(f"language: en\n{CONFIG}", encoding="utf-8")
    said = desk.says("sources", "check", "bao-gia-lai")
    assert "/rss/home.rss: content of the wrong kind" in said
    assert "Proposed for " in said
    assert said.endswith("1 source checked, 1 with problems\n")
